"""The window as staff leave it: open, paused or closed, and who sits there; two never at one, one never at two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.routing import in_force, tie_to_clerk, tie_to_window
from queue_server.core.settings import Settings
from queue_server.core.ticket import Ticket

SIGNED_IN, SIGNED_OUT = "clerk-signed-in", "clerk-signed-out"
OPENED, CLOSED = "window-opened", "window-closed"
PAUSED, RESUMED = "window-paused", "window-resumed"
HELP_ASKED, HELP_ENDED = "help-asked", "help-ended"
READY = "window-ready"
SEAT_ACTS = frozenset({SIGNED_IN, SIGNED_OUT, OPENED, CLOSED, PAUSED, RESUMED, HELP_ASKED, HELP_ENDED})


@dataclass(frozen=True, slots=True)
class Seat:
    """A window's state: open or not, the clerk (staff id) who sits there, and since when (hall time, ms UTC).

    Where nobody sits, `since` is when the last clerk left; None where no clerk ever sat, and only programs worked.
    `paused` is the reason of a pause; `changed_at` is when the window last began or ceased to call (ms UTC);
    `reluctance` is the clerk's own (ms per business, absent means never), None for one without. `help` says that staff
    are asked to come. `ready_since` is when a call found nobody, so that whoever comes next may be called by itself.
    """

    open: bool
    clerk: str | None
    since: int | None = None
    paused: str | None = None
    changed_at: int | None = None
    reluctance: Mapping[str, int] | None = None
    help: bool = False
    ready_since: int | None = None

    @property
    def calls(self) -> bool:
        """Whether visitors are called here."""
        return self.open and self.paused is None

    @property
    def left_at(self) -> int | None:
        """When the clerk left a window (ms UTC) that is open still; None while one sits there, or where none ever did.

        What was put aside later was so by a program, which works on there without signing in.
        """
        return self.since if self.open and self.clerk is None else None

    @property
    def state(self) -> str:
        """`open`, `paused` or `closed`."""
        if not self.open:
            return "closed"
        return "open" if self.paused is None else "paused"


def sit(
    seats: Mapping[int, Seat], window: int, clerk: str, at: int, reluctance: Mapping[str, int] | None = None
) -> Seat:
    """The seat with this clerk in it from `at` (ms UTC) on; refuses `window-taken` and `clerk-elsewhere`."""
    seat = seats[window]
    if seat.clerk not in (None, clerk):
        raise Refusal("window-taken", window=window)
    for other, taken in seats.items():
        if other != window and taken.clerk == clerk:
            raise Refusal("clerk-elsewhere", window=other)
    return replace(seat, clerk=clerk, since=at, reluctance=reluctance, ready_since=None)


def leave(seats: Mapping[int, Seat], window: int, clerk: str, at: int, *, busy: bool, frees: bool = False) -> Seat:
    """The seat without its clerk from `at` (ms UTC) on.

    Refuses `not-your-window`, and `window-busy` while a visitor is there.
    `frees`: this person may also free a window that somebody else left without signing out.
    """
    if not frees:
        check(seats, window, clerk)
    check_free(window, busy=busy)
    return replace(seats[window], clerk=None, since=at, reluctance=None, ready_since=None)


def open_window(seat: Seat, window: int, at: int) -> Seat:
    """The window calls from now on; refuses `window-open`."""
    if seat.open:
        raise Refusal("window-open", window=window)
    return replace(seat, open=True, paused=None, changed_at=at)


def close_window(seat: Seat, window: int, at: int, *, busy: bool) -> Seat:
    """The window calls nobody any more; refuses `window-closed`, and `window-busy` while a visitor is there."""
    if not seat.open:
        raise Refusal("window-closed", window=window)
    check_free(window, busy=busy)
    # Who was paused had ceased to call before.
    since = at if seat.calls else seat.changed_at
    return replace(seat, open=False, paused=None, changed_at=since, ready_since=None)


def pause_window(seat: Seat, window: int, at: int, reason: str, settings: Settings) -> Seat:
    """The window calls nobody until it resumes; whoever is there is served to the end.

    Refuses `window-closed`, `window-paused`, `unknown-reason`.
    """
    if not seat.open:
        raise Refusal("window-closed", window=window)
    if seat.paused is not None:
        raise Refusal("window-paused", window=window)
    if reason not in settings.pause_reasons:
        raise Refusal("unknown-reason", reason=reason[:32])
    return replace(seat, paused=reason, changed_at=at, ready_since=None)


def resume_window(seat: Seat, window: int, at: int) -> Seat:
    """The pause is over; refuses `not-paused`."""
    if seat.paused is None:
        raise Refusal("not-paused", window=window)
    return replace(seat, paused=None, changed_at=at)


def get_ready(seat: Seat, at: int) -> Seat:
    """A call found nobody: the window stands ready from `at` (ms UTC) on."""
    return replace(seat, ready_since=at)


def called(seat: Seat) -> Seat:
    """A visitor was called here, or is served on: the window stands ready no more."""
    return seat if seat.ready_since is None else replace(seat, ready_since=None)


def ask_help(seat: Seat, window: int) -> Seat:
    """Staff are needed here; refuses `help-asked`."""
    if seat.help:
        raise Refusal("help-asked", window=window)
    return replace(seat, help=True)


def end_help(seat: Seat, window: int) -> Seat:
    """Somebody has come; refuses `no-help-asked`."""
    if not seat.help:
        raise Refusal("no-help-asked", window=window)
    return replace(seat, help=False)


def check(seats: Mapping[int, Seat], window: int, clerk: str | None) -> None:
    """Refuse `not-your-window` to a person who does not sit there; a program (None) may act at any window."""
    if clerk is not None and seats[window].clerk != clerk:
        raise Refusal("not-your-window", window=window)


def check_free(window: int, *, busy: bool) -> None:
    """Refuse `window-busy` while a visitor is there: two are never at one window."""
    if busy:
        raise Refusal("window-busy", window=window)


def check_here(window: int, visitor: Ticket | None) -> Ticket:
    """The visitor at a window; refuses `nobody-here` where there is none."""
    if visitor is None:
        raise Refusal("nobody-here", window=window)
    return visitor


def check_calls(seat: Seat, window: int) -> None:
    """Refuse a call from a window that calls nobody: `window-paused`, `window-closed`."""
    if not seat.calls:
        raise Refusal("window-paused" if seat.open else "window-closed", window=window)


def away_since(
    hall: Hall, seats: Mapping[int, Seat], absences: Mapping[str, int], tie: str, business: str
) -> int | None:
    """Since when (ms UTC) the window or clerk of a tie calls nobody of this business; None while they do.

    `absences` are the moments when clerks (staff id) left their last window. Whoever was never there is away always.
    """
    left = next((since for clerk, since in absences.items() if tie == tie_to_clerk(clerk)), 0)
    for window in hall.windows:
        seat = seats[window.number]
        if tie == tie_to_window(window.number) or (seat.clerk is not None and tie == tie_to_clerk(seat.clerk)):
            # Who came to a window that was closed long before has not been away for as long as that.
            away = [] if seat.calls else [max(seat.changed_at or 0, left)]
            # As whoever sits here now serves it, the window may never call this business, however long it is open.
            away += [] if business in in_force(window, seat.reluctance).reluctance else [seat.since or 0]
            return min(away, default=None)
    return left


def called_by(hall: Hall, seats: Mapping[int, Seat]) -> list[frozenset[str]]:
    """The businesses that each window calls that is open now, as its clerk serves it."""
    return [
        frozenset(in_force(window, seats[window.number].reluctance).reluctance)
        for window in hall.windows
        if seats[window.number].calls
    ]
