"""The journal of one simulated day while it passes: its clock, its entries and the tickets as they stand."""

import simpy

from queue_server.core.acts import Stamp
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry
from queue_server.core.ticket import Ticket


class DayBook:
    """A day that begins at `begins` (ms UTC), behind `earlier` entries of other days."""

    def __init__(self, hall: Hall, begins: int, day: int, earlier: int) -> None:
        self.hall, self.begins, self.day = hall, begins, day
        self.env = simpy.Environment(begins)
        self.tickets: dict[str, Ticket] = {}
        self.entries: list[Entry] = []
        self.next_no = earlier + 1

    @property
    def now(self) -> int:
        """Hall time (ms UTC); every delay is a whole number, so it is one, too."""
        return int(self.env.now)

    def stamp(self, by: str) -> Stamp:
        """What the entries of an act have in common that somebody does now."""
        return Stamp(self.now, f"{self.day}-{self.next_no}", by)

    def write(self, ticket: Ticket, entry: Entry) -> None:
        """A ticket has become what it is by this entry."""
        self.tickets[ticket.id] = ticket
        self._add(entry)

    def tell(self, act: str, window: int) -> None:
        """Something has happened to a window."""
        stamp = self.stamp(f"window-{window}")
        self._add(Entry(self.next_no, stamp.at, self.hall.id, act, stamp.act_id, stamp.by, window=window))

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.next_no += 1
