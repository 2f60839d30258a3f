"""Bookings: which slots are free, book one or many, cancel, check in."""

import hashlib
from datetime import date

from flask import Blueprint, Response
from sqlalchemy import Connection

from queue_server.api import acting, csv_bookings, problems, replies
from queue_server.api.operation import Asked, operation
from queue_server.core.acts import Stamp, day_of
from queue_server.core.booking import left
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.moment import hall_time
from queue_server.core.numbering import day_end
from queue_server.core.slots import rules_of, shown
from queue_server.protocol import (
    BookBody,
    BookingReply,
    CheckInBody,
    Empty,
    ImportBody,
    Imported,
    Slots,
    SlotsQuery,
    TicketReply,
)
from queue_server.roles import BOOKERS, TAKERS
from queue_server.storage import bookings as stored
from queue_server.storage import conditions, lists
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import bookings

routes = Blueprint("bookings", __name__, url_prefix="/api/v1")

_ALL = "/halls/<hall>/bookings"
_ONE = f"{_ALL}/<booking>"
_REFUSED_FOR = {
    "unknown-business": "business",
    "not-bookable": "business",
    "unknown-item": "item",
    "unknown-class": "priority",
    "no-such-slot": "slot",
    "slot-past": "slot",
    "slot-full": "slot",
}


@operation(routes, "GET", "/halls/<hall>/slots", roles=BOOKERS, query=SlotsQuery, replies={200: Slots})
def slots(asked: Asked) -> Response:
    """Read the slots of a business on a day, with how many may still book each."""
    try:
        day = date.fromisoformat(asked.query.day)
    except ValueError as wrong:
        raise Refusal("bad-date", day=asked.query.day) from wrong
    found = asked.server.reads(_slots, asked.in_hall, asked.query.business, day, asked.server.clock.now())
    return replies.json_reply(found)


@operation(routes, "POST", _ALL, roles=BOOKERS, body=BookBody, replies={201: BookingReply})
def book(asked: Asked) -> Response:
    """Book a slot."""
    return acting.answer(asked, _booked(asked.body))


@operation(
    routes, "POST", f"{_ALL}/import", roles=BOOKERS, body=ImportBody, replies={200: Imported}, csv=csv_bookings.read
)
def book_many(asked: Asked) -> Response:
    """Book many slots; each by itself, so that one that is refused does not stop the others."""
    booked, refused = [], []
    # Each row has a key of its own, so that the whole may be sent again without booking anything twice.
    whole = hashlib.sha256(asked.key.encode()).hexdigest()
    for row, said in enumerate(asked.body.items):
        key = f"{whole}#{row}"
        try:
            _, told = acting.perform(asked.server, asked.known, asked.in_hall, key, asked.digest, _booked(said))
        except Refusal as refusal:
            if refusal.code == "key-reused":
                # That is no matter of the row: somebody sends another import under the key of this one.
                raise
            problem = problems.document(refusal.code, refusal.facts, problems.language())
            place = {"row": row, "line": _line(asked, row), "column": _column(asked, refusal.code)}
            refused.append({**place, "code": refusal.code, "detail": problem["detail"]})
        else:
            booked.append({"row": row, "line": _line(asked, row), **(told or {})})
    return replies.json_reply({"booked": booked, "refused": refused})


@operation(routes, "POST", f"{_ONE}/cancel", roles=BOOKERS, body=Empty, replies={200: BookingReply})
def cancel(asked: Asked) -> Response:
    """Cancel a booking."""
    code = asked.path["booking"]
    return acting.answer(asked, lambda ledger, stamp: bookings.cancel(ledger, stamp, code))


@operation(routes, "POST", f"{_ONE}/check-in", roles=TAKERS, body=CheckInBody, replies={201: TicketReply})
def check_in(asked: Asked) -> Response:
    """Check in with a booking and get a number."""
    code, language = asked.path["booking"], asked.body.language
    return acting.answer(asked, lambda ledger, stamp: bookings.check_in(ledger, stamp, code, language))


def _booked(said: BookBody) -> acting.Run:
    def run(ledger: Ledger, stamp: Stamp) -> Done:
        grounds = tuple(said.priority)
        return bookings.book(ledger, stamp, said.business, said.item, said.slot, grounds, reviewed=said.reviewed)

    return run


def _line(asked: Asked, row: int) -> int | None:
    return None if asked.sheet is None else asked.sheet.lines[row]


def _column(asked: Asked, code: str) -> int | None:
    """The column of the field that a row was refused for, where one is to blame."""
    return None if asked.sheet is None else asked.sheet.columns.get(_REFUSED_FOR.get(code, ""))


def _slots(db: Connection, hall: Hall, business_code: str, day: date, clock: int) -> dict[str, object]:
    business = hall.business(business_code)
    _, _, last_at = lists.version(db, hall.id)
    now = hall_time(last_at, clock)
    offered = shown(hall, business, day, date.fromisoformat(day_of(hall, now)))
    if not offered:
        return {"items": []}
    ends = day_end(day.isoformat(), hall.time_zone, hall.settings.day_starts)
    taken = stored.taken(db, hall, business.code, offered[0], ends)
    shut = conditions.load(db, hall.id).closed_day == day.isoformat()
    how = rules_of(business)
    return {"items": [{"slot": at, "left": 0 if shut or at <= now else left(how, at, taken)} for at in offered]}
