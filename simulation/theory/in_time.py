"""Arrivals that change with time: the offered load, and the exact chances hour by hour for a plan of windows."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import exp, lgamma, log, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.integrate import solve_ivp

Rate = Callable[[float], float]
Floats = npt.NDArray[np.float64]


class Wave(NamedTuple):
    """Arrivals at the rate mean + swing sin(pace t)."""

    mean: float
    swing: float
    pace: float

    def __call__(self, t: float) -> float:
        """The rate at `t`."""
        return self.mean + self.swing * float(np.sin(self.pace * t))

    def offered_load(self, t: float, service: float = 1.0) -> float:
        """How many would be served at `t` if nobody ever waited (Mt/M/inf), long after the beginning.

        Eick, Massey and Whitt, Management Science 39(2) (1993) 241-252: the rate seen through an exponential lag.
        """
        below = service * service + self.pace * self.pace
        wave = (service * np.sin(self.pace * t) - self.pace * np.cos(self.pace * t)) / below
        return self.mean / service + self.swing * float(wave)

    def most_load(self, service: float = 1.0) -> float:
        """The largest offered load."""
        return self.mean / service + self.swing / sqrt(service * service + self.pace * self.pace)


def busy_chance(load: float, windows: int) -> float:
    """P(at least `windows` are in the hall) when their number is Poisson of mean `load`.

    So it is in Mt/M/c+M when patience is like service, whatever the plan of windows: everybody stays equally long.
    """
    return 1 - sum(exp(n * log(load) - load - lgamma(n + 1)) for n in range(windows))


class Period(NamedTuple):
    """What a period of a plan was like: windows, and P(an arrival must wait), averaged over time and at its worst."""

    windows: int
    must_wait: float
    worst: float


def followed(
    rate: Rate, service: float, periods: Sequence[float], plan: Sequence[int], *, room: int, rounds: int = 3
) -> list[Period]:
    """The chances of Mt/M/c through a plan of windows, by Kolmogorov's forward equations; exact up to integration.

    `periods` has one moment more than `plan`; the whole is repeated `rounds` times from an empty hall, so that the
    last round, which is told, has forgotten the beginning. A window that closes leaves its visitor to the others.
    States above `room` are left out: choose it so that nobody gets there.
    """
    n = np.arange(room + 1, dtype=np.float64)
    chances = np.zeros(room + 1)
    chances[0] = 1.0
    told: list[Period] = []
    for _ in range(rounds):
        told = []
        for (begins, ends), windows in zip(pairwise(periods), plan, strict=True):
            out = np.minimum(n, windows) * service
            # The chance of waiting is integrated as one more equation, so that no grid has a say in its average.
            start = np.concatenate([chances, [0.0]])

            def change(t: float, now: Floats, out: Floats = out, windows: int = windows) -> Floats:
                at, into = now[:-1], rate(t)
                flow = -(into + out) * at
                flow[-1] += into * at[-1]
                flow[1:] += into * at[:-1]
                flow[:-1] += out[1:] * at[1:]
                return np.concatenate([flow, [at[windows:].sum()]])

            found = solve_ivp(change, (begins, ends), start, method="LSODA", rtol=1e-10, atol=1e-13, max_step=0.05)
            must_wait = float(found.y[-1, -1]) / (ends - begins)
            told.append(Period(windows, must_wait, float(found.y[windows:-1].sum(axis=0).max())))
            chances = found.y[:-1, -1]
    return told
