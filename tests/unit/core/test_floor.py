"""What is most wrong by the fixed order, which act helps, and the list of what needs an act."""

from typing import Any

import pytest

from queue_server.core.conditions import Conditions
from queue_server.core.floor import (
    LAST_MINUTES,
    LONG_PAUSE,
    SILENCE,
    First,
    Helps,
    Missed,
    Post,
    Queue,
    Todo,
    first,
    may_be_silent,
    todos,
)
from queue_server.core.seat import Seat
from queue_server.core.settings import MINUTE
from tests.unit.core.small_hall import OUTSIDE

NOW = 1_795_500_000_000
CALM = Conditions()
A, B = Queue("A", 3, 5 * MINUTE), Queue("B", 1, 20 * MINUTE)
NONE = Queue("A", 0, 0)


def post(window: int, serves: dict[str, int] | None = None, *, busy: bool = False, **seat: Any) -> Post:
    """A window that calls, with somebody at it, unless said otherwise."""
    asked = {name: seat.pop(name, None) for name in ("help_since", "last_act")}
    sits = {"open": True, "clerk": "li", "changed_at": NOW - MINUTE, **seat}
    return Post(window, Seat(**sits), {"A": 0} if serves is None else serves, busy, **asked)


def paused(window: int, minutes: int, serves: dict[str, int] | None = None) -> Post:
    """A window paused for so long."""
    return post(window, serves, paused="meal", changed_at=NOW - minutes * MINUTE)


def test_nothing_is_wrong_in_an_empty_hall() -> None:
    assert first(CALM, [NONE], [], NOW) == First("calm")


def test_without_anything_wrong_the_longest_wait_is_told() -> None:
    assert first(CALM, [A, B], [post(1, {"A": 0, "B": 0})], NOW) == First("longest", "B")


def test_an_evacuation_comes_before_all() -> None:
    assert first(Conditions(evacuations=OUTSIDE, alarms=frozenset("A")), [A], [], NOW) == First("evacuated")


@pytest.mark.parametrize(
    ("posts", "helps"),
    [
        ([], None),
        ([paused(4, 2), paused(5, 1)], Helps("unpause", 4)),
        ([paused(4, 2, {"A": 9}), paused(5, 1)], Helps("unpause", 5)),
        ([paused(4, 2, {"B": 0})], None),
        ([post(6, open=False), paused(5, 1)], Helps("unpause", 5)),
        ([post(6, open=False)], Helps("open", 6)),
        ([post(6, open=False, clerk=None)], None),
    ],
    ids=["no-window", "longer-paused", "nearer-its-work", "another-work", "paused-first", "closed", "nobody-there"],
)
def test_who_waits_for_no_window_gets_the_nearest_one(posts: list[Post], helps: Helps | None) -> None:
    assert first(Conditions(alarms=frozenset("A")), [A], posts, NOW) == First("unserved", "A", helps=helps)


def test_an_alarm_comes_before_help_and_help_before_pauses() -> None:
    posts = [
        post(1, {"A": 0, "B": 0}),
        paused(2, 16, {"B": 0}),
        post(3, help=True, help_since=NOW - MINUTE),
        post(4, help=True, help_since=NOW - 2 * MINUTE),
    ]
    rings = Conditions(alarms=frozenset("AB"))
    assert first(rings, [A, B], posts, NOW) == First("alarm", "B", helps=Helps("unpause", 2))
    asked = First("help", window=4, since=NOW - 2 * MINUTE, helps=Helps("help-ended", 4))
    assert first(CALM, [A, B], posts, NOW) == asked
    since = posts[1].seat.changed_at
    assert first(CALM, [A, B], posts[:2], NOW) == First("pause", "B", 2, since, Helps("unpause", 2))
    assert first(CALM, [A], posts[:2], NOW) == First("longest", "A"), "it could not serve those who wait"


def test_a_short_pause_is_nobodys_concern() -> None:
    at = NOW - LONG_PAUSE
    assert first(CALM, [A], [post(1), post(2, paused="meal", changed_at=at + 1)], NOW) == First("longest", "A")
    assert first(CALM, [A], [post(1), post(2, paused="meal", changed_at=at)], NOW).kind == "pause"


def test_who_waits_for_a_suspended_business_is_told_before_the_longest_wait() -> None:
    stands = Conditions(suspended={"A": {}})
    assert first(stands, [A, B], [post(1, {"A": 0, "B": 0})], NOW) == First("suspended", "A")
    assert first(stands, [NONE], [], NOW) == First("calm")


def test_the_list_holds_everything_at_once_in_a_fixed_order() -> None:
    posts = [
        post(1, help=True, help_since=NOW - 5),
        paused(2, 30),
        paused(3, 1),
        post(4, open=False, changed_at=NOW - SILENCE),
        post(5, open=False, changed_at=NOW - SILENCE + 1),
        post(6, open=False, clerk=None, changed_at=NOW - SILENCE),
    ]
    soon, sooner = Missed("y", "A002", NOW - 9, NOW + LAST_MINUTES), Missed("x", "A001", NOW - 10, NOW + 1)
    late, over = Missed("z", "A003", NOW - 1, NOW + LAST_MINUTES + 1), Missed("v", "A004", NOW - 1, NOW - 1)
    assert todos(Conditions(alarms=frozenset("A")), [A], posts, [soon, sooner, late, over], NOW) == [
        Todo("help", 1, since=NOW - 5),
        Todo("alarm", business="A"),
        Todo("pause", 2, since=NOW - 30 * MINUTE),
        Todo("closed", 4, since=NOW - SILENCE),
        Todo("missed", ticket="x", number="A001", since=NOW - 10, until=NOW + 1),
        Todo("missed", ticket="y", number="A002", since=NOW - 9, until=NOW + LAST_MINUTES),
    ]


OWN = {"B": 0}
SILENT = NOW - SILENCE


@pytest.mark.parametrize(
    ("seen", "queue", "silent"),
    [
        (post(1, OWN, last_act=SILENT), B, True),
        (post(1, OWN, last_act=SILENT + 1), B, False),
        (post(1, OWN, last_act=SILENT), Queue("B", 1, SILENCE - 1), False),
        (post(1, OWN, last_act=SILENT, busy=True), B, False),
        (post(1, OWN, last_act=SILENT, clerk=None), B, False),
        (post(1, OWN, last_act=SILENT, paused="meal"), B, False),
        (post(1, {"A": 0}, last_act=SILENT), B, False),
    ],
    ids=["silent", "acted", "nobody-waited-so-long", "busy", "nobody-sits-there", "paused", "another-work"],
)
def test_a_window_is_silent_when_it_calls_nobody_though_people_wait(seen: Post, queue: Queue, *, silent: bool) -> None:
    assert todos(CALM, [queue], [seen], [], NOW) == ([Todo("silent", 1, since=SILENT)] if silent else [])


def test_only_a_window_that_might_be_silent_is_asked_for_its_last_act() -> None:
    assert may_be_silent(post(1, {"B": 0}), [B])
    assert not may_be_silent(post(1, {"B": 0}), [Queue("B", 0, 0)])
