"""Tells the server how the printer stands and what became of the last slips: at every change, and as a sign of life."""

import logging
import threading
import time

from kiosk.printing import Printing
from kiosk.server_link import NoServer, Refused, ServerLink

_log = logging.getLogger(__name__)

_EVERY = 4.0
_AGAIN = 1.0
_LONGEST_NAME = 32


class Reporter:
    """Speaks on a thread of its own, so that neither a slip nor a visitor waits for the server."""

    def __init__(self, link: ServerLink, printing: Printing, kiosk: str) -> None:
        self._link, self._printing, self._kiosk = link, printing, kiosk[:_LONGEST_NAME]
        self._changed = threading.Event()
        self._stop = threading.Event()
        self._refused = False
        self._thread = threading.Thread(target=self._run, name="kiosk-reporter", daemon=True)
        printing.changed = self._changed.set

    def start(self) -> None:
        """Begins to tell."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; waits for the request under way."""
        self._stop.set()
        self._changed.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._changed.clear()
            # Looked at after that, so that a stop that comes now sets what is waited for.
            if self._stop.is_set():
                break
            self._changed.wait(_EVERY if self._tell() else _AGAIN)
        # Otherwise staff would look for a kiosk that was switched off for the night.
        self._tell(leaving=True)

    def _tell(self, *, leaving: bool = False) -> bool:
        """Whether the server heard it; the follower says in the log that there is none."""
        try:
            self._link.report("/printers", self._body() | ({"leaving": True} if leaving else {}))
        except NoServer:
            return False
        except Refused as no:
            if not self._refused:
                _log.error("The server does not hear how the printer stands: %s.", no)
            self._refused = True
        else:
            self._refused = False
        return True

    def _body(self) -> dict[str, object]:
        now = time.monotonic()
        slips = [
            {"number": each.number, "state": each.state, "reason": each.reason, "ago_ms": _ago(now, each.since)}
            for each in list(self._printing.slips)
        ]
        trouble, since = self._printing.stands
        return {"kiosk": self._kiosk, "trouble": trouble, "ago_ms": _ago(now, since), "slips": slips}


def _ago(now: float, since: float) -> int:
    return min(86_400_000, max(0, round((now - since) * 1000)))
