"""Undo: what may be taken back, until when, and that everything is as it was."""

from dataclasses import replace

import pytest

from queue_server.core.acts import Stamp, change
from queue_server.core.case import Case
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry, replay
from queue_server.core.steps import Told
from queue_server.core.ticket import ISSUED, PAST, UNDONE, Act, Hold, State, Ticket
from queue_server.core.undo import UNDOABLE, back, check, check_awaited, check_case, that_stand
from tests.unit.core.small_hall import MINUTE, NINE, SECOND, settings, small_hall, ticket
from tests.unit.core.test_ticket import CALLED, HELD, MISSED, SERVING

HALL = small_hall()
TEN_SECONDS = settings(undo_within=10 * SECOND)


def entry(no: int, act: str = "finished", by: str = "li", at: int = NINE, of: str = "t1") -> Entry:
    """One entry of an act at window 1."""
    return Entry(no, at, "main", act, "a1", by, of, 1)


def refusal(act: list[Entry], now: int = NINE, latest: dict[str, int] | None = None) -> tuple[str, object]:
    """What an undo is refused for."""
    with pytest.raises(Refusal) as refused:
        check(act, now, TEN_SECONDS, {"t1": 5} if latest is None else latest)
    return refused.value.code, refused.value.facts


def test_the_last_act_may_be_undone_for_ten_seconds() -> None:
    check([entry(5)], NINE + 10 * SECOND, TEN_SECONDS, {"t1": 5})
    assert refusal([entry(5)], NINE + 10 * SECOND + 1) == ("undo-too-late", {"seconds": 10})


def test_what_was_taken_back_no_longer_stands() -> None:
    told = [entry(1, ISSUED), entry(2, "called"), back(HALL, CALLED, ticket(), 1, [2], 3, Stamp(NINE, "a2", "li"))]
    assert [each.no for each in that_stand([*told, entry(4, "called")])] == [1, 3, 4]
    assert that_stand(told[:2]) == told[:2]
    assert that_stand([Entry(5, NINE, "main", UNDONE, "a3", "li", "t1", 1)]) != []


def test_of_several_entries_the_last_one_counts() -> None:
    both = [entry(5), entry(6, "called", at=NINE + 5 * SECOND, of="t2")]
    check(both, NINE + 15 * SECOND, TEN_SECONDS, {"t1": 5, "t2": 6})
    assert refusal(both, NINE + 15 * SECOND + 1, {"t1": 5, "t2": 6})[0] == "undo-too-late"


def test_nothing_done_is_nothing_to_undo() -> None:
    assert refusal([]) == ("nothing-to-undo", {})


@pytest.mark.parametrize("act", [ISSUED, UNDONE, "tie-released", "ripened", "admitted", "window-opened"])
def test_what_is_nobodys_slip_of_the_hand_is_not_undone(act: str) -> None:
    assert refusal([entry(5, act)])[0] == "nothing-to-undo"
    # One such entry is enough.
    assert refusal([entry(4), entry(5, act)], latest={"t1": 5})[0] == "nothing-to-undo"


def test_a_call_that_found_nobody_is_nothing_to_undo() -> None:
    ready = replace(entry(6, "window-ready"), ticket=None)
    assert refusal([ready])[0] == "nothing-to-undo"
    # With the finish before it, it is part of one act.
    check([entry(5, "finished"), ready], NINE, TEN_SECONDS, {"t1": 5})


def test_what_a_timer_did_is_not_undone() -> None:
    assert refusal([entry(5, "missed", by="timer")])[0] == "nothing-to-undo"


def test_every_act_of_a_window_can_be_undone_but_no_undo() -> None:
    assert set(PAST.values()) - UNDOABLE == {"tie-released", "ripened", "admitted"}
    assert UNDONE not in UNDOABLE
    for act in UNDOABLE:
        check([entry(5, act)], NINE, TEN_SECONDS, {"t1": 5})


@pytest.mark.parametrize("latest", [{"t1": 6}, {"t1": 5, "t2": 7}])
def test_what_somebody_has_gone_on_from_is_not_undone(latest: dict[str, int]) -> None:
    assert refusal([entry(5), entry(6, "called", of="t2")][: len(latest)], latest=latest)[0] == "undo-overtaken"


TOLD = Told(
    window=1,
    clerk="li",
    outcome="completed",
    reason="left",
    place=NINE + 5 * MINUTE,
    entered=9,
    business="B",
    item="new",
    tie="w2",
    hold=Hold.AWAITING,
    until=NINE + 30 * MINUTE,
    awaits="t7",
    priority=("elderly",),
)


@pytest.mark.parametrize(
    ("before", "act"),
    [
        (ticket(tie="w1", ripe=MINUTE), Act.CALL),
        (ticket(tie="w1", ripe=MINUTE), Act.MOVE),
        (ticket(), Act.GRADE),
        (CALLED, Act.RECALL),
        (CALLED, Act.START),
        (CALLED, Act.HOLD),
        (CALLED, Act.FINISH),
        (CALLED, Act.MORE_TIME),
        (SERVING, Act.FINISH),
        (SERVING, Act.NEXT_TURN),
        (SERVING, Act.TRANSFER),
        (SERVING, Act.VOID),
        (replace(CALLED, calls=3), Act.MISS),
        (MISSED, Act.REQUEUE),
        (replace(HELD, hold=Hold.PAPERS_KEPT), Act.RESUME),
        (replace(HELD, held_until=NINE + 20 * MINUTE, awaits="t7"), Act.REJOIN),
        (HELD, Act.TRANSFER),
    ],
    ids=lambda each: each.value if isinstance(each, Act) else each.state.value,
)
def test_an_undo_gives_back_exactly_what_was(before: Ticket, act: Act) -> None:
    after, done = change(HALL, before, act, 9, Stamp(NINE + 20 * MINUTE, "a9", "li"), TOLD)
    assert after != before
    entry = back(HALL, after, before, 1, [done.no], 10, Stamp(NINE + 20 * MINUTE + 1, "a10", "li"))
    assert (entry.no, entry.act, entry.act_id, entry.by, entry.window) == (10, UNDONE, "a10", "li", 1)
    assert entry.facts == {"undoes": [9]}
    assert replay(after, entry.set or {}) == before


def test_an_undone_recall_that_changed_nothing_changes_nothing() -> None:
    entry = back(HALL, CALLED, CALLED, 1, [9], 10, Stamp(NINE, "a10", "li"))
    assert (entry.set, entry.facts) == (None, {"undoes": [9]})


@pytest.mark.parametrize(
    "before",
    [
        ticket(business="Q"),
        ticket(later=("B", "Q")),
        ticket(item="new"),
        ticket(priority=("elderly", "rich")),
        ticket(tie="w9"),
        replace(SERVING, window=9),
        replace(HELD, hold=Hold.PAPERS_KEPT, window=9),
    ],
)
def test_nobody_goes_back_to_what_the_hall_has_no_more(before: Ticket) -> None:
    with pytest.raises(Refusal, match="undo-overtaken"):
        back(HALL, ticket(), before, 1, [9], 10, Stamp(NINE, "a10", "li"))


def test_a_tie_to_a_clerk_or_a_window_that_is_there_comes_back() -> None:
    for tie in ("w1", "cw9"):
        entry = back(HALL, ticket(), ticket(tie=tie), 1, [9], 10, Stamp(NINE, "a10", "li"))
        assert entry.set == {"tie": tie}


@pytest.mark.parametrize("state", State)
def test_nobody_is_put_aside_again_to_wait_for_a_ticket_that_is_over(state: State) -> None:
    if state not in {State.FINISHED, State.VOID}:
        check_awaited(ticket(state))
        return
    with pytest.raises(Refusal, match="undo-overtaken"):
        check_awaited(ticket(state))


def test_no_case_comes_back_whose_business_or_item_the_hall_has_no_more() -> None:
    old = Case("c1", "7K2M", "A", None, "li", NINE)
    check_case(HALL, old)
    for other in (replace(old, business="Q"), replace(old, item="new")):
        with pytest.raises(Refusal, match="undo-overtaken"):
            check_case(HALL, other)
