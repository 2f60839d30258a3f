"""What a hall display may show: the newest calls, how many wait, what each window does; never a name."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from queue_server.core.acts import day_of
from queue_server.core.conditions import Conditions, numbers
from queue_server.core.hall import Hall
from queue_server.core.routing import competing

NEWEST = 10
STATE_ON_BOARD = {"called": "calling", "serving": "serving"}


class Call(NamedTuple):
    """One call or recall; `id` is its journal number, which makes it announceable exactly once."""

    id: int
    number: str
    business: str
    window: int
    at: int
    recall: bool


class AtWindow(NamedTuple):
    """A window as the board knows it: `open`, `paused` or `closed`, and the ticket that is there."""

    window: int
    stands: str
    number: str | None
    state: str | None


def board(
    hall: Hall,
    epoch: str,
    version: int,
    at: int,
    calls: Iterable[Call],
    waiting: Mapping[str, int],
    windows: Iterable[AtWindow],
    stands: Conditions,
    called_by: Iterable[Collection[str]],
    callable_now: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """The board as it goes on the wire; `calls` newest first, `waiting` people per business.

    `called_by` are the businesses that each open window calls. Ahead are those who wait and may be called now,
    `callable_now`; None where that is everybody.
    """
    here = sorted(windows)
    now_open = list(called_by)
    zones = {w.number: w.zone for w in hall.windows}
    rivals = waiting if callable_now is None else callable_now
    newest = sorted(calls, reverse=True)[:NEWEST]
    return {
        "hall": hall.id,
        "epoch": epoch,
        "version": version,
        "at": at,
        "calls": [{**c._asdict(), "zone": zones.get(c.window)} for c in newest],
        "waiting": [
            {
                "business": b.code,
                "waiting": waiting.get(b.code, 0),
                "ahead": sum(rivals.get(other, 0) for other in competing(now_open, b.code)),
                "numbers": numbers(hall, stands, b, at),
            }
            for b in hall.businesses
        ],
        "windows": [{"window": w.window, "state": _state(w), "number": w.number} for w in here],
        "suspended": {code: dict(notice) for code, notice in sorted(stands.suspended.items())},
        "open": stands.open and not stands.evacuated and stands.closed_day != day_of(hall, at),
        "evacuated": stands.evacuated,
    }


def _state(window: AtWindow) -> str:
    if window.state is not None:
        return STATE_ON_BOARD[window.state]
    return "free" if window.stands == "open" else window.stands
