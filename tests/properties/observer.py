"""Who watches the hall and reads its journal line by line: holds places, undo, ties, calls and times to the rules."""

from collections import Counter
from dataclasses import dataclass, field, replace

from queue_server.core.journal import Entry, replay
from queue_server.core.seat import SIGNED_IN, SIGNED_OUT, Seat
from queue_server.core.ticket import FINAL, State, Ticket
from tests.properties import naive
from tests.properties.guarantees import Promise, check_call, check_direct
from tests.properties.hall_in_memory import HallInMemory

ENTERS = {"transferred", "turn-finished", "rejoined", "requeued", "moved"}


@dataclass
class Observer:
    """Each ticket as the journal tells it, and what it was before each entry.

    `bare` is a ticket's place had it no ground for priority. `seen` is when a tie's window or clerk was last there for
    a business.
    `open_for` and `busy_for` are sums (ms) by window. `promises` says after when nobody new passes whom.
    """

    queue: HallInMemory
    tickets: dict[str, Ticket] = field(default_factory=dict)
    before: dict[int, Ticket] = field(default_factory=dict)
    bare: dict[str, int] = field(default_factory=dict)
    bare_before: dict[int, int] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    open_for: Counter[int] = field(default_factory=Counter)
    busy_for: Counter[int] = field(default_factory=Counter)
    promises: dict[str, Promise] = field(default_factory=dict)
    read: int = 0

    def pass_time(self, later: int) -> None:
        """So much time goes by with everybody where they are."""
        for number, seat in self.queue.seats.items():
            self.open_for[number] += later if seat.calls else 0
            self.busy_for[number] += later if self.queue.at_window(number) else 0
            if seat.calls:
                serves = naive.post(self.queue.hall, number, seat).serves
                there = {(tie, business) for tie in _ties(number, seat) for business in serves}
                self.seen |= dict.fromkeys(there, self.queue.now + later)
        self.queue.now += later

    def catch_up(self) -> list[Entry]:
        """Read what is new in the journal; afterwards it tells exactly the tickets of the hall."""
        new = self.queue.entries[self.read :]
        self.read = len(self.queue.entries)
        for entry in new:
            self._window(entry) if entry.ticket is None else self._ticket(entry, entry.ticket)
        assert self.tickets == self.queue.tickets
        return new

    def _window(self, entry: Entry) -> None:
        # A clerk changes what a window prefers, so a promise was made for before; a window alone does not break it.
        if entry.act in {SIGNED_IN, SIGNED_OUT} or self.queue.seats[entry.window or 0].reluctance is not None:
            self.promises.clear()
        if entry.act == SIGNED_OUT:
            left = [clerk for clerk, at in self.queue.absences.items() if at == entry.at]
            every = {(f"c{clerk}", business.code) for clerk in left for business in self.queue.hall.businesses}
            self.seen |= dict.fromkeys(every, entry.at)

    def _ticket(self, entry: Entry, ticket_id: str) -> None:
        before = self.tickets.get(ticket_id)
        if before is None:
            after = self.tickets[ticket_id] = replay(None, entry.set or {})
            self._issued(entry, after)
            return
        self.before[entry.no], self.bare_before[entry.no] = before, self.bare[ticket_id]
        after = replay(before, entry.set or {})
        self._end(before, after, entry)
        self._place(before, after, entry)
        assert after.base == self.bare[ticket_id]
        if entry.act == "tie-released":
            assert self.away(before) >= self.queue.hall.settings.affinity_release
        if entry.act == "requeued":
            assert after.returns == before.returns + 1 <= self.queue.hall.settings.max_returns
        if entry.act == "called":
            self._call(entry, before, after)
        self.tickets[ticket_id] = after

    def _issued(self, entry: Entry, after: Ticket) -> None:
        hall = self.queue.hall
        assert (after.entered, after.entered_at, after.queued_at) == (entry.no, entry.at, entry.at)
        # Somebody booked would stand at the slot without any ground; everybody else where they come.
        self.bare[after.id] = after.base
        by_class = naive.place_of(hall, "issued", entry.at, 0, naive.head_start(hall, after.priority), [])
        assert after.place == min(after.base, by_class)

    def _end(self, before: Ticket, after: Ticket, entry: Entry) -> None:
        """An end stays an end unless it is undone; a wrong timing may be marked on it. An undo is exact."""
        if entry.act == "undone":
            (undone,) = (entry.facts or {})["undoes"]
            assert after == self.before[undone]
        elif before.state in FINAL:
            assert (entry.act, after) == ("timing-marked", replace(before, timing_wrong=True))

    def _place(self, before: Ticket, after: Ticket, entry: Entry) -> None:
        hall, key = self.queue.hall, after.id
        earliest = after.entered_at - hall.settings.max_advance
        if entry.act in ENTERS:
            same = sorted(t.place for t in self.callable_now() if t.business == before.business)
            hs = naive.head_start(hall, before.priority)
            # Whoever is sent on while put aside comes back from there.
            act = "rejoined" if before.state is State.HELD else entry.act
            assert after.place == naive.place_of(hall, act, entry.at, before.place, hs, same)
            self.bare[key] = naive.place_of(hall, act, entry.at, self.bare[key], 0, same)
            assert (after.entered, after.ripe) == (entry.no, 0)
            assert after.entered_at == (before.entered_at if entry.act == "moved" else entry.at)
        elif entry.act == "priority-changed":
            old, new = (naive.head_start(hall, ticket.priority) for ticket in (before, after))
            by_class = max(earliest, min(self.bare[key], after.entered_at - new))
            # More takes nobody back, less gives up what it gave and no more, and the same changes nothing.
            if new > old:
                assert after.place == min(by_class, before.place)
            else:
                assert after.place == (max(by_class, before.place) if new < old else before.place)
        elif entry.act == "undone":
            self.bare[key] = self.bare_before[(entry.facts or {})["undoes"][0]]
        else:
            assert (after.place, after.entered) == (before.place, before.entered)
            assert after.entered_at == before.entered_at
        # (c) No place lies more than `max_advance` before its ticket's entry, and none in time to come.
        assert earliest <= after.place <= entry.at
        assert after.place <= after.base

    def _call(self, entry: Entry, before: Ticket, after: Ticket) -> None:
        queue, number = self.queue, entry.window or 0
        assert after.window == number
        at = naive.post(queue.hall, number, queue.seats[number])
        waiting = self.callable_now()
        why = (entry.facts or {})["why"]
        if why["cause"] == "direct":
            check_direct(why, before, waiting)
        else:
            check_call(queue, at, waiting, before, why, self.promises)

    def callable_now(self) -> list[Ticket]:
        """All that wait and may be called, as the journal tells it."""
        return [t for t in self.tickets.values() if t.state is State.WAITING and t.callable_from is None]

    def away(self, ticket: Ticket) -> int:
        """How long (ms) the window or clerk of this waiting ticket has been away from its business while it waited."""
        last = max(self.seen.get((str(ticket.tie), ticket.business), 0), ticket.entered_at)
        for number, seat in self.queue.seats.items():
            if ticket.tie not in _ties(number, seat):
                continue
            shut = seat.changed_at or 0
            if ticket.business not in naive.post(self.queue.hall, number, seat).serves:
                # Away since somebody sits there who never does it, or since it was closed before that.
                last = max(last, seat.since or 0 if seat.calls else min(seat.since or 0, shut))
            elif seat.calls:
                return -1
            else:
                # Who sits down at a closed window is away for as long as the window is.
                last = max(last, 0 if ticket.tie == f"w{number}" else shut)
        return self.queue.now - last


def _ties(number: int, seat: Seat) -> tuple[str, ...]:
    return (f"w{number}",) if seat.clerk is None else (f"w{number}", f"c{seat.clerk}")
