"""What is done with cases away from a window, and how the model sees it."""

from collections.abc import Callable
from copy import copy

from queue_server.storage.done import Done
from queue_server.use_cases import cases
from queue_server.window_acts import clerk_of
from tests.statemachine.acts_on_papers import closed, runs_on
from tests.statemachine.drawing import CLERKS, Draw, Wanted, pick
from tests.statemachine.model import Model
from tests.statemachine.visit import File

NO_CODE = "2222222"


def _of(model: Model, luck: int, good: Callable[[File], bool]) -> File | None:
    if not model.files or luck == 0:
        return None
    some = [f for f in model.files if good(f)] or model.files
    return pick(model.files if luck % 16 == 0 else some, luck >> 4)


def find(model: Model, luck: int) -> tuple[File | None, str, set[str]]:
    """A case to come back with, its code as somebody types it, and what speaks against it."""
    file = _of(model, luck, lambda f: f.closed_at is None)
    if file is None:
        return None, NO_CODE, {"unknown-case"}
    code = file.code if luck % 2 else f" {file.code[:3].lower()}-{file.code[3:]} "
    return file, code, {"case-closed"} if file.closed_at is not None else set()


def stop_clock(model: Model, draw: Draw) -> Wanted:
    """The promise stands still."""
    file = _of(model, draw.a, lambda f: f.promised_on is not None and f.stopped_on is None and f.closed_at is None)
    against = _known(file)
    if file is not None and file.promised_on is None:
        against.add("no-promise")
    if file is not None and file.stopped_on is not None:
        against.add("clock-stopped")

    def then(known: File) -> None:
        known.stopped_on = model.day()

    return _case_act(
        model, file, against, "stops the clock", lambda led, st, c: cases.stop_clock(led, st, c, "x"), then
    )


def run_clock(model: Model, draw: Draw) -> Wanted:
    """The promise runs on, later by the working days that it stood."""
    file = _of(model, draw.a, lambda f: f.stopped_on is not None and f.closed_at is None)
    against = _known(file)
    if file is not None and file.stopped_on is None:
        against.add("clock-runs")

    def then(known: File) -> None:
        known.promised_on, known.stopped_on = runs_on(model, known), None

    return _case_act(model, file, against, "lets the clock run", cases.run_clock, then)


def hand_over(model: Model, draw: Draw) -> Wanted:
    """Somebody else is responsible."""
    file = _of(model, draw.a, lambda f: f.closed_at is None)
    name, who = pick([*CLERKS.items()], draw.b)
    number = "99" if draw.b % 16 == 0 else str((who.shown or ("", ""))[1])
    against = _known(file)
    if number == "99":
        against.add("unknown-clerk")
    if file is not None and file.owner == name:
        against.add("same-owner")

    def then(known: File) -> None:
        known.owner = name

    return _case_act(
        model,
        file,
        against,
        f"hands over to {number}",
        lambda led, st, c: cases.hand_over(led, st, c, clerk_of(led, number), "holiday"),
        then,
    )


def close_case(model: Model, draw: Draw) -> Wanted:
    """The case is done."""
    file = _of(model, draw.a, lambda f: f.closed_at is None)
    outcome = pick(("completed", "completed", "referred", "no-such"), draw.b)
    against = _known(file) | ({"unknown-outcome"} if outcome == "no-such" else set())

    def then(known: File) -> None:
        closed(model, known, outcome)

    return _case_act(
        model, file, against, f"closes as {outcome}", lambda led, st, c: cases.close(led, st, c, outcome), then
    )


def _known(file: File | None) -> set[str]:
    if file is None:
        return {"unknown-case"}
    return {"case-closed"} if file.closed_at is not None else set()


def _case_act(
    model: Model,
    file: File | None,
    against: set[str],
    text: str,
    run: Callable[..., Done],
    then: Callable[[File], None],
) -> Wanted:
    code = NO_CODE if file is None else file.code

    def after(_: Done) -> None:
        assert file is not None
        model.file_deed(model.deed(), file, copy(file))
        then(file)

    return Wanted(f"somebody {text}: case {code}", against, lambda led, st: run(led, st, code), after)
