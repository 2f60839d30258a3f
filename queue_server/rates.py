"""Rate limits: programs by token, visitors by status token, misses and other anonymous requests by address."""

import time
from typing import NamedTuple

from queue_server.core.errors import Refusal

_MOST = 50_000


class Limit(NamedTuple):
    """At most `times` in each window of `seconds`."""

    name: str
    times: int
    seconds: int


PROGRAM = Limit("program", 2_000, 1)
STATUS = Limit("status", 60, 60)
MISSES = Limit("misses", 60, 60)
ANONYMOUS_POSTS = Limit("anonymous-posts", 60, 60)
SIGN_IN = Limit("sign-in", 60, 60)


class Rates:
    """Counts per limit and caller in fixed windows of the monotonic clock; one server has one of these.

    A well-known limiter library was tried and started a thread at every hit, which cost more than the request itself.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[Limit, str], tuple[int, int]] = {}

    def hit(self, limit: Limit, who: str) -> None:
        """Count one; refuses `too-many-requests` beyond the limit."""
        window, count = self._now(limit, who)
        if count >= limit.times:
            raise Refusal("too-many-requests")
        if len(self._counts) >= _MOST:
            self._forget_past()
        self._counts[limit, who] = (window, count + 1)

    def check(self, limit: Limit, who: str) -> None:
        """Refuse `too-many-requests` when nothing is left, without counting."""
        if self._now(limit, who)[1] >= limit.times:
            raise Refusal("too-many-requests")

    def _now(self, limit: Limit, who: str) -> tuple[int, int]:
        window = int(time.monotonic()) // limit.seconds
        known = self._counts.get((limit, who))
        return known if known is not None and known[0] == window else (window, 0)

    def _forget_past(self) -> None:
        now = int(time.monotonic())
        kept = {key: value for key, value in self._counts.items() if value[0] == now // key[0].seconds}
        self._counts = kept if len(kept) < _MOST else {}
