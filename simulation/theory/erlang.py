"""Erlang B, C and A: Poisson arrivals, exponential service, several windows; with room for some, with impatience."""

from math import exp, inf, log
from typing import NamedTuple

from scipy.special import betainc

# Probabilities below this add nothing to ten digits.
NEGLIGIBLE = 1e-16


def erlang_b(windows: int, load: float) -> float:
    """P(all windows busy) when nobody waits (M/G/c/c); `load` is arrivals times mean service.

    Erlang, Elektroteknikeren 13 (1917) 5-13; by the recursion B(c) = a B(c-1) / (c + a B(c-1)).
    """
    busy = 1.0
    for c in range(1, windows + 1):
        busy = load * busy / (c + load * busy)
    return busy


def erlang_c(windows: int, load: float) -> float:
    """P(an arrival must wait) in M/M/c; 1 when the load is not below the number of windows.

    Erlang (1917); Gross and Harris, Fundamentals of Queueing Theory, 2.3: C = c B / (c - a (1 - B)).
    """
    if load >= windows:
        return 1.0
    busy = erlang_b(windows, load)
    return windows * busy / (windows - load * (1 - busy))


class MMc(NamedTuple):
    """First come, first served at `windows` windows with Poisson arrivals and exponential service (Erlang C)."""

    arrivals: float
    service: float
    windows: int

    @property
    def load(self) -> float:
        """Arrivals over service rate (Erlang)."""
        return self.arrivals / self.service

    @property
    def _spare(self) -> float:
        return self.windows * self.service - self.arrivals

    def mean_wait(self) -> float:
        """Mean wait of all arrivals: C / (c mu - lambda); infinite when the windows cannot keep up."""
        return erlang_c(self.windows, self.load) / self._spare if self._spare > 0 else inf

    def waits_longer(self, t: float) -> float:
        """P(W > t) = C exp(-(c mu - lambda) t)."""
        return erlang_c(self.windows, self.load) * exp(-self._spare * t) if self._spare > 0 else 1.0

    def percentile(self, share: float) -> float:
        """The wait that `share` of all arrivals do not exceed."""
        if self._spare <= 0:
            return inf
        return max(0.0, log(erlang_c(self.windows, self.load) / (1 - share)) / self._spare)


class Bounded(NamedTuple):
    """M/M/c/K: visitors who find `room` others, waiting or served, turn away (Gross and Harris, 2.5)."""

    arrivals: float
    service: float
    windows: int
    room: int

    def chances(self) -> list[float]:
        """P(n in the hall), n from 0 to `room`."""
        weights = [1.0]
        for n in range(1, self.room + 1):
            weights.append(weights[-1] * self.arrivals / (min(n, self.windows) * self.service))
        total = sum(weights)
        return [weight / total for weight in weights]


class ErlangA(NamedTuple):
    """M/M/c+M: as M/M/c, but who waits longer than an exponential patience of rate `leaving` leaves.

    Palm (1957); Garnett, Mandelbaum and Reiman, M&SOM 4(3) (2002) 208-227. Waits are of all arrivals, until they are
    called or leave.
    """

    arrivals: float
    service: float
    leaving: float
    windows: int

    def chances(self) -> list[float]:
        """P(n in the hall), n from 0 until nothing is left to add."""
        # Weights relative to the empty hall overflow in a large one, so they are kept as logarithms.
        weights, most = [0.0], 0.0
        while len(weights) <= self.windows or weights[-1] > most + log(NEGLIGIBLE):
            n = len(weights)
            out = min(n, self.windows) * self.service + max(0, n - self.windows) * self.leaving
            weights.append(weights[-1] + log(self.arrivals / out))
            most = max(most, weights[-1])
        shares = [exp(weight - most) for weight in weights]
        total = sum(shares)
        return [share / total for share in shares]

    def must_wait(self) -> float:
        """P(an arrival finds all windows busy)."""
        return sum(self.chances()[self.windows :])

    def queue(self) -> float:
        """Mean number waiting."""
        return sum((n - self.windows) * p for n, p in enumerate(self.chances()) if n > self.windows)

    def mean_wait(self) -> float:
        """Mean wait (Little: queue / arrivals)."""
        return self.queue() / self.arrivals

    def abandoned(self) -> float:
        """The share that leaves: who waits leaves at rate `leaving`."""
        return self.leaving * self.queue() / self.arrivals

    def utilisation(self) -> float:
        """The share of time a window is busy."""
        return (1 - self.abandoned()) * self.arrivals / (self.windows * self.service)

    def waits_longer(self, t: float) -> float:
        """P(W > t).

        Behind k others, the offered wait is a sum of exponentials of rates c mu + j theta, j = 0..k, and
        exp(-theta V) is Beta(c mu / theta, k + 1); it also takes patience longer than t.
        """
        first, still = self.windows * self.service / self.leaving, exp(-self.leaving * t)
        behind = enumerate(self.chances()[self.windows :])
        return still * float(sum(p * betainc(first, k + 1, still) for k, p in behind))

    def percentile(self, share: float) -> float:
        """The wait that `share` of all arrivals do not exceed, by bisection."""
        low, high = 0.0, 1 / self.leaving
        if self.waits_longer(0) <= 1 - share:
            return 0.0
        while self.waits_longer(high) > 1 - share:
            high *= 2
        while high - low > 1e-13 * high:
            middle = (low + high) / 2
            low, high = (middle, high) if self.waits_longer(middle) > 1 - share else (low, middle)
        return high
