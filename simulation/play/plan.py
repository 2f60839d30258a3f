"""The plan of one played day: what was drawn, and where it lies in the hall's time."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulation.draws import Customer
from simulation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Plan:
    """What a day is made of: its midnight (hall time, ms UTC), who comes, and the outcome clerks press."""

    scenario: Scenario
    number: int
    midnight: int
    coming: Sequence[Customer]
    outcome: str
