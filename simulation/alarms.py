"""Deadlines of a simulated day: the hall is woken at the earliest, and told what is due in the core's order."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

import simpy

from queue_server.core.moment import Order
from queue_server.core.timers import Timer
from simulation.moments import Moment


class Alarms:
    """All timers that were ever set; one that no longer holds is for whoever is told of it to leave alone."""

    def __init__(self, env: simpy.Environment, ring: Callable[[Moment], None]) -> None:
        self._env, self._ring = env, ring
        self._timers: list[Timer] = []
        self._next: int | None = None

    def watch(self, timer: Timer | None) -> None:
        """Wake the hall when this one is due."""
        if timer is not None:
            heappush(self._timers, timer)
            self._wake()

    def due(self, now: int) -> Iterator[Timer]:
        """Those whose deadline has come, in order, also those set meanwhile; then the next is watched."""
        while self._timers and self._timers[0].deadline <= now:
            yield heappop(self._timers)
        self._next = None
        self._wake()

    def _wake(self) -> None:
        # One moment for the earliest is enough; it is there already for all that are due later.
        if self._timers and (self._next is None or self._timers[0].deadline < self._next):
            self._next = self._timers[0].deadline
            Moment(self._env, max(self._next, int(self._env.now)), Order.TIMER, 0, self._ring)
