"""One scenario under several head starts: what they give to those who have a ground, and what they cost the others."""

from collections.abc import Iterable, Iterator

from simulation import experiment
from simulation.chance import DAY_S
from simulation.executors import ALONE, Executor
from simulation.report import Report
from simulation.scenario import Scenario

STRICT = "strict"


def seconds(said: str) -> float:
    """A head start in minutes as somebody types it, or `strict`: whoever has a ground comes before all who have none.

    Raises `ValueError`.
    """
    if said == STRICT:
        return DAY_S
    minutes = float(said)
    if not 0 <= minutes * 60 <= DAY_S:
        raise ValueError(said)
    return minutes * 60


def with_head_start(scenario: Scenario, head_start_s: float) -> Scenario:
    """The same visitors, where every ground gives this head start."""
    changed = [{**each.model_dump(), "head_start_s": head_start_s} for each in scenario.classes]
    return Scenario.model_validate({**scenario.model_dump(), "classes": changed})


def compare(
    scenario: Scenario,
    wanted: Iterable[str],
    *,
    days: int,
    seed: int,
    executor: Executor = ALONE,
    cancelled: experiment.Asked | None = None,
) -> Iterator[tuple[str, Report]]:
    """The report of each head start; the visitors of all of them are the same."""
    for said in wanted:
        changed = with_head_start(scenario, seconds(said))
        report = experiment.run(changed, days=days, seed=seed, executor=executor, cancelled=cancelled)
        yield said, report
