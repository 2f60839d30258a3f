"""A ticket as a row and back; a damaged row is told apart from a missing one."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from queue_server.core.errors import BadValue
from queue_server.core.hall import Hall
from queue_server.core.journal import replay
from queue_server.core.ticket import Ticket
from queue_server.core.timers import next_timer

_FIELDS = tuple(f.name for f in fields(Ticket))
_WHOLE = ("issued_at", "place", "entered", "ahead_at_issue", "calls")
_MAYBE_WHOLE = ("window", "called_at", "counted_at", "started_at", "missed_at", "finished_at")


class DamagedRow(Exception):
    """A stored ticket that does not make sense; the journal still knows what it was."""

    def __init__(self, ticket: str) -> None:
        super().__init__(f"ticket {ticket}")
        self.ticket = ticket


def ticket_of(row: Mapping[str, Any]) -> Ticket:
    """The ticket in a row; raises `DamagedRow`."""
    try:
        values = {name: row[name] for name in _FIELDS}
        whole = all(isinstance(values[n], int) for n in _WHOLE)
        if not whole or not all(values[n] is None or isinstance(values[n], int) for n in _MAYBE_WHOLE):
            raise DamagedRow(str(row["id"]))
        return replay(None, values)
    except (BadValue, KeyError, TypeError) as broken:
        raise DamagedRow(str(row["id"])) from broken


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
