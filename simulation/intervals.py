"""95 % intervals over replications: for a mean or a share by its ratio, for a percentile by sections; Student's t."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from queue_server.core.measures import rank

CONFIDENCE = 0.95
Whole = npt.NDArray[np.int64]


class Estimate(NamedTuple):
    """A figure and half the width of its interval; None where nothing was measured, or by one replication only."""

    value: float | None
    half_width: float | None


def ratio(parts: Sequence[float], wholes: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The sum of `parts` over the sum of `wholes`, one of each a replication, e.g. all waits over all visitors.

    The interval is that of the ratio estimator; with equal wholes it is the usual one of the replications' means.
    """
    total = sum(wholes)
    if not total:
        return Estimate(None, None)
    value = sum(parts) / total
    errors = [part - value * whole for part, whole in zip(parts, wholes, strict=True)]
    return Estimate(value, _half_width(errors, total / len(wholes), confidence))


def percentile(samples: Sequence[Whole], share: float, confidence: float = CONFIDENCE) -> Estimate:
    """The nearest-rank quantile of all samples together; the interval from how each replication's lies about it."""
    held = [sample for sample in samples if len(sample)]
    if not held:
        return Estimate(None, None)
    value = _quantile(np.concatenate(held), share)
    errors = [float(_quantile(sample, share) - value) for sample in held]
    return Estimate(value, _half_width(errors, 1.0, confidence))


def _quantile(values: Whole, share: float) -> int:
    at = rank(len(values), share)
    return int(np.partition(values, at)[at])


def _half_width(errors: Sequence[float], unit: float, confidence: float) -> float | None:
    count = len(errors)
    if count < 2:  # noqa: PLR2004 -- one replication tells nothing about spread
        return None
    spread = float((sum(e * e for e in errors) / (count * (count - 1))) ** 0.5) / unit
    return float(stdtrit(count - 1, (1 + confidence) / 2)) * spread
