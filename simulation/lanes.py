"""Who waits: one lane per business, ordered by (place, entered), so that only the heads need to be compared."""

from collections.abc import Iterable
from heapq import heappop, heappush

from queue_server.core.routing import Waiting
from queue_server.core.ticket import Ticket


class Lanes:
    """The waiting tickets of a hall. Leaving is only noted; the ticket goes when it comes to the head of its lane."""

    def __init__(self, businesses: Iterable[str]) -> None:
        self._lanes: dict[str, list[Waiting]] = {code: [] for code in businesses}
        self._count = dict.fromkeys(self._lanes, 0)
        self._here: set[str] = set()

    def __len__(self) -> int:
        return len(self._here)

    def add(self, ticket: Ticket) -> None:
        """The ticket begins to wait."""
        heappush(self._lanes[ticket.business], Waiting(ticket.place, ticket.entered, ticket.business, ticket.id))
        self._count[ticket.business] += 1
        self._here.add(ticket.id)

    def remove(self, ticket: Ticket) -> None:
        """The ticket waits no more: it was called, or left."""
        self._here.remove(ticket.id)
        self._count[ticket.business] -= 1

    def heads(self) -> list[Waiting]:
        """The first waiting ticket of each business that has one."""
        here, found = self._here, []
        for lane in self._lanes.values():
            while lane and lane[0].id not in here:
                heappop(lane)
            if lane:
                found.append(lane[0])
        return found

    def ahead_of(self, place: int | None, businesses: Iterable[str]) -> int:
        """How many of these businesses wait with a place not after `place` (ms UTC); None counts all of them."""
        if place is None:
            return sum(self._count[code] for code in businesses)
        here = self._here
        return sum(w.place <= place and w.id in here for code in businesses for w in self._lanes[code])
