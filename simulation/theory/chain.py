"""A small hall solved exactly: windows that each serve some classes, strict priority, all times exponential."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, eye
from scipy.sparse.linalg import spsolve

# Per window the class it serves, or this.
IDLE = -1


class State(NamedTuple):
    """What each window serves, and how many of each class wait."""

    serving: tuple[int, ...]
    waiting: tuple[int, ...]


class SmallHall(NamedTuple):
    """Classes in order of priority, the first first, each with a rate of arrivals and of service.

    `serves[w]` are the classes of window w. A free window calls the first class it serves that waits; an arrival goes
    to the first free window that serves it. At most `room` of a class wait: choose it so that nobody is turned away.
    """

    arrivals: tuple[float, ...]
    service: tuple[float, ...]
    serves: tuple[frozenset[int], ...]
    room: int

    def mean_waits(self) -> tuple[float, ...]:
        """Mean wait of each class: how many of it wait on average, over its arrivals (Little)."""
        states, chances = self._balance()
        queues = np.array([state.waiting for state in states])
        return tuple(float(chances @ queues[:, k] / rate) for k, rate in enumerate(self.arrivals))

    def _balance(self) -> tuple[Sequence[State], np.ndarray]:
        empty = State((IDLE,) * len(self.serves), (0,) * len(self.arrivals))
        number, states = {empty: 0}, [empty]
        rows, columns, rates = [], [], []
        # The list grows while it is walked through, until no state leads to a new one.
        for at, state in enumerate(states):
            for after, rate in self._moves(state):
                if after not in number:
                    number[after] = len(states)
                    states.append(after)
                rows += [number[after], at]
                columns += [at, at]
                rates += [rate, -rate]
        size = len(states)
        flow = csr_matrix((rates, (rows, columns)), shape=(size, size))
        # The chances are known only up to a factor, so one equation is given up for the first chance to be one.
        held = csr_matrix(([1.0], ([0], [0])), shape=(size, size))
        keep = eye(size, format="csr") - held
        chances = spsolve((keep @ flow + held).tocsc(), np.eye(1, size)[0])
        return states, chances / chances.sum()

    def _moves(self, state: State) -> Iterator[tuple[State, float]]:
        for k, rate in enumerate(self.arrivals):
            yield self._arrived(state, k), rate
        for w, served in enumerate(state.serving):
            if served != IDLE:
                yield self._finished(state, w), self.service[served]

    def _arrived(self, state: State, k: int) -> State:
        for w, able in enumerate(self.serves):
            if state.serving[w] == IDLE and k in able:
                return State(_with(state.serving, w, k), state.waiting)
        return State(state.serving, _with(state.waiting, k, min(self.room, state.waiting[k] + 1)))

    def _finished(self, state: State, w: int) -> State:
        for k, count in enumerate(state.waiting):
            if count and k in self.serves[w]:
                return State(_with(state.serving, w, k), _with(state.waiting, k, count - 1))
        return State(_with(state.serving, w, IDLE), state.waiting)


def _with(values: tuple[int, ...], place: int, value: int) -> tuple[int, ...]:
    return (*values[:place], value, *values[place + 1 :])
