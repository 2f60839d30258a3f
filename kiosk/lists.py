"""The checklists this kiosk prints; each is known by the id of its press until the visitor leaves."""

import threading
import time
from collections.abc import Mapping

from kiosk.follower import Follower
from kiosk.papers_slip import papers_facts
from kiosk.presses import Gone
from kiosk.printing import Printing, Slip
from kiosk.server_link import NoServer

# A page that never says "done" is forgotten all the same.
_KEPT = 180.0


class Lists:
    """Prints a checklist once a press, and says how far it is."""

    def __init__(self, follower: Follower, printing: Printing, kiosk: str) -> None:
        self._follower, self._printing, self._kiosk = follower, printing, kiosk
        self._lock = threading.Lock()
        self._lists: dict[str, tuple[float, Slip]] = {}

    def put(self, press: str, wish: Mapping[str, str]) -> Slip:
        """Lines the list up; the same press again is the same list. Raises `NoServer` or `UnknownItem`."""
        hall, now = self._follower.hall, self._follower.now
        if hall is None or now is None:
            raise NoServer("the hall is not known yet")
        facts = papers_facts(hall, wish, now, self._kiosk)
        with self._lock:
            since = time.monotonic()
            self._lists = {each: kept for each, kept in self._lists.items() if since - kept[0] < _KEPT}
            if press not in self._lists:
                self._lists[press] = since, self._printing.put(facts)
            return self._lists[press][1]

    def find(self, press: str) -> Slip:
        """The list of a press; raises `Gone`."""
        found = self._lists.get(press)
        if found is None:
            raise Gone
        return found[1]

    def forget(self, press: str) -> None:
        """The visitor has left."""
        with self._lock:
            self._lists.pop(press, None)
