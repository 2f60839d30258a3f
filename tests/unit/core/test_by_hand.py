"""What a window did by hand: which lists can have happened, what the hall overtook, and as which acts lines count."""

from typing import Any

import pytest

from queue_server.core import acts as journalled
from queue_server.core.by_hand import Line, acts, calls_by, check, conflict
from queue_server.core.errors import Refusal
from queue_server.core.evacuation import NONE, Evacuation
from queue_server.core.journal import Entry, parse
from queue_server.core.journal import line as written
from queue_server.core.measures import busy_time, service_time, waiting_time, walking_time
from queue_server.core.steps import Told, apply
from queue_server.core.ticket import Act, State
from queue_server.core.turns import turns
from tests.unit.core.small_hall import MINUTE, NINE, SECOND, settings, small_hall, stamp, ticket

NOW = NINE + 30 * MINUTE
CALLED, SERVING = State.CALLED, State.SERVING


def line(called: int | None = 0, **moments: int | None) -> Line:
    """A line of which the moments are minutes after nine."""
    said = {f"{name}_at": None if at is None else NINE + at * MINUTE for name, at in moments.items()}
    outcome = "completed" if "finished" in moments else None
    return Line("t1", None if called is None else NINE + called * MINUTE, outcome=outcome, **said)


def refusal(lines: list[Line], since: int = NINE, now: int = NOW) -> tuple[str, Any]:
    """How a list is refused, and which line it is about."""
    with pytest.raises(Refusal) as refused:
        check(lines, since, now)
    return refused.value.code, refused.value.facts["line"]


def test_one_visitor_after_the_other_can_have_happened():
    check(
        [
            line(None, started=0, finished=1),
            line(1, started=2, finished=3),
            line(3, missed=4),
            line(4, started=30),
        ],
        NINE,
        NOW,
    )
    check([line(0)], NINE, NINE)


@pytest.mark.parametrize(
    ("lines", "about"),
    [
        ([line(None)], 1),
        ([line(2, started=1)], 1),
        ([line(2, started=3, finished=2)], 1),
        ([line(2, missed=1)], 1),
        ([line(1, finished=4), line(3, finished=5)], 2),
        ([line(1), line(3, finished=5)], 1),
        ([line(1, started=2), line(3)], 1),
        ([line(1, finished=2), line(None, finished=3)], 2),
    ],
)
def test_what_is_out_of_order_is_refused(lines: list[Line], about: int):
    assert refusal(lines) == ("by-hand-order", about)


def test_nothing_lies_before_what_the_window_knew_or_after_now():
    assert refusal([line(1, finished=2)], since=NINE + MINUTE + 1) == ("by-hand-too-early", 1)
    check([line(1, finished=2)], NINE + MINUTE, NINE + 2 * MINUTE)
    assert refusal([line(1, finished=2), line(3, missed=4)], now=NINE + 4 * MINUTE - 1) == ("by-hand-not-yet", 2)


@pytest.mark.parametrize("state", [each for each in State if each is not State.WAITING])
def test_who_does_not_wait_any_more_was_taken(state: State):
    assert conflict(line(1), ticket(state, window=5), 5, {"A"}) == "taken"


def test_who_waits_may_be_entered_unless_they_came_later_or_for_something_else():
    assert conflict(line(0), ticket(), 5, {"A"}) is None
    assert conflict(line(0), ticket(entered_at=NINE + 1), 5, {"A"}) == "came-later"
    assert conflict(line(0), ticket(callable_from=NINE), 5, {"A"}) == "came-later"
    assert conflict(line(0), ticket(), 5, {"B"}) == "not-here"


@pytest.mark.parametrize("state", [CALLED, SERVING])
def test_who_was_there_when_the_link_broke_must_be_there_still(state: State):
    here = ticket(state, window=5, called_at=NINE, counted_at=NINE, calls=1)
    there = line(None, finished=1)
    assert conflict(there, here, 5, ()) is None
    assert conflict(there, here, 4, ()) == "taken"
    assert conflict(line(None, finished=0), here, 5, ()) is None
    for later in ({"counted_at": NINE + MINUTE + 1}, {"started_at": NINE + MINUTE + 1}):
        assert conflict(there, ticket(state, window=5, **{"counted_at": NINE, **later}), 5, ()) == "came-later"


@pytest.mark.parametrize("state", [State.HELD, State.MISSED, State.FINISHED])
def test_who_left_the_window_is_not_there_any_more(state: State):
    assert conflict(line(None, finished=1), ticket(state, window=5), 5, ()) == "taken"


@pytest.mark.parametrize(("said", "why"), [(line(1, missed=3), "outside"), (line(1, started=2, finished=3), None)])
@pytest.mark.parametrize("bell", [(0, 2), (1, 2), (2, 9), (3, None)])
def test_nobody_is_missed_who_was_outside_and_who_was_served_was(
    said: Line, why: str | None, bell: tuple[int, int | None]
):
    since, until = (None if at is None else NINE + at * MINUTE for at in bell)
    assert since is not None
    assert conflict(said, ticket(), 5, {"A"}, (Evacuation(since, until),)) == why
    assert conflict(said, ticket(State.HELD), 5, {"A"}, (Evacuation(since, until),)) == "taken"


@pytest.mark.parametrize("bell", [(0, 1), (2, 3), (4, None)])
def test_who_was_called_and_missed_inside_was_missed(bell: tuple[int, int | None]):
    since, until = (None if at is None else NINE + at * MINUTE for at in bell)
    assert since is not None
    assert conflict(line(1, missed=3), ticket(), 5, {"A"}, (Evacuation(since, until),)) is None


def test_a_line_is_the_acts_it_names_in_order():
    minute = MINUTE
    served = acts(line(1, started=2, finished=3), ticket())
    assert served == [
        (Act.CALL, NINE + minute),
        (Act.START, NINE + 2 * minute),
        (Act.FINISH, NINE + 3 * minute),
    ]
    assert acts(line(1, missed=3), ticket()) == [(Act.CALL, NINE + minute), (Act.MISS, NINE + 3 * minute)]
    assert acts(line(1), ticket()) == [(Act.CALL, NINE + minute)]
    there = line(None, started=1, finished=3)
    assert acts(there, ticket(CALLED)) == [(Act.START, NINE + minute), (Act.FINISH, NINE + 3 * minute)]
    assert acts(there, ticket(SERVING)) == [(Act.FINISH, NINE + 3 * minute)]


def test_a_line_tells_what_it_says_besides_its_ticket():
    assert line(1, finished=3).told == {
        "called_at": NINE + MINUTE,
        "started_at": None,
        "finished_at": NINE + 3 * MINUTE,
        "outcome": "completed",
        "missed_at": None,
    }


def test_as_many_calls_count_as_there_was_time_for():
    called = ticket(CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1)
    rules = settings(recall_gap=20 * SECOND)
    assert [calls_by(called, NINE + s * SECOND, rules, NONE) for s in (0, 19, 20, 39, 40)] == [1, 1, 2, 2, 3]
    slow = ticket(CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1, more_time=True)
    assert calls_by(slow, NINE + 40 * SECOND, rules, NONE) == 2
    assert calls_by(called, NINE, settings(recall_gap=0), NONE) >= settings().max_calls


def test_nobody_calls_by_voice_while_everybody_is_outside():
    called = ticket(CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1)
    back = NINE + 10 * MINUTE
    out = (Evacuation(NINE - 2, NINE - 1), Evacuation(NINE + 5 * SECOND, back), Evacuation(NINE + 20 * MINUTE))
    rules = settings(recall_gap=20 * SECOND)
    assert [calls_by(called, back + s * SECOND, rules, out) for s in (0, 19, 20, 40)] == [1, 1, 2, 3]


def test_a_miss_by_hand_keeps_to_the_number_of_calls():
    called = ticket(CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1)
    with pytest.raises(Refusal) as refused:
        apply(called, Act.MISS, NINE, settings(), Told(calls=2))
    assert (refused.value.code, refused.value.facts["calls"]) == ("too-few-calls", 2)
    assert apply(called, Act.MISS, NINE + 1, settings(), Told(calls=3)).missed_at == NINE + 1


def test_an_act_by_hand_is_recorded_now_and_measured_as_it_happened():
    hall, by_hand = small_hall(), {"A": 0}
    one = ticket()
    told: list[Entry] = []
    for no, (act, at) in enumerate(acts(line(2, started=3, finished=8), one), 2):
        what = Told(window=1, clerk="c1", outcome="completed")
        one, entry = journalled.change(hall, one, act, no, stamp(NOW), what, by_hand, NINE + (at - NINE))
        told.append(entry)
    assert [entry.at for entry in told] == [NOW] * 3
    assert [entry.happened for entry in told] == [NINE + m * MINUTE for m in (2, 3, 8)]
    assert told[0].facts == {"A": 0, "by_hand": True, "happened_at": NINE + 2 * MINUTE}
    assert (waiting_time(one), walking_time(one), service_time(one)) == (2 * MINUTE, MINUTE, 5 * MINUTE)
    assert busy_time(told, NOW) == {1: 6 * MINUTE}
    issued = journalled.issue(hall, journalled.Wish("A"), "t1", 1, 1, stamp(), 0)[1]
    again = [parse(written(entry)) for entry in [issued, *told]]
    assert turns(again)[-1] == one


def test_the_time_to_come_back_begins_with_the_entry_of_a_miss():
    hall = small_hall()
    called = ticket(CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1)
    told = Told(window=1, calls=3)
    missed, entry = journalled.change(hall, called, Act.MISS, 4, stamp(NOW), told, None, NINE + 3 * MINUTE)
    assert (missed.missed_at, entry.happened) == (NOW, NINE + 3 * MINUTE)


def test_a_turn_ended_by_hand_ended_when_it_did():
    hall = small_hall()
    first, issued = journalled.issue(hall, journalled.Wish("A", later=("B",)), "t1", 1, 1, stamp(), 0)
    told = Told(window=1, clerk="c1", outcome="completed", place=NINE, entered=3)
    called, call = journalled.change(hall, first, Act.CALL, 2, stamp(NOW), told, None, NINE + MINUTE)
    waits, entry = journalled.change(hall, called, Act.NEXT_TURN, 3, stamp(NOW), told, None, NINE + 4 * MINUTE)
    over, now = turns([issued, call, entry])
    assert (over.called_at, over.started_at, over.finished_at) == (NINE + MINUTE, NINE + 4 * MINUTE, NINE + 4 * MINUTE)
    assert (now, waits.queued_at, waits.state) == (waits, NINE + 4 * MINUTE, State.WAITING)


def test_an_entry_without_a_moment_of_its_own_happened_when_it_was_written():
    entry = Entry(1, NINE, "main", "called", "a", "b")
    assert entry.happened == NINE
    assert Entry(1, NINE, "main", "called", "a", "b", facts={"happened_at": "nine"}).happened == NINE
