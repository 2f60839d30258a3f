"""Tickets called so far on a day, from the last number shown: back steps, new series and jumps are judged here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulation.history.tally import Tally

_TRAILING = re.compile(r"(\d+)$")
# A counter cannot call faster than this; a larger step is a jump to another block of numbers.
CALLS_PER_COUNTER_MINUTE = 2
SMALL_JUMP = 20
LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One snapshot on the clock: counters open, people waiting, last number called; `at` in ms UTC."""

    at: int
    open: int
    waiting: int
    number: str


def called_so_far(readings: Sequence[Reading], tally: Tally) -> list[int]:
    """Tickets called from the start of the day to each reading; never falls.

    A number that went back and soon passes its old height again was called out of order and adds nothing; one that
    stays low and rises from there is a new series, and its rises count. A step larger than the counters could have
    called is a jump between blocks of numbers and counts as one ticket.
    """
    numbers = [_digits(r.number) for r in readings]
    total, top = 0, 0
    result: list[int] = []
    for index, number in enumerate(numbers):
        if number is not None and number != top:
            minutes = _minutes(readings, index)
            if number > top:
                total += _risen(number - top, readings[index].open * minutes, tally)
                top = number
            elif numbers[index - 1] not in {None, number} and number < (numbers[index - 1] or 0):
                tally.note("number-went-back")
                if _new_series(numbers[index:], top):
                    total, top = total + 1, number
        result.append(total)
    return result


def _risen(step: int, counter_minutes: float, tally: Tally) -> int:
    if step > max(SMALL_JUMP, counter_minutes * CALLS_PER_COUNTER_MINUTE):
        tally.note("number-jumped")
        return 1
    return step


def _minutes(readings: Sequence[Reading], index: int) -> float:
    return (readings[index].at - readings[max(0, index - 1)].at) / 60_000


def _new_series(rest: Sequence[int | None], top: int) -> bool:
    known = [n for n in rest if n is not None]
    rises = sum(b > a for a, b in pairwise(known))
    return rises >= LOOK_AHEAD and max(known) < top


def _digits(number: str) -> int | None:
    found = _TRAILING.search(number)
    return int(found.group(1)) if found else None
