"""The acts at a window by name: what body each takes and which use case it runs; HTTP and sockets share this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from queue_server.caller import Caller
from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.protocol import Empty, FinishBody, Incoming, Seated, TicketReply
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import clerk

Run = Callable[[Ledger, Stamp, int, Caller, Any], Done]


@dataclass(frozen=True, slots=True)
class WindowAct:
    """One act: the body it takes, the statuses it answers with, what it runs."""

    body: type[Incoming]
    replies: Mapping[int, type[BaseModel] | None]
    run: Run


def _sign_in(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, _body: Any) -> Done:
    if caller.clerk is None or caller.shown is None:
        raise Refusal("persons-only")
    shown = {"name": caller.shown[0], "number": caller.shown[1]}
    return clerk.sign_in(ledger, stamp, window, caller.clerk, shown)


def _sign_out(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, _body: Any) -> Done:
    if caller.clerk is None:
        raise Refusal("persons-only")
    return clerk.sign_out(ledger, stamp, window, caller.clerk, frees=caller.role == "manager")


_TICKET: Mapping[int, type[BaseModel] | None] = {200: TicketReply}
_TICKET_OR_NOBODY: Mapping[int, type[BaseModel] | None] = {200: TicketReply, 204: None}

WINDOW_ACTS: Mapping[str, WindowAct] = MappingProxyType(
    {
        "next": WindowAct(Empty, _TICKET_OR_NOBODY, lambda led, st, w, c, _: clerk.call_next(led, st, w, c.clerk)),
        "recall": WindowAct(Empty, _TICKET, lambda led, st, w, c, _: clerk.recall(led, st, w, c.clerk)),
        "start": WindowAct(Empty, _TICKET, lambda led, st, w, c, _: clerk.start(led, st, w, c.clerk)),
        "missed": WindowAct(Empty, _TICKET, lambda led, st, w, c, _: clerk.missed(led, st, w, c.clerk)),
        "finish": WindowAct(FinishBody, _TICKET, lambda led, st, w, c, b: clerk.finish(led, st, w, c.clerk, b.outcome)),
        "finish-next": WindowAct(
            FinishBody,
            _TICKET_OR_NOBODY,
            lambda led, st, w, c, b: clerk.finish_and_next(led, st, w, c.clerk, b.outcome),
        ),
        "sign-in": WindowAct(Empty, {200: Seated}, _sign_in),
        "sign-out": WindowAct(Empty, {200: Seated}, _sign_out),
    }
)
