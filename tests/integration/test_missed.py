"""Missed and back again at a real server: where one returns to, how often, until when, and more time for the slow."""

from tests.running.client import refused
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.truth import acts, whole


def missed_at(hall: Hall, window: int) -> str:
    """Whoever is called at this window is called three times and does not come."""
    called = hall.clerk.done(window, "next")
    for _ in range(2):
        later(hall, 20 * SECOND_MS)
        hall.clerk.done(window, "recall")
    hall.clerk.done(window, "missed")
    ticket: str = called["id"]
    return ticket


def test_who_comes_back_stands_behind_the_third_who_waits(hall: Hall):
    hall.kiosk.take("A")
    ticket = missed_at(hall, 1)
    waiting = []
    for _ in range(5):
        later(hall, SECOND_MS)
        waiting.append(hall.kiosk.take("A")["id"])
    other = hall.kiosk.take("B")["id"]
    shown = hall.clerk.view(2)["missed"]
    assert [(each["id"], each["returns_left"]) for each in shown] == [(ticket, 2)]
    assert shown[0]["until"] == shown[0]["missed_at"] + 30 * MINUTE_MS
    back = hall.clerk.done(2, "requeue", ticket=ticket)
    assert (back["state"], back["returns"], back["missed_at"], back["calls"]) == ("waiting", 1, None, 0)
    assert back["place"] == hall.manager.ticket(waiting[2])["place"]
    order = [hall.clerk.done(window, "next")["id"] for window in range(1, 8)]
    assert order == [*waiting[:3], ticket, *waiting[3:], other]
    whole(hall)


def test_with_fewer_one_stands_behind_the_last_and_with_none_at_the_end(hall: Hall):
    hall.kiosk.take("A")
    hall.kiosk.take("A")
    first, second = missed_at(hall, 1), missed_at(hall, 2)
    later(hall, SECOND_MS)
    only = hall.kiosk.take("A")["id"]
    back = hall.clerk.done(1, "requeue", ticket=first)
    assert back["place"] == hall.manager.ticket(only)["place"]
    assert [hall.clerk.done(window, "next")["id"] for window in (1, 2)] == [only, first]
    later(hall, SECOND_MS)
    alone = hall.clerk.done(3, "requeue", ticket=second)
    assert alone["place"] > back["place"], "nobody waits: from now"
    whole(hall)


def test_at_most_twice_and_then_the_number_is_over(hall: Hall):
    hall.kiosk.take("A")
    ticket = missed_at(hall, 1)
    for _ in range(2):
        hall.clerk.done(1, "requeue", ticket=ticket)
        assert missed_at(hall, 1) == ticket
    later(hall, 11 * SECOND_MS)
    assert soon(hall, ticket, state="void")["returns"] == 2
    refused(hall.clerk.act(1, "requeue", ticket=ticket), 409, "wrong-state")
    assert acts(hall, ticket)[-1] == "voided"
    whole(hall)


def test_the_last_miss_is_undone_like_every_other_and_no_return_follows_it(hall: Hall):
    """For ten seconds it is not over: a clerk who pressed by mistake takes it back, and the visitor is called again."""
    hall.kiosk.take("A")
    ticket = missed_at(hall, 1)
    for _ in range(2):
        hall.clerk.done(1, "requeue", ticket=ticket)
        assert missed_at(hall, 1) == ticket
    shown = hall.clerk.view(1)["missed"][0]
    assert (shown["returns_left"], shown["until"]) == (0, shown["missed_at"] + 10 * SECOND_MS + 1)
    assert refused(hall.clerk.act(1, "requeue", ticket=ticket), 409, "too-many-returns")["returns"] == 2
    assert hall.clerk.done(1, "undo")["state"] == "called"
    assert hall.clerk.done(1, "start")["id"] == ticket
    whole(hall)


def test_who_does_not_come_back_in_time_needs_a_new_number(hall: Hall):
    hall.kiosk.take("A")
    ticket = missed_at(hall, 1)
    later(hall, 29 * MINUTE_MS)
    hall.kiosk.take("B")
    assert hall.manager.ticket(ticket)["state"] == "missed"
    later(hall, MINUTE_MS)
    soon(hall, ticket, state="void")
    refused(hall.clerk.act(1, "requeue", ticket=ticket), 409, "wrong-state")
    assert hall.clerk.view(1)["missed"] == []
    whole(hall)


def test_more_time_doubles_the_gap_between_calls(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    given = hall.clerk.done(1, "more-time", ticket=ticket)
    assert (given["more_time"], given["state"], given["place"]) == (True, "waiting", given["issued_at"])
    hall.clerk.done(1, "next")
    later(hall, 30 * SECOND_MS)
    assert hall.clerk.done(1, "recall")["calls"] == 1, "announced, not counted"
    view = hall.clerk.view(1)
    assert view["may_miss_at"] == view["ticket"]["called_at"] + 40 * SECOND_MS
    later(hall, 10 * SECOND_MS)
    assert hall.clerk.done(1, "recall")["calls"] == 2
    problem = refused(hall.clerk.act(1, "missed"), 409, "too-few-calls")
    assert (problem["calls"], problem["needed"]) == (2, 3)
    later(hall, 40 * SECOND_MS)
    assert hall.clerk.done(1, "recall")["calls"] == 3
    assert hall.clerk.done(1, "missed")["state"] == "missed"
    whole(hall)


def test_what_coming_back_and_more_time_refuse(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    for act in ("requeue", "more-time"):
        refused(hall.clerk.act(1, act, ticket="0" * 32), 404, "unknown-ticket")
        refused(hall.clerk.act(1, act), 422, "invalid-body")
        refused(hall.person(f"{act} chen").act(1, act, ticket=ticket), 403, "not-your-window")
    refused(hall.clerk.act(1, "requeue", ticket=ticket), 409, "wrong-state")
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    refused(hall.clerk.act(1, "more-time", ticket=ticket), 409, "wrong-state")
    whole(hall)
