"""Rate limits: programs by token, visitors by status token, misses and other anonymous requests by address."""

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from queue_server.core.errors import Refusal

PROGRAM = RateLimitItemPerSecond(2_000)
STATUS = RateLimitItemPerMinute(60)
MISSES = RateLimitItemPerMinute(60)
ANONYMOUS_POSTS = RateLimitItemPerMinute(60)

_limiter = FixedWindowRateLimiter(MemoryStorage())


def hit(limit: RateLimitItem, what: str, who: str) -> None:
    """Count one; refuses `too-many-requests` beyond the limit."""
    if not _limiter.hit(limit, what, who):
        raise Refusal("too-many-requests")


def spent(limit: RateLimitItem, what: str, who: str) -> None:
    """Refuse `too-many-requests` when nothing is left, without counting."""
    if not _limiter.test(limit, what, who):
        raise Refusal("too-many-requests")
