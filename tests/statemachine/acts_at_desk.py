"""What a clerk does with the visitor at the window, and how the model sees it."""

from queue_server import protocol as says
from queue_server.storage.done import Done
from tests.statemachine.acts_on_papers import accept_of, ends_case, meant
from tests.statemachine.drawing import Draw, Post, Wanted, busy, free, id_of, name_of, pick, post, visit
from tests.statemachine.ending import end
from tests.statemachine.explaining import note_call
from tests.statemachine.halls import ITEMS
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, Visit

OUTCOMES = (
    *("accepted", "completed", "accepted", "consultation", "accepted", "referred", "certificate-handed-over"),
    "no-such",
)

# What one of several items came to; mostly the same as the visit.
_OWN = (None, "accepted", None, "completed", None, "accepted", None, "referred")


def nobody(at: Post) -> set[str]:
    """What speaks against an act on whoever is at a window where nobody is."""
    return set() if at.visit else {"nobody-here"}


def _calls(model: Model, at: Post) -> set[str]:
    against = {"window-busy"} if at.visit else set()
    if model.evacuated:
        against.add("hall-evacuated")
    if not at.desk.calls:
        against.add("window-paused" if at.desk.open else "window-closed")
    return against


def _next(model: Model, deed: Deed, window: int) -> Visit | None:
    """Call whoever is first; where nobody is, the window may stand ready."""
    mine = model.may_call(window)
    if mine:
        note_call(model, window, mine[0])
        model.call(deed, mine[0], window)
        return mine[0]
    if model.hall.settings.auto_call and model.desks[window].ready is None:
        model.desks[window].ready = model.now
        deed.kinds.add("window-ready")
        deed.ready = window
        model.last_at[window] = deed
    return None


def call_next(model: Model, draw: Draw) -> Wanted:
    """Call the next one."""
    at = post(model, draw, free(model))

    def then(done: Done) -> None:
        called = _next(model, model.deed(), at.number)
        assert (done.status, done.ticket and done.ticket.id) == ((200, called.id) if called else (204, None))

    return at.act("next", says.Empty(), _calls(model, at), then)


def call_given(model: Model, draw: Draw) -> Wanted:
    """Call somebody past the order."""
    at = post(model, draw, free(model))
    who = visit(model, draw.c, lambda v: v.state == "waiting")
    against = _calls(model, at)
    if not model.hall.settings.direct_call:
        against.add("direct-call-off")
    if who is None:
        against.add("unknown-ticket")
    else:
        if at.number in model.desks and who.business not in model.serves(at.number):
            against.add("not-here")
        if who.state != "waiting":
            against.add("wrong-state")

    def then(_: Done) -> None:
        assert who is not None
        note_call(model, at.number, who, cause="direct")
        model.call(model.deed(), who, at.number)

    return at.act("call-given", says.CallGivenBody(ticket=id_of(who), reason="asked"), against, then, name_of(who))


def recall(model: Model, draw: Draw) -> Wanted:
    """Call again; close after the last call it does not count."""
    at = post(model, draw, lambda n, _: (v := model.at(n)) is not None and v.state == "called")
    against = nobody(at) | ({"hall-evacuated"} if model.evacuated else set())
    if at.visit and at.visit.state != "called":
        against.add("wrong-state")

    def then(_: Done) -> None:
        here = _here(at)
        model.touch(model.deed(), here, "recalled", at.number)
        if model.now - (here.counted_at or 0) >= model.hall.settings.recall_gap * (2 if here.slow else 1):
            here.counted_at, here.calls = model.now, here.calls + 1

    return at.act("recall", says.Empty(), against, then)


def start(model: Model, draw: Draw) -> Wanted:
    """The visitor has come."""
    at = post(model, draw, lambda n, _: (v := model.at(n)) is not None and v.state == "called")
    against = nobody(at)
    if at.visit and at.visit.state != "called":
        against.add("wrong-state")

    def then(_: Done) -> None:
        model.touch(model.deed(), _here(at), "started", at.number)
        model.serve(_here(at), at.caller.clerk)

    return at.act("start", says.Empty(), against, then)


def missed(model: Model, draw: Draw) -> Wanted:
    """The visitor has not come."""
    enough = model.hall.settings.max_calls
    at = post(model, draw, lambda n, _: (v := model.at(n)) is not None and v.state == "called" and v.calls >= enough)
    against = nobody(at) | ({"hall-evacuated"} if model.evacuated else set())
    if at.visit and at.visit.state != "called":
        against.add("wrong-state")
    elif at.visit and at.visit.calls < enough:
        against.add("too-few-calls")

    def then(_: Done) -> None:
        here = model.touch(model.deed(), _here(at), "missed", at.number)
        here.state, here.missed_at = "missed", model.now

    return at.act("missed", says.Empty(), against, then)


def finish(model: Model, draw: Draw) -> Wanted:
    """The visitor is served."""
    return _finish(model, draw, "finish")


def finish_next(model: Model, draw: Draw) -> Wanted:
    """The visitor is served, and the next one called."""
    return _finish(model, draw, "finish-next")


def _finish(model: Model, draw: Draw, name: str) -> Wanted:
    at = post(model, draw, busy(model))
    outcome = pick(OUTCOMES, draw.c)
    items = [i.code for b in model.hall.businesses if at.visit and b.code == at.visit.business for i in b.items]
    # Rarely an item of another business.
    item = pick(ITEMS, draw.d >> 4) if draw.d % 16 == 0 else pick([None, *items], draw.d >> 4)
    against = nobody(at)
    if outcome == "no-such":
        against.add("unknown-outcome")
    if item is not None and item not in items:
        against.add("unknown-item")
    served = [] if item is None else [says.ServedItem(item=item, quantity=1 + draw.d % 3)]
    if served and items and draw.d % 2:
        # Another item, and each with an outcome of its own or that of the visit.
        served.append(says.ServedItem(item=pick(items, draw.b >> 3), quantity=1, outcome=pick(_OWN, draw.c >> 3)))
        served[0].outcome = pick(_OWN, draw.b >> 5)
    told = [(each.item, each.outcome or outcome) for each in served]
    main = meant(model, at.visit) if at.visit else None
    done = told or ([] if main is None else [(main, outcome)])
    accepts = None if "unknown-item" in against else accept_of(model, at, done)
    against |= accepts.against if accepts else set()
    ends = ends_case(model, at.visit, outcome, told)
    on = name == "finish-next" and at.desk.open and at.desk.paused is None and not model.evacuated

    def then(done: Done) -> None:
        here, deed = _here(at), model.deed()
        if ends:
            ends(deed)
        if accepts:
            accepts.then(deed)
        end(model, deed, here, at, outcome)
        called = _next(model, deed, at.number) if on else None
        expected = 200 if name == "finish" or called else 204
        assert (done.status, done.ticket and done.ticket.id) == (expected, (called or here).id)

    body = says.FinishBody(outcome=outcome, served=served)
    return at.act(name, body, against, then, f"{name_of(at.visit)} as {outcome}, {told or 'no item said'}")


def _here(at: Post) -> Visit:
    assert at.visit is not None
    return at.visit
