"""The process's clock: wall time at the start, then the monotonic clock; and the clock of a hall for show."""

import time

ALARM_MS = 5_000
FASTEST = 600


class Clock:
    """Milliseconds UTC that never jump while the process runs."""

    speed = 1

    def __init__(self) -> None:
        self._wall = time.time_ns()
        self._start = time.monotonic_ns()

    def now(self) -> int:
        """The present moment of the hall, whole ms UTC."""
        return self.real()

    def real(self) -> int:
        """The present moment outside of every hall, whole ms UTC: what a session is measured by."""
        return (self._wall + self._passed()) // 1_000_000

    def difference(self) -> int:
        """How far the wall clock has moved away from this one (ms); beyond `ALARM_MS` somebody should know."""
        return time.time_ns() // 1_000_000 - self.now()

    def _passed(self) -> int:
        return time.monotonic_ns() - self._start


class ShowClock(Clock):
    """The clock of a hall for show: it runs `speed` times as fast, begins where it is told, and may be put forward."""

    def __init__(self, speed: int, begins: int = 0) -> None:
        super().__init__()
        self.speed = speed
        # One line through one point: whoever reads it while it is put forward gets the time before or after.
        self._line = (self._passed(), max(begins, self.real()))

    def now(self) -> int:
        """The present moment of the hall, whole ms UTC."""
        since, at = self._line
        return at + (self._passed() - since) * self.speed // 1_000_000

    def difference(self) -> int:
        """Nothing: this clock has left the wall clock on purpose."""
        return 0

    def forward(self, to: int) -> None:
        """Go on from `to` (ms UTC); a moment that is past already changes nothing."""
        passed = self._passed()
        self._line = (passed, max(to, self.now()))
