"""The kernel at work on a scenario: days into figures, or one day into what happened, with as much room as it takes."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np

from simulation import kernel_rows as k
from simulation.compiled import COMPILED
from simulation.kernel_days import LINE, WINDOW_LINE, Seed, days, one_day
from simulation.kernel_draws import draw
from simulation.kernel_rows import Floats, Ints
from simulation.kernel_scenario import rows
from simulation.opening import business_ends
from simulation.scenario import Scenario

# What a seed may be: two words of the key and one of the counter.
LARGEST_SEED = 2**96 - 1
_WORD = 0xFFFFFFFF
_SPARE = 64
# What one visitor may have told: from issue to the end with three calls, a return, another call and two releases.
_ENTRIES = 12


def whole(values: Iterable[int]) -> Ints:
    """Whole numbers as the kernel takes them: an array for compiled code, a list for plain Python."""
    made: Ints = np.fromiter(values, dtype=np.int64) if COMPILED else list(values)  # type: ignore[assignment]
    return made


def real(values: Sequence[float]) -> Floats:
    """Other numbers as the kernel takes them, in the same way."""
    made: Floats = np.array(values, dtype=np.float64) if COMPILED else list(values)  # type: ignore[assignment]
    return made


class Line(NamedTuple):
    """One entry as the kernel tells it: the act (of `kernel_rows`), whose (by arrival), the window, when.

    NOBODY stands for no visitor and no window; the moment is in ms after midnight.
    """

    act: int
    visitor: int
    window: int
    at: int


class Found(NamedTuple):
    """What days add to the figures, as `kernel_days.days` writes it."""

    lines: Ints
    first: Ints
    windows: Ints


class Kernel:
    """A scenario and a seed, ready to be played; not by several threads at once."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario = scenario
        self._rows = rows(scenario)
        self.numbers = self._rows.numbers
        self._seed: Seed = (seed & _WORD, seed >> 32 & _WORD, seed >> 64)
        self._plans = whole(self._rows.plans)
        self._f = real(self._rows.f)
        self._visitors = int(scenario.most_a_day + 8 * scenario.most_a_day**0.5) + _SPARE
        self._m = self._room(told=False)

    def _room(self, *, told: bool) -> Ints:
        """The scenario's row with room behind it for everything that happens."""
        made, many = self._rows, self._visitors
        m, windows, businesses = list(made.m), len(made.numbers), made.m[k.BUSINESSES]
        # Each time somebody waits there is an alarm for the next window that may help and one for each closing of the
        # window they are tied to; and once one for not coming back.
        turns = m[k.TURNS]
        alarms = many * (1 + (1 + turns) * (min(made.steps, 1) + m[k.HAS_TIES] * (made.spans + 1)))
        entries = many * (turns * _ENTRIES + (1 + turns) * made.steps) + 2 * windows * (made.spans + 1)
        sizes = {
            k.IDLE: windows,
            k.LINED: businesses,
            k.DONE: windows,
            k.ALARMS: 1 + alarms,
            k.BACKS: 1 + many,
            k.MOMENTS: many + 2 * businesses + 1,
            k.HEADS: 1 + businesses,
            k.VISITORS: many * k.ROW,
            k.TOLD: entries * k.TOLD_ROW if told else 0,
        }
        size = len(m)
        for name, length in sizes.items():
            m[name] = size
            size += length
        m[k.VISITORS_END] = m[k.TOLD]
        if not told:
            m[k.TOLD] = k.NOBODY
        if not COMPILED:
            return [*m, *[0] * (size - len(m))]
        row: Any = np.zeros(size, dtype=np.int64)
        row[: len(m)] = m
        return row  # type: ignore[no-any-return]

    def _grow(self, *, told: bool = False) -> None:
        self._visitors *= 2
        self._m = self._room(told=told)

    def _ends(self, begin: int, end: int) -> tuple[Ints, Ints]:
        start, first, found = self._scenario.start, [0], list[int]()
        for day in range(begin, end):
            found += business_ends(start.date + timedelta(days=day), start.time_zone)
            first.append(len(found))
        return whole(found), whole(first)

    def draw(self, day: int) -> list[list[int]]:
        """The rows of all who come that day, by arrival; windows in them are places among `numbers`."""
        while (last := draw(self._m, self._f, (*self._seed, day))) < 0:
            self._grow()
        first = self._m[k.VISITORS]
        flat = [int(number) for number in self._m[first:last]]
        found = [flat[at : at + k.ROW] for at in range(0, len(flat), k.ROW)]
        for row in found:
            row[k.TIE] = self._window(row[k.TIE])
        return found

    def _window(self, desk: int) -> int:
        return k.NOBODY if desk < 0 else (desk - self._rows.desks[0]) // self._rows.m[k.DESK_SIZE]

    def tell(self, day: int) -> list[Line]:
        """Everything that happens on a day, in order; windows are places among `numbers`."""
        self._m = self._room(told=True)
        ends, first = self._ends(day, day + 1)
        while (last := one_day(self._m, self._f, self._seed, day, self._plans, ends, first, 0)) < 0:
            self._grow(told=True)
        m, begin = [int(number) for number in self._m], int(self._m[k.VISITORS])
        told = range(m[k.TOLD], m[k.TOLD] + m[k.TOLD_NOW] * k.TOLD_ROW, k.TOLD_ROW)

        def number(who: int) -> int:
            return k.NOBODY if who < 0 else (who - begin) // k.ROW

        lines = [Line(m[at], number(m[at + 1]), self._window(m[at + 2]), m[at + 3]) for at in told]
        left = [
            Line(k.VOID_LEFT, number(who), k.NOBODY, m[who + k.LEAVES])
            for who in range(begin, last, k.ROW)
            if m[who + k.STATE] == k.LEFT
        ]
        # Leavings are the last of their instant, and by visitor; the sort keeps what happened before in its order.
        return sorted([*lines, *left], key=lambda line: line.at)

    def days(self, begin: int, end: int) -> Found:
        """What the days from `begin` to before `end` add to the figures."""
        ends, ends_first = self._ends(begin, end)
        many, windows = end - begin, len(self.numbers)
        while True:
            lines = self._empty(self._visitors * many * LINE * self._rows.m[k.TURNS])
            first, desks = self._empty(many + 1), self._empty(many * windows * WINDOW_LINE)
            reached = days(self._m, self._f, self._seed, self._plans, ends, ends_first, begin, end, lines, first, desks)
            if reached == end:
                return Found(lines, first, desks)
            self._grow()

    @staticmethod
    def _empty(size: int) -> Ints:
        made: Any = np.zeros(size, dtype=np.int64) if COMPILED else [0] * size
        return made  # type: ignore[no-any-return]
