"""One step out of a few bytes: which act, and who, where and whom, as the model stands; mostly what makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from queue_server.api.acting import Run
from queue_server.api.windows import run_at
from queue_server.caller import Caller
from queue_server.protocol.plain import Incoming
from queue_server.storage.done import Done
from queue_server.window_acts import WINDOW_ACTS
from tests.statemachine.halls import WINDOWS
from tests.statemachine.model import Model
from tests.statemachine.visit import Desk, Visit

T = TypeVar("T")
PROGRAM = Caller("program", "token:desk", "main", "manager")
GUIDE = Caller("program", "token:guide", "main", "guide")
CLERKS = {
    name: Caller("person", f"staff:{name}", "main", role, name, (name, number))
    for name, role, number in (("li", "clerk", "01"), ("wang", "clerk", "02"), ("zhao", "manager", "03"))
}
# Wang is new and has the profile of the hall for it.
PROFILE_OF = {"li": None, "wang": "new-clerk", "zhao": "unheard-of"}
NOBODYS = "f" * 32
# Of sixteen acts at a window so many are at any, the others where they make sense.
UNLIKELY = 2


class Draw(NamedTuple):
    """The bytes of one step: which act, how much later, and four for whatever else is to be decided."""

    what: int
    later: int
    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True)
class Wanted:
    """What somebody wants: in words, what speaks against it, how it is done, and what it does in the model.

    `against` holds every refusal that would be right; an act that none stands against must not be refused.
    """

    text: str
    against: set[str]
    run: Run
    then: Callable[[Done], None]
    by: str = PROGRAM.id


@dataclass(frozen=True)
class Post:
    """A window and who presses there; `against` says what speaks against any act of theirs at it."""

    number: int
    caller: Caller
    desk: Desk
    visit: Visit | None
    against: frozenset[str]

    def __str__(self) -> str:
        return f"window {self.number} by {self.caller.clerk or 'a program'}"

    def act(self, name: str, body: Incoming, against: set[str], then: Callable[[Done], None], text: str = "") -> Wanted:
        """An act of the table at this window."""
        known = {"unknown-window"} if "unknown-window" in self.against else {*self.against, *against}
        run = run_at(self.number, WINDOW_ACTS[name], self.caller, body)
        return Wanted(f"{self}: {name} {text}", known, run, then, self.caller.id)


def pick(options: Sequence[T], luck: int) -> T:
    """One of them."""
    return options[luck % len(options)]


def post(model: Model, draw: Draw, good: Callable[[int, Desk], bool]) -> Post:
    """Mostly a window where the act makes sense, by whoever may act there."""
    numbers = [n for n, desk in model.desks.items() if good(n, desk)] or list(model.desks)
    number = pick(WINDOWS, draw.a >> 4) if draw.a % 16 < UNLIKELY else pick(numbers, draw.a >> 4)
    desk = model.desks.get(number, Desk())
    rightful = PROGRAM if desk.clerk is None else CLERKS[desk.clerk]
    caller = pick([PROGRAM, *CLERKS.values()], draw.b >> 3) if draw.b % 8 == 0 else rightful
    against = set()
    if number not in model.desks:
        against.add("unknown-window")
    elif caller.clerk not in (None, desk.clerk):
        against.add("not-your-window")
    return Post(number, caller, desk, model.at(number) if number in model.desks else None, frozenset(against))


def busy(model: Model) -> Callable[[int, Desk], bool]:
    """Windows with somebody there."""
    return lambda number, _: model.at(number) is not None


def free(model: Model) -> Callable[[int, Desk], bool]:
    """Windows that call and have nobody there."""
    return lambda number, desk: desk.calls and model.at(number) is None


def visit(model: Model, luck: int, good: Callable[[Visit], bool]) -> Visit | None:
    """Mostly a visitor to whom it may happen, sometimes any, rarely one whom nobody knows."""
    every = list(model.visits.values())
    if not every or luck == 0:
        return None
    some = [v for v in every if good(v)] or every
    return pick(every if luck % 8 == 0 else some, luck >> 3)


def id_of(found: Visit | None) -> str:
    """The id by which the system knows a visitor."""
    return NOBODYS if found is None else found.id


def name_of(found: Visit | None) -> str:
    """What a person calls a visitor."""
    return "nobody's ticket" if found is None else f"{found.number} ({found.state})"
