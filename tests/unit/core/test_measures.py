"""Figures against days worked out by hand: waits, quantiles, shares, time open and busy, and what must add up."""

from dataclasses import replace

import pytest

from queue_server.core.journal import Entry
from queue_server.core.measures import (
    Reconciliation,
    Summary,
    busy_time,
    by_business,
    differences,
    open_time,
    quantile,
    reconciliation,
    service_time,
    summary,
    utilisation,
    waiting_time,
    walking_time,
)
from queue_server.core.seat import CLOSED, OPENED, PAUSED, RESUMED
from queue_server.core.ticket import Hold, State, Ticket
from tests.unit.core.small_hall import MINUTE, NINE, ticket


def at(minutes: float) -> int:
    """So many minutes after nine."""
    return NINE + round(minutes * MINUTE)


def served(wait: float, walk: float, service: float, **changes: object) -> Ticket:
    """A ticket issued at nine and served at window 1; all in minutes."""
    moments = {
        "called_at": at(wait),
        "counted_at": at(wait),
        "started_at": at(wait + walk),
        "finished_at": at(wait + walk + service),
    }
    return replace(ticket(State.FINISHED, window=1, calls=1, outcome="completed", **moments), **changes)


# Five tickets of one hour. Waits 2, 4, 6 and 10 minutes; the fifth left without being called.
ONE, TWO, THREE = served(2, 1, 5), served(4, 0.5, 10), served(10, 0, 3, business="B")
MISSED = ticket(State.MISSED, window=2, called_at=at(6), counted_at=at(7), calls=3, missed_at=at(8))
LEFT = ticket(State.VOID, finished_at=at(15), reason="left")
HOUR_OF_FIVE = [ONE, TWO, THREE, MISSED, LEFT]


def test_the_times_of_one_ticket() -> None:
    assert waiting_time(ONE) == 2 * MINUTE
    assert walking_time(ONE) == MINUTE
    assert service_time(ONE) == 5 * MINUTE


@pytest.mark.parametrize("of", [LEFT, ticket()])
def test_a_ticket_never_called_has_no_times(of: Ticket) -> None:
    assert (waiting_time(of), walking_time(of), service_time(of)) == (None, None, None)


def test_a_ticket_called_but_not_come_has_waited_only() -> None:
    assert (waiting_time(MISSED), walking_time(MISSED), service_time(MISSED)) == (6 * MINUTE, None, None)


def test_what_was_put_aside_is_not_service_time() -> None:
    assert service_time(replace(ONE, held_ms=2 * MINUTE)) == 3 * MINUTE


def test_a_timing_marked_as_wrong_makes_no_figure_but_the_wait_counts() -> None:
    wrong = replace(ONE, timing_wrong=True)
    assert (waiting_time(wrong), walking_time(wrong), service_time(wrong)) == (2 * MINUTE, None, None)
    assert summary([wrong, TWO], target=0).service_mean == 10 * MINUTE


def test_a_later_turn_waits_from_when_it_began_to() -> None:
    assert waiting_time(replace(ONE, turn=2, queued_at=at(1))) == MINUTE


def test_a_service_broken_off_has_no_service_time() -> None:
    broken_off = replace(ONE, state=State.VOID, outcome=None)
    assert (walking_time(broken_off), service_time(broken_off)) == (MINUTE, None)


@pytest.mark.parametrize("missing", ["called_at", "started_at", "finished_at"])
def test_a_moment_that_is_not_known_makes_no_figure(missing: str) -> None:
    bare = replace(ONE, **{missing: None})
    assert (waiting_time(bare) is None) == (missing == "called_at")
    assert (walking_time(bare) is None) == (missing != "finished_at")
    assert (service_time(bare) is None) == (missing != "called_at")


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.0, 7),
        ([7], 0.5, 7),
        ([7], 1.0, 7),
        ([1, 2], 0.5, 1),
        ([1, 2, 3], 0.5, 2),
        ([1, 2, 3, 4], 0.5, 2),
        ([1, 2, 3, 4], 0.75, 3),
        ([1, 2, 3, 4], 0.7500001, 3),  # Shares are told apart to a millionth.
        ([1, 2, 3, 4], 0.750001, 4),
        ([15, 20, 35, 40, 50], 0.05, 15),
        ([15, 20, 35, 40, 50], 0.3, 20),
        ([15, 20, 35, 40, 50], 0.4, 20),
        ([15, 20, 35, 40, 50], 1.0, 50),
        (list(range(1, 101)), 0.9, 90),
        (list(range(1, 11)), 0.9, 9),
        # 0.07 * 100 is 7.000000000000001 in floating point, which would make the rank 8.
        (list(range(1, 101)), 0.07, 7),
    ],
)
def test_a_quantile_is_of_the_nearest_rank(values: list[int], share: float, expected: int | None) -> None:
    assert quantile(values, share) == expected


def test_a_summary_worked_out_by_hand() -> None:
    assert summary(HOUR_OF_FIVE, target=6 * MINUTE) == Summary(
        issued=5,
        called=4,
        served=3,
        missed=1,
        void=1,
        wait_mean=(2 + 4 + 10 + 6) / 4 * MINUTE,
        wait_p50=4 * MINUTE,
        wait_p90=10 * MINUTE,
        within_target=3 / 4,
        walk_mean=(1 + 0.5 + 0) / 3 * MINUTE,
        service_mean=(5 + 10 + 3) / 3 * MINUTE,
    )


def test_a_missed_ticket_that_is_void_later_counts_as_both() -> None:
    gone = replace(MISSED, state=State.VOID, finished_at=at(38), reason="return-over")
    told = summary([gone], target=0)
    assert (told.missed, told.void, told.called, told.within_target) == (1, 1, 1, 0.0)


def test_of_nobody_there_is_nothing_to_measure() -> None:
    assert summary([], 0) == Summary(0, 0, 0, 0, 0, None, None, None, None, None, None)


def test_each_business_has_its_own_figures() -> None:
    told = by_business(iter(HOUR_OF_FIVE), target=6 * MINUTE)
    assert list(told) == ["A", "B"]
    assert told["A"] == summary([ONE, TWO, MISSED, LEFT], 6 * MINUTE)
    assert told["B"] == summary([THREE], 6 * MINUTE)


def test_reconciliation_counts_every_state() -> None:
    told = reconciliation(HOUR_OF_FIVE, issued=5)
    assert told.by_state == {
        "waiting": 0,
        "called": 0,
        "serving": 0,
        "held": 0,
        "missed": 1,
        "finished": 3,
        "void": 1,
    }
    assert told.adds_up
    put_aside = ticket(State.HELD, hold=Hold.AWAITING)
    assert reconciliation([*HOUR_OF_FIVE, put_aside], issued=6).by_state["held"] == 1
    assert reconciliation([*HOUR_OF_FIVE, put_aside], issued=6).adds_up


def test_a_number_that_is_nowhere_does_not_add_up() -> None:
    assert not reconciliation(HOUR_OF_FIVE, issued=6).adds_up
    assert not reconciliation(HOUR_OF_FIVE, issued=4).adds_up
    assert reconciliation([], issued=0).adds_up
    assert Reconciliation(0).adds_up


def test_where_the_numbers_given_out_are_not_the_tickets_found() -> None:
    assert differences({"A": 3, "B": 2}, {"B": 2, "A": 3}) == {}
    assert differences({"A": 3, "B": 2}, {"A": 2, "C": 1}) == {"A": 1, "B": 2, "C": -1}


def window_entry(no: int, act: str, window: int | None, minutes: float) -> Entry:
    """A window opens or closes so many minutes after nine."""
    return Entry(no=no, at=at(minutes), hall="main", act=act, act_id=f"a{no}", by="li", window=window)


DAY_OF_WINDOWS = [
    window_entry(1, OPENED, 2, 0),
    window_entry(2, OPENED, 1, 10),
    window_entry(3, OPENED, 2, 15),  # Already open: nothing new.
    window_entry(4, CLOSED, 2, 30),
    window_entry(5, CLOSED, 2, 35),  # Already closed.
    window_entry(6, CLOSED, 3, 40),  # Never opened.
    window_entry(7, OPENED, None, 41),  # No window at all.
    window_entry(8, "called", 1, 42),
    window_entry(9, OPENED, 2, 50),
]


def test_open_time_is_what_lies_between_opening_and_closing() -> None:
    told = open_time(DAY_OF_WINDOWS, until=at(60))
    assert list(told.items()) == [(1, 50 * MINUTE), (2, (30 + 10) * MINUTE)]


def test_open_time_counts_only_what_lies_in_the_span_asked_for() -> None:
    assert open_time(DAY_OF_WINDOWS, until=at(25), since=at(20)) == {1: 5 * MINUTE, 2: 5 * MINUTE}
    assert open_time(DAY_OF_WINDOWS, until=at(-5)) == {1: 0, 2: 0}


def test_a_pause_is_not_open_time() -> None:
    told = [
        window_entry(1, OPENED, 1, 0),
        window_entry(2, PAUSED, 1, 10),
        window_entry(3, RESUMED, 1, 20),
        window_entry(4, PAUSED, 1, 50),
        window_entry(5, CLOSED, 1, 55),
    ]
    assert open_time(told, until=at(60)) == {1: 40 * MINUTE}


def state_entry(ticket_id: str, state: str, minutes: float, **fields: object) -> Entry:
    """A ticket comes to a state so many minutes after nine."""
    return Entry(1, at(minutes), "main", "x", "x", "li", ticket_id, set={"state": state, **fields})


def test_busy_time_runs_from_the_call_to_the_end() -> None:
    told = [
        state_entry("t1", "called", 2, window=1),
        state_entry("t1", "serving", 3),
        state_entry("t2", "called", 6, window=2),
        state_entry("t1", "finished", 8),
        state_entry("t2", "missed", 8),
        Entry(1, at(9), "main", "recalled", "x", "li", "t2", 2),
        Entry(1, at(9), "main", "timing-marked", "x", "li", "t1", 1, set={"timing_wrong": True}),
        window_entry(1, CLOSED, 3, 10),
        state_entry("t3", "void", 15),
        state_entry("t2", "void", 18),
        state_entry("t4", "called", 20, window=2),
    ]
    # Window 1: two to eight. Window 2: six to eight, and from twenty on.
    assert busy_time(told, until=at(30)) == {1: 6 * MINUTE, 2: (2 + 10) * MINUTE}
    assert busy_time(told, until=at(25), since=at(7)) == {1: MINUTE, 2: (1 + 5) * MINUTE}


def test_nobody_is_busy_with_who_is_put_aside_and_each_window_has_its_own_part() -> None:
    told = [
        state_entry("t1", "called", 0, window=1),
        state_entry("t1", "serving", 1),
        state_entry("t1", "held", 4),
        state_entry("t1", "serving", 14),
        state_entry("t1", "held", 16),
        state_entry("t1", "waiting", 20, window=None),
        state_entry("t1", "called", 30, window=2),
        state_entry("t1", "waiting", 31, window=None),
        state_entry("t1", "called", 40, window=1),
        state_entry("t1", "finished", 43),
    ]
    assert busy_time(told, until=at(60)) == {1: (4 + 2 + 3) * MINUTE, 2: MINUTE}


def test_utilisation_is_busy_by_open() -> None:
    told = [
        window_entry(1, OPENED, 1, 0),
        window_entry(2, OPENED, 2, 0),
        window_entry(3, OPENED, 3, 60),
        state_entry("t1", "called", 2, window=1),
        state_entry("t1", "finished", 8),
    ]
    # Window 1 is busy for six minutes of sixty; window 3 opens when the figures end, and is left out.
    assert utilisation(told, until=at(60)) == {1: 0.1, 2: 0.0}
    assert utilisation([], until=at(60)) == {}
