"""The order of the hall: which ticket a window calls, and which window an arrival goes to; whole numbers only."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from queue_server.core.arithmetic import cost, holds_back, tie_cost
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall, Window
from queue_server.core.settings import Settings

# A ticket may belong to a window or to a clerk; both are written as one short text.
NOBODY: frozenset[str] = frozenset()


class Waiting(NamedTuple):
    """What the order needs to know about one waiting ticket; `place` in ms UTC, `entered` its journal number.

    `tie` names the window or clerk it belongs to, `ripe` is how long (ms) it has surely waited.
    """

    place: int
    entered: int
    business: str
    id: str
    tie: str | None = None
    ripe: int = 0


class Choice(NamedTuple):
    """The ticket a window calls and the figures (ms) that decided; `own` says that it is tied to this window."""

    ticket: Waiting
    reluctance: int
    affinity: int = 0
    own: bool = False


class Idle(NamedTuple):
    """An idle window, for the question which one an arrival goes to; `since` in ms UTC, `ties` what is its own."""

    window: Window
    since: int
    ties: frozenset[str] = NOBODY


def tie_to_window(window: int) -> str:
    """The tie of a ticket that belongs to a window."""
    return f"w{window}"


def tie_to_clerk(clerk: str) -> str:
    """The tie of a ticket that belongs to a clerk (staff id)."""
    return f"c{clerk}"


def ties_of(window: int, clerk: str | None) -> frozenset[str]:
    """What belongs to a window with this clerk at it; a program (None) has no ties of its own."""
    own = tie_to_window(window)
    return frozenset({own} if clerk is None else {own, tie_to_clerk(clerk)})


def tied_clerk(tie: str | None) -> str | None:
    """The clerk (staff id) that a tie names; None for a tie to a window, and for none."""
    return tie[1:] if tie is not None and tie.startswith(tie_to_clerk("")) else None


def tie_sent(hall: Hall, business: str, here: int, window: int | None, clerk: str | None) -> str | None:
    """The tie of a visitor sent from window `here` to a business, there to one window or clerk (staff id), or to none.

    Refuses `same-window`, `unknown-business`, `unknown-window`, and `not-there` where that window never serves it.
    """
    if window == here:
        raise Refusal("same-window", window=window)
    hall.business(business)
    if window is None:
        return None if clerk is None else tie_to_clerk(clerk)
    if business not in hall.window(window).reluctance:
        raise Refusal("not-there", business=business, window=window)
    return tie_to_window(window)


def check_direct(settings: Settings) -> None:
    """Refuse `direct-call-off` where nobody is called past the order."""
    if not settings.direct_call:
        raise Refusal("direct-call-off")


def check_serves(window: Window, business: str) -> None:
    """Refuse `not-here` for a business that the window, as its clerk serves it, never serves."""
    if business not in window.reluctance:
        raise Refusal("not-here", business=business, window=window.number)


def in_force(window: Window, clerk: Mapping[str, int] | None) -> Window:
    """The window as its clerk serves it: the larger reluctance of both, and never where either says never."""
    if clerk is None:
        return window
    both = {code: max(ms, clerk[code]) for code, ms in window.reluctance.items() if code in clerk}
    held = {code: ms for code, ms in window.not_before.items() if code in both}
    return Window(window.number, both, window.zone, held)


def affinity_of(tie: str | None, mine: frozenset[str], affinity: int) -> int:
    """What a tie adds to the cost (ms): nothing for nobody's and for one's own, `affinity` for somebody else's."""
    return tie_cost(affinity, tie is not None, tie in mine)


def choose(window: Window, heads: Iterable[Waiting], mine: frozenset[str] = NOBODY, affinity: int = 0) -> Choice | None:
    """Of the waiting tickets this window may serve, the one of least cost; ties by the entry into the queue.

    `heads` needs only the first ticket of each lane (business and tie), in (place, entered) order: the rest cannot
    win. A business that the window holds back from is left out until its head has waited long enough.
    """
    if window.not_before:
        heads = _let_in(window, list(heads), mine, affinity)
    best: Choice | None = None
    best_key = (0, 0)
    for head in heads:
        reluctance = window.reluctance.get(head.business)
        if reluctance is None:
            continue
        added = affinity_of(head.tie, mine, affinity)
        key = (cost(head.place, reluctance, added), head.entered)
        if best is None or key < best_key:
            best, best_key = Choice(head, reluctance, added, head.tie in mine), key
    return best


def _let_in(window: Window, heads: Sequence[Waiting], mine: frozenset[str], affinity: int) -> Iterable[Waiting]:
    """The heads without those businesses whose first visitor has not yet waited long enough for this window."""
    first: dict[str, tuple[tuple[int, int], Waiting]] = {}
    for head in heads:
        key = (head.place + affinity_of(head.tie, mine, affinity), head.entered)
        if head.business not in first or key < first[head.business][0]:
            first[head.business] = (key, head)
    back = {code for code, (_, head) in first.items() if holds_back(head.ripe, window.not_before.get(code, 0))}
    return [head for head in heads if head.business not in back]


def order(
    window: Window,
    waiting: Iterable[Waiting],
    mine: frozenset[str] = NOBODY,
    affinity: int = 0,
    most: int | None = None,
) -> list[Waiting]:
    """All (or the first `most`) that this window may call, in the order it would if nobody else did and time stood."""
    lanes: defaultdict[tuple[str, str | None], deque[Waiting]] = defaultdict(deque)
    for one in sorted(waiting):
        lanes[one.business, one.tie].append(one)
    found: list[Waiting] = []
    while len(found) != most:
        choice = choose(window, [lane[0] for lane in lanes.values() if lane], mine, affinity)
        if choice is None:
            break
        found.append(choice.ticket)
        lanes[choice.ticket.business, choice.ticket.tie].popleft()
    return found


def choose_window(head: Waiting, idle: Iterable[Idle], affinity: int = 0) -> Window | None:
    """The idle window an arrival goes to: least reluctance + affinity, then longest idle, then lowest number."""
    able = [i for i in idle if choose(i.window, [head], i.ties, affinity) is not None]
    if not able:
        return None

    def key(each: Idle) -> tuple[int, int, int]:
        added = affinity_of(head.tie, each.ties, affinity)
        return each.window.reluctance[head.business] + added, each.since, each.window.number

    return min(able, key=key).window


def next_call(idle: Iterable[Idle], heads: Sequence[Waiting], affinity: int = 0) -> tuple[Window, Choice] | None:
    """The next call when windows stand idle and tickets wait at one instant; None when no idle window may serve any.

    Every idle window names the ticket it would call; of those tickets the first in (place, entered) order is called,
    by the window it would go to as an arrival. So each call is the least cost at its window, as for a single window.
    """
    windows = list(idle)
    if len(windows) == 1:
        only = choose(windows[0].window, heads, windows[0].ties, affinity)
        return None if only is None else (windows[0].window, only)
    wanted: dict[Waiting, list[tuple[Idle, Choice]]] = {}
    for each in windows:
        choice = choose(each.window, heads, each.ties, affinity)
        if choice is not None:
            wanted.setdefault(choice.ticket, []).append((each, choice))
    if not wanted:
        return None
    first = min(wanted)
    window = choose_window(first, [each for each, _ in wanted[first]], affinity)
    return next((each.window, choice) for each, choice in wanted[first] if each.window is window)


def competing(called: Iterable[Collection[str]], business: str) -> frozenset[str]:
    """The businesses whose visitors count as ahead: those that some open window serving `business` may also call.

    `called` are the businesses that each open window calls as its clerk serves it.
    """
    found: set[str] = set()
    for businesses in called:
        if business in businesses:
            found.update(businesses)
    return frozenset(found)
