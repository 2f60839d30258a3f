"""What the kiosk knows of the hall: asked for every two seconds, kept with the moment it was heard."""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any, Literal

from kiosk.server_link import NoServer, Refused, ServerLink

_log = logging.getLogger(__name__)

EVERY = 2.0
_HALL_EVERY = 5  # The hall changes seldom, so it is asked for every fifth time.

Server = Literal["starting", "ok", "lost", "refused"]


class Follower:
    """Follows one hall on a thread of its own; says once when the server is lost and once when it is back."""

    def __init__(self, link: ServerLink) -> None:
        self._link = link
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kiosk-follower", daemon=True)
        self._round = 0
        self.server: Server = "starting"
        self.hall: Mapping[str, Any] | None = None
        self.board: Mapping[str, Any] | None = None
        self._heard = 0.0

    def start(self) -> None:
        """Begins to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; waits for the request under way."""
        self._stop.set()
        self._thread.join()

    @property
    def now(self) -> int | None:
        """The hall's time (ms UTC), carried on by our own clock; None before the first board."""
        if self.board is None:
            return None
        return int(self.board["at"]) + round((time.monotonic() - self._heard) * 1000)

    def hall_with(self, business: str | None) -> Mapping[str, Any]:
        """The hall, asked for anew when we do not know this business yet; raises `NoServer` when there is none."""
        if self.hall is None or business not in {None, *(each["code"] for each in self.hall["businesses"])}:
            self.hall = self._link.fetch("") or self.hall
        if self.hall is None:
            raise NoServer("the hall is not known yet")
        return self.hall

    def look(self) -> None:
        """Asks once."""
        try:
            if self.hall is None or self._round % _HALL_EVERY == 0:
                self.hall = self._link.fetch("") or self.hall
            if board := self._link.fetch("/board"):
                self.board, self._heard = board, time.monotonic()
        except NoServer as lost:
            self._say("lost", f"The server is lost: {lost}.")
        except Refused as no:
            self._say("refused", f"The server refuses this kiosk: {no}. Check its token and its hall.")
        else:
            self._round += 1
            self._say("ok", "The server answers.")

    def _say(self, server: Server, sentence: str) -> None:
        if self.server != server:
            _log.log(logging.INFO if server == "ok" else logging.ERROR, sentence)
        self.server = server

    def _run(self) -> None:
        while not self._stop.is_set():
            self.look()
            self._stop.wait(EVERY)
