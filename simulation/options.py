"""The options that several commands have, each in one place, and what they come to."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from simulation.executors import Executor
    from simulation.players import Engine

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]

# What a stop rule may be about; those of `simulation.figures`, which is only there with the extra `planner`.
FIGURE_NAMES = (
    "wait_mean_s",
    "wait_p50_s",
    "wait_p90_s",
    "within_target",
    "called_in_time",
    "abandoned",
    "wait_all_mean_s",
    "wait_all_p90_s",
    "service_mean_s",
)
MOST_DAYS = 1_000_000


class Unusable(click.ClickException):
    """What was given cannot be used; exit status 2, as for any other wrong use of a command."""

    exit_code = 2


def seed(what: str = "The same seed, the same days.") -> Option[Any]:
    """`--seed`: a number from 0 to 2^96 - 1."""
    return click.option("--seed", type=click.IntRange(0, 2**96 - 1), default=1, show_default=True, help=what)


def days(what: str, default: int | None = None, most: int = MOST_DAYS) -> Option[Any]:
    """`--days`; without a default the command knows how many are usual."""
    shown = default is not None
    return click.option("--days", type=click.IntRange(1, most), default=default, show_default=shown, help=what)


def figure(about: str) -> Option[Any]:
    """`--figure`: which figure of all visitors another option is about."""
    names, what = click.Choice(FIGURE_NAMES), f"The figure of all visitors that {about} is about."
    return click.option("--figure", type=names, default="wait_mean_s", show_default=True, help=what)


def as_json(what: str) -> Option[Any]:
    """`--json`: print what a program reads."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print the {what} as one JSON document.")


def processes() -> Option[Any]:
    """`--processes`: how many cores of this machine."""
    what = "How many work on it (default: all processor cores)."
    return click.option("--processes", type=click.IntRange(1, 256), default=None, help=what)


def cluster() -> Option[Any]:
    """`--cluster`: other machines."""
    what = "Let a Dask cluster do it, whose scheduler is at this address, such as tcp://10.0.0.5:8786."
    return click.option("--cluster", default=None, metavar="ADDRESS", help=what)


def progress() -> Option[Any]:
    """`--progress`: how to tell on standard error how far it is."""
    kinds = click.Choice(["line", "json", "none"])
    what = "How to tell on standard error how far it is; a line only where somebody looks at it."
    return click.option("--progress", type=kinds, default="line", show_default=True, help=what)


def executor_of(processes: int | None, cluster: str | None, engine: "Engine" = "kernel") -> "Executor":
    """Who works on it; raises `Unusable` where both are given or Dask is not there.

    Compiled code holds no lock of the interpreter, so threads will do for it.
    """
    from simulation.compiled import COMPILED  # noqa: PLC0415 -- numba and numpy belong to the extra `planner`
    from simulation.executors import Executor  # noqa: PLC0415

    cores = processes or os.cpu_count() or 1
    if cluster is None:
        return Executor(threads=cores) if engine == "kernel" and COMPILED else Executor(processes=cores)
    if processes is not None:
        raise Unusable("--processes is about this machine and --cluster about others; give one of them.")
    try:
        import distributed  # noqa: F401, PLC0415 -- only asked whether it is there
    except ModuleNotFoundError as missing:
        raise Unusable(f"{missing.name} is missing; it comes with: pip install 'onedoor[cluster]'") from missing
    return Executor(cluster=cluster)
