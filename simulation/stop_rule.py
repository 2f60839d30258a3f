"""When enough days are simulated: once a figure's interval is as narrow as was asked, and how many more that may take.

The rule looks several times, and would stop too early by chance if it began with few replications. So it begins with
thirty, and asks for a relative half width of g / (1 + g) where g is wanted, as the true value is unknown. Law,
Simulation Modeling and Analysis, 9.4.1; Chow and Robbins, Annals of Mathematical Statistics 36 (1965) 457-462.
"""

from collections.abc import Callable, Sequence
from math import ceil, inf
from typing import NamedTuple

from simulation.figures import FIGURES
from simulation.intervals import Measured
from simulation.scenario import Scenario
from simulation.tally import DayTally, together

LEAST = 30
# The next look is at most at so many times the replications, as the first guesses of the spread are rough.
GROWTH = 2.0
# What is guessed to be enough is often just short of it.
RESERVE = 1.05

# How many times too wide the widest of the intervals is that matter: at most one is enough.
Excess = Callable[[Sequence[DayTally]], float]


class StopRule(NamedTuple):
    """Until half the 95 % interval of `figure` (a name of `FIGURES`) is at most `relative` of its value."""

    figure: str
    relative: float
    least: int = LEAST

    def excess(self, scenario: Scenario) -> Excess:
        """The rule for all visitors of a scenario."""
        target_ms = round(scenario.target_s * 1000)

        def of(parts: Sequence[DayTally]) -> float:
            groups = [together(list(each.businesses.values())) for each in parts]
            return too_wide(FIGURES[self.figure](groups, target_ms), self.relative)

        return of


class Stopped(NamedTuple):
    """How a stop rule ended: the relative half width that was asked of `figure`, and whether it came to that."""

    figure: str
    relative: float
    reached: bool


def too_wide(found: Measured | None, relative: float) -> float:
    """How many times as wide as wanted an interval is; infinite where there is none, or nothing but zeros, yet."""
    width = None if found is None else found.estimate().half_width
    if found is None or width is None or found.value == 0:
        return inf
    return width / (abs(found.value) * relative / (1 + relative))


def next_look(replications: int, excess: float) -> int:
    """At how many replications to look again: as many as should do by the spread seen, but not too far off."""
    wanted = replications * min(GROWTH, max(1.0, excess * excess * RESERVE))
    return max(replications + 1, ceil(wanted))
