"""The hall at one look for guides and managers, acts on tickets away from a window, and counted consultations."""

import re

from flask import Blueprint, Response

from queue_server.api import acting, replies
from queue_server.api.operation import Asked, operation
from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.protocol import Consulted, ConsultedBody, Floor, TicketReply
from queue_server.roles import GUIDES
from queue_server.storage import floor as stored
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.ticket_acts import TICKET_ACTS, TicketAct
from queue_server.use_cases import guide

routes = Blueprint("floor", __name__, url_prefix="/api/v1")

_ID = re.compile(r"[0-9a-f]{32}")


@operation(routes, "GET", "/halls/<hall>/floor", roles=GUIDES, replies={200: Floor})
def floor(asked: Asked) -> Response:
    """Read the hall at one look: windows, queues, help asked for, alarms, and whether today's numbers add up."""
    return replies.json_reply(asked.server.reads(stored.floor, asked.in_hall, asked.server.clock.now()))


@operation(routes, "POST", "/halls/<hall>/consultations", roles=GUIDES, body=ConsultedBody, replies={201: Consulted})
def consulted(asked: Asked) -> Response:
    """Count a question that was answered without a number."""
    said = asked.body
    return acting.answer(asked, lambda ledger, stamp: guide.consulted(ledger, stamp, said.business, said.note))


def _act(asked: Asked, act: TicketAct) -> Response:
    ticket, caller, body = asked.path["ticket"], asked.known, asked.body
    if not _ID.fullmatch(ticket):
        raise Refusal("unknown-ticket")

    def run(ledger: Ledger, stamp: Stamp) -> Done:
        return act.run(ledger, stamp, ticket, caller, body)

    return acting.answer(asked, run)


def _route(name: str, act: TicketAct) -> None:
    def view(asked: Asked) -> Response:
        return _act(asked, act)

    view.__name__ = f"ticket_{name.replace('-', '_')}"
    view.__doc__ = f"Act on a ticket: {name}."
    path = f"/halls/<hall>/tickets/<ticket>/{name}"
    operation(routes, "POST", path, roles=act.roles, body=act.body, replies={200: TicketReply})(view)


for _name, _each in TICKET_ACTS.items():
    _route(_name, _each)
