"""What a manager looks at first: what is most wrong in the hall with the one act that helps, and all that needs an act.

The order of what is wrong is fixed and said in docs/floor.md: nobody weighs one thing against another by feeling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from queue_server.core.conditions import Conditions
from queue_server.core.seat import Seat
from queue_server.core.settings import MINUTE

# A pause is long, a window silent, and a missed visitor's time nearly over from here on (ms).
LONG_PAUSE = 15 * MINUTE
SILENCE = 10 * MINUTE
LAST_MINUTES = 10 * MINUTE


class Post(NamedTuple):
    """A window as a manager sees it; `serves` is its reluctance (ms) per business with whoever sits there now.

    `busy` says that a visitor is there, `help_since` when help was asked for, `last_act` when anything last happened
    at a window that has somebody to call (both ms UTC).
    """

    window: int
    seat: Seat
    serves: Mapping[str, int]
    busy: bool
    help_since: int | None = None
    last_act: int | None = None


class Queue(NamedTuple):
    """How many wait for a business, and how long the one who came first has waited (ms)."""

    business: str
    waiting: int
    longest: int


class Missed(NamedTuple):
    """A missed ticket that may still come back until a moment (ms UTC)."""

    ticket: str
    number: str
    missed_at: int
    until: int


class Helps(NamedTuple):
    """The act at a window that helps most."""

    act: str
    window: int


class First(NamedTuple):
    """What is most wrong: `kind` with its business or window, since when (ms UTC), and what helps, if anything does."""

    kind: str
    business: str | None = None
    window: int | None = None
    since: int | None = None
    helps: Helps | None = None


class Todo(NamedTuple):
    """One thing that needs an act; `since` and `until` in ms UTC where they are known."""

    kind: str
    window: int | None = None
    business: str | None = None
    ticket: str | None = None
    number: str | None = None
    since: int | None = None
    until: int | None = None


def first(stands: Conditions, queues: Sequence[Queue], posts: Sequence[Post], now: int) -> First:
    """What is most wrong now (ms UTC): the first that holds of a fixed order, of several alike the longest wait."""
    return next(_wrong(stands, queues, posts, now), First("calm"))


def _wrong(stands: Conditions, queues: Sequence[Queue], posts: Sequence[Post], now: int) -> Iterator[First]:
    """All that is wrong, the worst first."""
    if stands.evacuated:
        yield First("evacuated")
    waiting = sorted((queue for queue in queues if queue.waiting > 0), key=lambda queue: -queue.longest)
    served = {code for post in posts if post.seat.calls for code in post.serves}
    yield from (_short("unserved", queue, posts) for queue in waiting if queue.business not in served)
    yield from (_short("alarm", queue, posts) for queue in waiting if queue.business in stands.alarms)
    for post in _asking(posts):
        yield First("help", window=post.window, since=post.help_since, helps=Helps("help-ended", post.window))
    for post in _long_paused(posts, now):
        of = (queue.business for queue in waiting if queue.business in post.serves)
        yield from (_paused(post, business) for business in of)
    yield from (First("suspended", queue.business) for queue in waiting if queue.business in stands.suspended)
    yield from (First("longest", queue.business) for queue in waiting)


def _short(kind: str, queue: Queue, posts: Iterable[Post]) -> First:
    return First(kind, queue.business, helps=_more(queue.business, posts))


def _paused(post: Post, business: str) -> First:
    return First("pause", business, post.window, post.seat.changed_at, Helps("unpause", post.window))


def todos(
    stands: Conditions, queues: Sequence[Queue], posts: Sequence[Post], missed: Iterable[Missed], now: int
) -> list[Todo]:
    """All that needs an act now (ms UTC): help, alarms, long pauses, windows left behind, missed with little time."""
    told = [Todo("help", post.window, since=post.help_since) for post in _asking(posts)]
    told += [Todo("alarm", business=queue.business) for queue in queues if queue.business in stands.alarms]
    told += [Todo("pause", post.window, since=post.seat.changed_at) for post in _long_paused(posts, now)]
    told += _left(posts, queues, now)
    ending = sorted((each for each in missed if now <= each.until <= now + LAST_MINUTES), key=lambda each: each.until)
    told += [
        Todo("missed", ticket=each.ticket, number=each.number, since=each.missed_at, until=each.until)
        for each in ending
    ]
    return told


def may_be_silent(post: Post, queues: Iterable[Queue]) -> bool:
    """Whether a window has somebody at it and somebody to call, and calls nobody: only then its last act matters."""
    idle = post.seat.clerk is not None and post.seat.calls and not post.busy
    return idle and any(queue.business in post.serves and queue.longest >= SILENCE for queue in queues)


def _left(posts: Iterable[Post], queues: Sequence[Queue], now: int) -> Iterator[Todo]:
    """Windows at which somebody is signed in and nothing happens: silent while people wait, or closed long ago."""
    for post in posts:
        since = post.seat.changed_at
        closed = post.seat.clerk is not None and not post.seat.open and not post.busy
        if closed and since is not None and now - since >= SILENCE:
            yield Todo("closed", post.window, since=since)
        elif post.last_act is not None and now - post.last_act >= SILENCE and may_be_silent(post, queues):
            yield Todo("silent", post.window, since=post.last_act)


def _asking(posts: Iterable[Post]) -> list[Post]:
    return sorted((post for post in posts if post.seat.help), key=lambda post: post.help_since or 0)


def _long_paused(posts: Iterable[Post], now: int) -> list[Post]:
    paused = [post for post in posts if post.seat.paused is not None and post.seat.changed_at is not None]
    long = [post for post in paused if now - (post.seat.changed_at or 0) >= LONG_PAUSE]
    return sorted(long, key=lambda post: post.seat.changed_at or 0)


def _more(business: str, posts: Iterable[Post]) -> Helps | None:
    """One more window for a business: a paused one resumes, else a closed one with somebody at it opens.

    Of several the one to which the business is nearest to its main work, then the one that has stood longest.
    """
    able = [post for post in posts if business in post.serves]
    for act, some in (
        ("unpause", [post for post in able if post.seat.paused is not None]),
        ("open", [post for post in able if not post.seat.open and post.seat.clerk is not None]),
    ):
        best = min(some, key=lambda post: (post.serves[business], post.seat.changed_at or 0, post.window), default=None)
        if best is not None:
            return Helps(act, best.window)
    return None
