"""How long durations last, step by step: Kaplan and Meier's curve, which takes rightly those that were cut short."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class Curve:
    """The curve of durations (s) that `ended`, and of those of which only is known that they `lasted` so long.

    Kaplan and Meier, Journal of the American Statistical Association 53 (1958) 457-481. Where an end and a cut fall
    together, the end came first.
    """

    def __init__(self, ended: Sequence[float], lasted: Sequence[float] = ()) -> None:
        ends = np.sort(np.asarray(ended, dtype=np.float64))
        cuts = np.sort(np.asarray(lasted, dtype=np.float64))
        self._at, many = np.unique(ends, return_counts=True)
        before = np.searchsorted(ends, self._at) + np.searchsorted(cuts, self._at)
        self._over = np.cumprod(1 - many / (len(ends) + len(cuts) - before))

    def quantile(self, share: float) -> float | None:
        """The duration that this share does not exceed; None where the curve does not reach so far."""
        place = int(np.searchsorted(-self._over, share - 1 - 1e-12))
        return float(self._at[place]) if place < len(self._at) else None

    def distance(self, law: Callable[[Any], Any]) -> float:
        """How far a law's distribution lies off the curve at most (Kolmogorov and Smirnov)."""
        below = np.asarray(law(self._at), dtype=np.float64)
        done = 1 - self._over
        before = np.concatenate([[0.0], done[:-1]])
        return float(max(np.abs(done - below).max(), np.abs(below - before).max()))
