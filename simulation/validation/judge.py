"""Figures of recorded days beside those of many simulated rounds through the same days, and how often they agree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.core.measures import rank
from simulation.intervals import Floats, Whole, t_quantile
from simulation.validation.visits import Chosen, Visits

HOUR_MS = 3_600_000
HALF_HOUR_MS = HOUR_MS // 2
# A part of the days with fewer recorded visits says too little to be judged.
LEAST_VISITS = 30


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure as recorded and as simulated, with the range in which 95 of 100 further rounds lie.

    The range is that of a single round, because the recorded days are one; `inside` says whether it holds what was
    recorded. None where nothing was measured.
    """

    recorded: float | None
    simulated: float | None
    low: float | None
    high: float | None
    inside: bool | None


Figure = Callable[[Visits, int], float]


def _waits(visits: Visits) -> Whole:
    return visits.wait[visits.wait >= 0]


def _mean(visits: Visits, _: int) -> float:
    waits = _waits(visits)
    return float(waits.mean()) / 1000 if len(waits) else np.nan


def _quantile(share: float) -> Figure:
    def of(visits: Visits, _: int) -> float:
        waits = _waits(visits)
        if not len(waits):
            return np.nan
        place = rank(len(waits), share)
        return float(np.partition(waits, place)[place]) / 1000

    return of


def _in_time(visits: Visits, target_ms: int) -> float:
    called = visits.of((visits.wait >= 0) & (visits.left == 0))
    return float((called.wait <= target_ms).mean()) if len(called.wait) else np.nan


def _left(visits: Visits, _: int) -> float:
    return float(visits.left.mean()) if len(visits.left) else np.nan


FIGURES: Mapping[str, Figure] = {
    "wait_all_mean_s": _mean,
    "wait_all_p50_s": _quantile(0.5),
    "wait_all_p90_s": _quantile(0.9),
    "within_target": _in_time,
    "abandoned": _left,
}


def judged(seen: Visits, rounds: Sequence[Visits], target_ms: int) -> dict[str, Beside]:
    """Every figure of these visits."""
    return {
        name: beside(of(seen, target_ms), np.array([of(each, target_ms) for each in rounds]))
        for name, of in FIGURES.items()
    }


def beside(seen: float, played: Floats) -> Beside:
    """One figure, from what was recorded and the values of the rounds."""
    told = played[~np.isnan(played)]
    if len(told) < 2:  # noqa: PLR2004 -- one round tells nothing about spread
        return Beside(None if np.isnan(seen) else seen, None, None, None, None)
    mean = float(told.mean())
    reach = t_quantile(len(told)) * float(told.std(ddof=1)) * (1 + 1 / len(told)) ** 0.5
    low, high = max(0.0, mean - reach), mean + reach
    if np.isnan(seen):
        return Beside(None, mean, low, high, None)
    # What is always the same is compared to the last digit that arithmetic keeps.
    return Beside(seen, mean, low, high, bool(abs(seen - mean) <= reach + 1e-9))


def by_part(
    seen: Visits, rounds: Sequence[Visits], parts: Iterable[tuple[str, Callable[[Visits], Chosen]]], target_ms: int
) -> dict[str, dict[str, Beside]]:
    """Every figure of each part of the visits in which enough were recorded."""
    found = {}
    for name, chosen in parts:
        here = seen.of(chosen(seen))
        if len(here.at) >= LEAST_VISITS:
            found[name] = judged(here, [each.of(chosen(each)) for each in rounds], target_ms)
    return found


def hours() -> list[tuple[str, Callable[[Visits], Chosen]]]:
    """The visits that came in each hour of the day."""
    return [(f"{hour:02d}:00", _in_hour(hour)) for hour in range(24)]


def _in_hour(hour: int) -> Callable[[Visits], Chosen]:
    return lambda visits: visits.at // HOUR_MS == hour


def queue(seen: Visits, rounds: Sequence[Visits], days: int) -> dict[str, Beside]:
    """How many wait at each half hour of the day, on average over the days."""
    of_seen, of_rounds = _waiting(seen, days), np.array([_waiting(each, days) for each in rounds])
    return {
        f"{place // 2:02d}:{place % 2 * 30:02d}": beside(float(of_seen[place]), of_rounds[:, place])
        for place in range(48)
        if of_seen[place] or of_rounds[:, place].any()
    }


def _waiting(visits: Visits, days: int) -> Floats:
    """Who came by a moment and is still waiting after it."""
    known = visits.of(visits.wait > 0)
    came, gone = np.sort(known.at), np.sort(known.at + known.wait)
    moments = np.arange(48) * HALF_HOUR_MS
    return (np.searchsorted(came, moments, "right") - np.searchsorted(gone, moments, "right")) / days


def coverage(found: Iterable[Beside]) -> float | None:
    """The share of figures whose range holds what was recorded."""
    told = [each.inside for each in found if each.inside is not None]
    return sum(told) / len(told) if told else None
