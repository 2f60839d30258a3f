"""Checking in with a booking: early, in time, late; when it may be called, and where it stands in the queue."""

from pathlib import Path
from typing import Any

import pytest

from tests.running.booked import BOOKINGS, DAY, at, book, bookable
from tests.running.client import HALL, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.moments import MINUTE_MS
from tests.running.own_hall import go_to, monday
from tests.running.truth import acts


@pytest.fixture
def booked_hall(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall that can be booked, on Monday at eight."""
    return bookable(start, database, tmp_path)


def checked_in(hall: Hall, wall: str, **more: Any) -> dict[str, Any]:
    """A number for a booking of half past nine, checked in at that time."""
    code = book(hall.clerk, at("09:30"), **more).json()["code"]
    go_to(hall, monday(), wall)
    return twice(hall, hall.kiosk, f"{BOOKINGS}/{code}/check-in", {"language": "zh-Hant"}, 201)


def test_who_is_early_is_not_called_before_it_is_time(booked_hall: Hall):
    hall = booked_hall
    early = checked_in(hall, "09:00", item="new", reviewed=True)
    assert (early["number"], early["item"], early["language"]) == ("A001", "new", "zh-Hant")
    assert early["place"] == early["issued_at"], "of slot less lead and now the earlier one"
    assert early["token"] is not None
    walk_in = hall.kiosk.take("A")
    assert walk_in["ahead"] == 0
    assert may_pass(hall, walk_in) == (0, 1), "not ahead yet, but perhaps soon"
    assert may_pass(hall, early) == (0, 1)
    assert hall.clerk.done(5, "next")["id"] == walk_in["id"], "nobody waits for a window because of a booking"
    hall.clerk.done(5, "finish", outcome="completed")
    assert hall.clerk.act(5, "next").status_code == 204
    shown = hall.kiosk.board()["waiting"][0]
    assert (shown["waiting"], shown["ahead"]) == (1, 0), "it is counted among those who wait, and ahead of nobody yet"
    assert hall.clerk.view(5)["waiting_count"] == 0
    go_to(hall, monday(), "09:14")
    assert hall.clerk.act(5, "next").status_code == 204
    late_walk_in = hall.kiosk.take("A")
    go_to(hall, monday(), "09:15")
    called = hall.clerk.done(5, "next")
    assert (called["id"], acts(hall, early["id"])) == (early["id"], ["issued", "admitted", "called"])
    assert hall.clerk.done(6, "next")["id"] == late_walk_in["id"]
    all_whole(hall)


def may_pass(hall: Hall, ticket: dict[str, Any]) -> tuple[int, int]:
    """How many are ahead of a ticket, and how many may still pass it."""
    told = hall.clerk.ask(f"{HALL}/tickets/{ticket['id']}/passing").json()
    return told["ahead"], told["may_pass"]


def test_who_was_called_early_for_a_reason_does_not_wait_for_the_slot_again(
    start: Start, database: Database, tmp_path: Path
):
    hall = bookable(start, database, tmp_path, direct_call=True, auto_call=True, max_calls=1)
    early = checked_in(hall, "09:00")
    assert hall.clerk.act(5, "next").status_code == 204, "the window stands ready"
    given = {"ticket": early["id"], "reason": "提前到，窗口空着"}
    hall.clerk.done(5, "call-given", **given)
    hall.clerk.done(5, "undo")
    assert hall.clerk.act(6, "next").status_code == 204, "a call taken back gives the moment back, too"
    hall.clerk.done(6, "pause", reason="meal")
    hall.clerk.done(5, "call-given", **given)
    hall.clerk.done(5, "missed")
    hall.clerk.done(5, "requeue", ticket=early["id"])
    assert hall.clerk.view(5)["ticket"] is None, "a window that called somebody stands ready no more"
    assert hall.kiosk.board()["waiting"][0]["ahead"] == 1
    assert hall.clerk.done(5, "next")["id"] == early["id"]
    all_whole(hall)


def test_who_is_in_time_stands_where_the_slot_puts_them(booked_hall: Hall):
    hall = booked_hall
    go_to(hall, monday(), "09:19")
    before = hall.kiosk.take("A")
    go_to(hall, monday(), "09:21")
    after = hall.kiosk.take("A")
    booked = checked_in(hall, "09:29")
    assert booked["place"] == at("09:30") - 10 * MINUTE_MS
    order = [hall.clerk.done(window, "next")["id"] for window in (5, 6, 7)]
    assert order == [before["id"], booked["id"], after["id"]]
    assert hall.clerk.view(6)["ticket"]["why"]["cause"] == "place", "a slot is no priority"
    all_whole(hall)


def test_in_time_goes_on_until_ten_minutes_after(booked_hall: Hall):
    booked = checked_in(booked_hall, "09:39")
    assert booked["place"] == at("09:30") - 10 * MINUTE_MS
    all_whole(booked_hall)


def test_who_is_late_counts_as_a_walk_in(booked_hall: Hall):
    hall = booked_hall
    go_to(hall, monday(), "09:40")
    first = hall.kiosk.take("A")
    late = checked_in_late(hall)
    assert late["place"] == late["issued_at"]
    assert [hall.clerk.done(window, "next")["id"] for window in (5, 6)] == [first["id"], late["id"]]
    all_whole(hall)


def checked_in_late(hall: Hall) -> dict[str, Any]:
    """Somebody booked for ten o'clock who comes at eleven minutes past."""
    code = book(hall.clerk, at("10:00")).json()["code"]
    go_to(hall, monday(), "10:11")
    return twice(hall, hall.kiosk, f"{BOOKINGS}/{code}/check-in", None, 201)


def test_a_head_start_may_be_more_than_the_slot_gives(booked_hall: Hall):
    booked = checked_in(booked_hall, "09:29", priority=["elderly"])
    assert booked["place"] == booked["issued_at"] - 20 * MINUTE_MS
    graded = booked_hall.clerk.done(5, "grade", ticket=booked["id"], priority=[])
    assert graded["place"] == at("09:30") - 10 * MINUTE_MS, "without the ground the slot counts"
    all_whole(booked_hall)


def test_a_booking_is_used_once_and_on_its_day(booked_hall: Hall):
    hall = booked_hall
    tomorrow = book(hall.clerk, at("09:30", 1)).json()["code"]
    assert refused(hall.kiosk.tell(f"{BOOKINGS}/{tomorrow}/check-in"), 409, "not-today")["day"] == str(monday() + DAY)
    code = book(hall.clerk, at("09:30")).json()["code"]
    go_to(hall, monday(), "09:30")
    hall.kiosk.tell(f"{BOOKINGS}/{code}/check-in")
    for client, act in ((hall.kiosk, "check-in"), (hall.clerk, "cancel")):
        assert refused(client.tell(f"{BOOKINGS}/{code}/{act}"), 409, "booking-over")["state"] == "checked-in"
    assert len(hall.manager.every()) == 1, "and what is refused used no number"
    assert hall.kiosk.take("A")["number"] == "A002"
    all_whole(hall)


def test_whoever_is_in_time_for_a_slot_gets_a_number_whatever_the_hours_say(
    start: Start, database: Database, tmp_path: Path
):
    """A slot may lie behind the last ticket of the day, and just behind lunch."""
    hall = bookable(start, database, tmp_path, last_ticket="45 min")
    first, second = (book(hall.clerk, at("14:00")).json()["code"] for _ in range(2))
    go_to(hall, monday(), "13:50")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-closed")
    early = hall.kiosk.tell(f"{BOOKINGS}/{first}/check-in")
    assert (early.status_code, early.json()["number"]) == (201, "A001")
    go_to(hall, monday(), "14:09")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-closed")
    assert hall.kiosk.tell(f"{BOOKINGS}/{second}/check-in").json()["number"] == "A002"
    all_whole(hall)


def test_a_booked_number_was_promised_but_not_in_an_evacuated_or_closed_hall(booked_hall: Hall):
    hall = booked_hall
    code = book(hall.clerk, at("09:30")).json()["code"]
    path = f"{BOOKINGS}/{code}/check-in"
    for act, refusal in (("close-early", "hall-closed"), ("evacuate", "hall-evacuated")):
        hall.manager.tell(f"{HALL}/{act}")
        refused(hall.kiosk.tell(path), 409, refusal)
        hall.manager.tell(f"{HALL}/back-to-normal")
    notice = {"zh-Hans": "系统维护", "zh-Hant": "系統維護", "en": "Under repair"}
    hall.manager.tell(f"{HALL}/businesses/A/suspend", {"notice": notice})
    refused(hall.kiosk.tell(path), 409, "business-suspended")
    hall.manager.tell(f"{HALL}/businesses/A/resume")
    assert hall.kiosk.tell(path).status_code == 201
    all_whole(hall)
