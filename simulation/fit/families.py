"""Families of durations fitted by maximum likelihood, also where some only lasted longer than was seen."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from simulation.fit.curve import Curve

Floats = npt.NDArray[np.float64]

# Fitted families are looked at in so many quantiles.
QUANTILES = tuple(k / 20 for k in range(1, 20))
# So many durations tell a family; more of them only take time.
MOST = 5_000
# With fewer than these nothing is fitted.
LEAST = 10


class Family(NamedTuple):
    """A family of durations as scipy knows it, all from zero on, and how many numbers it takes."""

    name: str
    law: Any
    numbers: int
    told: Callable[[tuple[float, ...]], dict[str, float]]


def _lognormal(found: tuple[float, ...]) -> dict[str, float]:
    sigma, _, scale = found
    return {"mean_s": scale * float(np.exp(sigma**2 / 2)), "cv": float(np.sqrt(np.expm1(sigma**2)))}


def _gamma(found: tuple[float, ...]) -> dict[str, float]:
    shape, _, scale = found
    return {"mean_s": shape * scale, "cv": float(shape**-0.5)}


def _weibull(found: tuple[float, ...]) -> dict[str, float]:
    shape, _, scale = found
    return {"shape": shape, "scale_s": scale}


FAMILIES = (
    Family("exponential", stats.expon, 1, lambda found: {"mean_s": found[1]}),
    Family("lognormal", stats.lognorm, 2, _lognormal),
    Family("gamma", stats.gamma, 2, _gamma),
    Family("weibull", stats.weibull_min, 2, _weibull),
)


class Fitted(NamedTuple):
    """A family at its best: its numbers, Akaike's criterion (less is better), and how far its curve lies off at most.

    `ks` is Kolmogorov and Smirnov's distance to the Kaplan-Meier curve; `qq` are (share, seen, fitted) in seconds, as
    far as the curve reaches. The numbers come from the very durations they are compared with, so no p-value is given.
    """

    family: str
    numbers: dict[str, float]
    aic: float
    ks: float
    qq: tuple[tuple[float, float, float], ...]


def fit(ended: Sequence[float], lasted: Sequence[float] = ()) -> tuple[Fitted, ...]:
    """Every family, the likeliest first, for durations (s) that ended, and for those that only `lasted` so long.

    Durations of 0 s, which no family has, count as half a second. Empty with too few that ended.
    """
    if len(ended) < LEAST or max(ended) <= 0:
        return ()
    curve = Curve(ended, lasted)
    seen, cut = _thinned(ended, lasted)
    found = [_fitted(family, seen, cut, curve) for family in FAMILIES]
    return tuple(sorted(found, key=lambda each: each.aic))


def _thinned(ended: Sequence[float], lasted: Sequence[float]) -> tuple[Floats, Floats]:
    """So many of them, evenly over their order, that fitting takes no longer than it must."""
    step = max(1, (len(ended) + len(lasted)) // MOST)
    seen, cut = (np.maximum(np.sort(np.asarray(each, dtype=np.float64))[::step], 0.5) for each in (ended, lasted))
    return seen, cut


def _fitted(family: Family, seen: Floats, cut: Floats, curve: Curve) -> Fitted:
    data = stats.CensoredData(uncensored=seen, right=cut) if len(cut) else seen
    found = tuple(float(number) for number in family.law.fit(data, floc=0))
    law = family.law(*found)
    likelihood = float(law.logpdf(seen).sum() + law.logsf(cut).sum())
    qq = tuple((share, at, float(law.ppf(share))) for share in QUANTILES if (at := curve.quantile(share)) is not None)
    return Fitted(family.name, family.told(found), 2 * (family.numbers - likelihood), curve.distance(law.cdf), qq)
