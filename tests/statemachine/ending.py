"""How a service ends in the model: for good, or with the next business of the visit still to come."""

from tests.statemachine.drawing import Post
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, Visit


def end(model: Model, deed: Deed, here: Visit, at: Post, outcome: str, *, awaiting_at: int | None = None) -> None:
    """The service ends: for good, or with the next business of the visit to come.

    `awaiting_at` is when those come back who waited for it, where the end itself was entered later.
    """
    if here.later:
        model.touch(deed, here, "turn-finished", at.number)
        here.started_at = here.started_at or model.now
        here.owner = here.owner or at.caller.clerk
        model.new_turn(here, here.later[0])
        here.later = here.later[1:]
        model.again(here, None, as_issue=model.hall.settings.transfer_as_issue)
    else:
        model.touch(deed, here, "finished", at.number)
        if here.state == "called":
            model.serve(here, at.caller.clerk)
        model.stop(here)
        here.state, here.finished_at, here.outcome = "finished", model.now, outcome
        here.case = deed.files[-1][0] if deed.files else here.case
    model.now = awaiting_at or model.now
    model.turn_over(deed, here)
