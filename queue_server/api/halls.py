"""What a hall is, its board, and its journal."""

import errno
from collections.abc import Iterator

import structlog
from flask import Blueprint, Response, request

from queue_server.api import replies
from queue_server.api.hall_facts import hall_facts
from queue_server.api.operation import Asked, operation
from queue_server.journal_pages import journal_pages
from queue_server.protocol import Board, HallFacts, JournalQuery
from queue_server.roles import MANAGERS, READERS
from queue_server.storage import lists

LAST_ENTRY = "Journal-Last-Entry"

log = structlog.get_logger(__name__)

routes = Blueprint("halls", __name__, url_prefix="/api/v1")


@operation(routes, "GET", "/halls/<hall>", roles=READERS, replies={200: HallFacts})
def hall(asked: Asked) -> Response:
    """Read what a hall is made of."""
    return replies.json_reply(hall_facts(asked.in_hall, asked.server.settings.public_url))


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


@operation(routes, "GET", "/halls/<hall>/journal", roles=MANAGERS, query=JournalQuery, replies={200: None})
def journal(asked: Asked) -> Response:
    """Read the journal as JSON lines, one entry a line, up to the entry that is the last one now."""
    hall = asked.in_hall.id
    last, pages = journal_pages(asked.server.reads, hall, int(asked.query.after or 0))
    reply = Response(_told(hall, pages), content_type="application/x-ndjson; charset=utf-8")
    reply.headers[LAST_ENTRY] = str(last)
    return reply


def _told(hall: str, pages: Iterator[list[str]]) -> Iterator[str]:
    try:
        for page in pages:
            yield "".join(f"{line}\n" for line in page)
    except Exception as broken:
        log.exception("journal-broken-off", hall=hall)
        # The status is long sent. What is raised here makes the web server close the connection without the empty
        # chunk that ends an answer; as a broken pipe it does so without a second traceback.
        raise BrokenPipeError(errno.EPIPE, "the journal broke off") from broken
