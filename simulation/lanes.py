"""Who waits: one lane per business and tie, ordered by (place, entered), so that only the heads need to be compared."""

from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush, nsmallest

from queue_server.core.routing import Waiting
from queue_server.core.ticket import Ticket


class Lanes:
    """The waiting tickets of a hall. Leaving is only noted; the ticket goes when it comes to the head of its lane."""

    def __init__(self) -> None:
        self._lanes: dict[tuple[str, str | None], list[Waiting]] = {}
        self._count: Counter[str] = Counter()
        self._here: dict[str, Waiting] = {}

    def __len__(self) -> int:
        return len(self._here)

    def add(self, ticket: Ticket) -> None:
        """The ticket begins to wait."""
        self._count[ticket.business] += 1
        self._put(ticket)

    def change(self, ticket: Ticket) -> None:
        """The ticket waits on, but its tie has gone or it has waited longer."""
        self._put(ticket)

    def _put(self, ticket: Ticket) -> None:
        waiting = Waiting(ticket.place, ticket.entered, ticket.business, ticket.id, ticket.tie, ticket.ripe)
        heappush(self._lanes.setdefault((ticket.business, ticket.tie), []), waiting)
        self._here[ticket.id] = waiting

    def remove(self, ticket: Ticket) -> None:
        """The ticket waits no more: it was called, or left."""
        del self._here[ticket.id]
        self._count[ticket.business] -= 1

    def heads(self) -> list[Waiting]:
        """The first waiting ticket of each lane that has one."""
        here, found = self._here, []
        for lane in self._lanes.values():
            while lane and here.get(lane[0].id) is not lane[0]:
                heappop(lane)
            if lane:
                found.append(lane[0])
        return found

    def first_places(self, business: str, most: int) -> list[int]:
        """The places (ms UTC) of the first who wait for a business, in order."""
        return nsmallest(most, (w.place for w in self._here.values() if w.business == business))

    def tied(self, tie: str) -> list[str]:
        """The ids of those who wait for a window or clerk of their own."""
        return [w.id for w in self._here.values() if w.tie == tie]

    def ahead_of(self, place: int | None, businesses: Iterable[str]) -> int:
        """How many of these businesses wait with a place not after `place` (ms UTC); None counts all of them."""
        if place is None:
            return sum(self._count[code] for code in businesses)
        wanted = frozenset(businesses)
        return sum(w.place <= place and w.business in wanted for w in self._here.values())
