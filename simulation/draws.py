"""Chance: one named, seeded stream per day, business and purpose; visitor i always uses the i-th number of each."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from simulation.chance import Constant, Duration, Empirical, Exponential, Lognormal
from simulation.scenario import HOUR_MS, Absent, Class, Rates, RecordedDays, Scenario

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Purpose(IntEnum):
    """What a stream decides; the numbers are part of every published result, so none is ever used again."""

    ARRIVAL = 0
    SERVICE = 1
    PATIENCE = 2
    PRIORITY = 3
    RETURN = 4
    ABSENT = 5
    BACK = 6


class Customer(NamedTuple):
    """One visitor to come: `at` in ms after midnight, service and patience in ms (None: never leaves), the grounds.

    `tie` is the window that a visitor with missing papers comes back to; `absent` says that the first call finds
    nobody, `back` how long after being missed (ms) the visitor is there again (None: never).
    """

    at: int
    business: str
    service: int
    patience: int | None
    grounds: tuple[str, ...]
    tie: int | None = None
    absent: bool = False
    back: int | None = None


def stream(seed: int, day: int, business: str, purpose: Purpose) -> np.random.Generator:
    """The stream of that name. It is counter-based (Philox), so no stream depends on how much of another was used."""
    name = np.random.SeedSequence(seed, spawn_key=(day, int(purpose), int.from_bytes(business.encode("ascii"))))
    return np.random.Generator(np.random.Philox(name))


def customers(scenario: Scenario, seed: int, day: int) -> list[Customer]:
    """All visitors of simulated day `day` (from 0) by arrival; at the same ms in the order of the businesses."""
    parts = [_of_business(scenario, code, seed, day) for code in scenario.businesses]
    together: list[Customer] = [one for part in parts for one in part]
    together.sort(key=_arrival)
    return together


def _arrival(customer: Customer) -> int:
    return customer.at


def _of_business(scenario: Scenario, code: str, seed: int, day: int) -> list[Customer]:
    demand = scenario.businesses[code]
    if isinstance(demand.arrivals, RecordedDays):
        moments: list[int] = sorted(demand.arrivals.days[day % len(demand.arrivals.days)])
    else:
        moments = _poisson(demand.arrivals, stream(seed, day, code, Purpose.ARRIVAL)).tolist()
    count = len(moments)
    service: list[int] = durations(demand.service, _uniform(seed, day, code, Purpose.SERVICE, count)).tolist()
    patience: list[Any] = [None] * count
    if demand.patience is not None:
        patience = durations(demand.patience, _uniform(seed, day, code, Purpose.PATIENCE, count)).tolist()
    grounds = _grounds(scenario.classes, code, _uniform(seed, day, code, Purpose.PRIORITY, count))
    ordinary = map(Customer, moments, [code] * count, service, patience, grounds)
    if not demand.returning and demand.absent is None:
        return list(ordinary)
    ties = _ties(scenario, code, _uniform(seed, day, code, Purpose.RETURN, count))
    away = Absent(share=0) if demand.absent is None else demand.absent
    absent = (_uniform(seed, day, code, Purpose.ABSENT, count) < away.share).tolist()
    back: list[Any] = [None] * count
    if away.back_after is not None:
        back = durations(away.back_after, _uniform(seed, day, code, Purpose.BACK, count)).tolist()
    return [one._replace(tie=t, absent=a, back=b) for one, t, a, b in zip(ordinary, ties, absent, back, strict=True)]


def _ties(scenario: Scenario, business: str, uniform: Floats) -> list[int | None]:
    """The window each visitor comes back to, any of those for which the business is most of all their work."""
    able = {desk.window: s for desk in scenario.windows if (s := desk.reluctance.get(business)) is not None}
    main = [window for window, s in able.items() if s == min(able.values())]
    share = scenario.businesses[business].returning
    # The same number tells whether and where, so that a larger share only adds to those who come back.
    return [main[int(u / share * len(main))] if main and u < share else None for u in uniform.tolist()]


def _uniform(seed: int, day: int, business: str, purpose: Purpose, count: int) -> Floats:
    return stream(seed, day, business, purpose).random(count)


def _poisson(rates: Rates, chance: np.random.Generator) -> Whole:
    # A Poisson stream of rate one, bent by the accumulated rate: a change of rates moves visitors but never swaps them.
    length = np.array([piece.end_ms - piece.start_ms for piece in rates.pieces], dtype=np.float64)
    per_ms = np.array([piece.per_hour for piece in rates.pieces], dtype=np.float64) / HOUR_MS
    until = np.cumsum(length * per_ms)
    total = float(until[-1]) if len(until) else 0.0
    if total <= 0:
        return np.empty(0, dtype=np.int64)
    found = np.empty(0)
    while not len(found) or found[-1] < total:
        gaps = -np.log1p(-chance.random(int(total + 6 * total**0.5) + 16))
        found = np.concatenate([found, np.cumsum(gaps) + (found[-1] if len(found) else 0.0)])
    found = found[found < total]
    piece = np.searchsorted(until, found, side="right")
    start = np.array([p.start_ms for p in rates.pieces])[piece]
    end = np.array([p.end_ms for p in rates.pieces])[piece]
    inside = (found - (until - length * per_ms)[piece]) / per_ms[piece]
    moments: Whole = np.minimum(start + inside.astype(np.int64), end - 1)
    return moments


def durations(family: Duration, uniform: Floats) -> Whole:
    """Durations (ms) by inversion, one for each number between 0 and 1."""
    seconds: Floats
    match family:
        case Constant():
            seconds = np.full(len(uniform), family.mean_s)
        case Exponential():
            seconds = -family.mean_s * np.log1p(-uniform)
        case Lognormal():
            variance = np.log1p(family.cv**2)
            seconds = np.exp(np.log(family.mean_s) - variance / 2 + np.sqrt(variance) * ndtri(uniform))
        case Empirical():
            values = np.sort(np.array(family.values_s))
            seconds = values[(uniform * len(values)).astype(np.int64)]
    whole: Whole = np.rint(seconds * 1000).astype(np.int64)
    return whole


def _grounds(classes: Sequence[Class], business: str, uniform: Floats) -> list[tuple[str, ...]]:
    edges = np.cumsum([each.share.get(business, 0.0) for each in classes])
    kinds = [*((each.code,) for each in classes), ()]
    return [kinds[kind] for kind in np.searchsorted(edges, uniform, side="right").tolist()]
