"""Who plays a batch of days, in whatever thread, process or machine: the same days by whomever."""

import gc
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import queue_server.core
from simulation.engine import run_day
from simulation.kernel_run import Kernel
from simulation.kernel_tally import tallies
from simulation.scenario import Scenario
from simulation.tally import DayTally, tally

# The kernel plays everything that has figures; SimPy is what it is compared with.
Engine = Literal["kernel", "simpy"]
Batch = dict[int, DayTally]
Player = Callable[[range], Batch]


class Task(NamedTuple):
    """What is to be played, as it is sent to another process or machine: the scenario as a text, seed and engine."""

    scenario: str
    seed: int
    engine: Engine


def player(scenario: Scenario, seed: int, engine: Engine = "kernel") -> Player:
    """What plays a range of days, day after day the same whoever plays it; not for several threads at once."""
    if engine == "simpy":
        return lambda days: {day: _by_engine(scenario, seed, day) for day in days}
    kernel, codes = Kernel(scenario, seed), list(scenario.businesses)
    return lambda days: dict(zip(days, tallies(codes, kernel, days.start, days.stop), strict=True))


# Each thread has its own room to play in, and keeps it from one batch to the next of the same task.
_mine = threading.local()


def prepare(task: Task) -> None:
    """Make ready to play this task in this thread."""
    _mine.task = task
    _mine.player = player(Scenario.model_validate_json(task.scenario), task.seed, task.engine)


def play_prepared(days: range) -> Batch:
    """Play days of what this thread was made ready for."""
    played: Batch = _mine.player(days)
    return played


class OtherVersion(RuntimeError):
    """A machine that would play with other rules than the one that asked."""


def play_anywhere(task: Task, version: str, days: range) -> Batch:
    """Play days of a task in a thread that may have been at another one; raises `OtherVersion`."""
    if version != code_version():
        raise OtherVersion(version)
    if getattr(_mine, "task", None) != task:
        prepare(task)
    return play_prepared(days)


@cache
def code_version() -> str:
    """A digest of everything that decides what a day comes to, as far as it is ours."""
    rooms = (Path(__file__).parent, Path(queue_server.core.__file__).parent)
    sources = [path for room in rooms for path in sorted(room.glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _by_engine(scenario: Scenario, seed: int, day: int) -> DayTally:
    with _nothing_collected():
        return tally(scenario, run_day(scenario, seed, day))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    # A day makes tens of thousands of objects and no cycles; looking for cycles among them takes a quarter of the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
