"""The calls as they were made: what was true at each of them, so that no explanation afterwards can say otherwise."""

from dataclasses import dataclass
from typing import Any

from tests.statemachine.model import Model
from tests.statemachine.visit import Visit


@dataclass(frozen=True)
class Standing:
    """How one visitor stood at a call, as the calling window saw it; costs in ms."""

    place: int
    work: int | None
    tie: int
    plain: int
    order: int
    business: str
    tied: str | None

    @property
    def cost(self) -> tuple[int, int]:
        """What the window compared."""
        return self.place + (self.work or 0) + self.tie, self.order


@dataclass(frozen=True)
class Call:
    """One call: who, where, when, its reason on record, and how everybody stood who could have been called.

    `past` is why it was made past the order; once it is `withdrawn`, nobody was called.
    """

    visit: str
    window: int
    at: int
    past: str | None
    why: dict[str, Any]
    standing: dict[str, Standing]
    held_back: dict[str, int]
    withdrawn: bool = False


def note_call(model: Model, window: int, called: Visit, *, cause: str | None = None) -> None:
    """Keep what is true just before a call, and hold it to the guarantees."""
    serves = model.serves(window)
    standing = {
        v.id: Standing(v.place, serves.get(v.business), model.strange(window, v), v.plain, v.order, v.business, v.tie)
        for v in model.queue()
    }
    # Somebody called directly may not even be callable yet.
    standing.setdefault(
        called.id,
        Standing(
            *(called.place, serves.get(called.business), model.strange(window, called)),
            *(called.plain, called.order, called.business, called.tie),
        ),
    )
    mine = [v for v in model.queue() if v.business in serves]
    if cause is not None:
        why: dict[str, Any] = {"cause": cause, "reluctance_ms": serves[called.business], "passed": 0}
    else:
        why = _why(model, window, called, mine)
        _keeps_the_promises(model, called, mine, held=model.held_back(window))
    back = {business: model.window(window).not_before[business] for business in model.held_back(window)}
    model.calls.append(Call(called.id, window, model.now, cause, why, standing, back))


def _why(model: Model, window: int, called: Visit, mine: list[Visit]) -> dict[str, Any]:
    passed = sum(v.issued_at < called.issued_at for v in mine)
    work, strange = model.serves(window)[called.business], model.strange(window, called)
    if len(mine) == 1:
        cause = "only"
    elif called.tie is not None and called.tie in (f"w{window}", f"c{model.desks[window].clerk}"):
        cause = "own"
    elif work > 0:
        cause = "secondary"
    elif not passed:
        cause = "longest"
    elif any(v.issued_at < called.issued_at and called.place <= v.place < called.plain for v in mine):
        cause = "head-start"
    else:
        cause = _without_priority(model, window, [v for v in mine if (v.place, v.order) < (called.place, called.order)])
    told = {"cause": cause, "reluctance_ms": work, "passed": passed}
    return told if strange == 0 else {**told, "affinity_ms": strange}


def _without_priority(model: Model, window: int, earlier: list[Visit]) -> str:
    """Why somebody without a head start is called, though these stand earlier, or nobody does."""
    aside = {b for b, work in model.serves(window).items() if work or model.window(window).not_before.get(b)}
    if any(v.business in aside for v in earlier):
        return "main-work"
    return "tie" if earlier else "place"


def _keeps_the_promises(model: Model, called: Visit, mine: list[Visit], held: set[str]) -> None:
    for other in mine:
        if other is called or other.business in held:
            continue
        # (d) Nobody who entered so much later than the place of somebody this window may call is called before them.
        # Two moments in the hall's own time: nobody can come in while everybody is outside.
        assert model.ran(other.place, called.entered_at) <= model.most, f"{called.number} passes {other.number}"
        stands, until = model.promises.get(other.id, (None, 0))
        if stands == (other.order, other.place):
            assert called.entered_at <= until, f"{called.number} passes {other.number} after {until}"
        # (b) Of equals who stand where taking a number has put them, the first one is called.
        by_issue = all(v.order == v.issued_order for v in (called, other))
        alike = [(v.business, v.place - v.entered_at, v.tie) for v in (called, other)]
        if by_issue and alike[0] == alike[1]:
            assert called.order < other.order, f"{called.number} before {other.number}"
