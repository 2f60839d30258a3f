"""The slip of a case, to be printed by whoever has a printer, as often as it takes; and the days it starts from."""

import json
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import Connection

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.core import case as rules
from queue_server.core.acts import day_of
from queue_server.core.business import Item, Paper
from queue_server.core.calendar import promised
from queue_server.core.hall import Hall
from queue_server.core.moment import hall_time
from queue_server.core.words import LANGUAGES
from queue_server.protocol import DaysQuery, LastDays, PapersSlip, as_json
from queue_server.roles import CLERKS
from queue_server.storage import cases, desk, history, lists, notes, seats
from queue_server.use_cases.cases import day

routes = Blueprint("slips", __name__, url_prefix="/api/v1")


@operation(routes, "GET", "/halls/<hall>/cases/<case>/slip", roles=CLERKS, replies={200: PapersSlip})
def slip(asked: Asked) -> Response:
    """Read what the slip of a case says: everything missing, told at once."""
    return replies.json_reply(asked.server.reads(_slip, asked.in_hall, asked.path["case"]))


@operation(routes, "GET", "/halls/<hall>/last-days", roles=CLERKS, query=DaysQuery, replies={200: LastDays})
def last_days(asked: Asked) -> Response:
    """Read until when papers asked for today are due, and what an item accepted today is promised for."""
    said = asked.query
    item = asked.in_hall.business(said.business).item(said.item)
    return replies.json_reply(asked.server.reads(_days, asked.in_hall, item, asked.server.clock.now()))


def _days(db: Connection, hall: Hall, item: Item, clock: int) -> dict[str, Any]:
    _, _, last_at = lists.version(db, hall.id)
    today = day(day_of(hall, hall_time(last_at, clock)))
    promise = None if item.promise_days is None else promised(today, item.promise_days, hall.calendar)
    return {
        "today": today.isoformat(),
        "return_by": rules.return_day(None, today, hall.settings.return_days, hall.calendar).isoformat(),
        "promised_on": None if promise is None else promise.isoformat(),
    }


def _slip(db: Connection, hall: Hall, code: str) -> dict[str, Any]:
    case = cases.by_code(db, hall, code)
    told = rules.told_as(case, history.of_case(db, hall.id, case.id))
    facts = told.facts or {}
    number, language = cases.visitor(db, told.ticket) or (None, LANGUAGES[0])
    reasons = json.loads(notes.of_entry(db, hall, told.no) or "{}")
    business = hall.business(case.business)
    about = facts.get("item", case.item)
    item = next((each for each in business.items if each.code == about), None)
    people = desk.names(db, {case.owner})
    sits = [] if case.owner is None else [n for n, seat in seats.load(db, hall).items() if seat.clerk == case.owner]
    return as_json(
        PapersSlip.model_validate(
            {
                "kind": facts.get("outcome", rules.PAPERS_MISSING),
                "code": case.code,
                "hall_names": dict(hall.names),
                "time_zone": hall.time_zone,
                "language": language,
                "number": number,
                "business_names": dict(business.names),
                "item_names": None if item is None else dict(item.names),
                "missing": [_asked(item, each, reasons.get(each)) for each in case.missing],
                "checked": len(case.checked),
                "return_by": case.return_by,
                "promise_days": None if item is None else item.promise_days,
                "promised_on": case.promised_on,
                "window": sits[0] if sits else told.window,
                "owner": people.get(case.owner or ""),
                "told": case.told,
                "at": told.at,
            }
        )
    )


def _asked(item: Item | None, code: str, reason: str | None) -> dict[str, Any]:
    """A paper as the slip names it; one that the hall's file no longer has keeps its code for a name."""
    papers: tuple[Paper, ...] = () if item is None else item.papers
    known = next((paper for paper in papers if paper.code == code), None)
    names = dict.fromkeys(LANGUAGES, code) if known is None else dict(known.names)
    return {"code": code, "names": names, "minor": known is not None and known.minor, "reason": reason}
