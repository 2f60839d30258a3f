"""Putting a visitor aside at a real server: the three holds, how each ends, and what each refuses."""

from pathlib import Path
from typing import Any

import pytest

from tests.running.client import refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall, hall_with
from tests.running.moments import MINUTE_MS, later, soon
from tests.running.truth import acts, entries, whole
from tests.running.visits import seated

NOT_SOONER_MS = 5 * MINUTE_MS


def serving(hall: Hall, window: int, business: str = "A") -> str:
    """Somebody who is served at a window; the ticket's id."""
    hall.kiosk.take(business)
    ticket: str = hall.clerk.done(window, "next")["id"]
    hall.clerk.done(window, "start")
    return ticket


def test_papers_with_the_visitor_any_window_takes_them_in_again(hall: Hall):
    first = serving(hall, 1)
    later(hall, MINUTE_MS)
    held = hall.clerk.done(1, "hold", kind="papers-with-visitor")
    assert (held["state"], held["hold"], held["held_until"]) == ("held", "papers-with-visitor", None)
    assert hall.clerk.view(1)["ticket"] is None, "the window is free"
    seen = hall.clerk.view(2)["held"]
    assert [(each["id"], each["here"]) for each in seen] == [(first, False)]
    second = hall.kiosk.take("A")["id"]
    back = hall.clerk.done(2, "rejoin", ticket=first)
    assert (back["state"], back["window"], back["hold"]) == ("waiting", None, None)
    assert back["place"] == held["place"], "its place is the one it had"
    assert hall.clerk.done(3, "next")["id"] == first, "so it comes before who came later"
    assert hall.clerk.done(4, "next")["id"] == second
    whole(hall)


def test_time_put_aside_is_no_service_time(hall: Hall):
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="papers-with-visitor")
    later(hall, 7 * MINUTE_MS)
    hall.clerk.done(1, "rejoin", ticket=ticket)
    later(hall, MINUTE_MS)
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    hall.clerk.done(1, "finish", outcome="accepted")
    (held_ms,) = hall.database.sql("SELECT held_ms FROM tickets WHERE id = :id", id=ticket)[0]
    assert 8 * MINUTE_MS <= held_ms < 9 * MINUTE_MS
    whole(hall)


def test_papers_kept_are_served_on_at_that_window_alone(hall: Hall):
    seated(hall, "chen0105", 1)
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="papers-kept", note="副本在左边抽屉")
    assert [each["here"] for each in hall.clerk.view(1)["held"]] == [True]
    assert hall.clerk.view(2)["held"] == [], "another window has no use for it"
    assert refused(hall.clerk.act(2, "resume", ticket=ticket), 409, "held-elsewhere")["window"] == 1
    refused(hall.clerk.act(1, "rejoin", ticket=ticket), 409, "papers-kept")
    hall.kiosk.take("A")
    other = hall.clerk.done(1, "next")["id"]
    refused(hall.clerk.act(1, "resume", ticket=ticket), 409, "window-busy")
    hall.clerk.done(1, "finish", outcome="accepted")
    resumed = hall.clerk.done(1, "resume", ticket=ticket)
    assert (resumed["state"], resumed["window"], resumed["hold"]) == ("serving", 1, None)
    assert [note["text"] for note in hall.clerk.view(1)["notes"]] == ["副本在左边抽屉"]
    refused(hall.clerk.act(2, "resume", ticket=other), 409, "wrong-state")
    whole(hall)


@pytest.mark.parametrize("away", ["sign-out", "close"])
def test_papers_kept_where_nobody_attends_are_taken_over_by_a_window_that_serves_the_business(hall: Hall, away: str):
    chen, wang = seated(hall, "chen0105", 1), seated(hall, "wang0207", 2)
    ticket = hall.kiosk.take("A")["id"]
    for act in ("next", "start"):
        chen.done(1, act)
    place = chen.done(1, "hold", kind="papers-kept")["place"]
    wanted = {"ticket": ticket, "business": "A", "to_window": 2, "note": "1 号窗口已关，材料已取来"}
    problem = refused(wang.act(2, "transfer", **wanted), 409, "held-elsewhere")
    assert (problem["window"], wang.view(2)["held"]) == (1, [])
    chen.done(1, away)
    assert [(each["id"], each["kept_at"], each["here"]) for each in wang.view(2)["held"]] == [(ticket, 1, False)]
    taken = wang.done(2, "transfer", **wanted)
    assert (taken["state"], taken["hold"], taken["turn"]) == ("waiting", None, 2)
    assert (taken["place"], taken["tie"]) == (place, "w2")
    (told,) = [entry for entry in entries(hall) if entry.act == "transferred"]
    assert (told.window, (told.facts or {})["kept_at"]) == (2, 1), "the journal says from where to where"
    assert wang.done(2, "next")["id"] == ticket
    assert [note["text"] for note in wang.view(2)["notes"]] == ["1 号窗口已关，材料已取来"]
    assert wang.view(2)["owner"]["number"] == "0105", "who took the first question stays responsible"
    whole(hall)


def test_what_a_program_keeps_at_an_open_window_is_taken_over_by_nobody_before_it_closes(hall: Hall):
    """It works there without signing in, so it is there although nobody sits there."""
    wang = seated(hall, "wang0207", 2)
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="papers-kept")
    wanted = {"ticket": ticket, "business": "A", "to_window": 2, "note": "材料已取来"}
    assert refused(wang.act(2, "transfer", **wanted), 409, "held-elsewhere")["window"] == 1
    assert wang.view(2)["held"] == []
    hall.clerk.done(1, "close")
    assert [each["id"] for each in wang.view(2)["held"]] == [ticket]
    assert wang.done(2, "transfer", **wanted)["tie"] == "w2"
    whole(hall)


def test_papers_taken_over_keep_their_place_also_where_a_transfer_queues_as_if_new(
    database: Database, start: Start, tmp_path: Path
):
    hall = start(database, file=hall_with(tmp_path, transfer_as_issue=True))
    chen, wang = seated(hall, "chen0105", 1), seated(hall, "wang0207", 2)
    ticket = hall.kiosk.take("A")["id"]
    chen.done(1, "next")
    place = chen.done(1, "hold", kind="papers-kept")["place"]
    chen.done(1, "sign-out")
    later(hall, 5 * MINUTE_MS)
    taken = wang.done(2, "transfer", ticket=ticket, business="A", to_window=2, note="材料已取来")
    assert taken["place"] == place
    whole(hall)


def test_a_window_hands_the_papers_it_keeps_over_before_it_closes_and_may_take_that_back(hall: Hall):
    chen = seated(hall, "chen0105", 1)
    ticket = serving(hall, 1)
    chen.done(1, "hold", kind="papers-kept")
    on = {"ticket": ticket, "business": "A", "note": "我要下班，材料交给 2 号窗口"}
    assert refused(chen.act(1, "transfer", **on, to_window=1), 409, "same-window")["window"] == 1
    assert chen.done(1, "transfer", **on, to_window=2)["tie"] == "w2"
    assert chen.done(1, "undo")["state"] == "held"
    assert [each["here"] for each in chen.view(1)["held"]] == [True]
    assert chen.done(1, "resume", ticket=ticket)["state"] == "serving"
    whole(hall)


def test_only_who_is_held_with_papers_kept_is_sent_on_without_being_at_the_window(hall: Hall):
    to_b = {"business": "B", "note": "请转办"}
    ticket = serving(hall, 1)
    refused(hall.clerk.act(2, "transfer", ticket=ticket, **to_b), 409, "wrong-state")
    refused(hall.clerk.act(2, "transfer", ticket="0" * 32, **to_b), 404, "unknown-ticket")
    hall.clerk.done(1, "hold", kind="papers-with-visitor")
    refused(hall.clerk.act(1, "transfer", ticket=ticket, **to_b), 409, "papers-not-kept")
    hall.clerk.done(1, "rejoin", ticket=ticket)
    whole(hall)


def test_only_kept_papers_are_resumed(hall: Hall):
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="papers-with-visitor")
    refused(hall.clerk.act(1, "resume", ticket=ticket), 409, "papers-not-kept")
    refused(hall.clerk.act(1, "resume", ticket="0" * 32), 404, "unknown-ticket")
    refused(hall.clerk.act(1, "rejoin", ticket="0" * 32), 404, "unknown-ticket")
    hall.clerk.done(1, "rejoin", ticket=ticket)
    refused(hall.clerk.act(1, "rejoin", ticket=ticket), 409, "wrong-state")
    whole(hall)


def test_somebody_called_may_be_put_aside(hall: Hall):
    hall.kiosk.take("A")
    ticket = hall.clerk.done(1, "next")["id"]
    hall.clerk.done(1, "hold", kind="papers-kept")
    resumed = hall.clerk.done(1, "resume", ticket=ticket)
    assert resumed["state"] == "serving"
    assert resumed["started_at"] is not None
    whole(hall)


def test_who_waits_for_another_comes_back_when_that_turn_ends(hall: Hall):
    spouse = serving(hall, 2)
    ticket = serving(hall, 1)
    held = hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    assert held["held_until"] == held["held_at"] + 20 * MINUTE_MS
    assert hall.clerk.view(3)["held"][0]["awaits"] == hall.manager.ticket(spouse)["number"]
    hall.clerk.done(2, "finish", outcome="accepted")
    assert hall.manager.ticket(ticket)["state"] == "waiting"
    assert acts(hall, ticket)[-1] == "rejoined"
    whole(hall)


@pytest.mark.parametrize("ending", ["transfer", "void", "finish-next"])
def test_every_end_of_a_turn_lets_who_waits_for_it_come_back(hall: Hall, ending: str):
    spouse = serving(hall, 2)
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    if ending == "transfer":
        hall.clerk.done(2, "transfer", business="B", note="证照在此办理")
    elif ending == "void":
        hall.clerk.void(spouse, "走了")
    else:
        assert hall.clerk.done(2, "finish-next", outcome="accepted")["id"] == ticket, "and is called at once"
    assert hall.manager.ticket(ticket)["state"] == ("called" if ending == "finish-next" else "waiting")
    whole(hall)


def test_who_waits_for_another_comes_back_by_the_timer_at_last(hall: Hall):
    spouse = serving(hall, 2)
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    later(hall, 20 * MINUTE_MS - NOT_SOONER_MS)
    hall.kiosk.take("B")
    assert hall.manager.ticket(ticket)["state"] == "held"
    later(hall, NOT_SOONER_MS)
    assert soon(hall, ticket, state="waiting")["held_until"] is None
    hall.clerk.done(2, "finish", outcome="accepted")
    assert acts(hall, ticket).count("rejoined") == 1
    whole(hall)


def test_a_hold_that_awaits_nobody_in_particular_ends_by_the_timer(hall: Hall):
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting")
    later(hall, 20 * MINUTE_MS)
    soon(hall, ticket, state="waiting")
    whole(hall)


def test_who_left_while_waiting_for_another_is_in_nobodys_way(hall: Hall):
    """A voided ticket still says whom it waited for; the turn it waited for must end all the same."""
    spouse = serving(hall, 2)
    ticket = serving(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    hall.clerk.void(ticket, "走了")
    assert hall.clerk.done(2, "finish", outcome="accepted")["state"] == "finished"
    assert hall.manager.ticket(ticket)["state"] == "void"
    whole(hall)


def test_what_a_hold_refuses(hall: Hall):
    refused(hall.clerk.act(1, "hold", kind="papers-kept"), 409, "nobody-here")
    ticket = serving(hall, 1)
    refused(hall.clerk.act(1, "hold", kind="awaiting", awaits=ticket), 409, "awaits-itself")
    refused(hall.clerk.act(1, "hold", kind="awaiting", awaits="0" * 32), 404, "unknown-ticket")
    over = hall.kiosk.take("A")["id"]
    hall.clerk.void(over, "left")
    refused(hall.clerk.act(1, "hold", kind="awaiting", awaits=over), 409, "wrong-state")
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({}, "kind", "missing"),
        ({"kind": "lunch"}, "kind", "not-one-of"),
        ({"kind": "papers-kept", "awaits": ticket}, "awaits", "not-together"),
        ({"kind": "awaiting", "awaits": "A001"}, "awaits", "wrong-form"),
        ({"kind": "papers-kept", "note": ""}, "note", "too-short"),
        ({"kind": "papers-kept", "note": "x" * 201}, "note", "too-long"),
        ({"kind": "papers-kept", "note": "nul\x00"}, "note", "wrong-form"),
    ]
    for body, field, reason in wrong:
        problem = refused(hall.clerk.act(1, "hold", **body), 422, "invalid-body")
        assert (problem["field"], problem["reason"]) == (field, reason)
    clerk = hall.person("chen")
    refused(clerk.act(1, "hold", kind="papers-kept"), 403, "not-your-window")
    assert hall.manager.ticket(ticket)["state"] == "serving", "what was refused changed nothing"
    whole(hall)
