"""A ticket as a row and back; a damaged row is told apart from a missing one."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from queue_server.core.errors import BadValue
from queue_server.core.hall import Hall
from queue_server.core.journal import replay
from queue_server.core.ticket import AT_WINDOW, Ticket
from queue_server.core.timers import next_timer

_FIELDS = tuple(f.name for f in fields(Ticket))
_WHOLE = ("issued_at", "place", "entered", "ahead_at_issue", "calls")
_MAYBE_WHOLE = ("window", "called_at", "counted_at", "started_at", "missed_at", "finished_at")
_TEXT = ("id", "number", "business", "language")
_MAYBE_TEXT = ("outcome", "reason")

# The state of a row that neither makes sense nor can be written anew: it is in no queue and at no window.
DAMAGED = "damaged"


class DamagedRow(Exception):
    """A stored ticket that does not make sense; the journal still knows what it was."""

    def __init__(self, ticket: str) -> None:
        super().__init__(f"ticket {ticket}")
        self.ticket = ticket


def ticket_of(row: Mapping[str, Any]) -> Ticket:
    """The ticket in a row; raises `DamagedRow`."""
    try:
        ticket = replay(None, {name: row[name] for name in _FIELDS})
    except (BadValue, KeyError, TypeError) as broken:
        raise DamagedRow(str(row["id"])) from broken
    if not makes_sense(ticket):
        raise DamagedRow(str(row["id"]))
    return ticket


def makes_sense(ticket: Ticket) -> bool:
    """Whether every field is of its kind, number and business agree, the day exists, and a called one has a window."""
    kinds = [(_WHOLE, int, False), (_MAYBE_WHOLE, int, True), (_TEXT, str, False), (_MAYBE_TEXT, str, True)]
    for names, kind, may_lack in kinds:
        values = [getattr(ticket, name) for name in names]
        if not all(isinstance(value, kind) or (may_lack and value is None) for value in values):
            return False
    try:
        date.fromisoformat(ticket.day)
    except (TypeError, ValueError):
        return False
    prefix, running = ticket.number[: len(ticket.business)], ticket.number[len(ticket.business) :]
    if prefix != ticket.business or not running.isdecimal():
        return False
    called = None not in (ticket.window, ticket.called_at, ticket.counted_at)
    return all(isinstance(ground, str) for ground in ticket.priority) and (called or ticket.state not in AT_WINDOW)


def row_of(ticket: Ticket, hall: Hall) -> dict[str, Any]:
    """The row of a ticket, with what is due to happen to it next."""
    timer = next_timer(ticket, hall)
    row = {name: getattr(ticket, name) for name in _FIELDS}
    row["hall"] = hall.id
    row["state"] = ticket.state.value
    row["priority"] = list(ticket.priority)
    row["due_at"] = timer.deadline if timer else None
    row["due_kind"] = timer.kind if timer else None
    return row
