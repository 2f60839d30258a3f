"""Who sits at a window: two people never at one window, one person never at two."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.hall import Window
from queue_server.core.seat import (
    Seat,
    ask_help,
    away_since,
    called,
    called_by,
    check,
    check_calls,
    check_free,
    check_here,
    close_window,
    end_help,
    get_ready,
    leave,
    open_window,
    pause_window,
    resume_window,
    sit,
)
from tests.unit.core.small_hall import settings, small_hall, ticket

SEATS = {1: Seat(open=True, clerk="li", since=5), 2: Seat(open=True, clerk=None), 3: Seat(open=False, clerk=None)}


@pytest.mark.parametrize(("window", "is_open"), [(2, True), (3, False)])
def test_a_clerk_sits_down_at_a_free_window_which_stays_as_it_was(window: int, is_open: bool) -> None:  # noqa: FBT001
    assert sit(SEATS, window, "wang", 9) == Seat(is_open, "wang", 9)


def test_sitting_down_again_counts_from_then() -> None:
    assert sit(SEATS, 1, "li", 9) == replace(SEATS[1], since=9)


def test_leaving_frees_the_window() -> None:
    assert leave(SEATS, 1, "li", 9, busy=False) == Seat(open=True, clerk=None, since=9)


def test_a_clerk_and_any_program_may_act_where_the_clerk_sits() -> None:
    check(SEATS, 1, "li")
    for window in SEATS:
        check(SEATS, window, None)


@pytest.mark.parametrize(
    ("act", "code", "window"),
    [
        (lambda: sit(SEATS, 1, "wang", 9), "window-taken", 1),
        (lambda: sit(SEATS, 2, "li", 9), "clerk-elsewhere", 1),
        (lambda: leave(SEATS, 2, "li", 9, busy=False), "not-your-window", 2),
        (lambda: leave(SEATS, 1, "wang", 9, busy=True), "not-your-window", 1),
        (lambda: leave(SEATS, 1, "li", 9, busy=True), "window-busy", 1),
        (lambda: check(SEATS, 1, "wang"), "not-your-window", 1),
        (lambda: check(SEATS, 3, "li"), "not-your-window", 3),
    ],
)
def test_what_is_refused(act: Callable[[], object], code: str, window: int) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert (refused.value.code, refused.value.facts) == (code, {"window": window})


OPEN, CLOSED = Seat(open=True, clerk="li", changed_at=5), Seat(open=False, clerk="li", changed_at=5)
PAUSED = replace(OPEN, paused="meal")
RULES = settings(pause_reasons=("meal",))


def test_a_seat_says_how_the_window_stands() -> None:
    assert [(seat.state, seat.calls) for seat in (OPEN, PAUSED, CLOSED)] == [
        ("open", True),
        ("paused", False),
        ("closed", False),
    ]


def test_a_seat_says_when_its_clerk_left_an_open_window() -> None:
    left = Seat(open=True, clerk=None, since=5)
    assert [seat.left_at for seat in (left, replace(left, open=False), replace(left, clerk="li"))] == [5, None, None]


def test_a_window_opens_pauses_resumes_and_closes() -> None:
    assert open_window(CLOSED, 1, 9) == replace(OPEN, changed_at=9)
    assert pause_window(OPEN, 1, 9, "meal", RULES) == replace(PAUSED, changed_at=9)
    assert resume_window(PAUSED, 1, 9) == replace(OPEN, changed_at=9)
    assert close_window(OPEN, 1, 9, busy=False) == replace(CLOSED, changed_at=9)


def test_a_paused_window_that_closes_has_not_called_since_the_pause() -> None:
    assert close_window(PAUSED, 1, 9, busy=False) == CLOSED


def test_a_clerk_brings_a_reluctance_and_takes_it_along() -> None:
    there = sit(SEATS, 2, "wang", 9, {"A": 0})
    assert there == Seat(open=True, clerk="wang", since=9, reluctance={"A": 0})
    assert leave({2: there}, 2, "wang", 12, busy=False) == Seat(open=True, clerk=None, since=12)
    assert leave({2: there}, 2, "li", 12, busy=False, frees=True) == Seat(open=True, clerk=None, since=12)


def test_help_is_asked_for_and_comes() -> None:
    assert ask_help(OPEN, 1) == replace(OPEN, help=True)
    assert end_help(replace(OPEN, help=True), 1) == OPEN


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: open_window(OPEN, 1, 9), "window-open"),
        (lambda: open_window(PAUSED, 1, 9), "window-open"),
        (lambda: close_window(CLOSED, 1, 9, busy=True), "window-closed"),
        (lambda: close_window(OPEN, 1, 9, busy=True), "window-busy"),
        (lambda: pause_window(CLOSED, 1, 9, "meal", RULES), "window-closed"),
        (lambda: pause_window(PAUSED, 1, 9, "nap", RULES), "window-paused"),
        (lambda: resume_window(OPEN, 1, 9), "not-paused"),
        (lambda: resume_window(CLOSED, 1, 9), "not-paused"),
        (lambda: ask_help(replace(OPEN, help=True), 1), "help-asked"),
        (lambda: end_help(OPEN, 1), "no-help-asked"),
    ],
)
def test_what_a_window_refuses(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert (refused.value.code, refused.value.facts) == (code, {"window": 1})


def test_a_pause_has_one_of_the_halls_reasons() -> None:
    with pytest.raises(Refusal) as refused:
        pause_window(OPEN, 1, 9, "x" * 40, RULES)
    assert (refused.value.code, refused.value.facts) == ("unknown-reason", {"reason": "x" * 32})


@pytest.mark.parametrize(
    ("seat", "absences", "tie", "since"),
    [
        (OPEN, {}, "w1", None),
        (OPEN, {"li": 3}, "cli", None),
        (PAUSED, {}, "w1", 5),
        (CLOSED, {}, "cli", 5),
        # Who sits down at a window closed long ago was still there elsewhere until 7.
        (CLOSED, {"li": 7}, "cli", 7),
        (CLOSED, {"li": 7}, "w1", 5),
        (replace(CLOSED, changed_at=None), {}, "w1", 0),
        (OPEN, {"wang": 7}, "cwang", 7),
        (OPEN, {"wang": 7}, "czhao", 0),
        (OPEN, {}, "w2", 0),
        (replace(OPEN, clerk=None), {}, "cli", 0),
    ],
)
def test_since_when_the_window_or_clerk_of_a_tie_is_away(seat: Seat, absences: dict[str, int], tie: str, since) -> None:  # noqa: ANN001
    hall = small_hall(windows=(Window(1, {"A": 0}),))
    assert away_since(hall, {1: seat}, absences, tie, "A") == since


@pytest.mark.parametrize(
    ("seat", "tie", "since"),
    [
        # Since 3 somebody sits here who never does A: the window is open, but nobody is there for it.
        (replace(OPEN, since=3, reluctance={"B": 0}), "w1", 3),
        (replace(OPEN, since=3, reluctance={"B": 0}), "cli", 3),
        (replace(PAUSED, since=3, reluctance={"B": 0}), "w1", 3),
        # It was closed at 5, before that clerk came.
        (replace(CLOSED, since=9, reluctance={"B": 0}), "w1", 5),
        (replace(OPEN, since=3, reluctance={"A": 0}), "w1", None),
    ],
)
def test_who_never_serves_the_business_is_away_however_long_the_window_is_open(
    seat: Seat, tie: str, since: int | None
) -> None:
    hall = small_hall(windows=(Window(1, {"A": 0, "B": 0}),))
    assert away_since(hall, {1: seat}, {}, tie, "A") == since


def test_a_window_that_the_hall_took_off_the_business_is_away_from_it() -> None:
    hall = small_hall(windows=(Window(1, {"B": 0}),))
    assert away_since(hall, {1: Seat(open=True, clerk=None)}, {}, "w1", "A") == 0


def test_a_window_stands_ready_until_it_calls_pauses_closes_or_is_left() -> None:
    ready = get_ready(Seat(open=True, clerk="li", since=5), 9)
    assert ready.ready_since == 9
    assert called(ready).ready_since is None
    assert pause_window(ready, 1, 10, "meal", settings()).ready_since is None
    assert close_window(ready, 1, 10, busy=False).ready_since is None
    assert leave({1: ready}, 1, "li", 9, busy=False).ready_since is None
    assert sit({1: ready}, 1, "li", 10).ready_since is None


def test_what_is_done_with_a_visitor_needs_one_at_the_window() -> None:
    assert check_here(2, ticket()) == ticket()
    with pytest.raises(Refusal) as refused:
        check_here(2, None)
    assert (refused.value.code, refused.value.facts) == ("nobody-here", {"window": 2})


def test_a_window_calls_when_it_is_open_not_paused_and_nobody_is_there() -> None:
    check_free(2, busy=False)
    check_calls(SEATS[2], 2)
    paused = replace(SEATS[2], paused="meal")
    for act, code in (
        (lambda: check_free(2, busy=True), "window-busy"),
        (lambda: check_calls(paused, 2), "window-paused"),
        (lambda: check_calls(replace(SEATS[2], open=False), 2), "window-closed"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.code, refused.value.facts) == (code, {"window": 2})


def test_what_a_window_calls_is_what_its_clerk_serves_there() -> None:
    able = {1: SEATS[1], 2: replace(SEATS[2], reluctance={"A": 0, "C": 0}), 3: SEATS[3]}
    assert called_by(small_hall(), able) == [{"A", "B"}, {"A"}]
