"""What staff do with a window: sign in and out, open, close, pause, resume, ask for help."""

from collections.abc import Mapping
from typing import Any

from queue_server.core import seat as rules
from queue_server.core.acts import Stamp
from queue_server.core.journal import Entry
from queue_server.core.seat import Seat
from queue_server.core.timers import DAY_OVER
from queue_server.storage import credentials
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

OK = 200


def sign_in(
    ledger: Ledger,
    stamp: Stamp,
    window: int,
    clerk: str,
    shown: Mapping[str, str],
    reluctance: Mapping[str, int] | None = None,
) -> Done:
    """Sit down at a window; refuses `window-taken` and `clerk-elsewhere`."""
    seat = rules.sit(ledger.seats, window, clerk, stamp.at, reluctance)
    told: dict[str, Any] = {"clerk": dict(shown)}
    if reluctance is not None:
        told["reluctance"] = dict(reluctance)
    return _changed(ledger, stamp, window, seat, rules.SIGNED_IN, told)


def able(ledger: Ledger, clerk: str) -> Mapping[str, int] | None:
    """What a clerk's profile lets them do: a reluctance (ms) per business, absent means never; None without one."""
    # A profile that the hall no longer has limits nobody: the hall's file decides what it is.
    return ledger.hall.profiles.get(credentials.profile_of(ledger.db, clerk) or "")


def sign_out(ledger: Ledger, stamp: Stamp, window: int, clerk: str, *, frees: bool) -> Done:
    """Leave a window, or free one that somebody left behind (`frees`); refuses `not-your-window`, `window-busy`."""
    seat = rules.leave(ledger.seats, window, clerk, stamp.at, busy=_busy(ledger, window), frees=frees)
    return _changed(ledger, stamp, window, seat, rules.SIGNED_OUT, {"clerk": None})


def end_seat(ledger: Ledger, stamp: Stamp, window: int) -> Done:
    """Sign out who still sits there since an earlier day; refuses `window-busy` until the visitor's own timer fired."""
    seat = rules.leave(ledger.seats, window, str(ledger.seats[window].clerk), stamp.at, busy=_busy(ledger, window))
    return _changed(ledger, stamp, window, seat, rules.SIGNED_OUT, {"clerk": None, "reason": DAY_OVER})


def open_window(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call visitors from now on; refuses `window-open`."""
    rules.check(ledger.seats, window, clerk)
    return _changed(ledger, stamp, window, rules.open_window(ledger.seats[window], window, stamp.at), rules.OPENED, {})


def close_window(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call nobody any more; refuses `window-closed` and `window-busy`."""
    rules.check(ledger.seats, window, clerk)
    seat = rules.close_window(ledger.seats[window], window, stamp.at, busy=_busy(ledger, window))
    return _changed(ledger, stamp, window, seat, rules.CLOSED, {})


def pause_window(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, reason: str) -> Done:
    """Call nobody for a while; refuses `window-closed`, `window-paused`, `unknown-reason`."""
    rules.check(ledger.seats, window, clerk)
    seat = rules.pause_window(ledger.seats[window], window, stamp.at, reason, ledger.hall.settings)
    return _changed(ledger, stamp, window, seat, rules.PAUSED, {})


def resume_window(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The pause is over; refuses `not-paused`."""
    rules.check(ledger.seats, window, clerk)
    seat = rules.resume_window(ledger.seats[window], window, stamp.at)
    return _changed(ledger, stamp, window, seat, rules.RESUMED, {})


def ask_help(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Staff are needed at this window; refuses `help-asked`."""
    rules.check(ledger.seats, window, clerk)
    return _changed(ledger, stamp, window, rules.ask_help(ledger.seats[window], window), rules.HELP_ASKED, {})


def end_help(ledger: Ledger, stamp: Stamp, window: int) -> Done:
    """Somebody has come; refuses `no-help-asked`."""
    return _changed(ledger, stamp, window, rules.end_help(ledger.seats[window], window), rules.HELP_ENDED, {})


def sits(ledger: Ledger, window: int, clerk: str | None) -> None:
    """Refuse `not-your-window` to a person who does not sit there."""
    rules.check(ledger.seats, window, clerk)


def _busy(ledger: Ledger, window: int) -> bool:
    return ledger.at_window(window) is not None


def _changed(ledger: Ledger, stamp: Stamp, window: int, seat: Seat, act: str, told: Mapping[str, Any]) -> Done:
    facts = {**told, "open": seat.open, "state": seat.state, "paused": seat.paused, "help": seat.help}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, window=window, facts=facts)
    ledger.seat(window, seat, entry)
    return Done(OK, entry)
