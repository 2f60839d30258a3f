"""Who sits at a window: two people never at one window, one person never at two."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.seat import Seat, check, leave, sit

SEATS = {1: Seat(open=True, clerk="li", since=5), 2: Seat(open=True, clerk=None), 3: Seat(open=False, clerk=None)}


@pytest.mark.parametrize(("window", "is_open"), [(2, True), (3, False)])
def test_a_clerk_sits_down_at_a_free_window_which_stays_as_it_was(window: int, is_open: bool) -> None:  # noqa: FBT001
    assert sit(SEATS, window, "wang", 9) == Seat(is_open, "wang", 9)


def test_sitting_down_again_counts_from_then() -> None:
    assert sit(SEATS, 1, "li", 9) == replace(SEATS[1], since=9)


def test_leaving_frees_the_window() -> None:
    assert leave(SEATS, 1, "li", busy=False) == Seat(open=True, clerk=None)


def test_a_clerk_and_any_program_may_act_where_the_clerk_sits() -> None:
    check(SEATS, 1, "li")
    for window in SEATS:
        check(SEATS, window, None)


@pytest.mark.parametrize(
    ("act", "code", "window"),
    [
        (lambda: sit(SEATS, 1, "wang", 9), "window-taken", 1),
        (lambda: sit(SEATS, 2, "li", 9), "clerk-elsewhere", 1),
        (lambda: leave(SEATS, 2, "li", busy=False), "not-your-window", 2),
        (lambda: leave(SEATS, 1, "wang", busy=True), "not-your-window", 1),
        (lambda: leave(SEATS, 1, "li", busy=True), "window-busy", 1),
        (lambda: check(SEATS, 1, "wang"), "not-your-window", 1),
        (lambda: check(SEATS, 3, "li"), "not-your-window", 3),
    ],
)
def test_what_is_refused(act: Callable[[], object], code: str, window: int) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert (refused.value.code, refused.value.facts) == (code, {"window": window})
