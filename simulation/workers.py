"""Days of one scenario and seed in batches, played here or by whoever works on them, the same by whomever."""

from collections.abc import Generator
from typing import Self

from simulation.executors import ALONE, Crew, Executor, crew
from simulation.players import Batch, Engine, Player, Task, player
from simulation.scenario import Scenario

# A batch of days is small enough for smooth progress and a quick end, and large against the cost of handing it over.
BATCHES_PER_WORKER = 16
VISITORS_PER_BATCH: dict[Engine, int] = {"kernel": 200_000, "simpy": 2_000}


class Workers:
    """Whoever an executor names, for one scenario and seed, until the `with` ends."""

    def __init__(self, scenario: Scenario, seed: int, engine: Engine = "kernel", executor: Executor = ALONE) -> None:
        self._scenario, self._seed, self._engine, self._executor = scenario, seed, engine, executor
        self._own: Player | None = None
        self._crew: Crew | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers go; days that nobody began are not played."""
        if self._crew is not None:
            self._crew.close()

    def play(self, begin: int, end: int) -> Generator[Batch, None, None]:
        """The days from `begin` to before `end`, in batches as they are done; none where it does not lie before it."""
        # Only a cluster has to be asked how many it is.
        at_once = self._executor.most if self._executor.cluster is None else self._hired().at_once
        by_visitors = VISITORS_PER_BATCH[self._engine] / max(1.0, self._scenario.expected_a_day)
        size = max(1, int(min(by_visitors, (end - begin) / (at_once * BATCHES_PER_WORKER))))
        parts = [range(first, min(first + size, end)) for first in range(begin, end, size)]
        if self._executor.cluster is None and (at_once == 1 or len(parts) <= 1):
            self._own = self._own or player(self._scenario, self._seed, self._engine)
            yield from map(self._own, parts)
        else:
            yield from self._hired().play(parts)

    def _hired(self) -> Crew:
        if self._crew is None:
            self._crew = crew(self._executor, Task(self._scenario.model_dump_json(), self._seed, self._engine))
        return self._crew
