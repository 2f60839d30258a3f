"""From journal to turns: visits of several turns, with holds, outcomes, undone steps and wrong timings."""

from dataclasses import replace
from typing import Any

import pytest

from queue_server.core.acts import Stamp, Wish, change, issue
from queue_server.core.journal import Entry, changes
from queue_server.core.measures import service_time, summary, waiting_time, walking_time
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Hold, State, Ticket, changed
from queue_server.core.turns import TRANSFERRED, turns
from queue_server.core.undo import back
from tests.unit.core.small_hall import MINUTE, NINE, small_hall

HALL = small_hall()


class Visit:
    """One visit, step by step; minutes after nine."""

    def __init__(self, ticket_id: str = "t1", *later: str) -> None:
        made, entry = issue(HALL, Wish("A"), ticket_id, 1, 1, Stamp(NINE, "a1", "kiosk"), 0)
        self.ticket = changed(made, {"later": later})
        self.entries = [replace(entry, set=changes(None, self.ticket))]
        self.before: list[Ticket] = []

    def do(self, minutes: float, act: Act, **told: Any) -> "Visit":
        """One act."""
        no, at = len(self.entries) + 1, NINE + round(minutes * MINUTE)
        known = {"window": 1, "place": NINE, "entered": no, "business": "B", "outcome": "completed", "reason": "left"}
        self.before.append(self.ticket)
        stamp = Stamp(at, f"a{no}", "li")
        self.ticket, entry = change(HALL, self.ticket, act, no, stamp, Told(**{**known, **told}))
        self.entries.append(entry)
        return self

    def undo(self, minutes: float) -> "Visit":
        """Take back the last act."""
        no, at = len(self.entries) + 1, NINE + round(minutes * MINUTE)
        was = self.before.pop()
        self.entries.append(back(HALL, self.ticket, was, 1, [no - 1], no, Stamp(at, f"a{no}", "li")))
        self.ticket = was
        return self


def times(turn: Ticket) -> tuple[float | None, ...]:
    """Waiting, walking and service in minutes."""
    found = (waiting_time(turn), walking_time(turn), service_time(turn))
    return tuple(None if each is None else each / MINUTE for each in found)


def test_a_visit_of_one_turn_is_its_ticket() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(9, Act.FINISH)
    assert turns(visit.entries) == [visit.ticket]
    assert times(visit.ticket) == (3, 1, 5)


def test_a_transfer_ends_a_turn_and_begins_another_with_times_of_its_own() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(9, Act.TRANSFER).do(15, Act.CALL).do(16, Act.FINISH)
    first, second = turns(visit.entries)
    assert (first.turn, first.business, first.state, first.outcome) == (1, "A", State.FINISHED, TRANSFERRED)
    assert second == visit.ticket
    assert (second.turn, second.business, second.outcome) == (2, "B", "completed")
    assert [times(turn) for turn in (first, second)] == [(3, 1, 5), (6, 1, 0)]
    told = summary([first, second], target=4 * MINUTE)
    assert (told.issued, told.called, told.served, told.within_target) == (2, 2, 2, 0.5)


def test_a_turn_transferred_from_the_call_was_no_service() -> None:
    first, second = turns(Visit().do(3, Act.CALL).do(4, Act.TRANSFER).entries)
    assert (times(first), first.started_at) == ((3, None, None), None)
    assert (second.state, times(second)) == (State.WAITING, (None, None, None))


def test_a_turn_ended_straight_from_the_call_is_a_service_of_no_length() -> None:
    first, _ = turns(Visit("t1", "C").do(3, Act.CALL).do(4, Act.NEXT_TURN, outcome="accepted").entries)
    assert (first.outcome, times(first)) == ("accepted", (3, 1, 0))


def test_three_businesses_of_one_visit_are_three_turns() -> None:
    visit = Visit("t1", "B", "C").do(3, Act.CALL).do(4, Act.START).do(9, Act.NEXT_TURN, outcome="accepted")
    visit.do(10, Act.CALL).do(10, Act.START).do(12, Act.NEXT_TURN).do(20, Act.CALL).do(21, Act.START)
    visit.do(24, Act.FINISH, outcome="consultation")
    found = turns(visit.entries)
    assert [(turn.business, turn.outcome) for turn in found] == [
        ("A", "accepted"),
        ("B", "completed"),
        ("C", "consultation"),
    ]
    assert [times(turn) for turn in found] == [(3, 1, 5), (1, 0, 2), (8, 1, 3)]


@pytest.mark.parametrize("goes_on", [Act.NEXT_TURN, Act.TRANSFER])
def test_a_hold_is_no_service_whatever_the_turn_goes_on_into(goes_on: Act) -> None:
    visit = Visit("t1", "C").do(3, Act.CALL).do(4, Act.START).do(6, Act.HOLD, hold=Hold.PAPERS_KEPT)
    visit.do(16, Act.RESUME).do(19, goes_on)
    assert times(turns(visit.entries)[0]) == (3, 1, 2 + 3)


def test_a_transfer_out_of_a_hold_ends_the_service_with_the_hold() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(6, Act.HOLD, hold=Hold.PAPERS_WITH_VISITOR).do(16, Act.TRANSFER)
    assert times(turns(visit.entries)[0]) == (3, 1, 2)


@pytest.mark.parametrize("goes_on", [Act.NEXT_TURN, Act.TRANSFER])
def test_who_goes_on_from_the_call_after_a_hold_was_not_served_meanwhile(goes_on: Act) -> None:
    visit = Visit("t1", "C").do(3, Act.CALL).do(4, Act.START).do(6, Act.HOLD, hold=Hold.AWAITING)
    visit.do(16, Act.REJOIN).do(20, Act.CALL).do(22, goes_on)
    assert times(turns(visit.entries)[0]) == (3, 1, 2)


def test_a_hold_before_the_service_takes_nothing_from_it() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.HOLD, hold=Hold.AWAITING).do(6, Act.REJOIN).do(8, Act.CALL)
    assert times(turns(visit.do(9, Act.START).do(14, Act.TRANSFER).entries)[0]) == (3, 6, 5)
    visit = Visit().do(3, Act.CALL).do(4, Act.HOLD, hold=Hold.AWAITING).do(6, Act.TRANSFER)
    assert times(turns(visit.entries)[0]) == (3, None, None)


def test_a_wrong_timing_is_of_its_turn_alone() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(5, Act.MARK_TIMING).do(9, Act.TRANSFER)
    visit.do(15, Act.CALL).do(16, Act.START).do(20, Act.FINISH)
    assert [times(turn) for turn in turns(visit.entries)] == [(3, None, None), (6, 1, 4)]


def test_a_transfer_undone_was_no_end_of_a_turn() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(9, Act.TRANSFER).undo(9.1)
    assert turns(visit.entries) == [visit.ticket]
    assert (visit.ticket.turn, visit.ticket.state) == (1, State.SERVING)
    assert times(turns(visit.do(10, Act.FINISH).entries)[0]) == (3, 1, 6)


def test_an_undone_call_of_the_second_turn_leaves_the_first_alone() -> None:
    visit = Visit().do(3, Act.CALL).do(4, Act.START).do(9, Act.TRANSFER).do(10, Act.CALL).undo(10.1)
    assert [turn.turn for turn in turns(visit.entries)] == [1, 2]


def test_the_turns_stand_in_order_of_ticket_and_turn() -> None:
    one, two = Visit("t2"), Visit("t1")
    one.do(3, Act.CALL).do(9, Act.TRANSFER)
    two.do(4, Act.CALL)
    entries = [one.entries[0], two.entries[0], *one.entries[1:], *two.entries[1:]]
    assert [(turn.id, turn.turn) for turn in turns(entries)] == [("t2", 1), ("t2", 2), ("t1", 1)]


def test_what_tells_nothing_of_a_ticket_makes_no_turn() -> None:
    assert turns([Entry(1, NINE, "main", "window-opened", "a1", "li", window=1)]) == []
    visit = Visit().do(3, Act.CALL).do(3, Act.RECALL)
    assert visit.entries[-1].set is None
    assert turns(visit.entries) == [visit.ticket]
