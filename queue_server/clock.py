"""The process's clock: wall time at the start, then the monotonic clock, so that a stepped wall clock moves nothing."""

import time

ALARM_MS = 5_000


class Clock:
    """Milliseconds UTC that never jump while the process runs."""

    def __init__(self) -> None:
        self._wall = time.time_ns()
        self._start = time.monotonic_ns()

    def now(self) -> int:
        """The present moment, whole ms UTC."""
        return (self._wall + time.monotonic_ns() - self._start) // 1_000_000

    def difference(self) -> int:
        """How far the wall clock has moved away from this one (ms); beyond `ALARM_MS` somebody should know."""
        return time.time_ns() // 1_000_000 - self.now()
