"""What one simulated day adds to the figures, by the core's measures: waits per business, time per window."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from queue_server.core.measures import busy_time, open_time, service_time, waiting_time
from queue_server.core.ticket import State, Ticket
from queue_server.core.turns import turns
from simulation.engine import LEFT, Day
from simulation.intervals import Whole
from simulation.scenario import Scenario

# Why somebody stands where they stand: with a ground for priority, back with missing papers, or neither.
KINDS = (ORDINARY, PRIORITY, RETURN) = ("ordinary", "priority", "return")


@dataclass(frozen=True, slots=True)
class Group:
    """Counted visitors: how many, the waits (ms) of those called and of those who left, the service times (ms)."""

    customers: int
    served: int
    called: Whole
    gave_up: Whole
    service: Whole


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A window from warm-up to horizon: time open, time with a visitor (ms), and how many visitors it served."""

    open_ms: int
    busy_ms: int
    served: int


@dataclass(frozen=True, slots=True)
class DayTally:
    """One day or, added up, one replication of several days; `kinds` are the same visitors by why they stand there."""

    businesses: dict[str, Group]
    windows: dict[int, AtWindow]
    kinds: dict[str, Group] = field(default_factory=dict)


def tally(scenario: Scenario, day: Day) -> DayTally:
    """The figures of one day: turns of visitors who came after the warm-up, windows from then to the horizon."""
    since = day.midnight + round(scenario.warm_up_s * 1000)
    until = day.midnight + round(scenario.horizon_s * 1000)
    several = any(demand.later is not None for demand in scenario.businesses.values())
    counted = [turn for turn in (turns(day.entries) if several else day.tickets) if turn.issued_at >= since]
    of: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in counted:
        of[ticket.business].append(ticket)
    opened, busy = open_time(day.entries, until, since), busy_time(day.entries, until, since)
    served: dict[int, int] = defaultdict(int)
    for ticket in counted:
        if ticket.window is not None and ticket.state is State.FINISHED:
            served[ticket.window] += 1
    return DayTally(
        {code: _group(of[code]) for code in scenario.businesses},
        {
            number: AtWindow(opened.get(number, 0), busy[number], served[number])
            for number in (desk.window for desk in scenario.windows)
        },
        {kind: _group([t for t in counted if _kind(t) == kind]) for kind in KINDS},
    )


def _kind(ticket: Ticket) -> str:
    if ticket.case is not None:
        return RETURN
    return PRIORITY if ticket.priority else ORDINARY


def _group(of: Sequence[Ticket]) -> Group:
    gone = [t.finished_at - t.queued_at for t in of if t.reason == LEFT and t.finished_at is not None]
    return Group(
        customers=len(of),
        served=sum(t.state is State.FINISHED for t in of),
        called=_whole(waiting_time(t) for t in of),
        gave_up=_whole(gone),
        service=_whole(service_time(t) for t in of),
    )


def _whole(values: Iterable[int | None]) -> Whole:
    return np.array([value for value in values if value is not None], dtype=np.int64)


def together(groups: Sequence[Group]) -> Group:
    """Several groups as one: all businesses of a day, or one business over several days."""
    return Group(
        customers=sum(g.customers for g in groups),
        served=sum(g.served for g in groups),
        called=np.concatenate([g.called for g in groups]),
        gave_up=np.concatenate([g.gave_up for g in groups]),
        service=np.concatenate([g.service for g in groups]),
    )


def replication(days: Sequence[DayTally]) -> DayTally:
    """Several days as one replication."""
    if len(days) == 1:
        return days[0]
    windows = {
        number: AtWindow(
            sum(d.windows[number].open_ms for d in days),
            sum(d.windows[number].busy_ms for d in days),
            sum(d.windows[number].served for d in days),
        )
        for number in days[0].windows
    }
    return DayTally(
        {code: together([d.businesses[code] for d in days]) for code in days[0].businesses},
        windows,
        {kind: together([d.kinds[kind] for d in days]) for kind in days[0].kinds},
    )
