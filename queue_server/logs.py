"""The server's log: one line an event on standard error; tracebacks without local values, which may hold secrets."""

import contextlib
import logging
import sys
from typing import TextIO, cast

import structlog


class _Forgiving:
    """A log that cannot be written is lost; the act that wanted to write it is not."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> None:
        """Write if it can be written."""
        with contextlib.suppress(OSError):
            self._out.write(text)

    def flush(self) -> None:
        """Flush if it can be flushed."""
        with contextlib.suppress(OSError):
            self._out.flush()


def configure() -> None:
    """Set up the log once, at the start of the process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _Forgiving(sys.stderr))),
        cache_logger_on_first_use=True,
    )
