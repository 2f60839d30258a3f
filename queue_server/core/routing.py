"""The order of the hall: where a ticket is placed, which one a window calls, and why; whole numbers only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from queue_server.core.hall import Hall, Window


class Waiting(NamedTuple):
    """What the order needs to know about one waiting ticket; `place` in ms UTC, `entered` its journal number."""

    place: int
    entered: int
    business: str
    id: str


class Choice(NamedTuple):
    """The ticket a window calls and the figures that decided."""

    ticket: Waiting
    reluctance: int


class Idle(NamedTuple):
    """An idle window, for the question which one an arrival goes to; `since` in ms UTC."""

    window: Window
    since: int


def place_on_issue(now: int, head_start: int, max_advance: int) -> int:
    """The place of somebody who takes a number now: the head start back, never more than `max_advance` (all ms)."""
    return max(now - head_start, now - max_advance)


def cost(place: int, reluctance: int) -> int:
    """What a window compares: the smallest is called (ms)."""
    return place + reluctance


def choose(window: Window, heads: Iterable[Waiting]) -> Choice | None:
    """Of the waiting tickets this window may serve, the one of least cost; ties by the entry into the queue.

    `heads` needs only the first ticket of each business, in (place, entered) order: the rest cannot win.
    """
    best: Choice | None = None
    best_key = (0, 0)
    for head in heads:
        reluctance = window.reluctance.get(head.business)
        if reluctance is None:
            continue
        key = (cost(head.place, reluctance), head.entered)
        if best is None or key < best_key:
            best, best_key = Choice(head, reluctance), key
    return best


def order(window: Window, waiting: Iterable[Waiting]) -> list[Waiting]:
    """All that this window may call, in the order it would call them if nobody else did."""
    mine = [w for w in waiting if w.business in window.reluctance]
    return sorted(mine, key=lambda w: (cost(w.place, window.reluctance[w.business]), w.entered))


def choose_window(business: str, idle: Iterable[Idle]) -> Window | None:
    """The idle window an arrival goes to: least reluctance, then longest idle, then lowest number."""
    able = [i for i in idle if business in i.window.reluctance]
    if not able:
        return None
    return min(able, key=lambda i: (i.window.reluctance[business], i.since, i.window.number)).window


def next_call(idle: Iterable[Idle], heads: Sequence[Waiting]) -> tuple[Window, Choice] | None:
    """The next call when windows stand idle and tickets wait at one instant; None when no idle window may serve any.

    Every idle window names the ticket it would call; of those tickets the first in (place, entered) order is called,
    by the window it would go to as an arrival. So each call is the least cost at its window, as for a single window.
    """
    windows = list(idle)
    if len(windows) == 1:
        only = choose(windows[0].window, heads)
        return None if only is None else (windows[0].window, only)
    wanted: dict[Waiting, list[tuple[Idle, Choice]]] = {}
    for each in windows:
        choice = choose(each.window, heads)
        if choice is not None:
            wanted.setdefault(choice.ticket, []).append((each, choice))
    if not wanted:
        return None
    first = min(wanted)
    window = choose_window(first.business, [each for each, _ in wanted[first]])
    return next((each.window, choice) for each, choice in wanted[first] if each.window is window)


def competing(hall: Hall, open_windows: Iterable[int], business: str) -> frozenset[str]:
    """The businesses whose visitors count as ahead: those that some open window serving `business` may also call."""
    now_open = set(open_windows)
    found: set[str] = set()
    for window in hall.windows:
        if window.number in now_open and business in window.reluctance:
            found.update(window.reluctance)
    return frozenset(found)


def explain(choice: Choice, issued_at: int, passed: int, *, alone: bool) -> Mapping[str, str | int]:
    """Why this ticket was called, as facts for one sentence.

    `issued_at` is when it was (ms UTC), `passed` counts waiting tickets this window may call that entered the queue
    earlier, `alone` says that it may call no other. Who passed others without a head start did so as main work.
    """
    if alone:
        cause = "only"
    elif choice.reluctance > 0:
        cause = "secondary"
    elif passed == 0:
        cause = "longest"
    elif choice.ticket.place < issued_at:
        cause = "head-start"
    else:
        cause = "main-work"
    return {"cause": cause, "reluctance_ms": choice.reluctance, "passed": passed}
