"""One act on one ticket: the ticket afterwards and the journal entry that tells it; live and simulated alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queue_server.core import places
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry, changes, changes_among
from queue_server.core.numbering import business_day, number_text
from queue_server.core.steps import NOTHING, Told, step
from queue_server.core.ticket import AT_WINDOW, ISSUED, PAST, Act, State, Ticket, changed


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every entry of one act shares: hall time (ms UTC), the act's id, and who acted."""

    at: int
    act_id: str
    by: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asked for at the kiosk."""

    business: str
    priority: tuple[str, ...] = ()
    language: str = "zh-Hans"
    item: str | None = None
    later: tuple[str, ...] = ()
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Entering:
    """Where a new ticket begins to wait: its place (ms UTC), what that would be without grounds, and whose it is.

    A `promised` one was booked, and its visitor is in time.
    """

    place: int
    base: int
    tie: str | None = None
    case: str | None = None
    callable_from: int | None = None
    promised: bool = False


def day_of(hall: Hall, at: int) -> str:
    """The hall's business day that holds `at` (ms UTC)."""
    return business_day(at, hall.time_zone, hall.settings.day_starts)


def issue(
    hall: Hall,
    wish: Wish,
    ticket_id: str,
    running: int,
    no: int,
    stamp: Stamp,
    ahead: int,
    entering: Entering | None = None,
) -> tuple[Ticket, Entry]:
    """A new waiting ticket with the running number `running` and its entry `no`; as a walk-in unless told otherwise.

    Refuses `unknown-business`, `unknown-class`, `unknown-item`.
    """
    business = hall.business(wish.business)
    if wish.item is not None:
        business.item(wish.item)
    for code in wish.later:
        hall.business(code)
    grounds = tuple(dict.fromkeys(wish.priority))
    at = entering or walk_in(hall, grounds, stamp.at)
    ticket = Ticket(
        id=ticket_id,
        number=number_text(business.code, running),
        business=business.code,
        day=day_of(hall, stamp.at),
        language=wish.language,
        priority=grounds,
        state=State.WAITING,
        issued_at=stamp.at,
        place=at.place,
        base=at.base,
        entered=no,
        entered_at=stamp.at,
        queued_at=stamp.at,
        ahead_at_issue=ahead,
        item=wish.item,
        later=wish.later,
        reviewed=wish.reviewed,
        tie=at.tie,
        case=at.case,
        callable_from=at.callable_from,
    )
    return ticket, _entry(hall, no, ISSUED, stamp, ticket, None, changes(None, ticket), None)


def walk_in(hall: Hall, grounds: tuple[str, ...], now: int) -> Entering:
    """Where somebody who takes a number now begins to wait; refuses `unknown-class`."""
    return Entering(places.on_issue(now, hall.head_start(grounds), hall.settings), now)


def change(
    hall: Hall,
    before: Ticket,
    act: Act,
    no: int,
    stamp: Stamp,
    told: Told = NOTHING,
    facts: Mapping[str, Any] | None = None,
    happened: int | None = None,
) -> tuple[Ticket, Entry]:
    """The ticket after `act` and its entry `no`; refuses what `steps.step` refuses.

    `happened` is when it was done (ms UTC) where that was by hand, and is entered only now.
    """
    # While a window had no link nobody could let its missed visitors in again: their time to come back begins now.
    at = stamp.at if happened is None or act is Act.MISS else happened
    now = step(before, act, at, hall.settings, told)
    if happened is not None:
        facts = {**(facts or {}), "by_hand": True, "happened_at": happened}
    after = changed(before, now)
    if act is Act.NEXT_TURN:
        # The ticket goes on without an outcome, so that of the turn it ends stands beside it.
        facts = {**(facts or {}), "outcome": told.outcome}
    # Who leaves a window has no window any more, but the act was done there. Whoever had left it before keeps it only
    # for the papers and the statistics: what is done with them from elsewhere is no act of that window.
    there = after.window if told.window is None and before.state in AT_WINDOW else told.window
    return after, _entry(hall, no, PAST[act], stamp, after, there, changes_among(before, after, now), facts)


def _entry(
    hall: Hall,
    no: int,
    past: str,
    stamp: Stamp,
    after: Ticket,
    window: int | None,
    told: dict[str, Any],
    facts: Mapping[str, Any] | None,
) -> Entry:
    return Entry(
        no=no,
        at=stamp.at,
        hall=hall.id,
        act=past,
        act_id=stamp.act_id,
        by=stamp.by,
        ticket=after.id,
        window=window,
        set=told or None,
        facts=facts,
    )
