"""Service time by business from measured services: mean, spread and how many."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean, pstdev

from simulation.history.recorded import Service, Visit


def measured(visits: Iterable[Visit]) -> dict[str, Service]:
    """The mean (s) and coefficient of variation of every business that has at least one believed service time."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for visit in visits:
        if visit.service_ms is not None:
            seconds[visit.business].append(visit.service_ms / 1000)
    return {code: _summed(found) for code, found in sorted(seconds.items())}


def _summed(seconds: list[float]) -> Service:
    mean = fmean(seconds)
    return Service(mean, pstdev(seconds) / mean if mean > 0 else None, len(seconds))
