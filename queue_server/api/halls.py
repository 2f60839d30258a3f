"""What a hall is, its board, and its journal."""

from flask import Blueprint, Response, request

from queue_server.api import replies
from queue_server.api.operation import MANAGERS, READERS, Asked, operation
from queue_server.protocol import Board, HallFacts
from queue_server.storage import history, lists

routes = Blueprint("halls", __name__, url_prefix="/api/v1")


@operation(routes, "GET", "/halls/<hall>", roles=READERS, replies={200: HallFacts})
def hall(asked: Asked) -> Response:
    """Read what a hall is made of."""
    return replies.json_reply(replies.hall(asked.in_hall, asked.server.settings.public_url))


@operation(routes, "GET", "/halls/<hall>/board", roles=READERS, replies={200: Board, 304: None})
def board(asked: Asked) -> Response:
    """Read the board; with If-None-Match only when it has changed."""
    epoch, version, _ = asked.server.reads(lists.version, asked.in_hall.id)
    if request.if_none_match.contains(f"{epoch}-{version}"):
        reply = Response(status=304)
    else:
        now = asked.server.board(asked.in_hall.id)
        epoch, version = now["epoch"], now["version"]
        reply = replies.json_reply(now)
    reply.set_etag(f"{epoch}-{version}")
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@operation(routes, "GET", "/halls/<hall>/journal", roles=MANAGERS, replies={200: None})
def journal(asked: Asked) -> Response:
    """Read the journal as JSON lines, one entry a line."""
    lines = asked.server.reads(lambda db: [text for _, _, text, _ in history.rows(db, asked.in_hall.id)])
    return Response("".join(text + "\n" for text in lines), content_type="application/x-ndjson; charset=utf-8")
