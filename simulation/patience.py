"""Patience fitted to a history: the Kaplan-Meier curve, for those who were called never showed all they had."""

from collections.abc import Sequence
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
    waits = sorted(_waited(visit) for visit in visits if visit.called_at is not None or visit.left_at is not None)
    left = sum(not called for _, called in waits)
    if left == 0:
        return None
    steps = _curve(waits)
    tail_s = sum(seconds for seconds, _ in waits) / left
    return Empirical(values_s=tuple(_quantile(steps, tail_s, (i + 0.5) / VALUES) for i in range(VALUES)))


def _waited(visit: Visit) -> tuple[float, bool]:
    end = visit.called_at if visit.called_at is not None else visit.left_at or visit.arrived_at
    return (end - visit.arrived_at) / 1000, visit.called_at is not None


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
