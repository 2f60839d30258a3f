"""The acts on a ticket away from a window by name: who may do them, what body each takes, which use case it runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from queue_server import protocol as says
from queue_server.caller import Caller
from queue_server.core.acts import Stamp
from queue_server.roles import GUIDES, MANAGERS, TAKERS, granter
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import aside, moving, priority

Run = Callable[[Ledger, Stamp, str, Caller, Any], Done]


@dataclass(frozen=True, slots=True)
class TicketAct:
    """One act: who may do it, the body it takes, what it runs."""

    roles: frozenset[str]
    body: type[says.Incoming]
    run: Run


TICKET_ACTS: Mapping[str, TicketAct] = MappingProxyType(
    {
        "grade": TicketAct(
            GUIDES,
            says.GroundsBody,
            lambda led, st, t, c, b: priority.grade(led, st, t, tuple(b.priority), granter(c.role)),
        ),
        "more-time": TicketAct(TAKERS, says.Empty, lambda led, st, t, _c, _: priority.more_time(led, st, t)),
        "requeue": TicketAct(TAKERS, says.Empty, lambda led, st, t, _c, _: aside.requeue(led, st, t)),
        "rejoin": TicketAct(GUIDES, says.Empty, lambda led, st, t, _c, _: aside.rejoin(led, st, t)),
        "move": TicketAct(GUIDES, says.BusinessBody, lambda led, st, t, _c, b: moving.move(led, st, t, b.business)),
        "mark-timing": TicketAct(MANAGERS, says.Empty, lambda led, st, t, _c, _: priority.mark_timing(led, st, t)),
    }
)
