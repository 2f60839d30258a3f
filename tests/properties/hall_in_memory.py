"""A hall in memory: tickets, seats, journal and timers as the server keeps them; `presses` says who does what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from queue_server.core import places, undo
from queue_server.core.acts import Stamp, Wish, change, day_of, issue
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import START, Entry, chain, changes, line
from queue_server.core.routing import Waiting, competing, in_force, ties_of
from queue_server.core.seat import OPENED, Seat, away_since, called_by
from queue_server.core.steps import NOTHING, Told
from queue_server.core.ticket import AT_WINDOW, FINAL, Act, State, Ticket, changed
from queue_server.core.timers import ACT_OF, next_ripe, next_timer
from tests.properties.drawn import Story


@dataclass
class HallInMemory:
    """Tickets by id in order of issue, the journal with its rows, seats, and the numbers given out.

    `before` keeps the ticket as it was before each entry, `absences` when a clerk last left a window.
    """

    hall: Hall
    clerks: Mapping[str, Mapping[str, int] | None]
    now: int
    tickets: dict[str, Ticket] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    rows: list[tuple[int, int, str, str]] = field(default_factory=list)
    before: dict[int, Ticket | None] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)
    absences: dict[str, int] = field(default_factory=dict)
    running: Counter[tuple[str, str]] = field(default_factory=Counter)

    def in_state(self, *states: State) -> list[Ticket]:
        """All in one of these states."""
        return [t for t in self.tickets.values() if t.state in states]

    def callable_now(self) -> list[Ticket]:
        """All that wait and may be called."""
        return [t for t in self.in_state(State.WAITING) if t.callable_from is None]

    def at_window(self, number: int) -> list[Ticket]:
        """Whoever is called to or served at a window."""
        return [t for t in self.in_state(*AT_WINDOW) if t.window == number]

    def post(self, number: int) -> tuple[Window, frozenset[str]]:
        """A window as it serves with its clerk, and what is tied to it."""
        seat = self.seats[number]
        return in_force(self.hall.window(number), seat.reluctance), ties_of(number, seat.clerk)

    def posts(self) -> list[tuple[Window, frozenset[str]]]:
        """Those that call."""
        return [self.post(number) for number, seat in self.seats.items() if seat.calls]

    def heads(self) -> list[Waiting]:
        """The first of each lane (business and tie) in (place, entered) order, as the order asks for."""
        first: dict[tuple[str, str | None], Waiting] = {}
        for each in sorted(map(in_queue, self.callable_now())):
            first.setdefault((each.business, each.tie), each)
        return list(first.values())

    def fire(self) -> None:
        """Every overdue timer, in order."""
        while due := sorted(
            timer
            for t in self.tickets.values()
            if t.state not in FINAL
            and (timer := next_timer(t, self.hall, self._away(t))) is not None
            and timer.deadline <= self.now
        ):
            act, reason = ACT_OF[due[0].kind]
            ticket = self.tickets[due[0].ticket]
            self.act(ticket, act, Told(reason=reason, ripe=next_ripe(ticket, self.hall)), by=undo.BY_TIMER)

    def _away(self, ticket: Ticket) -> int | None:
        if ticket.tie is None:
            return None
        return away_since(self.hall, self.seats, self.absences, ticket.tie, ticket.business)

    def take(self, wish: Wish, **booked: Any) -> None:
        """A number with these further fields."""
        day, no = day_of(self.hall, self.now), len(self.entries) + 1
        self.running[wish.business, day] += 1
        place = places.on_issue(self.now, self.hall.head_start(wish.priority), self.hall.settings)
        rivals = competing(called_by(self.hall, self.seats), wish.business)
        ahead = sum(t.business in rivals and (t.place, t.entered) < (place, no) for t in self.callable_now())
        stamp = Stamp(self.now, f"a{no}", "kiosk")
        ticket, entry = issue(self.hall, wish, f"t{no}", self.running[wish.business, day], no, stamp, ahead)
        ticket = changed(ticket, booked)
        self._store(None, ticket, replace(entry, set=changes(None, ticket)))

    def act(
        self,
        ticket: Ticket,
        act: Act,
        told: Told = NOTHING,
        facts: Mapping[str, Any] | None = None,
        act_id: str | None = None,
        by: str = "li",
    ) -> None:
        """One act; the place and number of entering that it may need are worked out here."""
        no = len(self.entries) + 1
        told = replace(told, entered=no, place=self._place(ticket, act, told))
        stamp = Stamp(self.now, act_id or f"a{no}", by)
        after, entry = change(self.hall, ticket, act, no, stamp, told, facts)
        self._store(ticket, after, entry)

    def _place(self, ticket: Ticket, act: Act, told: Told) -> int | None:
        rules, head_start = self.hall.settings, self.hall.head_start(ticket.priority)
        match act:
            case Act.REJOIN:
                return places.on_rejoin(self.now, ticket.place, head_start, rules)
            case Act.TRANSFER | Act.NEXT_TURN:
                held = ticket.state is State.HELD
                return places.on_transfer(self.now, ticket.place, head_start, rules, held=held)
            case Act.MOVE:
                return ticket.place
            case Act.REQUEUE:
                same = sorted(t.place for t in self.callable_now() if t.business == ticket.business)
                return places.on_requeue(self.now, ticket.place, same, rules)
            case Act.GRADE if told.priority is not None:
                new = self.hall.head_start(told.priority)
                return places.on_grade(ticket.entered_at, ticket.base, ticket.place, new, head_start, rules)
        return None

    def take_back(self, number: int) -> None:
        """Undo the last act of a window."""
        mine = [entry for entry in self.entries if entry.window == number]
        act = [entry for entry in self.entries if mine and entry.act_id == mine[-1].act_id]
        own = {entry.ticket for entry in act if entry.ticket is not None}
        latest = {str(entry.ticket): entry.no for entry in self.entries if entry.ticket in own}
        undo.check(act, self.now, self.hall.settings, latest)
        stamp = Stamp(self.now, f"a{len(self.entries) + 1}", "li")
        for entry in reversed(act):
            now, was = self.tickets[str(entry.ticket)], self.before[entry.no]
            assert was is not None
            no = len(self.entries) + 1
            self._store(now, was, undo.back(self.hall, now, was, number, [entry.no], no, stamp))

    def tell(self, act: str, number: int, seat: Seat) -> None:
        """A window is as this seat says from now on."""
        no = len(self.entries) + 1
        self.seats[number] = seat
        self.write(Entry(no, self.now, self.hall.id, act, f"a{no}", "li", window=number))

    def _store(self, before: Ticket | None, ticket: Ticket, entry: Entry) -> None:
        self.before[entry.no] = before
        self.tickets[ticket.id] = ticket
        self.write(entry)

    def write(self, entry: Entry) -> None:
        """One more line."""
        text = line(entry)
        self.entries.append(entry)
        self.rows.append((entry.no, entry.at, text, chain(self.rows[-1][3] if self.rows else START, text)))


def in_queue(ticket: Ticket) -> Waiting:
    """What the order needs to know about it."""
    return Waiting(ticket.place, ticket.entered, ticket.business, ticket.id, ticket.tie, ticket.ripe)


def in_queues(tickets: Iterable[Ticket]) -> list[Waiting]:
    """All of them."""
    return [in_queue(ticket) for ticket in tickets]


def opened(story: Story) -> HallInMemory:
    """The story's hall at its beginning, with its windows open and a profile for each clerk who needs one."""
    profiles = {name: able for name, able in story.clerks.items() if able is not None}
    queue = HallInMemory(replace(story.hall, profiles=profiles), story.clerks, story.begins)
    for window in story.hall.windows:
        queue.tell(OPENED, window.number, Seat(open=True, clerk=None, changed_at=story.begins))
    return queue
