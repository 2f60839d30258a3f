"""One played day: visitors take numbers and lose patience, clerks open, call, serve and close, all through the API."""

from collections.abc import Callable, Mapping
from typing import Any

from queue_server.core.moment import Order
from queue_server.core.routing import choose, next_call
from simulation.opening import spans
from simulation.play.agenda import Agenda
from simulation.play.crew import Clerk, Doing, Room, Visitor, Whereabouts
from simulation.play.guests import Guests
from simulation.play.link import Answer, Link
from simulation.play.mischief import Mischief
from simulation.play.plan import Plan
from simulation.play.talk import Talk
from simulation.play.tally import Tally

LEFT, SENT_AWAY, STOPPED = "left", "hall-closed", "play-stopped"
SETTLE_S = 20.0


class PlayedDay:
    """Plays a plan to its end, or until `stopped` says so; either way nobody is left called."""

    def __init__(self, link: Link, agenda: Agenda, plan: Plan, tally: Tally, mischief: Mischief) -> None:
        self.link, self.agenda, self.plan, self.tally, self.mischief = link, agenda, plan, tally, mischief
        self.talk = Talk(link, agenda, tally, mischief)
        self.room = Room()
        windows = {window.number: window for window in plan.scenario.hall.windows}
        self.clerks = {desk.window: Clerk(windows[desk.window]) for desk in plan.scenario.windows}
        self._shifts = 0
        self._to_come = len(plan.coming)
        self._asking = 0
        self._called_unknown: list[tuple[Clerk, Mapping[str, Any]]] = []
        self.ending = False
        self._guests = Guests(self)
        for desk in plan.scenario.windows:
            clerk = self.clerks[desk.window]
            for opens, closes in spans(desk, plan.number):
                self._shifts += 1
                self._at(opens, Order.WINDOW, lambda clerk=clerk: self._open(clerk))  # type: ignore[misc]
                self._at(closes, Order.WINDOW, lambda clerk=clerk: self._close(clerk))  # type: ignore[misc]
        for number, customer in enumerate(plan.coming):
            self._at(customer.at, Order.ARRIVAL, lambda number=number: self._arrive(number))  # type: ignore[misc]

    def run(self, stopped: Callable[[], bool], each: Callable[[], None]) -> None:
        """The whole day; who still waits when all windows have closed is sent away."""

        def after_each() -> None:
            each()
            self._guests.look()

        try:
            self.agenda.run(lambda: stopped() or self._over(), after_each)
        finally:
            self._clear(STOPPED if stopped() else SENT_AWAY)

    def _at(self, after_midnight: int, order: Order, act: Callable[[], None]) -> None:
        self.agenda.at(self.plan.midnight + after_midnight, order, act)

    def _over(self) -> bool:
        closed = all(clerk.doing is Doing.CLOSED for clerk in self.clerks.values())
        return closed and not (self._shifts or self._to_come or self.agenda.under_way)

    # Visitors

    def _arrive(self, number: int) -> None:
        one = self.plan.coming[number]
        later = self.mischief.later(number, one.business)
        body = {"business": one.business, "priority": list(one.grounds), "later": later}
        self._asking += 1
        self.talk.tell("/tickets", body, lambda answer: self._issued(number, answer))

    def _issued(self, number: int, answer: Answer) -> None:
        self._to_come -= 1
        self._asking -= 1
        if self.talk.well(answer, f"take {self.plan.coming[number].business}"):
            self._has_number(number, answer.body)
        self._who_was_that()
        self.call()

    def _has_number(self, number: int, ticket: Mapping[str, Any]) -> None:
        one = self.plan.coming[number]
        self.tally.issued[one.business] += 1
        late = ticket["issued_at"] - self.plan.midnight - one.at
        self.tally.arrived_late.append(late)
        self.agenda.learn(late)
        visitor = self.room.came(ticket, one.service)
        visitor.odd = self.mischief.kind_of(number)
        if visitor.odd is None:
            self.tally.drawn[visitor.ticket] = one.service
        self.room.waits(visitor)
        self.mischief.at_issue(self, visitor)
        if one.patience is not None:
            self.agenda.at(ticket["issued_at"] + one.patience, Order.LEAVING, lambda: self._leave(visitor))

    def returns(self, case: str, visitor: Visitor) -> None:
        """Somebody is back with missing papers, and takes a number for their case."""
        self._asking += 1
        self.talk.tell(f"/cases/{case}/tickets", {}, lambda answer: self._returned(visitor, answer))

    def _returned(self, visitor: Visitor, answer: Answer) -> None:
        self._asking -= 1
        if self.talk.well(answer, "come back with papers"):
            self.tally.issued[answer.body["business"]] += 1
            self.room.waits(self.room.came(answer.body, visitor.service))
        self._who_was_that()
        self.call()

    def _leave(self, visitor: Visitor) -> None:
        if visitor.where is Whereabouts.WAITING:
            self.room.leaves_queue(visitor, Whereabouts.AWAY)
            self.talk.void(visitor, LEFT, self._has_left)

    def _has_left(self, visitor: Visitor, answer: Answer) -> None:
        if answer.well:
            self.tally.left += 1
            visitor.where = Whereabouts.GONE
        else:
            self.talk.well(answer, "leave")

    # Windows

    def _open(self, clerk: Clerk) -> None:
        clerk.closing = False
        if clerk.doing is Doing.CLOSED:
            clerk.doing = Doing.PRESSING
            self.talk.press(clerk, "open", {}, lambda answer: self._opened(clerk, answer))

    def _opened(self, clerk: Clerk, answer: Answer) -> None:
        # The hall is made with its windows open.
        if answer.code == "window-open" or self.talk.well(answer, f"open window {clerk.window.number}"):
            self.free(clerk)
        else:
            clerk.doing = Doing.CLOSED

    def _close(self, clerk: Clerk) -> None:
        self._shifts -= 1
        clerk.closing = True
        if clerk.doing is Doing.IDLE:
            self._shut(clerk)

    def _shut(self, clerk: Clerk) -> None:
        clerk.doing = Doing.PRESSING
        self.talk.press(clerk, "close", {}, lambda answer: self._shut_now(clerk, answer))

    def _shut_now(self, clerk: Clerk, answer: Answer) -> None:
        clerk.doing = Doing.CLOSED
        if self.talk.well(answer, f"close window {clerk.window.number}") and not (clerk.closing or self.ending):
            # Its next shift began while it was being closed.
            self._open(clerk)

    def free(self, clerk: Clerk) -> None:
        """Nobody is at the window any more."""
        clerk.here = clerk.expects = None
        if clerk.closing:
            self._shut(clerk)
        else:
            clerk.doing, clerk.since = Doing.IDLE, self.agenda.pace.now()
            self.call()

    def call(self) -> None:
        """Each idle clerk for whom somebody waits presses "next", in the order the core gives."""
        while not self.ending:
            idle = [clerk.idle for clerk in self.clerks.values() if clerk.doing is Doing.IDLE]
            found = next_call(idle, self.room.heads()) if idle else None
            if found is None:
                return
            self.call_at(self.clerks[found[0].number])

    def call_at(self, clerk: Clerk) -> None:
        """This clerk presses "next"."""
        self._expect(clerk)
        clerk.doing = Doing.PRESSING
        self.talk.press(clerk, "next", {}, lambda answer: self.called(clerk, answer))

    def _expect(self, clerk: Clerk) -> None:
        # The server decides; but who is expected here is nobody else's to press for.
        choice = choose(clerk.window, self.room.heads())
        clerk.expects = None if choice is None else self.room.visitors[choice.ticket.id]
        if clerk.expects is not None:
            self.room.leaves_queue(clerk.expects, Whereabouts.EXPECTED)

    def called(self, clerk: Clerk, answer: Answer) -> None:
        """The answer to "next": somebody was called, or nobody waits."""
        ticket, expected, clerk.expects = answer.body, clerk.expects, None
        if not self.talk.well(answer, f"next at window {clerk.window.number}") or "id" not in ticket:
            if expected is not None and expected.where is Whereabouts.EXPECTED:
                if answer.well:
                    # They are with somebody else, or have left; the answer that says so is on its way.
                    expected.where = Whereabouts.AWAY
                else:
                    self.room.waits(expected)
            self.free(clerk)
            return
        if expected is not None and expected.ticket != ticket["id"] and expected.where is Whereabouts.EXPECTED:
            self.room.waits(expected)
        self._called_unknown.append((clerk, ticket))
        self._who_was_that()

    def _who_was_that(self) -> None:
        """Serve who was called; one whose number is still on its way to the play is not taken for a guest."""
        unknown, self._called_unknown = self._called_unknown, []
        for clerk, ticket in unknown:
            if ticket["id"] not in self.room.visitors and self._asking:
                self._called_unknown.append((clerk, ticket))
            else:
                self._comes(clerk, self.room.visitors.get(ticket["id"]) or self._guest(ticket))

    def _comes(self, clerk: Clerk, visitor: Visitor) -> None:
        self.room.leaves_queue(visitor, Whereabouts.HERE)
        clerk.here = visitor
        if not self.mischief.at_call(self, clerk, visitor):
            self.begin(clerk, visitor)

    def begin(self, clerk: Clerk, visitor: Visitor) -> None:
        """The visitor has come, and the service begins; nobody walks, as scenarios with a way to go are not played."""
        self.talk.press(clerk, "start", {}, lambda told: self._started(clerk, visitor, told))

    def _guest(self, ticket: Mapping[str, Any]) -> Visitor:
        self.tally.guests += 1
        demand = self.plan.scenario.businesses.get(ticket["business"])
        mean_s = 300.0 if demand is None else demand.service.expected_s
        return self.room.came(ticket, round(mean_s * 1000))

    def _started(self, clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if not self.talk.well(answer, f"start at window {clerk.window.number}"):
            self.free(clerk)
            return
        clerk.doing = Doing.SERVING
        ticket = answer.body
        if not self.mischief.at_start(self, clerk, visitor, ticket):
            # The simulation's service begins with the call, so the way there and the start take nothing from it.
            self.serve(clerk, visitor, ticket["called_at"] + visitor.service)

    def serve(self, clerk: Clerk, visitor: Visitor, until: int) -> None:
        """The visitor is served until then (hall time, ms UTC)."""
        clerk.doing = Doing.SERVING
        self.agenda.at(until, Order.FINISH, lambda: self._finish(clerk, visitor))

    def _finish(self, clerk: Clerk, visitor: Visitor) -> None:
        if clerk.here is not visitor:
            return
        clerk.doing = Doing.PRESSING
        if self.mischief.at_finish(self, clerk, visitor):
            return
        self.finish(clerk, visitor)

    def finish(self, clerk: Clerk, visitor: Visitor) -> None:
        """Finish, and call the next one with the same key unless the window is to close."""
        body = {"outcome": self.plan.outcome}
        if clerk.closing:
            self.talk.press(clerk, "finish", body, lambda answer: self._finished_last(clerk, visitor, answer))
        else:
            self._expect(clerk)
            self.talk.press(clerk, "finish-next", body, lambda answer: self._finished(clerk, visitor, answer))

    def _finished_last(self, clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if self.talk.well(answer, f"finish at window {clerk.window.number}"):
            self.served(visitor)
        self.free(clerk)

    def _finished(self, clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if answer.well:
            self.served(visitor)
        clerk.here = None
        self.called(clerk, answer)

    def served(self, visitor: Visitor) -> None:
        """A visit has come to its end."""
        self.tally.served += 1
        visitor.where = Whereabouts.GONE

    # The end

    def _clear(self, reason: str) -> None:
        self.ending = self.mischief.over = True
        self.agenda.settle(SETTLE_S)
        for visitor in self.room.still_here():
            self.talk.void(visitor, reason, self._cleared)
        self.agenda.settle(SETTLE_S)
        for clerk in self.clerks.values():
            if clerk.doing is not Doing.CLOSED:
                self._shut(clerk)
        self.agenda.settle(SETTLE_S)

    def _cleared(self, visitor: Visitor, answer: Answer) -> None:
        visitor.where = Whereabouts.GONE
        # Who could not be voided has left the hall already, as the last answers before this one will have said.
        if self.talk.well(answer, "send away"):
            self.tally.sent_away += 1
