"""The order explained: why another number was called first, and who can still pass a ticket."""

import re

from flask import Blueprint, Response

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.api.tickets import own_ticket
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.ticket import Ticket
from queue_server.protocol import Before, BeforeQuery, Passing
from queue_server.roles import ANYONE, GUIDES
from queue_server.storage import explained, lists

routes = Blueprint("order", __name__, url_prefix="/api/v1")

_ID = re.compile(r"[0-9a-f]{32}")
_TICKET = "/halls/<hall>/tickets/<ticket>"


@operation(routes, "GET", f"{_TICKET}/passing", roles=GUIDES, replies={200: Passing})
def passing(asked: Asked) -> Response:
    """Read how many stand before a waiting ticket, how many may still pass it, and until when."""
    return _passing(asked, *_of_hall(asked, asked.path["ticket"]))


@operation(routes, "GET", f"{_TICKET}/before", roles=GUIDES, query=BeforeQuery, replies={200: Before})
def before(asked: Asked) -> Response:
    """Read why another ticket was called before this one."""
    return _before(asked, *_of_hall(asked, asked.path["ticket"]), asked.query.number)


@operation(routes, "GET", "/tickets/<token>/passing", roles=ANYONE, replies={200: Passing})
def own_passing(asked: Asked) -> Response:
    """Read the same of one's own ticket."""
    return _passing(asked, *own_ticket(asked))


@operation(routes, "GET", "/tickets/<token>/before", roles=ANYONE, query=BeforeQuery, replies={200: Before})
def own_before(asked: Asked) -> Response:
    """Read why a number was called before one's own."""
    return _before(asked, *own_ticket(asked), asked.query.number)


def _passing(asked: Asked, hall: Hall, ticket: Ticket) -> Response:
    return _private(asked.server.reads(explained.passing, hall, ticket, asked.server.clock.now()))


def _before(asked: Asked, hall: Hall, ticket: Ticket, number: str) -> Response:
    other = asked.server.reads(lists.by_number, hall, ticket.day, number)
    if other is None:
        raise Refusal("unknown-number", number=number)
    return _private(asked.server.reads(explained.before, hall, ticket, other))


def _of_hall(asked: Asked, ticket_id: str) -> tuple[Hall, Ticket]:
    found = asked.server.reads(lists.own, ticket_id) if _ID.fullmatch(ticket_id) else None
    if found is None or found[0].id != asked.in_hall.id:
        raise Refusal("unknown-ticket")
    return found


def _private(body: object) -> Response:
    reply = replies.json_reply(body)
    reply.headers["Cache-Control"] = "no-store"
    return reply
