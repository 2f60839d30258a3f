"""Sending a visitor on at a real server: a new turn, its notes, ties to a window or a clerk and how they end, moves."""

from typing import Any

import pytest

from tests.running.client import Client, refused
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.truth import acts, entries, whole

RELEASE_MS = 15 * MINUTE_MS


def served(hall: Hall, window: int, business: str = "A", by: Client | None = None) -> str:
    """Somebody who is served at a window; the ticket's id."""
    clerk = by or hall.clerk
    hall.kiosk.take(business)
    ticket: str = clerk.done(window, "next")["id"]
    clerk.done(window, "start")
    return ticket


def seated(hall: Hall, name: str, window: int) -> Client:
    """One of the staff at a window; the staff number is the end of the name."""
    person = hall.person(name)
    person.done(window, "sign-in")
    return person


def test_a_transfer_is_a_new_turn_of_the_same_number(hall: Hall):
    chen = seated(hall, "chen0105", 1)
    hall.kiosk.take("A", "elderly")
    ticket = chen.done(1, "next")
    chen.done(1, "start")
    sent = chen.done(1, "transfer", business="B", note="营业执照已核对，请办计量认证")
    assert (sent["number"], sent["business"], sent["state"]) == (ticket["number"], "B", "waiting")
    assert (sent["turn"], sent["place"], sent["tie"], sent["window"]) == (2, ticket["place"], None, None)
    assert (sent["called_at"], sent["calls"], sent["started_at"], sent["outcome"]) == (None, 0, None, None)
    assert sent["queued_at"] > ticket["issued_at"]
    other = hall.kiosk.take("B")["id"]
    assert hall.clerk.done(5, "next")["id"] == ticket["id"], "placed by its first place, so before who came later"
    view = hall.clerk.view(5)
    assert view["owner"] == {"name": "chen0105 静", "number": "0105"}, "who took the first question stays responsible"
    assert [(n["text"], n["window"], n["act"], n["by"]) for n in view["notes"]] == [
        ("营业执照已核对，请办计量认证", 1, "transferred", {"name": "chen0105 静", "number": "0105"})
    ]
    assert hall.clerk.done(6, "next")["id"] == other
    whole(hall)


def test_a_note_is_beside_the_journal_and_not_in_it(hall: Hall):
    served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="电话 13800000000")
    said = "".join(line for (line,) in hall.database.sql("SELECT line FROM journal"))
    assert "13800000000" not in said
    whole(hall)
    hall.database.sql("DELETE FROM notes")
    assert hall.command("journal", "verify").exit_code == 0, "a person may be forgotten and the chain stays whole"


def test_tied_to_a_window_it_is_that_windows_own(hall: Hall):
    ticket = served(hall, 1)
    later(hall, MINUTE_MS)
    others = [hall.kiosk.take("B")["id"] for _ in range(2)]
    sent = hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    assert sent["tie"] == "w4"
    assert hall.clerk.done(2, "next")["id"] == others[0], "ten minutes of affinity keep it from others"
    own = hall.clerk.done(4, "next")
    assert (own["id"], own["why"]["cause"], own["why"].get("affinity_ms", 0)) == (ticket, "own", 0)
    whole(hall)


def test_another_window_takes_it_when_its_own_lead_is_used_up(hall: Hall):
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    later(hall, 11 * MINUTE_MS)
    hall.kiosk.take("B")
    called = hall.clerk.done(2, "next")
    assert (called["id"], called["why"]["affinity_ms"]) == (ticket, 10 * MINUTE_MS)
    whole(hall)


@pytest.mark.parametrize("away", ["pause", "close"])
def test_a_tie_ends_when_its_window_stays_away(hall: Hall, away: str):
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    hall.clerk.done(4, away, **({"reason": "meal"} if away == "pause" else {}))
    later(hall, RELEASE_MS - MINUTE_MS)
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] == "w4"
    later(hall, MINUTE_MS)
    place = hall.manager.ticket(ticket)["place"]
    assert soon(hall, ticket, tie=None)["place"] == place, "released, and where it stood"
    last = entries(hall)[-1]
    assert (last.act, last.by, last.set) == ("tie-released", "timer", {"tie": None})
    assert hall.clerk.done(2, "next")["id"] == ticket
    whole(hall)


@pytest.mark.parametrize("away", ["pause", "close"])
def test_a_tie_holds_when_its_window_comes_back(hall: Hall, away: str):
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    hall.clerk.done(4, away, **({"reason": "meal"} if away == "pause" else {}))
    later(hall, RELEASE_MS - MINUTE_MS)
    hall.clerk.done(4, "unpause" if away == "pause" else "open")
    later(hall, RELEASE_MS)
    hall.kiosk.take("C")
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] == "w4"
    assert hall.clerk.done(4, "next")["id"] == ticket
    whole(hall)


def test_who_is_sent_to_a_window_already_away_waits_from_then_on(hall: Hall):
    hall.clerk.done(4, "pause", reason="back-office")
    later(hall, 2 * RELEASE_MS)
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    later(hall, RELEASE_MS - MINUTE_MS)
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] == "w4"
    later(hall, MINUTE_MS)
    soon(hall, ticket, tie=None)
    whole(hall)


def test_tied_to_a_clerk_it_follows_the_clerk(hall: Hall):
    wang = seated(hall, "wang0207", 4)
    ticket = served(hall, 1)
    sent = hall.clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0207")
    assert sent["tie"].startswith("c")
    wang.done(4, "sign-out")
    wang.done(6, "sign-in")
    later(hall, 5 * MINUTE_MS)
    hall.kiosk.take("B")
    assert wang.done(6, "next")["id"] == ticket
    whole(hall)


def test_a_tie_ends_when_its_clerk_stays_away(hall: Hall):
    wang = seated(hall, "wang0207", 4)
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0207")
    wang.done(4, "sign-out")
    later(hall, RELEASE_MS - SECOND_MS)
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] is not None
    later(hall, SECOND_MS)
    soon(hall, ticket, tie=None)
    whole(hall)


def test_a_tie_holds_when_its_clerk_comes_back(hall: Hall):
    wang = seated(hall, "wang0207", 4)
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0207")
    wang.done(4, "sign-out")
    later(hall, RELEASE_MS - MINUTE_MS)
    wang.done(5, "sign-in")
    later(hall, RELEASE_MS)
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] is not None
    wang.done(5, "pause", reason="meal")
    later(hall, RELEASE_MS)
    soon(hall, ticket, tie=None)
    whole(hall)


def test_who_comes_to_a_window_closed_long_before_was_there_until_then(hall: Hall):
    hall.clerk.done(5, "close")
    wang = seated(hall, "wang0207", 4)
    ticket = served(hall, 1)
    later(hall, 2 * RELEASE_MS)
    hall.clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0207")
    later(hall, RELEASE_MS)
    wang.done(4, "sign-out")
    wang.done(5, "sign-in")
    later(hall, RELEASE_MS - SECOND_MS)
    hall.kiosk.take("C")
    assert hall.manager.ticket(ticket)["tie"] is not None
    later(hall, SECOND_MS)
    soon(hall, ticket, tie=None)
    whole(hall)


def test_a_tie_to_a_clerk_who_never_sat_down_ends_too(hall: Hall):
    hall.person("wang0207")
    ticket = served(hall, 1)
    hall.clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0207")
    later(hall, RELEASE_MS)
    soon(hall, ticket, tie=None)
    whole(hall)


def test_what_a_transfer_refuses(hall: Hall):
    note = {"note": "请转办"}
    refused(hall.clerk.act(1, "transfer", business="B", **note), 409, "nobody-here")
    ticket = served(hall, 1)
    refused(hall.clerk.act(1, "transfer", business="Q", **note), 422, "unknown-business")
    assert refused(hall.clerk.act(1, "transfer", business="B", to_window=13, **note), 404, "unknown-window")
    assert refused(hall.clerk.act(1, "transfer", business="B", to_window=1, **note), 409, "same-window")
    assert refused(hall.clerk.act(1, "transfer", business="B", to_clerk="9999", **note), 422, "unknown-clerk")
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"business": "B"}, "note", "missing"),
        ({"business": "B", "note": ""}, "note", "too-short"),
        ({**note}, "business", "missing"),
        ({**note, "business": "B", "to_window": 0}, "to_window", "too-small"),
        ({**note, "business": "B", "to_window": "4"}, "to_window", "not-a-whole-number"),
        ({**note, "business": "B", "to_clerk": "\x00"}, "to_clerk", "wrong-form"),
        ({**note, "business": "B", "to_clerk": "0207", "to_window": 4}, "to_clerk", "not-together"),
    ]
    for body, field, reason in wrong:
        problem = refused(hall.clerk.act(1, "transfer", **body), 422, "invalid-body")
        assert (problem["field"], problem["reason"]) == (field, reason), body
    refused(hall.person("chen0105").act(1, "transfer", business="B", **note), 403, "not-your-window")
    assert hall.manager.ticket(ticket)["turn"] == 1
    assert hall.database.sql("SELECT count(*) FROM notes")[0][0] == 0, "what was refused left no note"
    whole(hall)


def test_who_still_waits_is_moved_to_another_business_at_the_same_place(hall: Hall):
    ticket = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    other = hall.kiosk.take("B")["id"]
    moved = hall.clerk.done(3, "move", ticket=ticket["id"], business="B")
    assert (moved["business"], moved["place"], moved["turn"], moved["state"]) == ("B", ticket["place"], 1, "waiting")
    assert moved["queued_at"] == ticket["queued_at"], "it is still the same wait"
    assert [hall.clerk.done(window, "next")["id"] for window in (1, 2)] == [ticket["id"], other]
    assert acts(hall, ticket["id"]) == ["issued", "moved", "called"]
    whole(hall)


def test_what_a_move_refuses(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    refused(hall.clerk.act(3, "move", ticket=ticket, business="Q"), 422, "unknown-business")
    refused(hall.clerk.act(3, "move", ticket=ticket, business="A"), 422, "same-business")
    refused(hall.clerk.act(3, "move", ticket="0" * 32, business="B"), 404, "unknown-ticket")
    refused(hall.clerk.act(3, "move", ticket=ticket), 422, "invalid-body")
    refused(hall.person("chen0105").act(3, "move", ticket=ticket, business="B"), 403, "not-your-window")
    hall.clerk.done(1, "next")
    refused(hall.clerk.act(3, "move", ticket=ticket, business="B"), 409, "wrong-state")
    whole(hall)
