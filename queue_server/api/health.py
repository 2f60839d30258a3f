"""Whether the server answers and its database can be read."""

from typing import Literal

from flask import Blueprint, Response

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.protocol import Outgoing
from queue_server.roles import ANYONE
from queue_server.storage import halls

routes = Blueprint("health", __name__)


class Health(Outgoing):
    """The server answers and its database can be read."""

    status: Literal["ok"]
    halls: list[str]


@operation(routes, "GET", "/healthz", roles=ANYONE, replies={200: Health})
def healthz(asked: Asked) -> Response:
    """Say that the server answers; 503 when the database does not."""
    return replies.json_reply({"status": "ok", "halls": asked.server.reads(halls.every)})
