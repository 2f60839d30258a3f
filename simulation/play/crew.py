"""The people of a play: the visitors who came with what was drawn for them, and the clerks' windows."""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from queue_server.core.hall import Window
from queue_server.core.routing import Idle, Waiting


class Whereabouts(StrEnum):
    """Where a visitor is, as far as the play knows."""

    WAITING = "waiting"
    EXPECTED = "expected"
    HERE = "here"
    AWAY = "away"
    GONE = "gone"


@dataclass(slots=True)
class Visitor:
    """Who took a number: the ticket, the service still to be done (ms), and where they are."""

    ticket: str
    business: str
    service: int
    waits_as: Waiting
    where: Whereabouts = Whereabouts.AWAY
    odd: str | None = None


class Doing(StrEnum):
    """What a clerk does: nothing because the window is closed, waits for a visitor, presses a key, serves."""

    CLOSED = "closed"
    IDLE = "idle"
    PRESSING = "pressing"
    SERVING = "serving"


@dataclass(slots=True)
class Clerk:
    """A window with its clerk; `closing` says that it closes once nobody is there, `pressed` is the last key."""

    window: Window
    doing: Doing = Doing.CLOSED
    since: int = 0
    closing: bool = False
    here: Visitor | None = None
    expects: Visitor | None = None
    pressed: str = ""

    @property
    def idle(self) -> Idle:
        """The window as the core asks for an idle one."""
        return Idle(self.window, self.since)


@dataclass(slots=True)
class Room:
    """Everybody who took a number, and those of them who wait, by business in the order of the rule."""

    visitors: dict[str, Visitor] = field(default_factory=dict)
    lanes: dict[str, list[Waiting]] = field(default_factory=dict)

    def came(self, ticket: Mapping[str, Any], service: int) -> Visitor:
        """Somebody has taken a number; the order among equals is the one in which the numbers were heard of."""
        waits_as = Waiting(ticket["place"], len(self.visitors), ticket["business"], ticket["id"])
        found = Visitor(ticket["id"], ticket["business"], service, waits_as)
        self.visitors[found.ticket] = found
        return found

    def waits(self, visitor: Visitor, ticket: Mapping[str, Any] | None = None) -> None:
        """They stand in the queue, perhaps at the place that the ticket says now."""
        if ticket is not None:
            self._as_said(visitor, ticket)
        visitor.where = Whereabouts.WAITING
        insort(self.lanes.setdefault(visitor.business, []), visitor.waits_as)

    def stands(self, visitor: Visitor, ticket: Mapping[str, Any]) -> None:
        """Whoever has not been called meanwhile waits at another place, or for another business."""
        if visitor.where is Whereabouts.WAITING:
            self.leaves_queue(visitor, Whereabouts.AWAY)
            self.waits(visitor, ticket)
        else:
            self._as_said(visitor, ticket)

    def leaves_queue(self, visitor: Visitor, to: Whereabouts) -> None:
        """They wait no more."""
        if visitor.where is Whereabouts.WAITING:
            self.lanes[visitor.business].remove(visitor.waits_as)
        visitor.where = to

    @staticmethod
    def _as_said(visitor: Visitor, ticket: Mapping[str, Any]) -> None:
        visitor.business = ticket["business"]
        visitor.waits_as = visitor.waits_as._replace(place=ticket["place"], business=ticket["business"])

    def heads(self) -> list[Waiting]:
        """The first of each business."""
        return [lane[0] for lane in self.lanes.values() if lane]

    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self.lanes.values()))

    def still_here(self) -> list[Visitor]:
        """Who has not left the hall yet."""
        return [each for each in self.visitors.values() if each.where is not Whereabouts.GONE]
