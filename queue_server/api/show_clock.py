"""The clock of a hall for show is put forward, so that nobody has to sit through its night."""

from flask import Blueprint, Response
from pydantic import Field

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.clock import ShowClock
from queue_server.core.errors import Refusal
from queue_server.protocol import Incoming, Millis, Outgoing
from queue_server.roles import MANAGERS
from queue_server.storage.speeds import note_forward
from queue_server.writer import Request

routes = Blueprint("show_clock", __name__, url_prefix="/api/v1")

# The end of 2099: dates beyond it are a mistake, and far beyond it no dates at all.
_LATEST = 4_102_444_800_000


class ForwardBody(Incoming):
    """From which moment on the hall's clock goes on."""

    at: Millis = Field(ge=0, le=_LATEST)


class ForwardReply(Outgoing):
    """The moment from which the hall's clock goes on, and how fast."""

    at: Millis
    speed: int


@operation(routes, "POST", "/halls/<hall>/clock/forward", roles=MANAGERS, body=ForwardBody, replies={200: ForwardReply})
def forward(asked: Asked) -> Response:
    """Put the clock of a hall for show forward; a moment that is past changes nothing."""
    clock, to, hall = asked.server.clock, asked.body.at, asked.in_hall.id
    if not isinstance(clock, ShowClock):
        raise Refusal("clock-real")
    speed = clock.speed
    request = Request(asked.known.id, asked.key, asked.digest, lambda led, st: note_forward(led, st, to, speed))
    # Noted first: what the journal does not know of must not happen.
    what = asked.server.writers[hall].submit(request)
    clock.forward(to)
    return replies.json_reply(replies.done(what, asked.server.hall_keys[hall]), what.status)
