"""An act asked for over the wire: it goes to the hall's writer and is answered from its entry."""

from collections.abc import Callable
from typing import Any

from flask import Response

from queue_server.api import replies
from queue_server.api.operation import Asked
from queue_server.caller import Caller
from queue_server.core.acts import Stamp
from queue_server.core.hall import Hall
from queue_server.server import Server
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.writer import Request

Run = Callable[[Ledger, Stamp], Done]


def perform(
    server: Server, caller: Caller, hall: Hall, key: str, digest: str, run: Run
) -> tuple[int, dict[str, Any] | None]:
    """Run one act through the hall's writer and give (status, body)."""
    what = server.writers[hall.id].submit(Request(caller.id, key, digest, run))
    return what.status, replies.done(what, server.hall_keys[hall.id])


def answer(asked: Asked, run: Run) -> Response:
    """Run the act that a guarded request asks for, and answer it."""
    status, body = perform(asked.server, asked.known, asked.in_hall, asked.key, asked.digest, run)
    return Response(status=status) if body is None else replies.json_reply(body, status)
