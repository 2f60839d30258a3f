"""What managers do with the whole hall: suspend a business, move who waits, close early, evacuate; and what rings."""

from collections.abc import Mapping
from typing import Any

from queue_server.core import conditions as rules
from queue_server.core.acts import Stamp, day_of
from queue_server.core.calendar import is_open
from queue_server.core.conditions import Conditions
from queue_server.core.journal import Entry
from queue_server.core.words import Names
from queue_server.storage import conditions as stored
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.storage.lists import waiting_counts
from queue_server.storage.queries import waiting_ids
from queue_server.use_cases.moving import move

OK = 200


def suspend(ledger: Ledger, stamp: Stamp, business: str, notice: Names) -> Done:
    """No numbers for this business until it resumes, with a notice for everybody; refuses `already-suspended`."""
    now = rules.suspend(ledger.hall, ledger.conditions, business, notice)
    return _changed(ledger, stamp, now, rules.SUSPENDED, {"business": business})


def resume(ledger: Ledger, stamp: Stamp, business: str) -> Done:
    """The business is served again; refuses `not-suspended`."""
    return _changed(ledger, stamp, rules.resume(ledger.conditions, business), rules.RESUMED, {"business": business})


def move_all(ledger: Ledger, stamp: Stamp, business: str, to: str) -> Done:
    """Everybody who waits for a business goes to another one at the same place; refuses what `check_moved` does."""
    rules.check_moved(ledger.hall, ledger.conditions, business, to)
    moved = [move(ledger, stamp, ticket, to).ticket for ticket in waiting_ids(ledger.db, ledger.hall, business)]
    facts = {"business": business, "to": to, "moved": len(moved)}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, rules.ALL_MOVED, stamp.act_id, stamp.by, facts=facts)
    ledger.write(entry)
    return Done(OK, entry)


def close_early(ledger: Ledger, stamp: Stamp) -> Done:
    """No more numbers today; who waits is still served. Refuses `already-closed`."""
    now = rules.close_early(ledger.conditions, day_of(ledger.hall, stamp.at))
    return _changed(ledger, stamp, now, rules.CLOSED_EARLY, {})


def evacuate(ledger: Ledger, stamp: Stamp) -> Done:
    """Everybody leaves the hall: no numbers, no calls, and no time runs out; refuses `already-evacuated`."""
    return _changed(ledger, stamp, rules.evacuate(ledger.conditions, stamp.at), rules.EVACUATED, {})


def back_to_normal(ledger: Ledger, stamp: Stamp) -> Done:
    """Early close or evacuation is over; refuses `not-closed`."""
    return _changed(ledger, stamp, rules.back_to_normal(ledger.conditions, stamp.at), rules.BACK, {})


def watch(ledger: Ledger, stamp: Stamp) -> None:
    """Note what the clock and the queues have changed: the hall opens or closes, too many wait or no longer."""
    hall = ledger.hall
    if ledger.conditions.closed_day is not None:
        fresh = rules.new_day(ledger.conditions, day_of(hall, stamp.at))
        if fresh != ledger.conditions:
            _changed(ledger, stamp, fresh, rules.DAY_OVER, {})
    now = ledger.conditions
    if hall.opening is not None:
        open_now = is_open(hall.opening, hall.calendar, stamp.at, hall.time_zone)
        if open_now != now.open:
            act = rules.HALL_OPENED if open_now else rules.HALL_CLOSED
            _changed(ledger, stamp, rules.clock_says(now, open=open_now), act, {})
    if any(business.alarm is not None for business in hall.businesses):
        waiting = waiting_counts(ledger.db, hall)
        ringing = rules.alarms(hall, ledger.conditions, waiting)
        for act, code in rules.rung(now, ringing):
            _changed(ledger, stamp, ringing, act, {"business": code, "waiting": waiting.get(code, 0)})


def _changed(ledger: Ledger, stamp: Stamp, now: Conditions, act: str, told: Mapping[str, Any]) -> Done:
    facts = {**told, "conditions": stored.facts(now)}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, facts=facts)
    stored.save(ledger.db, ledger.hall.id, now)
    stood, ledger.conditions = ledger.conditions, now
    ledger.write(entry)
    if now.evacuations != stood.evacuations:
        ledger.set_timers()
    return Done(OK, entry)
