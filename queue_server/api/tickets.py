"""Tickets: take a number, list, close without service, and a visitor's own status."""

import re

from flask import Blueprint, Response, request

from queue_server import status_token
from queue_server.api import acting, replies
from queue_server.api.operation import Asked, operation
from queue_server.core.acts import Wish, day_of
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.moment import hall_time
from queue_server.core.ticket import State, Ticket
from queue_server.protocol import ListQuery, Status, TakeBody, TicketList, TicketReply, VoidBody, as_json
from queue_server.rates import MISSES, STATUS
from queue_server.roles import ANYONE, CLERKS, GUIDES, TAKERS, granter
from queue_server.storage import conditions, lists
from queue_server.use_cases import staff, visitor

_ID = re.compile(r"[0-9a-f]{32}")

routes = Blueprint("tickets", __name__, url_prefix="/api/v1")


@operation(routes, "POST", "/halls/<hall>/tickets", roles=TAKERS, body=TakeBody, replies={201: TicketReply})
def take(asked: Asked) -> Response:
    """Take a number."""
    said = asked.body
    wish = Wish(said.business, tuple(said.priority), said.language, said.item, tuple(said.later))
    grants = granter(asked.known.role)
    return acting.answer(asked, lambda ledger, stamp: visitor.take(ledger, stamp, wish, grants))


@operation(routes, "GET", "/halls/<hall>/tickets", roles=GUIDES, query=ListQuery, replies={200: TicketList})
def every(asked: Asked) -> Response:
    """List tickets in the order they entered the queue, or find today's by its number."""
    query, hall = asked.query, asked.in_hall
    if query.number is not None:
        day = day_of(hall, _now(asked, hall))
        ticket = asked.server.reads(lists.by_number, hall, day, query.number)
        sought = [] if ticket is None or query.state not in {None, ticket.state.value} else [replies.ticket(ticket)]
        return replies.json_reply({"items": sought, "next": None})
    after = int(query.after or 0)
    found, more = asked.server.reads(lists.page, hall, query.state, query.limit, after)
    items = [replies.ticket(t) for t in found]
    return replies.json_reply({"items": items, "next": None if more is None else str(more)})


@operation(
    routes, "POST", "/halls/<hall>/tickets/<ticket>/void", roles=CLERKS, body=VoidBody, replies={200: TicketReply}
)
def void(asked: Asked) -> Response:
    """Close a ticket without service."""
    ticket, reason = asked.path["ticket"], asked.body.reason
    if not _ID.fullmatch(ticket):
        # What cannot be an id need not reach the database, and some of it must not.
        raise Refusal("unknown-ticket")
    return acting.answer(asked, lambda ledger, stamp: staff.void(ledger, stamp, ticket, reason))


@operation(routes, "GET", "/tickets/<token>", roles=ANYONE, replies={200: Status})
def status(asked: Asked) -> Response:
    """Read one's own ticket by the token on the slip."""
    reply = replies.json_reply(_status(asked, *own_ticket(asked)))
    reply.headers["Cache-Control"] = "no-store"
    return reply


def own_ticket(asked: Asked) -> tuple[Hall, Ticket]:
    """The hall and the ticket behind the token of an address; refuses `unknown-ticket`.

    Unknown, forged and expired give one and the same answer, so that nothing can be learnt by trying.
    """
    address, token = str(request.remote_addr), asked.path["token"]
    ticket_id = status_token.ticket_id(token)
    keys = asked.server.hall_keys.values()
    if ticket_id is None or not any(status_token.genuine(key, token, ticket_id) for key in keys):
        # Only who guesses is counted by address: a hall's Wi-Fi is one address, and its phones hold genuine tokens.
        asked.server.rates.hit(MISSES, address)
        raise Refusal("unknown-ticket")
    asked.server.rates.hit(STATUS, ticket_id)
    found = asked.server.reads(lists.own, ticket_id)
    if found is None:
        raise Refusal("unknown-ticket")
    hall, ticket = found
    if ticket.day != day_of(hall, _now(asked, hall)):
        raise Refusal("unknown-ticket")
    return hall, ticket


def _now(asked: Asked, hall: Hall) -> int:
    _, _, last_at = asked.server.reads(lists.version, hall.id)
    return hall_time(last_at, asked.server.clock.now())


def _status(asked: Asked, hall: Hall, ticket: Ticket) -> dict[str, object]:
    ahead = asked.server.reads(lists.ahead, hall, ticket) if ticket.state is State.WAITING else None
    stands = asked.server.reads(conditions.load, hall.id)
    return as_json(
        Status(
            hall=hall.id,
            names=dict(hall.names),
            time_zone=hall.time_zone,
            number=ticket.number,
            business=ticket.business,
            business_names=dict(hall.business(ticket.business).names),
            state=ticket.state.value,
            ahead=ahead,
            window=ticket.window,
            calls=ticket.calls,
            issued_at=ticket.issued_at,
            windows_open=len(asked.server.reads(lists.open_windows, hall)),
            notice=dict(stands.suspended[ticket.business]) if ticket.business in stands.suspended else None,
            at=_now(asked, hall),
        )
    )
