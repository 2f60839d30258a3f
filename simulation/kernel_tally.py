"""What the kernel's days add to the figures, in the same form as the engine's."""

from collections.abc import Sequence

import numpy as np

from simulation.intervals import Whole
from simulation.kernel_days import GAVE_UP, LINE, OF_BUSINESS, OF_KIND, SERVICE_TOOK, WAITED, WINDOW_LINE
from simulation.kernel_run import Kernel
from simulation.tally import KINDS, AtWindow, DayTally, Group

Parts = list[list[Whole]]


def tallies(codes: Sequence[str], kernel: Kernel, begin: int, end: int) -> list[DayTally]:
    """The days from `begin` to before `end`; `codes` are the businesses, in the scenario's order."""
    found, days = kernel.days(begin, end), end - begin
    first = np.asarray(found.first)
    lines = np.asarray(found.lines).reshape(-1, LINE)[: first[-1]]
    day = np.repeat(np.arange(days), np.diff(first))
    by_business = _groups(lines, day, lines[:, OF_BUSINESS], days, len(codes))
    by_kind = _groups(lines, day, lines[:, OF_KIND], days, len(KINDS))
    windows = np.asarray(found.windows).reshape(days, len(kernel.numbers), WINDOW_LINE).tolist()
    return [
        DayTally(
            dict(zip(codes, by_business[place], strict=True)),
            {number: AtWindow(*told) for number, told in zip(kernel.numbers, windows[place], strict=True)},
            dict(zip(KINDS, by_kind[place], strict=True)),
        )
        for place in range(days)
    ]


def _groups(lines: Whole, day: Whole, group: Whole, days: int, many: int) -> list[list[Group]]:
    """The visitors of each day and group, in order of arrival."""
    name = day * many + group
    customers = np.bincount(name, minlength=days * many).tolist()
    waited, gave_up, took = (_apart(lines[:, column], name, days * many) for column in (WAITED, GAVE_UP, SERVICE_TOOK))
    made = [Group(count, len(took[n]), waited[n], gave_up[n], took[n]) for n, count in enumerate(customers)]
    return [made[place : place + many] for place in range(0, days * many, many)]


def _apart(values: Whole, name: Whole, many: int) -> list[Whole]:
    """The values that there are, by name."""
    there = values >= 0
    values, name = values[there], name[there]
    ends = np.cumsum(np.bincount(name, minlength=many)).tolist()
    # Names are few, and so small numbers, which numpy sorts without comparing them.
    small = name.astype(np.uint16) if many <= 1 << 16 else name
    values = values[np.argsort(small, kind="stable")]
    return [values[start:end] for start, end in zip([0, *ends], ends, strict=False)]
