"""The reference engine: one day of a hall on SimPy, told in the core's own acts and written as its journal."""

from collections import Counter
from dataclasses import dataclass

import simpy

from queue_server.core import acts
from queue_server.core.acts import Stamp, Wish
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry
from queue_server.core.moment import Order
from queue_server.core.places import on_issue
from queue_server.core.routing import Choice, Idle, competing, next_call
from queue_server.core.seat import CLOSED, OPENED
from queue_server.core.steps import NOTHING, Told
from queue_server.core.ticket import AT_WINDOW, Act, State, Ticket
from queue_server.core.timers import ACT_OF, Timer, next_timer
from simulation.draws import Customer, customers
from simulation.lanes import Lanes
from simulation.moments import Moment
from simulation.opening import midnight, spans
from simulation.scenario import Scenario

LEFT = "left"
OUTCOME = "completed"


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one simulated day: its midnight (ms UTC), the journal's entries, every ticket as it ended."""

    midnight: int
    entries: list[Entry]
    tickets: list[Ticket]


def run_day(scenario: Scenario, seed: int, day: int, earlier: int = 0) -> Day:
    """Simulated day `day` (counted from 0): the same scenario, seed and day give the same journal, byte for byte.

    `earlier` is how many entries the journal already has, when the days are to be one journal.
    """
    hall_day = _HallDay(scenario.hall, midnight(scenario, day), day, customers(scenario, seed, day), earlier)
    for desk in scenario.windows:
        for opens, closes in spans(desk, day):
            hall_day.plan(desk.window, opens, closes)
    return hall_day.run()


@dataclass(slots=True)
class _Desk:
    """A window during the day: open or not, who is there, and whether it closes once that visitor is done."""

    window: Window
    open: bool = False
    closing: bool = False
    ticket: str | None = None


class _HallDay:
    """One day of the hall: visitors come, windows open, call, serve and close; whoever is left at night is voided."""

    def __init__(self, hall: Hall, begins: int, day: int, coming: list[Customer], earlier: int) -> None:
        self.hall, self.begins, self.day, self.coming = hall, begins, day, coming
        self.env = simpy.Environment(begins)
        self.desks = {window.number: _Desk(window) for window in hall.windows}
        self.idle: dict[int, Idle] = {}
        self.lanes = Lanes(business.code for business in hall.businesses)
        self.tickets: dict[str, Ticket] = {}
        self.service: dict[str, int] = {}
        self.entries: list[Entry] = []
        self.next_no = earlier + 1
        self.given_out: Counter[str] = Counter()
        self.rivals: dict[str, frozenset[str]] = {}
        self.calls_are_due = False
        self.timer_at: int | None = None

    @property
    def now(self) -> int:
        """Hall time (ms UTC); every delay is a whole number, so it is one, too."""
        return int(self.env.now)

    def plan(self, window: int, opens: int, closes: int) -> None:
        """The window is to be open from `opens` to `closes` (ms after midnight)."""
        Moment(self.env, self.begins + opens, Order.WINDOW, window, self._open)
        Moment(self.env, self.begins + closes, Order.WINDOW, window, self._close)

    def run(self) -> Day:
        """Let the day pass until nothing is left to happen."""
        self._expect(0)
        self.env.run()
        return Day(self.begins, self.entries, list(self.tickets.values()))

    # Visitors

    def _expect(self, number: int) -> None:
        if number < len(self.coming):
            Moment(self.env, self.begins + self.coming[number].at, Order.ARRIVAL, number, self._arrive)

    def _arrive(self, moment: Moment) -> None:
        self._expect(moment.number + 1)
        visitor = self.coming[moment.number]
        self.given_out[visitor.business] += 1
        wish = Wish(visitor.business, visitor.grounds)
        no, ticket_id = self.next_no, f"{self.day:08x}{moment.number:024x}"
        running, ahead = self.given_out[visitor.business], self._ahead(visitor)
        ticket, entry = acts.issue(self.hall, wish, ticket_id, running, no, self._stamp("kiosk"), ahead)
        self.tickets[ticket.id] = ticket
        self._write(entry)
        self.service[ticket.id] = visitor.service
        self.lanes.add(ticket)
        if self.timer_at is None:
            self._watch(next_timer(ticket, self.hall))
        if visitor.patience is not None:
            Moment(self.env, ticket.issued_at + visitor.patience, Order.LEAVING, moment.number, self._leave, ticket.id)
        self._call_soon()

    def _ahead(self, visitor: Customer) -> int:
        rivals = self.rivals.get(visitor.business)
        if rivals is None:
            now_open = [number for number, desk in self.desks.items() if desk.open]
            rivals = self.rivals[visitor.business] = competing(self.hall, now_open, visitor.business)
        head_start = self.hall.head_start(visitor.grounds)
        if head_start == 0:
            return self.lanes.ahead_of(None, rivals)
        return self.lanes.ahead_of(on_issue(self.now, head_start, self.hall.settings), rivals)

    def _leave(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        if ticket.state is State.WAITING:
            self.lanes.remove(self._act(ticket, Act.VOID, self._stamp("visitor"), Told(reason=LEFT)))

    # Windows

    def _open(self, moment: Moment) -> None:
        desk = self.desks[moment.number]
        desk.closing = False
        if not desk.open:
            desk.open = True
            self._tell(OPENED, desk)
            self._free(desk)

    def _close(self, moment: Moment) -> None:
        desk = self.desks[moment.number]
        desk.closing = True
        if desk.ticket is None:
            self._shut(desk)

    def _shut(self, desk: _Desk) -> None:
        desk.open = desk.closing = False
        self.idle.pop(desk.window.number, None)
        self._tell(CLOSED, desk)

    def _free(self, desk: _Desk) -> None:
        desk.ticket = None
        if desk.closing:
            self._shut(desk)
        else:
            self.idle[desk.window.number] = Idle(desk.window, self.now)
            self._call_soon()

    # Calls and service

    def _call_soon(self) -> None:
        # Everything else of this instant comes first, so that a window chooses among all who are there.
        if self.idle and len(self.lanes) and not self.calls_are_due:
            self.calls_are_due = True
            Moment(self.env, self.now, Order.CALL, 0, self._call)

    def _call(self, _: Moment) -> None:
        self.calls_are_due = False
        while self.idle and len(self.lanes):
            found = next_call(self.idle.values(), self.lanes.heads())
            if found is None:
                return
            self._serve(*found)

    def _serve(self, window: Window, choice: Choice) -> None:
        del self.idle[window.number]
        # Nobody walks yet, so call and start are one act with two entries.
        stamp = self._stamp(f"window-{window.number}")
        called = self._act(self.tickets[choice.ticket.id], Act.CALL, stamp, Told(window=window.number))
        self.lanes.remove(called)
        ticket = self._act(called, Act.START, stamp)
        self.desks[window.number].ticket = ticket.id
        ends = self.now + self.service[ticket.id]
        Moment(self.env, ends, Order.FINISH, window.number, self._finish, ticket.id)

    def _finish(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        if ticket.state is State.SERVING:
            self._act(ticket, Act.FINISH, self._stamp(f"window-{moment.number}"), Told(outcome=OUTCOME))
            self._free(self.desks[moment.number])

    # What happens by itself

    def _watch(self, timer: Timer | None) -> None:
        # One alarm is enough: a ticket issued later never has an earlier deadline, and every ring looks at all of them.
        if timer is not None:
            self.timer_at = timer.deadline
            Moment(self.env, timer.deadline, Order.TIMER, 0, self._ring)

    def _ring(self, _: Moment) -> None:
        self.timer_at = None
        coming = sorted(t for ticket in self.tickets.values() if (t := next_timer(ticket, self.hall)) is not None)
        for timer in coming:
            if timer.deadline > self.now:
                self._watch(timer)
                return
            ticket = self.tickets[timer.ticket]
            act, reason = ACT_OF[timer.kind]
            after = self._act(ticket, act, self._stamp("timer"), Told(reason=reason))
            if ticket.state is State.WAITING:
                self.lanes.remove(after)
            elif ticket.state in AT_WINDOW and ticket.window is not None:
                self._free(self.desks[ticket.window])

    # The journal

    def _act(self, before: Ticket, act: Act, stamp: Stamp, told: Told = NOTHING) -> Ticket:
        ticket, entry = acts.change(self.hall, before, act, self.next_no, stamp, told)
        self.tickets[ticket.id] = ticket
        self._write(entry)
        return ticket

    def _write(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.next_no += 1

    def _tell(self, act: str, desk: _Desk) -> None:
        number = desk.window.number
        stamp = self._stamp(f"window-{number}")
        self._write(Entry(self.next_no, stamp.at, self.hall.id, act, stamp.act_id, stamp.by, window=number))
        self.rivals.clear()

    def _stamp(self, by: str) -> Stamp:
        return Stamp(self.now, f"{self.day}-{self.next_no}", by)
