"""How many windows: the fewest that keep a promise, hour by hour by averages or lagged averages, or by offered load."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from simulation.theory.erlang import MMc, erlang_c

# Averages over a period are taken over so many parts; rates bend little within one.
PARTS = 2_000


def least_windows(arrivals: float, service: float, within: float, share: float) -> int:
    """The fewest windows at which at least `share` of all arrivals wait at most `within` (M/M/c)."""
    windows = max(1, int(arrivals / service))
    while 1 - MMc(arrivals, service, windows).waits_longer(within) < share:
        windows += 1
    return windows


@dataclass(frozen=True, slots=True)
class Need:
    """A need for windows: how many must be staffed, how many persons that takes, and what is then reached."""

    windows: int
    persons: int
    must_wait: float
    within: float
    utilisation: float


def need(arrivals: float, service: float, within: float, share: float, *, busy: float = 1.0, away: float = 0.0) -> Need:
    """The fewest windows at which `share` of arrivals wait at most `within`, and none is busier than `busy` on average.

    `away` is the share of paid time that a person is not at the window (shrinkage); persons are rounded up once, at
    the end.
    """
    windows = least_windows(arrivals, service, within, share)
    while arrivals / service / windows > busy:
        windows += 1
    hall = MMc(arrivals, service, windows)
    persons = ceil(round(windows / (1 - away), 9))
    reached = 1 - hall.waits_longer(within)
    return Need(windows, persons, erlang_c(windows, hall.load), reached, hall.load / windows)


def by_period(
    rate: Callable[[float], float], service: float, must_wait: float, periods: Sequence[float], lag: float = 0.0
) -> list[int]:
    """Windows for each period [periods[i], periods[i + 1]): the fewest at which at most `must_wait` of arrivals wait.

    Each period is taken by itself at its average rate (SIPP: stationary, independent, period by period); with `lag`
    (best the mean service) at the average rate so much earlier, as the crowd follows the arrivals. Green, Kolesar and
    Soares, Operations Research 49(4) (2001) 549-564.
    """
    plan = []
    for begins, ends in pairwise(periods):
        part = (ends - begins) / PARTS
        average = sum(rate(begins - lag + (k + 0.5) * part) for k in range(PARTS)) / PARTS
        windows = 1
        while erlang_c(windows, average / service) > must_wait:
            windows += 1
        plan.append(windows)
    return plan


def by_offered_load(load: float, beta: float) -> int:
    """Windows at a moment of offered load m: m + beta sqrt(m), rounded up.

    Jennings, Mandelbaum, Massey and Whitt, Management Science 42(10) (1996) 1383-1394.
    """
    return ceil(load + beta * sqrt(load))
