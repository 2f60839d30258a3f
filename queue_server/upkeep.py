"""What a hall's writer does by itself around the acts: timers, opening hours, changes of the hall, calls, mending."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from queue_server.clock import ALARM_MS, Clock
from queue_server.core.acts import Stamp
from queue_server.core.journal import Entry
from queue_server.core.timers import seats_over
from queue_server.storage import remembered
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.bookings import expire
from queue_server.use_cases.by_itself import call_for_ready
from queue_server.use_cases.changing import change_when_due
from queue_server.use_cases.conditions import watch
from queue_server.use_cases.seats import end_seat
from queue_server.use_cases.staff import fire

log = structlog.get_logger(__name__)

T = TypeVar("T")

TIMERS = 200
PURGE_MS = 3_600_000
MEND_MS = 60_000
PLANS_MS = 1_000
# Once, and once more when what was in the way has been mended or set aside.
TRIES = 2
CLOCK_DIFFERS = "clock-differs"


class Upkeep:
    """Runs in the writer's transaction, each piece in a savepoint of its own; only a lost database stops the acts."""

    def __init__(self, hall: str, clock: Clock) -> None:
        self._hall = hall
        self._clock = clock
        self._purged = 0
        self._mended = 0
        self._planned = 0
        self._differed = 0
        self._rests: dict[str, int] = {}

    def before_acts(self, db: Connection, ledger: Ledger) -> bool:
        """What is overdue, so that the acts find the hall as it should be now; False while more of it is left."""
        if ledger.now - self._mended > MEND_MS:
            self.mend(ledger)
            self._by_itself(db, ledger, "bookings", partial(self._expire, ledger))
        if not self._fire_timers(db, ledger):
            return False
        self._change_hall(db, ledger)
        self._watch_clock(ledger)
        self._by_itself(db, ledger, "conditions", partial(watch, ledger, _stamp(ledger)))
        return True

    def after_acts(self, db: Connection, ledger: Ledger) -> None:
        """What follows from the acts, and what was remembered for too long."""
        self._by_itself(db, ledger, "calls", partial(call_for_ready, ledger))
        if ledger.now - self._purged > PURGE_MS:
            remembered.purge(db, ledger.now)
            self._purged = ledger.now

    def mend(self, ledger: Ledger) -> None:
        """Set the tickets' rows right from the journal; those beyond repair are set aside and told."""
        self._mended = ledger.now
        for ticket in ledger.mend():
            log.error("ticket-damaged", hall=self._hall, ticket=ticket)

    def _by_itself(self, db: Connection, ledger: Ledger, what: str, work: Callable[[], object]) -> None:
        """Do what nobody presses for; where something damaged is in its way, that is mended or set aside first.

        What fails even so rests for a minute and is told, and the acts of people go on without it.
        """
        if ledger.now < self._rests.get(what, 0):
            return
        for _ in range(TRIES):
            try:
                apart(db, ledger, work)
            except Exception as broken:
                pass_on(broken)
                log.exception("by-itself-failed", hall=self._hall, what=what)
                self.mend(ledger)
            else:
                return
        log.error("by-itself-rests", hall=self._hall, what=what)
        self._rests[what] = ledger.now + MEND_MS

    def _fire_timers(self, db: Connection, ledger: Ledger) -> bool:
        """What is overdue, as much as one commit should hold; False while more is left."""
        # One by one: what fires may at once owe the next thing, and that is overdue, too.
        for _ in range(TIMERS):
            overdue = ledger.due(1)
            if not overdue:
                break
            self._fire(db, ledger, *overdue[0])
        else:
            if ledger.due(1):
                return False
        for window in seats_over(ledger.seats, ledger.hall, ledger.now):
            self._by_itself(db, ledger, f"seat {window}", partial(_end_seat, ledger, window))
        return True

    def _fire(self, db: Connection, ledger: Ledger, kind: str, ticket: str) -> None:
        try:
            whole = apart(db, ledger, partial(fire, ledger, kind, ticket))
        except Exception as broken:
            pass_on(broken)
            log.exception("timer-failed", hall=self._hall, kind=kind, ticket=ticket)
            ledger.forget_timer(ticket)
            whole = False
        if not whole:
            log.error("timer-lost", hall=self._hall, kind=kind, ticket=ticket)

    def _expire(self, ledger: Ledger) -> None:
        for booking in expire(ledger, _stamp(ledger)):
            log.error("booking-damaged", hall=self._hall, booking=booking)

    def _change_hall(self, db: Connection, ledger: Ledger) -> None:
        # After the timers, so that a new day's hall finds nobody of the day before.
        if ledger.now - self._planned < PLANS_MS:
            return
        self._planned = ledger.now
        try:
            needed = apart(db, ledger, partial(change_when_due, ledger))
        except Exception as broken:
            pass_on(broken)
            # The hall stays as it is and goes on; the plan is there until somebody replaces it.
            log.exception("hall-not-changed", hall=self._hall)
            self._planned += MEND_MS
            return
        for kind, name, by, numbers in needed:
            log.warning("hall-change-waits", hall=self._hall, part=f"{kind} {name}", by=by, numbers=numbers)

    def _watch_clock(self, ledger: Ledger) -> None:
        difference = self._clock.difference()
        # Told when it differs, when it differs by something else, and when it is right again.
        if abs(difference - self._differed) < ALARM_MS:
            return
        self._differed = difference
        log.warning("clock-differs", hall=self._hall, difference_ms=difference)
        stamp = ledger.stamp(secrets.token_hex(8), "system")
        facts = {"difference_ms": difference}
        ledger.write(
            Entry(ledger.next_no, stamp.at, ledger.hall.id, CLOCK_DIFFERS, stamp.act_id, stamp.by, facts=facts)
        )


def _stamp(ledger: Ledger) -> Stamp:
    return ledger.stamp(secrets.token_hex(8), "timer")


def _end_seat(ledger: Ledger, window: int) -> None:
    # Where a visitor still is, another batch of tickets' timers comes first.
    if ledger.at_window(window) is None:
        end_seat(ledger, _stamp(ledger), window)


def apart(db: Connection, ledger: Ledger, work: Callable[[], T]) -> T:
    """What `work` gives, inside a savepoint: when it fails, database and ledger stand as before."""
    head, written, seats = ledger.head, len(ledger.entries), dict(ledger.seats)
    hall, conditions = ledger.hall, ledger.conditions
    try:
        with db.begin_nested():
            return work()
    except Exception:
        ledger.head = head
        ledger.seats = seats
        ledger.hall, ledger.conditions = hall, conditions
        del ledger.entries[written:]
        raise


def pass_on(broken: Exception) -> None:
    """Raise what is a matter of the whole database; a damaged row, or a fault of our own, is one of its own work."""
    if isinstance(broken, SQLAlchemyError) and not isinstance(broken, (DataError, IntegrityError)):
        raise broken
