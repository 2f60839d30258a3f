"""The kiosks' slip printers: each kiosk says how its own stands, and staff read of all of them."""

from flask import Blueprint, Response

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.protocol import PrinterBody, PrinterList, as_json
from queue_server.roles import GUIDES, KIOSKS

routes = Blueprint("printers", __name__, url_prefix="/api/v1")


@operation(routes, "POST", "/halls/<hall>/printers", roles=KIOSKS, body=PrinterBody, replies={204: None})
def say(asked: Asked) -> Response:
    """Say how this kiosk's printer stands; staff see it at once."""
    server, hall = asked.server, asked.in_hall.id
    if server.printers.hear(hall, asked.body, server.clock.now()):
        server.printers_changed(hall)
    return Response(status=replies.NO_CONTENT)


@operation(routes, "GET", "/halls/<hall>/printers", roles=GUIDES, replies={200: PrinterList})
def every(asked: Asked) -> Response:
    """Read how the kiosks' printers stand, and which of their last slips were not printed."""
    items = asked.server.printers.every(asked.in_hall.id)
    return replies.json_reply(as_json(PrinterList.model_validate({"items": items})))
