"""Plain SimPy halls, written as one would write them by hand and kept as they are: what the kernel's speed is held to.

No rules of ours, no journal: windows with skills, priorities as head starts, first come first served among equals.
"""

from collections.abc import Generator, Sequence
from heapq import heappop, heappush
from typing import Any, NamedTuple

import simpy


class Visitor(NamedTuple):
    """Who comes: when, for what, for how long, and how much earlier they count as having come (ms)."""

    at: int
    business: int
    service: int
    head_start: int


class Desk(NamedTuple):
    """A window: what each business costs it (ms; None: never), and when it is open (ms)."""

    reluctance: Sequence[int | None]
    spans: Sequence[tuple[int, int]]


class PlainHall:
    """One day; `waits` are how long (ms) each visitor waited for the call."""

    def __init__(self, businesses: int, desks: Sequence[Desk], coming: Sequence[Visitor]) -> None:
        self.env = simpy.Environment()
        self.lanes: list[list[tuple[int, int]]] = [[] for _ in range(businesses)]
        self.idle: dict[int, simpy.Event] = {}
        self.desks, self.coming, self.waits = desks, coming, [0] * len(coming)
        self.env.process(self._door())
        for place in range(len(desks)):
            self.env.process(self._desk(place))
        self.env.run()

    def _door(self) -> Generator[simpy.Event, Any, None]:
        env = self.env
        for number, visitor in enumerate(self.coming):
            if visitor.at > env.now:
                yield env.timeout(visitor.at - env.now)
            heappush(self.lanes[visitor.business], (visitor.at - visitor.head_start, number))
            costs = [
                (cost, place)
                for place in self.idle
                if (cost := self.desks[place].reluctance[visitor.business]) is not None
            ]
            if costs:
                self.idle.pop(min(costs)[1]).succeed()

    def _next(self, desk: Desk) -> int | None:
        best, chosen = None, None
        for lane, reluctance in zip(self.lanes, desk.reluctance, strict=True):
            if lane and reluctance is not None:
                place, number = lane[0]
                key = (place + reluctance, number)
                if best is None or key < best:
                    best, chosen = key, lane
        return None if chosen is None else heappop(chosen)[1]

    def _desk(self, place: int) -> Generator[simpy.Event, Any, None]:
        env, desk = self.env, self.desks[place]
        for opens, closes in desk.spans:
            if opens > env.now:
                yield env.timeout(opens - env.now)
            while env.now < closes:
                number = self._next(desk)
                if number is None:
                    free = self.idle[place] = env.event()
                    yield free | env.timeout(closes - env.now)
                    self.idle.pop(place, None)
                    continue
                visitor = self.coming[number]
                self.waits[number] = env.now - visitor.at
                yield env.timeout(visitor.service)
