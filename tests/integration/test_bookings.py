"""Booked visits at a real server: slots, capacity, cancelling, importing, and what becomes of those nobody used."""

from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.running.booked import BOOKINGS, DAY, at, book, bookable
from tests.running.client import HALL, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.own_hall import go_to, monday
from tests.running.truth import entries


@pytest.fixture
def booked_hall(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall that can be booked, on Monday at eight."""
    return bookable(start, database, tmp_path)


def slots(hall: Hall, day: int = 0, business: str = "A") -> list[tuple[int, int]]:
    """The slots of a day of the week, and how many each still takes."""
    query = {"business": business, "day": str(monday() + day * DAY)}
    items = hall.clerk.ask(f"{HALL}/slots", params=query).json()["items"]
    return [(each["slot"], each["left"]) for each in items]


def test_slots_are_the_whole_ones_within_the_hours(booked_hall: Hall):
    walls = ("09:00", "09:30", "10:00", "14:00")
    assert slots(booked_hall) == [(at(wall), 2) for wall in walls]
    assert slots(booked_hall, 3) == [(at(wall, 3), 2) for wall in walls]
    assert slots(booked_hall, 4) == [], "further ahead than slots are given out"
    assert slots(booked_hall, -1) == [], "past"
    go_to(booked_hall, monday(), "09:30")
    assert [left for _, left in slots(booked_hall)] == [0, 0, 2, 2], "what has begun takes nobody more"
    go_to(booked_hall, monday() + 3 * DAY, "09:30")
    assert slots(booked_hall, 5) == [], "a Saturday has none"


def test_a_slot_takes_as_many_as_it_holds_and_a_cancelled_one_gives_its_place_back(booked_hall: Hall):
    hall = booked_hall
    body = {"business": "A", "item": "new", "slot": at("09:30"), "reviewed": True, "priority": ["elderly"]}
    first = twice(hall, hall.clerk, BOOKINGS, body, 201)
    assert {key: first[key] for key in body} == body
    assert (first["state"], len(first["code"])) == ("booked", 7)
    assert book(hall.manager, at("09:30")).status_code == 201
    assert dict(slots(hall))[at("09:30")] == 0
    refused(book(hall.clerk, at("09:30")), 409, "slot-full")
    assert book(hall.clerk, at("09:30", 1)).status_code == 201, "the same hour of another day"
    path = f"{BOOKINGS}/{first['code']}/cancel"
    assert twice(hall, hall.clerk, path) == {**first, "state": "cancelled"}
    problem = refused(hall.clerk.tell(path), 409, "booking-over")
    assert (problem["booking"], problem["state"]) == (first["code"], "cancelled")
    assert dict(slots(hall))[at("09:30")] == 1
    typed = f"{first['code'][:3]}-{first['code'][3:]}".lower()
    refused(hall.kiosk.tell(f"{BOOKINGS}/{typed}/check-in"), 409, "booking-over")
    assert book(hall.clerk, at("09:30")).status_code == 201
    all_whole(hall)


def test_what_a_booking_refuses(booked_hall: Hall):
    hall = booked_hall
    go_to(hall, monday(), "09:10")
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"business": "B"}, 409, "not-bookable"),
        ({"business": "Q"}, 422, "unknown-business"),
        ({"item": "none"}, 422, "unknown-item"),
        ({"priority": ["vip"]}, 422, "unknown-class"),
        ({"slot": at("09:31")}, 422, "no-such-slot"),
        ({"slot": at("12:00")}, 422, "no-such-slot"),
        ({"slot": at("14:30")}, 422, "no-such-slot"),
        ({"slot": at("09:30", 4)}, 422, "no-such-slot"),
        ({"slot": at("09:30", 5)}, 422, "no-such-slot"),
        ({"slot": 221_876_928_000_000}, 422, "no-such-slot"),
        ({"slot": at("09:00")}, 409, "slot-past"),
        ({"slot": 0}, 422, "no-such-slot"),
        ({"slot": -1}, 422, "invalid-body"),
        ({"slot": 9_007_199_254_740_991}, 422, "invalid-body"),
        ({"slot": "09:30"}, 422, "invalid-body"),
        ({"reviewed": "yes"}, 422, "invalid-body"),
    ]
    for changed, status, code in wrong:
        refused(book(hall.clerk, **{"slot": at("09:30"), **changed}), status, code)
    for day, code in {
        "2026-02-30": "bad-date",
        "0000-00-00": "bad-date",
        "9999-12-31": None,
        "0001-01-01": None,
        "x": "invalid-query",
    }.items():
        reply = hall.clerk.ask(f"{HALL}/slots", params={"business": "A", "day": day})
        if code is None:
            assert reply.json() == {"items": []}
        else:
            refused(reply, 422, code)
    refused(hall.clerk.ask(f"{HALL}/slots", params={"business": "B", "day": str(monday())}), 409, "not-bookable")
    refused(hall.clerk.ask(f"{HALL}/slots", params={"business": "Q", "day": str(monday())}), 422, "unknown-business")
    assert [left for _, left in slots(hall)] == [0, 2, 2, 2], "nothing was booked"
    for code in ("2222222", "x", "%00"):
        for act in ("cancel", "check-in"):
            refused(hall.clerk.tell(f"{BOOKINGS}/{code}/{act}"), 404, "unknown-booking")
    all_whole(hall)


def test_nothing_is_booked_on_a_day_that_was_closed_early(booked_hall: Hall):
    hall = booked_hall
    assert hall.manager.tell(f"{HALL}/close-early").ok
    assert [left for _, left in slots(hall)] == [0, 0, 0, 0]
    refused(book(hall.clerk, at("09:30")), 409, "hall-closed")
    assert book(hall.clerk, at("09:30", 1)).status_code == 201, "tomorrow is another day"
    assert hall.manager.tell(f"{HALL}/back-to-normal").ok
    assert book(hall.clerk, at("09:30")).status_code == 201


def test_who_may_book(booked_hall: Hall):
    hall = booked_hall
    code = book(hall.clerk, at("09:30")).json()["code"]
    for client in (hall.kiosk, hall.client(hall.token("guide"))):
        refused(book(client, at("09:30")), 403, "wrong-role")
        refused(client.tell(f"{BOOKINGS}/{code}/cancel"), 403, "wrong-role")
        refused(client.tell(f"{BOOKINGS}/import"), 403, "wrong-role")
        refused(client.ask(f"{HALL}/slots"), 403, "wrong-role")
    refused(book(hall.nobody, at("09:30")), 401, "token-missing")
    go_to(hall, monday(), "09:30")
    assert hall.kiosk.tell(f"{BOOKINGS}/{code}/check-in").status_code == 201, "a kiosk checks in"
    all_whole(hall)


def test_an_import_books_what_it_can_and_names_each_row_it_cannot(booked_hall: Hall):
    hall = booked_hall
    rows = [
        {"business": "A", "slot": at("09:00"), "reviewed": True},
        {"business": "B", "slot": at("09:00")},
        {"business": "A", "slot": at("09:00")},
        {"business": "A", "slot": at("09:00")},
        {"business": "A", "slot": at("09:17")},
        {"business": "A", "slot": at("10:00", 2), "item": "renew"},
    ]
    key = "night-import-" + "7" * 100
    reply = hall.manager.tell(f"{BOOKINGS}/import", {"items": rows}, key, Accept_Language="en")
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert [(each["row"], each["slot"], each["item"]) for each in told["booked"]] == [
        (0, at("09:00"), None),
        (2, at("09:00"), None),
        (5, at("10:00", 2), "renew"),
    ]
    assert [(each["row"], each["code"]) for each in told["refused"]] == [
        (1, "not-bookable"),
        (3, "slot-full"),
        (4, "no-such-slot"),
    ]
    assert told["refused"][1]["detail"] == "Nobody more can be booked for this time. Choose another."
    again = hall.manager.tell(f"{BOOKINGS}/import", {"items": rows}, key, Accept_Language="en")
    assert again.content == reply.content, "sent again, nothing is booked twice"
    assert len([e for e in entries(hall) if e.act == "booked"]) == 3
    refused(hall.manager.tell(f"{BOOKINGS}/import", {"items": rows[:1]}, key), 422, "key-reused")
    other = key[:-1] + "8"
    assert len(hall.manager.tell(f"{BOOKINGS}/import", {"items": rows[5:]}, other).json()["booked"]) == 1
    refused(hall.manager.tell(f"{BOOKINGS}/import", {"items": []}), 422, "invalid-body")
    problem = refused(hall.manager.tell(f"{BOOKINGS}/import", {"items": [*rows, {"slot": 1}]}), 422, "invalid-body")
    assert problem["field"] == "items.6.business"
    all_whole(hall)


def test_a_booking_that_nobody_used_is_over_the_next_morning(booked_hall: Hall):
    hall = booked_hall
    used, unused = (book(hall.clerk, at("09:30")).json()["code"] for _ in range(2))
    tomorrow = book(hall.clerk, at("09:30", 1)).json()["code"]
    go_to(hall, monday(), "09:30")
    assert hall.kiosk.tell(f"{BOOKINGS}/{used}/check-in").status_code == 201
    go_to(hall, monday() + DAY, "03:00")
    sleep(1.5)
    assert [e.act for e in entries(hall)].count("booking-expired") == 0, "the business day goes on until four"
    go_to(hall, monday() + DAY, "08:00")
    end = monotonic() + 20
    while (over := [e for e in entries(hall) if e.act == "booking-expired"]) == []:
        assert monotonic() < end
        sleep(0.1)
    assert [((e.facts or {})["booking"]["code"], e.by) for e in over] == [(unused, "timer")]
    for act in ("check-in", "cancel"):
        problem = refused(hall.clerk.tell(f"{BOOKINGS}/{unused}/{act}"), 409, "booking-over")
        assert problem["state"] == "expired"
    assert hall.clerk.tell(f"{BOOKINGS}/{tomorrow}/cancel").status_code == 200
    all_whole(hall)


def test_whose_papers_were_reviewed_before_the_visit_is_told_at_the_window(booked_hall: Hall):
    hall = booked_hall
    code = book(hall.clerk, at("09:30"), reviewed=True).json()["code"]
    go_to(hall, monday(), "09:20")
    assert hall.kiosk.tell(f"{BOOKINGS}/{code}/check-in").json()["reviewed"] is True
    assert hall.kiosk.take("A")["reviewed"] is False
    assert [each["reviewed"] for each in hall.clerk.view(5)["waiting"]] == [True, False]
    assert hall.clerk.done(5, "next")["reviewed"] is True
