"""From core values to the bodies that go out; the same value always gives the same bytes."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Response

from queue_server import status_token
from queue_server.core.by_hand import ENTERED
from queue_server.core.case import Case, days_left, troubles
from queue_server.core.evacuation import Evacuations
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry, canonical
from queue_server.core.seat import SEAT_ACTS, SIGNED_IN, SIGNED_OUT
from queue_server.core.settings import Settings
from queue_server.core.ticket import ISSUED, Hold, Ticket
from queue_server.core.timers import hold_over, return_over
from queue_server.protocol import TicketReply, as_json
from queue_server.storage.done import Done

NO_CONTENT = 204


def json_reply(body: object, status: int = 200) -> Response:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(text, status, content_type="application/json")


def ticket(of: Ticket, why: Mapping[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
    """A ticket as staff and kiosks see it."""
    return as_json(
        TicketReply.model_validate(
            {
                "id": of.id,
                "number": of.number,
                "business": of.business,
                "state": of.state.value,
                "language": of.language,
                "priority": list(of.priority),
                "issued_at": of.issued_at,
                "queued_at": of.queued_at,
                "turn": of.turn,
                "item": of.item,
                "later": list(of.later),
                "place": of.place,
                "tie": of.tie,
                "ahead": of.ahead_at_issue,
                "window": of.window,
                "called_at": of.called_at,
                "calls": of.calls,
                "started_at": of.started_at,
                "hold": None if of.hold is None else of.hold.value,
                "held_at": of.held_at,
                "held_until": of.held_until,
                "missed_at": of.missed_at,
                "returns": of.returns,
                "more_time": of.more_time,
                "reviewed": of.reviewed,
                "finished_at": of.finished_at,
                "outcome": of.outcome,
                "timing_wrong": of.timing_wrong,
                "why": why,
                "token": token,
            }
        )
    )


def case(of: Case, hall: Hall, day: str, staff: Iterable[str], owner: Mapping[str, str] | None) -> dict[str, Any]:
    """A case on a day of the hall (ISO date); `owner` is who is responsible, as colleagues may see them."""
    today = date.fromisoformat(day)
    said = {name: value for name, value in vars(of).items() if name not in ("id", "missing", "owner")}
    left = days_left(of, today, hall.calendar)
    return {
        **said,
        "missing": list(of.missing),
        "owner": owner,
        "days_left": left,
        "troubles": list(troubles(of, today, staff)),
    }


def _case_told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """A case as its entry tells it; what depends on the day it is read is left out, so that a replay is the same."""
    said = {name: value for name, value in _as_read(facts).items() if name not in ("id", "owner")}
    return {**said, "owner": None, "days_left": None, "troubles": []}


def _as_read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of an entry in the order in which they come back from the journal: an answer repeated is equal to it."""
    read: dict[str, Any] = json.loads(canonical(facts))
    return read


def missed(of: Ticket, settings: Settings, evacuations: Evacuations) -> dict[str, Any]:
    """A missed ticket that may still come back, until when, and how often."""
    since, left = of.missed_at or 0, max(0, settings.max_returns - of.returns)
    until = return_over(of, settings, evacuations) or since
    said = {"id": of.id, "number": of.number, "business": of.business, "missed_at": since}
    return {**said, "until": until, "returns_left": left}


def held(of: Ticket, awaits: str | None, window: int, evacuations: Evacuations) -> dict[str, Any]:
    """A ticket put aside, as a window sees it; `awaits` is the number it waits for."""
    kept_at = of.window if of.hold is Hold.PAPERS_KEPT else None
    said = {"id": of.id, "number": of.number, "business": of.business, "hold": of.hold, "held_at": of.held_at}
    lies = {"kept_at": kept_at, "here": kept_at == window}
    return {**said, "held_until": hold_over(of, evacuations), "awaits": awaits, **lies}


def done(what: Done, hall_key: bytes) -> dict[str, Any] | None:
    """The body that answers an act, read from its entry alone, so that a repeated request gets the same one."""
    entry = what.entry
    if what.status == NO_CONTENT or entry is None:
        return None
    facts = entry.facts or {}
    if what.ticket is not None:
        token = status_token.make(hall_key, what.ticket.id) if entry.act == ISSUED else None
        told = ticket(what.ticket, facts.get("why"), token)
        return {**told, "case": _case_told(facts["case"])} if "case" in facts else told
    if (tell := _AT_A_WINDOW.get(entry.act)) is not None:
        return tell(entry, facts)
    if "booking" in facts:
        return {name: value for name, value in _as_read(facts["booking"]).items() if name not in ("id", "ticket")}
    if entry.case is not None:
        return _case_told(facts["case"])
    return {name: value for name, value in _as_read(facts.get("conditions", facts)).items() if name != "note"}


def _by_hand_told(entry: Entry, facts: Mapping[str, Any]) -> dict[str, Any]:
    told = ("ticket", "number", "state", "window", "conflict")
    return {"window": entry.window, "lines": [{name: line[name] for name in told} for line in facts["lines"]]}


def call_listed(of: Ticket) -> dict[str, Any]:
    """One who waits, as a window keeps them for the time without a link."""
    said = {"id": of.id, "number": of.number, "business": of.business, "item": of.item, "priority": list(of.priority)}
    return {**said, "reviewed": of.reviewed, "queued_at": of.queued_at, "more_time": of.more_time}


def _seat_told(entry: Entry, facts: Mapping[str, Any]) -> dict[str, Any]:
    seated = {"clerk": facts["clerk"]} if entry.act in (SIGNED_IN, SIGNED_OUT) else {}
    # An entry from before windows could be paused tells only whether it was open.
    state = facts.get("state", "open" if facts["open"] else "closed")
    said = {"window": entry.window, "state": state, "paused": facts.get("paused"), "help": facts.get("help", False)}
    return {**said, **seated}


_AT_A_WINDOW = {ENTERED: _by_hand_told, **dict.fromkeys(SEAT_ACTS, _seat_told)}
