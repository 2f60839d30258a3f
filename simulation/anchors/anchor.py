"""An anchor: a figure that theory knows exactly, and how the replications of a hall tell the same figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from simulation.anchors.steady import Steady
from simulation.figures import FIGURES
from simulation.intervals import Measured, measured_ratio
from simulation.tally import DayTally, Group, together

# What replications tell, in seconds, or shares.
Told = Callable[[Sequence[DayTally], Steady], Measured | None]


@dataclass(frozen=True, slots=True)
class Formula:
    """An exact value, and `known` to the digits in which it was computed elsewhere (empty: nowhere).

    By itself it is a limit, an approximation, a count of windows, or whatever else no engine can tell.
    """

    name: str
    exact: float
    known: str

    @property
    def agrees(self) -> bool:
        """Whether the exact value is the known one in each of its digits."""
        if not self.known:
            return isfinite(self.exact)
        digits = self.known.partition(".")[2]
        return abs(self.exact - float(self.known)) <= 0.501 * 10.0 ** -len(digits)


@dataclass(frozen=True, slots=True)
class Anchor(Formula):
    """An exact value that replications of `hall` tell, too."""

    hall: Steady
    told: Told


def _groups(parts: Sequence[DayTally], business: str | None) -> list[Group]:
    if business is not None:
        return [part.businesses[business] for part in parts]
    return [together(list(part.businesses.values())) for part in parts]


def figure(name: str, business: str | None = None, times: float = 1.0) -> Told:
    """A time of the report (`name` of `FIGURES`) in the formula's unit, `times` so much."""

    def told(parts: Sequence[DayTally], hall: Steady) -> Measured | None:
        return _times(FIGURES[name](_groups(parts, business), 0), times / hall.unit_s)

    return told


def share(name: str, times: float = 1.0) -> Told:
    """A share of the report that has no target."""
    return lambda parts, _: _times(FIGURES[name](_groups(parts, None), 0), times)


def within(units: float) -> Told:
    """The share of all who come that is called within so many units of time."""
    return lambda parts, hall: FIGURES["called_in_time"](_groups(parts, None), round(units * hall.unit_s * 1000))


def longer(units: float) -> Told:
    """The share of all who come that is not called within so many units of time; with 0, that must wait."""

    def told(parts: Sequence[DayTally], hall: Steady) -> Measured | None:
        found = within(units)(parts, hall)
        return None if found is None else Measured(1 - found.value, -found.errors)

    return told


def busy(parts: Sequence[DayTally], _: Steady) -> Measured | None:
    """The share of time that windows are with a visitor, all windows together."""
    windows = [list(part.windows.values()) for part in parts]
    return measured_ratio(
        [sum(w.busy_ms for w in of) for of in windows], [sum(w.open_ms for w in of) for of in windows]
    )


def _times(found: Measured | None, factor: float) -> Measured | None:
    return None if found is None else Measured(found.value * factor, found.errors * factor)
