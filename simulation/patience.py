"""Patience fitted to a history: the Kaplan-Meier curve, for those who were called never showed all they had."""

from collections.abc import Iterator, Sequence
from math import log

from simulation.chance import DAY_S, Empirical
from simulation.history.recorded import Visit

# The curve is handed on as so many equally likely values.
VALUES = 200


def fitted(visits: Sequence[Visit]) -> Empirical | None:
    """How long these visitors are willing to wait; None when nobody left.

    Beyond the longest wait after which somebody left, patience is taken to be exponential, with the rate of leaving
    seen over all waits; the log cannot tell more.
    """
    tail_s = mean_s(visits)
    if tail_s is None:
        return None
    steps = _curve(sorted(_waits(visits)))
    return Empirical(values_s=tuple(_quantile(steps, tail_s, (i + 0.5) / VALUES) for i in range(VALUES)))


def mean_s(visits: Sequence[Visit]) -> float | None:
    """The mean patience (s) if patience is exponential: all time waited, over those who left; None when nobody did.

    The visits that were called say only that patience lasted at least as long; this estimate counts them rightly.
    """
    waits = list(_waits(visits))
    left = sum(not called for _, called in waits)
    return sum(seconds for seconds, _ in waits) / left if left else None


def _waits(visits: Sequence[Visit]) -> Iterator[tuple[float, bool]]:
    """Each known wait (s), and whether it ended with the call."""
    for visit in visits:
        if (waited := visit.waited_ms) is not None:
            yield waited / 1000, visit.called_at is not None


def _curve(waits: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(seconds, share still patient) after each leaving; at equal waits leaving comes before being called."""
    steps, still = [], 1.0
    for here, (seconds, called) in zip(range(len(waits), 0, -1), waits, strict=True):
        if not called:
            still *= 1 - 1 / here
            steps.append((seconds, still))
    return steps


def _quantile(steps: Sequence[tuple[float, float]], tail_s: float, share: float) -> float:
    for seconds, still in steps:
        if still <= 1 - share:
            return seconds
    last, still = steps[-1]
    return min(float(DAY_S), round(last + tail_s * log(still / (1 - share)), 3))
