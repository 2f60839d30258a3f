"""What managers do with the whole hall, and the plans for another one; and how the model sees it."""

from collections.abc import Callable

from queue_server.storage import plans
from queue_server.storage.done import NOTHING, Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import conditions
from tests.statemachine.acts_sent_on import moved
from tests.statemachine.drawing import Draw, Wanted, pick
from tests.statemachine.halls import BUSINESSES
from tests.statemachine.model import Model
from tests.unit.core.small_hall import text


def _hall(model: Model, said: str, against: set[str], run: Callable[..., Done], change: Callable[[], None]) -> Wanted:
    def then(_: Done) -> None:
        model.deed()
        change()

    return Wanted(f"manager: {said}", against, run, then)


def suspend(model: Model, draw: Draw) -> Wanted:
    """No numbers for a business."""
    code = pick(BUSINESSES, draw.a)
    against = set() if code in {b.code for b in model.hall.businesses} else {"unknown-business"}
    if code in model.suspended:
        against.add("already-suspended")
    notice = text("system down")
    return _hall(
        *(model, f"suspend {code}", against, lambda led, st: conditions.suspend(led, st, code, notice)),
        lambda: model.suspended.add(code),
    )


def resume(model: Model, draw: Draw) -> Wanted:
    """Numbers again."""
    code = pick(sorted(model.suspended) or BUSINESSES, draw.a) if draw.a % 4 else pick(BUSINESSES, draw.a >> 2)
    against = set() if code in model.suspended else {"not-suspended"}
    return _hall(
        *(model, f"resume {code}", against, lambda led, st: conditions.resume(led, st, code)),
        lambda: model.suspended.discard(code),
    )


def move_waiting(model: Model, draw: Draw) -> Wanted:
    """Everybody who waits goes to another business, in the order in which they stand."""
    code, to = pick(BUSINESSES, draw.a), pick(BUSINESSES, draw.b)
    against = set() if {code, to} <= {b.code for b in model.hall.businesses} else {"unknown-business"}
    if code == to:
        against.add("same-business")
    elif to in model.suspended:
        against.add("sent-to-suspended")

    def change() -> None:
        waiting = [v for v in model.visits.values() if v.state == "waiting" and v.business == code]
        deed = model.deed()
        for v in sorted(waiting, key=lambda v: (v.place, v.order)):
            model.touch(deed, v, "moved")
            moved(model, v, to)

    return _hall(
        model, f"move-waiting {code} to {to}", against, lambda led, st: conditions.move_all(led, st, code, to), change
    )


def close_early(model: Model, _: Draw) -> Wanted:
    """No more numbers today."""
    against = {"already-closed"} if model.closed_day == model.day() else set()

    def change() -> None:
        model.closed_day = model.day()

    return _hall(model, "close-early", against, conditions.close_early, change)


def evacuate(model: Model, _: Draw) -> Wanted:
    """Everybody leaves."""

    def change() -> None:
        model.outs.append((model.now, None))
        model.promises.clear()

    return _hall(model, "evacuate", {"already-evacuated"} if model.evacuated else set(), conditions.evacuate, change)


def back(model: Model, _: Draw) -> Wanted:
    """As usual again."""
    against = set() if model.evacuated or model.closed_day else {"not-closed"}

    def change() -> None:
        model.outs = [(left, back or model.now) for left, back in model.outs]
        model.promises.clear()
        model.closed_day = None

    return _hall(model, "back-to-normal", against, conditions.back_to_normal, change)


def plan(model: Model, draw: Draw) -> Wanted:
    """Somebody asks at the command line for another hall, at once or soon."""
    new = pick(model.variants, draw.a)
    when = model.now + pick((0, 0, 5_000, 300_000), draw.b)

    def run(ledger: Ledger, _: object) -> Done:
        plans.keep(ledger.db, plans.Plan(new, when, ledger.now, "cli"))
        return NOTHING

    def change() -> None:
        model.plans[when] = new

    return _hall(model, f"plan {len(new.windows)} windows, {len(new.businesses)} businesses", set(), run, change)
