"""A ticket as a row and back; a damaged row is told apart from a missing one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from queue_server.core.errors import BadValue
from queue_server.core.evacuation import NONE, Evacuations
from queue_server.core.hall import Hall
from queue_server.core.journal import replay
from queue_server.core.ticket import AT_WINDOW, Ticket
from queue_server.core.timers import next_timer

_FIELDS = tuple(f.name for f in fields(Ticket))
_WHOLE = (
    *("issued_at", "place", "base", "entered", "entered_at", "queued_at"),
    *("ahead_at_issue", "turn", "ripe", "calls", "held_ms", "returns"),
)
_MAYBE_WHOLE = (
    *("callable_from", "window", "called_at", "counted_at", "started_at"),
    *("held_at", "held_until", "missed_at", "finished_at"),
)
_TEXT = ("id", "number", "business", "language")
_MAYBE_TEXT = ("item", "owner", "case", "tie", "awaits", "outcome", "reason")
_SWITCHES = ("reviewed", "more_time", "timing_wrong")
PREFIX = re.compile(r"[A-Z]{1,2}")
_NUMBER = re.compile(r"[A-Z]{1,2}[0-9]{3,}")

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
    """Whether every field is of its kind, the number is one, the day exists, and a called one has a window."""
    kinds = [(_WHOLE, int, False), (_MAYBE_WHOLE, int, True), (_TEXT, str, False), (_MAYBE_TEXT, str, True)]
    kinds.append((_SWITCHES, bool, False))
    for names, kind, may_lack in kinds:
        values = [getattr(ticket, name) for name in names]
        if not all(isinstance(value, kind) or (may_lack and value is None) for value in values):
            return False
    try:
        date.fromisoformat(ticket.day)
    except (TypeError, ValueError):
        return False
    # A ticket that was transferred keeps its number, so its prefix may be another business's.
    if not (_NUMBER.fullmatch(ticket.number) and PREFIX.fullmatch(ticket.business)):
        return False
    called = None not in (ticket.window, ticket.called_at, ticket.counted_at)
    words = [*ticket.priority, *ticket.later]
    return all(isinstance(word, str) for word in words) and (called or ticket.state not in AT_WINDOW)


def row_of(ticket: Ticket, hall: Hall, away_since: int | None, evacuations: Evacuations = NONE) -> dict[str, Any]:
    """The row of a ticket, with what is due to happen to it next.

    `away_since` is since when (ms UTC) the window or clerk it belongs to is away, None while they are there.
    """
    return {"hall": hall.id, **columns(ticket, _FIELDS), **due_of(ticket, hall, away_since, evacuations)}


def columns(ticket: Ticket, names: Iterable[str]) -> dict[str, Any]:
    """These fields of a ticket as they are stored."""
    return {name: _stored(getattr(ticket, name)) for name in names}


def due_of(ticket: Ticket, hall: Hall, away_since: int | None, evacuations: Evacuations) -> dict[str, Any]:
    """What is due to happen to a ticket next, as it is stored."""
    timer = next_timer(ticket, hall, away_since, evacuations)
    return {"due_at": timer.deadline if timer else None, "due_kind": timer.kind if timer else None}


def _stored(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value
