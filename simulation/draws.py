"""Chance: every number is drawn by its name alone (seed, day, business, visitor, purpose), in whatever engine."""

from typing import NamedTuple

from simulation.kernel_rows import (
    ABSENT,
    AT,
    BACK,
    BALKS_OVER,
    BUSINESS,
    LEAVES,
    NEVER,
    PRIORITY,
    REVIEWED,
    SERVICE,
    THEN,
    THEN_PATIENCE,
    THEN_SERVICE,
    TIE,
    WALK,
)
from simulation.kernel_run import Kernel
from simulation.scenario import Scenario


class Turn(NamedTuple):
    """Another business on the same number: what it takes and how long it is waited for (ms; None: never leaves)."""

    business: str
    service: int
    patience: int | None


class Customer(NamedTuple):
    """One visitor to come: `at` in ms after midnight, service and patience in ms (None: never leaves), the grounds.

    `tie` is the window that a visitor with missing papers comes back to; `absent` says that the first call finds
    nobody, `back` how long after being missed (ms) the visitor is there again (None: never). `walk` is the way to the
    window (ms); `reviewed` says that the papers were checked beforehand, which the service time knows already.
    `later` is the turn after this one;
    `balks_over` is how many numbers at most lie between the last called and that of one who stays (None: any).
    """

    at: int
    business: str
    service: int
    patience: int | None
    grounds: tuple[str, ...]
    tie: int | None = None
    absent: bool = False
    back: int | None = None
    walk: int = 0
    reviewed: bool = False
    balks_over: int | None = None
    later: Turn | None = None


def customers(scenario: Scenario, seed: int, day: int) -> list[Customer]:
    """All visitors of simulated day `day` (from 0) by arrival; at the same ms in the order of the businesses."""
    kernel = Kernel(scenario, seed)
    codes, grounds = list(scenario.businesses), [(each.code,) for each in scenario.classes]
    return [
        Customer(
            at=row[AT],
            business=codes[row[BUSINESS]],
            service=row[SERVICE],
            patience=None if row[LEAVES] == NEVER else row[LEAVES] - row[AT],
            grounds=() if row[PRIORITY] < 0 else grounds[row[PRIORITY]],
            tie=None if row[TIE] < 0 else kernel.numbers[row[TIE]],
            absent=row[ABSENT] == 1,
            back=None if row[BACK] < 0 else row[BACK],
            walk=row[WALK],
            reviewed=row[REVIEWED] == 1,
            balks_over=None if row[BALKS_OVER] < 0 else row[BALKS_OVER],
            later=None if row[THEN] < 0 else _turn(codes, row),
        )
        for row in kernel.draw(day)
    ]


def _turn(codes: list[str], row: list[int]) -> Turn:
    return Turn(codes[row[THEN]], row[THEN_SERVICE], None if row[THEN_PATIENCE] < 0 else row[THEN_PATIENCE])
