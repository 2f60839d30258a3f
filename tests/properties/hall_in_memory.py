"""A hall in memory: the core's acts and its order, driven press by press; what is stored is what the server stores."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from queue_server.core.acts import Stamp, Wish, change, day_of, issue
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.journal import START, Entry, chain, line
from queue_server.core.moment import hall_time
from queue_server.core.routing import Waiting, choose, competing, place_on_issue
from queue_server.core.ticket import AT_WINDOW, Act, State, Ticket
from queue_server.core.timers import ACT_OF, next_timer
from tests.properties.drawn import CLASSES, Press, Story

ACTS = {"recall": Act.RECALL, "start": Act.START, "miss": Act.MISS, "finish": Act.FINISH}
ALLOWED = {"wrong-state", "too-few-calls", "window-busy", "window-closed", "nobody-here"}


@dataclass
class HallInMemory:
    """Tickets by id in order of issue, the journal with its rows, open windows, and the numbers given out."""

    hall: Hall
    now: int
    tickets: dict[str, Ticket] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    rows: list[tuple[int, int, str, str]] = field(default_factory=list)
    open: set[int] = field(default_factory=set)
    running: Counter[tuple[str, str]] = field(default_factory=Counter)

    def waiting(self) -> list[Ticket]:
        """All that wait."""
        return [t for t in self.tickets.values() if t.state is State.WAITING]

    def at_window(self, number: int) -> list[Ticket]:
        """Whoever is called to or served at a window."""
        return [t for t in self.tickets.values() if t.state in AT_WINDOW and t.window == number]

    def heads(self) -> list[Waiting]:
        """The first of each business in (place, entered) order, as the order asks for."""
        first: dict[str, Waiting] = {}
        for each in sorted(Waiting(t.place, t.entered, t.business, t.id) for t in self.waiting()):
            first.setdefault(each.business, each)
        return list(first.values())

    def press(self, what: Press) -> None:
        """Let the time pass, fire what is overdue, then do it; an act the rules refuse changes nothing."""
        self.now = hall_time(self.now, self.now + what.later)
        self.fire()
        try:
            self._do(what)
        except Refusal as refused:
            if refused.code not in ALLOWED:
                raise

    def fire(self) -> None:
        """Every overdue timer, in order."""
        while due := sorted(
            timer
            for t in self.tickets.values()
            if (timer := next_timer(t, self.hall)) is not None and timer.deadline <= self.now
        ):
            act, reason = ACT_OF[due[0].kind]
            self._act(self.tickets[due[0].ticket], act, reason=reason)

    def _do(self, what: Press) -> None:
        number = self.hall.windows[what.which % len(self.hall.windows)].number
        match what.what:
            case "take":
                grounds = tuple(c for bit, c in enumerate(CLASSES) if what.who >> bit & 1)
                self._take(self.hall.businesses[what.which % len(self.hall.businesses)].code, grounds)
            case "turn":
                self._turn(number)
            case "next":
                self._next(number)
            case "void":
                if self.tickets:
                    chosen = list(self.tickets.values())[-1 - (what.which * 8 + what.who) % len(self.tickets)]
                    self._act(chosen, Act.VOID, reason="left")
            case pressed:
                here = self.at_window(number)
                if not here:
                    raise Refusal("nobody-here", window=number)
                outcome = self.hall.settings.outcomes[what.who % len(self.hall.settings.outcomes)]
                self._act(here[0], ACTS[pressed], **({"outcome": outcome} if pressed == "finish" else {}))

    def _take(self, business: str, grounds: tuple[str, ...]) -> None:
        day, no = day_of(self.hall, self.now), len(self.entries) + 1
        self.running[business, day] += 1
        place = place_on_issue(self.now, self.hall.head_start(grounds), self.hall.settings.max_advance)
        rivals = competing(self.hall, self.open, business)
        ahead = sum(t.business in rivals and (t.place, t.entered) < (place, no) for t in self.waiting())
        wish = Wish(business, grounds)
        ticket, entry = issue(
            self.hall, wish, f"t{no}", self.running[business, day], no, Stamp(self.now, f"a{no}", "kiosk"), ahead
        )
        self._store(ticket, entry)

    def _turn(self, number: int) -> None:
        if number in self.open and self.at_window(number):
            raise Refusal("window-busy", window=number)
        self.open ^= {number}
        act = "window-opened" if number in self.open else "window-closed"
        no = len(self.entries) + 1
        self._write(Entry(no, self.now, self.hall.id, act, f"a{no}", "li", window=number))

    def _next(self, number: int) -> None:
        if number not in self.open:
            raise Refusal("window-closed", window=number)
        if self.at_window(number):
            raise Refusal("window-busy", window=number)
        choice = choose(self.hall.window(number), self.heads())
        if choice is not None:
            self._act(self.tickets[choice.ticket.id], Act.CALL, window=number)

    def _act(self, ticket: Ticket, act: Act, **values: Any) -> None:
        no = len(self.entries) + 1
        after, entry = change(self.hall, ticket, act, no, Stamp(self.now, f"a{no}", "li"), **values)
        self._store(after, entry)

    def _store(self, ticket: Ticket, entry: Entry) -> None:
        self.tickets[ticket.id] = ticket
        self._write(entry)

    def _write(self, entry: Entry) -> None:
        text = line(entry)
        self.entries.append(entry)
        self.rows.append((entry.no, entry.at, text, chain(self.rows[-1][3] if self.rows else START, text)))


def opened(story: Story) -> HallInMemory:
    """The story's hall at its beginning, with its windows open."""
    return HallInMemory(story.hall, story.begins, open={window.number for window in story.hall.windows})
