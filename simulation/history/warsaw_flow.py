"""From snapshots of one queue on one day to people: who arrived and was called when, as far as counts can tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from simulation.history.recorded import Visit
from simulation.history.tally import Tally
from simulation.history.warsaw_numbers import Reading, called_so_far

LONGEST_STEP_MS = 15 * 60_000


@dataclass(slots=True)
class Flow:
    """What one day's readings add up to; `counter_ms` is counter time over steps in which people always waited."""

    visits: list[Visit] = field(default_factory=list)
    counter_ms: int = 0
    calls_while_waiting: int = 0


def flow(readings: Sequence[Reading], queue: str, tally: Tally) -> Flow:
    """The visits of one day.

    Arrivals in a step are the tickets called in it plus the change in people waiting, spread evenly over the step;
    calls likewise, and the first who came is the first called. When the sum is negative, people vanished uncalled:
    they are taken from the end of the queue.
    """
    found = Flow()
    calls = called_so_far(readings, tally)
    queue_now: list[int] = []
    _step(found, queue_now, queue, (readings[0].at, readings[0].at), calls[0], readings[0].waiting + calls[0], tally)
    for (before, after), (called, called_after) in zip(pairwise(readings), pairwise(calls), strict=True):
        if after.at - before.at > LONGEST_STEP_MS:
            tally.note("gap-over-15-min")
        new_calls = called_after - called
        arrived = new_calls + after.waiting - before.waiting
        _step(found, queue_now, queue, (before.at, after.at), new_calls, arrived, tally)
        if before.waiting and after.waiting and before.open and after.open:
            found.counter_ms += (before.open + after.open) * (after.at - before.at) // 2
            found.calls_while_waiting += new_calls
    for arrived_at in queue_now:
        tally.note("never-called")
        found.visits.append(Visit(arrived_at, queue, left_at=readings[-1].at))
    return found


def _step(
    found: Flow, queue_now: list[int], queue: str, span: tuple[int, int], calls: int, arrived: int, tally: Tally
) -> None:
    queue_now.extend(_spread(arrived, span))
    for even in _spread(calls, span):
        if not queue_now:
            break
        came = queue_now.pop(0)
        found.visits.append(Visit(came, queue, called_at=max(came, even)))
    for _ in range(min(-arrived, len(queue_now))):
        tally.note("vanished-uncalled")
        found.visits.append(Visit(queue_now.pop(), queue, left_at=span[1]))


def _spread(count: int, span: tuple[int, int]) -> list[int]:
    start, end = span
    return [start + (2 * i + 1) * (end - start) // (2 * count) for i in range(count)]
