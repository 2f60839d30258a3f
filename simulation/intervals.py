"""95 % intervals over replications: for a mean or a share by its ratio, for a percentile by sections; Student's t."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtr, stdtrit

from queue_server.core.measures import rank

CONFIDENCE = 0.95
Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """A figure and half the width of its interval; None where nothing was measured, or by one replication only."""

    value: float | None
    half_width: float | None


class Measured(NamedTuple):
    """A figure and by how much each replication is off it, in the figure's unit; nan for one that tells nothing of it.

    Kept apart from the interval, so that two plans can be compared replication by replication.
    """

    value: float
    errors: Floats

    def estimate(self, confidence: float = CONFIDENCE) -> Estimate:
        """The figure with its interval."""
        spread, count = self._spread()
        return Estimate(self.value, None if spread is None else t_quantile(count, confidence) * spread)

    def off(self, exact: float) -> float | None:
        """How far the figure lies off its exact value, as a normal deviate: alike for few replications and for many.

        None where one replication tells nothing about spread, or where all are alike.
        """
        spread, count = self._spread()
        if not spread:
            return None
        t = (self.value - exact) / spread
        # The small tail alone keeps its digits.
        return float(-ndtri(stdtr(count - 1, -abs(t)))) * (1 if t > 0 else -1)

    def _spread(self) -> tuple[float | None, int]:
        """The standard error, and over how many replications."""
        told = self.errors[~np.isnan(self.errors)]
        count = len(told)
        if count < 2:  # noqa: PLR2004 -- one replication tells nothing about spread
            return None, count
        return float(np.sqrt((told @ told) / (count * (count - 1)))), count


NOTHING = Estimate(None, None)


def t_quantile(count: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors of `count` replications are half of an interval (Student's t)."""
    return float(stdtrit(count - 1, (1 + confidence) / 2))


def measured_ratio(parts: Sequence[float], wholes: Sequence[float]) -> Measured | None:
    """The sum of `parts` over the sum of `wholes`, one of each a replication, e.g. all waits over all visitors.

    The errors are those of the ratio estimator; with equal wholes they are the usual ones of the replications' means.
    None where the wholes come to nothing.
    """
    total = sum(wholes)
    if not total:
        return None
    value = sum(parts) / total
    errors = np.asarray(parts, dtype=np.float64) - value * np.asarray(wholes, dtype=np.float64)
    return Measured(value, errors / (total / len(wholes)))


def measured_percentile(samples: Sequence[Whole], share: float) -> Measured | None:
    """The nearest-rank quantile of all samples together; the errors are how each replication's lies about it."""
    held = [sample for sample in samples if len(sample)]
    if not held:
        return None
    value = _quantile(np.concatenate(held), share)
    errors = [float(_quantile(sample, share) - value) if len(sample) else np.nan for sample in samples]
    return Measured(value, np.array(errors, dtype=np.float64))


def ratio(parts: Sequence[float], wholes: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """`measured_ratio` with its interval."""
    found = measured_ratio(parts, wholes)
    return NOTHING if found is None else found.estimate(confidence)


def percentile(samples: Sequence[Whole], share: float, confidence: float = CONFIDENCE) -> Estimate:
    """`measured_percentile` with its interval."""
    found = measured_percentile(samples, share)
    return NOTHING if found is None else found.estimate(confidence)


def _quantile(values: Whole, share: float) -> int:
    at = rank(len(values), share)
    return int(np.partition(values, at)[at])
