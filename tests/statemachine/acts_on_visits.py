"""What is done with any visitor, at a window or away from one: put aside, let in again, closed."""

from collections.abc import Callable

from queue_server import protocol as says
from queue_server.core.ticket import Hold
from queue_server.protocol.plain import Incoming
from queue_server.storage.done import Done
from queue_server.ticket_acts import TICKET_ACTS
from queue_server.use_cases import staff
from tests.statemachine.by_itself import void as ends
from tests.statemachine.drawing import GUIDE, Draw, Wanted, busy, id_of, name_of, pick, post, visit
from tests.statemachine.model import Model
from tests.statemachine.visit import Visit

Change = Callable[[Visit], None]


def on_ticket(who: Visit | None, name: str, body: Incoming, against: set[str], then: Change) -> Wanted:
    """An act of the table of tickets, by a guide."""

    def after(_: Done) -> None:
        assert who is not None
        then(who)

    known = {"unknown-ticket"} | against if who is None else against
    act = TICKET_ACTS[name]
    return Wanted(
        f"away from a window: {name} {name_of(who)} {body}",
        known,
        lambda led, st: act.run(led, st, id_of(who), GUIDE, body),
        after,
    )


def wrong_state(who: Visit | None, *states: str) -> set[str]:
    """What speaks against an act on somebody who must be in one of these states."""
    if who is None:
        return {"unknown-ticket"}
    return set() if who.state in states else {"wrong-state"}


def hold(model: Model, draw: Draw) -> Wanted:
    """Put the visitor aside."""
    at = post(model, draw, busy(model))
    kind = pick(("papers-kept", "awaiting", "papers-with-visitor", "papers-kept", "awaiting"), draw.c)
    awaits = visit(model, draw.d, lambda v: not v.over) if kind == "awaiting" and draw.c % 16 > 3 else None
    against = set() if at.visit else {"nobody-here"}
    if awaits is not None and awaits is at.visit:
        against.add("awaits-itself")
    if awaits is not None and awaits.over:
        against.add("wrong-state")

    def then(_: Done) -> None:
        here = at.visit
        assert here is not None
        model.touch(model.deed(), here, "held", at.number)
        model.stop(here)
        here.state, here.hold = "held", kind
        here.held_at = model.now
        here.owner = here.owner or at.caller.clerk
        here.held_until = model.now + model.hall.settings.hold_timer if kind == "awaiting" else None
        here.awaits = None if awaits is None else awaits.id

    body = says.HoldBody(kind=Hold(kind).value, awaits=None if awaits is None else awaits.id, note="in the drawer")
    return at.act("hold", body, against, then, f"{name_of(at.visit)} {kind} {name_of(awaits) if awaits else ''}")


def resume(model: Model, draw: Draw) -> Wanted:
    """Serve on whose papers stayed here."""
    kept = [v for v in model.visits.values() if v.hold == "papers-kept"]
    windows = {v.window for v in kept}
    at = post(model, draw, lambda n, _: n in windows and model.at(n) is None)
    who = visit(model, draw.c, lambda v: v.state == "held" and (v.hold != "papers-kept" or v.window == at.number))
    against = {"window-busy"} if at.visit else set()
    against |= wrong_state(who, "held")
    if who is not None and who.hold is not None and who.hold != "papers-kept":
        against.add("papers-not-kept")
    if who is not None and who.hold == "papers-kept" and who.window != at.number:
        against.add("held-elsewhere")

    def then(_: Done) -> None:
        assert who is not None
        model.touch(model.deed(), who, "resumed", at.number)
        who.hold = who.awaits = who.held_until = None
        model.serve(who, at.caller.clerk)
        at.desk.ready = None

    return at.act("resume", says.TicketBody(ticket=id_of(who)), against, then, name_of(who))


def _rejoin(model: Model, draw: Draw) -> tuple[Visit | None, set[str], Callable[[int | None], Change]]:
    who = visit(model, draw.c, lambda v: v.state == "held" and v.hold != "papers-kept")
    against = wrong_state(who, "held")
    if who is not None and who.hold == "papers-kept":
        against.add("papers-kept")
    return who, against, lambda window: lambda v: model.rejoin(model.deed(), v, window)


def _requeue(model: Model, draw: Draw) -> tuple[Visit | None, set[str], Callable[[int | None], Change]]:
    who = visit(model, draw.c, lambda v: v.state == "missed")
    against, rules = wrong_state(who, "missed"), model.hall.settings
    if who is not None and who.state == "missed" and who.returns >= rules.max_returns:
        against.add("too-many-returns")

    def then(window: int | None) -> Change:
        def change(v: Visit) -> None:
            model.touch(model.deed(), v, "requeued", window)
            same = sorted(w.place for w in model.queue() if w.business == v.business)
            behind = same[: rules.return_behind][-1] if same else model.now
            place = max(model.earliest(), v.place, behind)
            model.enter(v, place, max(v.bare, place), v.tie)
            v.missed_at, v.returns = None, v.returns + 1

        return change

    return who, against, then


def _more_time(model: Model, draw: Draw) -> tuple[Visit | None, set[str], Callable[[int | None], Change]]:
    who = visit(model, draw.c, lambda v: v.state == "called" or (v.state == "waiting" and draw.d % 2 == 0))

    def then(window: int | None) -> Change:
        def change(v: Visit) -> None:
            model.touch(deed := model.deed(), v, "more-time-given", window)
            v.slow = True
            if window is None:
                model.told(deed, v)

        return change

    return who, wrong_state(who, "waiting", "called"), then


def _mark(model: Model, draw: Draw) -> tuple[Visit | None, set[str], Callable[[int | None], Change]]:
    who = visit(model, draw.c, lambda v: v.state in ("serving", "held", "finished"))

    def then(window: int | None) -> Change:
        def change(v: Visit) -> None:
            model.touch(deed := model.deed(), v, "timing-marked", window)
            v.wrong = True
            if window is None:
                model.told(deed, v)

        return change

    return who, wrong_state(who, "serving", "held", "finished"), then


_BOTH = {"rejoin": _rejoin, "requeue": _requeue, "more-time": _more_time, "mark-timing": _mark}


def at_window(name: str) -> Callable[[Model, Draw], Wanted]:
    """One of those acts, done from a window."""

    def want(model: Model, draw: Draw) -> Wanted:
        at = post(model, draw, lambda *_: True)
        who, against, then = _BOTH[name](model, draw)
        change = then(at.number)
        body = says.TicketBody(ticket=id_of(who))
        return at.act(name, body, against, lambda _: change(sure(who)), name_of(who))

    return want


def away(name: str) -> Callable[[Model, Draw], Wanted]:
    """One of those acts, done by a guide."""

    def want(model: Model, draw: Draw) -> Wanted:
        who, against, then = _BOTH[name](model, draw)
        return on_ticket(who, name, says.Empty(), against, then(None))

    return want


def sure(who: Visit | None) -> Visit:
    """Nothing spoke against the act, so there is somebody."""
    assert who is not None
    return who


def void(model: Model, draw: Draw) -> Wanted:
    """The visitor has left."""
    who = visit(model, draw.c, lambda v: not v.over)

    def then(_: Done) -> None:
        gone, deed = sure(who), model.deed()
        model.touch(deed, gone, "voided")
        ends(model, gone, "left")
        model.told(deed, gone)
        model.turn_over(deed, gone)

    against = {"unknown-ticket"} if who is None else {"wrong-state"} if who.over else set()
    return Wanted(f"void {name_of(who)}", against, lambda led, st: staff.void(led, st, id_of(who), "left"), then)
