"""A long command while it runs: how far it is, and an end when somebody asks for it."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from simulation.options import Unusable

if TYPE_CHECKING:
    from simulation.experiment import Progress

# What a shell says of a command that Ctrl-C ended.
ENDED = 130


@contextmanager
def stop_signal() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C or SIGTERM asked to stop; a second Ctrl-C breaks off at once."""
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """As `stop_signal`, for an experiment: when asked it ends with exit status 130, and reports nothing half done.

    Raises `Unusable` where a cluster cannot do the work.
    """
    from simulation.executors import NoCluster  # noqa: PLC0415 -- numpy belongs to the extra `planner`
    from simulation.experiment import Cancelled  # noqa: PLC0415

    try:
        with stop_signal() as stopped:
            yield stopped
    except Cancelled as cancelled:
        click.echo("Ended as asked; nothing is reported.", err=True)
        raise click.exceptions.Exit(ENDED) from cancelled
    except NoCluster as refused:
        raise Unusable(str(refused)) from refused


@contextmanager
def bar(label: str, length: int, kind: str = "line") -> "Iterator[Progress | None]":
    """Progress on standard error: a bar when somebody looks at it, or a JSON document a line."""
    if kind == "json":
        yield lambda done, of: click.echo(json.dumps({"done": done, "of": of}), err=True)
        return
    if kind == "none" or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as shown:

        def progress(done: int, of: int) -> None:
            # With a stop rule nobody knows before how many there will be.
            shown.length = of
            shown.update(done - shown.pos)

        yield progress
