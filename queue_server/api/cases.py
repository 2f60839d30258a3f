"""Cases: a number for somebody who comes back with one, lists, and what is done with them away from the window."""

from flask import Blueprint, Response
from sqlalchemy import Connection

from queue_server.api import acting, replies
from queue_server.api.operation import Asked, operation
from queue_server.core.acts import Wish, day_of
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.moment import hall_time
from queue_server.protocol import (
    CaseList,
    CaseReply,
    CasesQuery,
    CloseCaseBody,
    Empty,
    HandOverBody,
    ReturnBody,
    StopClockBody,
    TicketReply,
)
from queue_server.roles import CLERKS, TAKERS, granter
from queue_server.storage import cases as stored
from queue_server.storage import credentials, desk, lists
from queue_server.use_cases import cases, visitor
from queue_server.window_acts import clerk_of

routes = Blueprint("cases", __name__, url_prefix="/api/v1")

_CASE = "/halls/<hall>/cases/<case>"


@operation(routes, "POST", f"{_CASE}/tickets", roles=TAKERS, body=ReturnBody, replies={201: TicketReply})
def come_back(asked: Asked) -> Response:
    """Take a number to go on with a case: tied to its owner, earlier by the head start of a return in time."""
    said, code = asked.body, asked.path["case"]
    wish = Wish("", tuple(said.priority), said.language)
    grants = granter(asked.known.role)
    return acting.answer(asked, lambda ledger, stamp: visitor.take(ledger, stamp, wish, grants, code))


@operation(routes, "GET", "/halls/<hall>/cases", roles=CLERKS, query=CasesQuery, replies={200: CaseList})
def every(asked: Asked) -> Response:
    """List the cases that are still open, the nearest promise first; only one's own, or only those with troubles."""
    found = asked.server.reads(_open_cases, asked.in_hall, asked.server.clock.now())
    mine = asked.known.shown
    if asked.query.mine == "yes":
        found = [each for each in found if mine is not None and each["owner"] == {"name": mine[0], "number": mine[1]}]
    if asked.query.troubles == "yes":
        found = [each for each in found if each["troubles"]]
    return replies.json_reply({"items": found})


@operation(routes, "GET", _CASE, roles=CLERKS, replies={200: CaseReply})
def one(asked: Asked) -> Response:
    """Read one case by its code."""
    code = asked.path["case"]
    for each in asked.server.reads(_open_cases, asked.in_hall, asked.server.clock.now(), code):
        return replies.json_reply(each)
    raise Refusal("unknown-case")


@operation(routes, "POST", f"{_CASE}/hand-over", roles=CLERKS, body=HandOverBody, replies={200: CaseReply})
def hand_over(asked: Asked) -> Response:
    """Make a colleague responsible, and say why."""
    code, said = asked.path["case"], asked.body
    return acting.answer(
        asked, lambda ledger, stamp: cases.hand_over(ledger, stamp, code, clerk_of(ledger, said.to_clerk), said.reason)
    )


@operation(routes, "POST", f"{_CASE}/stop-clock", roles=CLERKS, body=StopClockBody, replies={200: CaseReply})
def stop_clock(asked: Asked) -> Response:
    """Let the promise stand still, and say why."""
    code, why = asked.path["case"], asked.body.reason
    return acting.answer(asked, lambda ledger, stamp: cases.stop_clock(ledger, stamp, code, why))


@operation(routes, "POST", f"{_CASE}/run-clock", roles=CLERKS, body=Empty, replies={200: CaseReply})
def run_clock(asked: Asked) -> Response:
    """Let the promise run on."""
    return acting.answer(asked, lambda ledger, stamp: cases.run_clock(ledger, stamp, asked.path["case"]))


@operation(routes, "POST", f"{_CASE}/close", roles=CLERKS, body=CloseCaseBody, replies={200: CaseReply})
def close(asked: Asked) -> Response:
    """Close a case with its outcome."""
    code, outcome = asked.path["case"], asked.body.outcome
    return acting.answer(asked, lambda ledger, stamp: cases.close(ledger, stamp, code, outcome))


def _open_cases(db: Connection, hall: Hall, clock: int, code: str | None = None) -> list[dict[str, object]]:
    _, _, last_at = lists.version(db, hall.id)
    found = stored.unfinished(db, hall) if code is None else [stored.by_code(db, hall, code)]
    staff, people = credentials.ids(db, hall.id), desk.names(db, {case.owner for case in found})
    day = day_of(hall, hall_time(last_at, clock))
    return [replies.case(case, hall, day, staff, people.get(case.owner or "")) for case in found]
