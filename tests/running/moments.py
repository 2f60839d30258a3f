"""Waiting for what happens by itself, with the server's own clock moved on."""

from time import monotonic, sleep
from typing import Any

from tests.running.hall import Hall

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
WAIT_S = 20


def later(hall: Hall, ms: int) -> None:
    """So much time passes."""
    hall.odds.ahead.value += ms


def soon(hall: Hall, ticket: str, **fields: Any) -> dict[str, Any]:
    """The ticket once it has these values; the writer looks at its timers every second."""
    end = monotonic() + WAIT_S
    while True:
        now = hall.manager.ticket(ticket)
        if fields.items() <= now.items():
            return now
        assert monotonic() < end, now
        sleep(0.05)
