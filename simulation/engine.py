"""The reference engine: one day of a hall on SimPy, told in the core's own acts and written as its journal."""

from collections import Counter
from dataclasses import dataclass

from queue_server.core import acts
from queue_server.core.acts import Stamp, Wish
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry
from queue_server.core.moment import Order
from queue_server.core.places import on_requeue, on_transfer
from queue_server.core.routing import Choice, Idle, competing, next_call, tie_to_window, ties_of
from queue_server.core.seat import CLOSED, OPENED
from queue_server.core.steps import NOTHING, Told, gap
from queue_server.core.ticket import AT_WINDOW, Act, State, Ticket
from queue_server.core.timers import ACT_OF, Timer, next_ripe, next_timer
from simulation.alarms import Alarms
from simulation.day_book import DayBook
from simulation.delays import PROMPT, Delays
from simulation.door import Desk, entering
from simulation.draws import Customer, Turn, customers
from simulation.lanes import Lanes
from simulation.moments import Moment
from simulation.opening import midnight, spans
from simulation.scenario import Scenario

# Whoever is called or served has nothing due but what was due when they took their number: the end of the day.
_WATCHED = (State.WAITING, State.MISSED)
LEFT = "left"
OUTCOME = "completed"


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one simulated day: its midnight (ms UTC), the journal's entries, every ticket as it ended."""

    midnight: int
    entries: list[Entry]
    tickets: list[Ticket]


def run_day(scenario: Scenario, seed: int, day: int, earlier: int = 0, delays: Delays = PROMPT) -> Day:
    """Simulated day `day` (counted from 0): the same scenario, seed and day give the same journal, byte for byte.

    `earlier` is how many entries the journal already has, when the days are to be one journal; `delays` is what acts
    lose at a played hall.
    """
    coming = customers(scenario, seed, day)
    hall_day = _HallDay(scenario.hall, midnight(scenario, day), day, coming, earlier, delays)
    for desk in scenario.windows:
        for opens, closes in spans(desk, day):
            hall_day.plan(desk.window, opens, closes)
    return hall_day.run()


class _HallDay(DayBook):
    """One day of the hall: visitors come, windows open, call, serve and close; whoever is left at night is voided."""

    def __init__(self, hall: Hall, begins: int, day: int, coming: list[Customer], earlier: int, lost: Delays) -> None:
        super().__init__(hall, begins, day, earlier)
        self.coming, self.late = lost.of(coming), lost.of_calls()
        self.desks = {window.number: Desk(window, begins) for window in hall.windows}
        self.desk_of = {tie_to_window(number): desk for number, desk in self.desks.items()}
        self.idle: dict[int, Idle] = {}
        self.lanes = Lanes()
        self.alarms = Alarms(self.env, self._ring)
        self.visitors: dict[str, int] = {}
        self.given_out: Counter[str] = Counter()
        # By business the number the display shows; and who, seeing it, has gone without a word.
        self.shown: Counter[str] = Counter()
        self.running: dict[str, int] = {}
        self.gone: set[str] = set()
        self.rivals: dict[str, frozenset[str]] = {}
        self.calls_at: int | None = None

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
        later = () if visitor.later is None else (visitor.later.business,)
        wish = Wish(visitor.business, visitor.grounds, reviewed=visitor.reviewed, later=later)
        no, ticket_id = self.next_no, f"{self.day:08x}{moment.number:024x}"
        running, enters = self.given_out[visitor.business], entering(self.hall, visitor, self.now, ticket_id)
        ahead = self._ahead(visitor.business, enters.place)
        ticket, entry = acts.issue(self.hall, wish, ticket_id, running, no, self.stamp("kiosk"), ahead, enters)
        self.write(ticket, entry)
        self.visitors[ticket.id], self.running[ticket.id] = moment.number, running
        self.lanes.add(ticket)
        self._watch(ticket)
        if visitor.balks_over is not None and running - self.shown[visitor.business] > visitor.balks_over:
            self.gone.add(ticket.id)
        else:
            self._wait(ticket)
        self._call_soon()

    def _wait(self, ticket: Ticket) -> None:
        """The visitor leaves in time, unless the turn has been called by then."""
        number = self.visitors[ticket.id]
        if (patience := self._turn(ticket).patience) is not None:
            Moment(self.env, ticket.queued_at + patience, Order.LEAVING, number, self._leave, ticket.id)

    def _turn(self, ticket: Ticket) -> Customer | Turn:
        """What the visitor has come for at present."""
        visitor = self.coming[self.visitors[ticket.id]]
        return visitor if ticket.turn == 1 or visitor.later is None else visitor.later

    def _ahead(self, business: str, place: int) -> int:
        rivals = self.rivals.get(business)
        if rivals is None:
            called = [desk.window.reluctance for desk in self.desks.values() if desk.open]
            rivals = self.rivals[business] = competing(called, business)
        return self.lanes.ahead_of(None if place == self.now else place, rivals)

    def _come_back(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        if ticket.state is State.MISSED:
            rules = self.hall.settings
            places = self.lanes.first_places(ticket.business, rules.return_behind)
            place = on_requeue(self.now, ticket.place, places, rules)
            told = Told(place=place, entered=self.next_no, tie=ticket.tie)
            self.lanes.add(self._act(ticket, Act.REQUEUE, self.stamp("kiosk"), told))
            self._call_soon()

    def _leave(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        # The patience of a turn that is over ends nothing.
        if ticket.state is State.WAITING and self.now - ticket.queued_at == self._turn(ticket).patience:
            self.lanes.remove(self._act(ticket, Act.VOID, self.stamp("visitor"), Told(reason=LEFT)))

    # Windows

    def _open(self, moment: Moment) -> None:
        desk = self.desks[moment.number]
        desk.closing = False
        if not desk.open:
            desk.open = True
            self.rivals.clear()
            self.tell(OPENED, moment.number)
            self._free(desk)

    def _close(self, moment: Moment) -> None:
        desk = self.desks[moment.number]
        desk.closing = True
        if desk.ticket is None:
            self._shut(desk)

    def _shut(self, desk: Desk) -> None:
        desk.open = desk.closing = False
        desk.closed_at = self.now
        self.idle.pop(desk.window.number, None)
        self.rivals.clear()
        self.tell(CLOSED, desk.window.number)
        for ticket in self.lanes.tied(tie_to_window(desk.window.number)):
            self._watch(self.tickets[ticket])

    def _free(self, desk: Desk) -> None:
        desk.ticket = None
        if desk.closing:
            self._shut(desk)
        else:
            ties = ties_of(desk.window.number, None)
            self.idle[desk.window.number] = Idle(desk.window, self.now, ties)
            self._call_soon(0)

    # Calls and service

    def _call_soon(self, late: int | None = None) -> None:
        # Everything else of this instant comes first, so that a window chooses among all who are there.
        at = self.now + (self.late() if late is None else late)
        if self.idle and len(self.lanes) and (self.calls_at is None or at < self.calls_at):
            self.calls_at = at
            Moment(self.env, at, Order.CALL, 0, self._call)

    def _call(self, _: Moment) -> None:
        self.calls_at = None
        while self.idle and len(self.lanes):
            found = next_call(self.idle.values(), self.lanes.heads(), self.hall.settings.affinity)
            if found is None:
                return
            self._serve(*found)

    def _serve(self, window: Window, choice: Choice) -> None:
        del self.idle[window.number]
        stamp = self.stamp(f"window-{window.number}")
        called = self._act(self.tickets[choice.ticket.id], Act.CALL, stamp, Told(window=window.number))
        self.lanes.remove(called)
        self.desks[window.number].ticket = called.id
        visitor = self.coming[self.visitors[called.id]]
        if called.turn == 1:
            # Later the number is one of a business that has nothing to do with this turn.
            self.shown[called.business] = self.running[called.id]
        if called.id in self.gone or (visitor.absent and called.returns == 0 and called.turn == 1):
            self._ask_again(called)
            return
        if visitor.walk:
            Moment(self.env, self.now + visitor.walk, Order.FINISH, window.number, self._begin, called.id)
            return
        # Who is there at once is called and served in one act with two entries.
        self._start(called, stamp)

    def _begin(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        if ticket.state is State.CALLED:
            self._start(ticket, self.stamp(f"window-{moment.number}"))

    def _start(self, ticket: Ticket, stamp: Stamp) -> None:
        started = self._act(ticket, Act.START, stamp)
        at, window = self.now + self._turn(ticket).service, started.window or 0
        Moment(self.env, at, Order.FINISH, window, self._finish, ticket.id)

    def _ask_again(self, ticket: Ticket) -> None:
        at = self.now + gap(ticket, self.hall.settings)
        Moment(self.env, at, Order.FINISH, ticket.window or 0, self._nobody, ticket.id)

    def _nobody(self, moment: Moment) -> None:
        """Nobody came: called again until that is enough, then missed, and perhaps back later."""
        ticket = self.tickets[moment.ticket]
        if ticket.state is not State.CALLED:
            return
        rules, told, stamp = self.hall.settings, Told(window=moment.number), self.stamp(f"window-{moment.number}")
        if ticket.calls < rules.max_calls:
            self._ask_again(self._act(ticket, Act.RECALL, stamp, told))
            return
        self._act(ticket, Act.MISS, stamp, told)
        self._free(self.desks[moment.number])
        number = self.visitors[ticket.id]
        if (back := self.coming[number].back) is not None and ticket.id not in self.gone:
            Moment(self.env, self.now + back, Order.ARRIVAL, number, self._come_back, ticket.id)

    def _finish(self, moment: Moment) -> None:
        ticket = self.tickets[moment.ticket]
        if ticket.state is State.SERVING:
            stamp = self.stamp(f"window-{moment.number}")
            if ticket.later:
                self._go_on(ticket, stamp)
            else:
                self._act(ticket, Act.FINISH, stamp, Told(outcome=OUTCOME))
            self._free(self.desks[moment.number])

    def _go_on(self, ticket: Ticket, stamp: Stamp) -> None:
        """The visitor has another business on the same number."""
        place = on_transfer(self.now, ticket.place, self.hall.head_start(ticket.priority), self.hall.settings)
        told = Told(window=ticket.window, outcome=OUTCOME, place=place, entered=self.next_no)
        waits = self._act(ticket, Act.NEXT_TURN, stamp, told)
        self.lanes.add(waits)
        self._wait(waits)
        self._call_soon()

    # What happens by itself

    def _next_timer(self, ticket: Ticket) -> Timer | None:
        mine = self.desk_of.get(ticket.tie or "")
        return next_timer(ticket, self.hall, None if mine is None or mine.open else mine.closed_at)

    def _watch(self, ticket: Ticket) -> None:
        self.alarms.watch(self._next_timer(ticket))

    def _ring(self, _: Moment) -> None:
        for timer in self.alarms.due(self.now):
            ticket = self.tickets[timer.ticket]
            holds = self._next_timer(ticket)
            if holds == timer:
                self._fire(ticket, *ACT_OF[timer.kind])
            elif holds is not None:
                self.alarms.watch(holds)

    def _fire(self, ticket: Ticket, act: Act, reason: str | None) -> None:
        told = Told(reason=reason, ripe=next_ripe(ticket, self.hall))
        after = self._act(ticket, act, self.stamp("timer"), told)
        if after.state is State.WAITING:
            self.lanes.change(after)
            self._call_soon()
        elif ticket.state is State.WAITING:
            self.lanes.remove(after)
        elif ticket.state in AT_WINDOW and ticket.window is not None:
            self._free(self.desks[ticket.window])

    def _act(self, before: Ticket, act: Act, stamp: Stamp, told: Told = NOTHING) -> Ticket:
        ticket, entry = acts.change(self.hall, before, act, self.next_no, stamp, told)
        self.write(ticket, entry)
        if ticket.state in _WATCHED:
            self._watch(ticket)
        return ticket
