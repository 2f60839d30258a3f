"""One press of the main key, one ticket: double taps, lost answers and reprints come to the same visit."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.follower import Follower
from kiosk.printing import Printing, Slip
from kiosk.server_link import ServerLink
from kiosk.slip_facts import SlipFacts, slip_facts

_log = logging.getLogger(__name__)

# A page that never says "done" is forgotten all the same.
_KEPT = 180.0
_REMEMBERED = 64
MOST_COPIES = 2


class Gone(Exception):
    """This press belongs to a visitor who has left."""


class PressReused(Exception):
    """The same press asks for something else."""


@dataclass
class Visit:
    """What the kiosk knows of the visitor before it: hall and ticket as the server told them, and the slips."""

    hall: Mapping[str, Any]
    ticket: Mapping[str, Any]
    facts: SlipFacts
    slips: list[Slip]


@dataclass
class _Press:
    wish: Mapping[str, Any]
    since: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    visit: Visit | None = None
    over: threading.Event = field(default_factory=threading.Event)


class Presses:
    """The presses of this kiosk; a press's id is the request's key, so a restarted agent repeats, never doubles."""

    def __init__(self, link: ServerLink, follower: Follower, printing: Printing, kiosk: str) -> None:
        self._link, self._follower, self._printing, self._kiosk = link, follower, printing, kiosk
        self._lock = threading.Lock()
        self._presses: dict[str, _Press] = {}

    def take(self, press: str, wish: Mapping[str, Any]) -> Visit:
        """The ticket of this press; raises `NoServer`, `Refused`, `Gone` or `PressReused`."""
        with self._lock:
            self._forget_old()
            mine = self._presses.setdefault(press, _Press(wish, time.monotonic()))
        # A second tap waits here for the first and then finds its ticket.
        with mine.lock:
            if mine.over.is_set():
                raise Gone
            if mine.wish != wish:
                raise PressReused
            if mine.visit is None:
                self._follower.hall_with(wish.get("business"))
                ticket = self._link.take(press, wish)
                if mine.over.is_set():
                    _log.warning("%s was issued after its visitor had left.", ticket["number"])
                    raise Gone
                hall = self._follower.hall_with(ticket["business"])
                facts = slip_facts(hall, ticket, wish["language"], self._kiosk)
                mine.visit = Visit(hall, ticket, facts, [self._printing.put(facts)])
            return mine.visit

    def find(self, press: str) -> Visit:
        """The visit of a press that has its ticket; raises `Gone`."""
        found = self._presses.get(press)
        if found is None or found.visit is None:
            raise Gone
        return found.visit

    def copy(self, press: str) -> Visit:
        """Prints once more, marked as a copy; nothing happens while a slip is under way, or after the last copy."""
        visit = self.find(press)
        with self._presses[press].lock:
            if not visit.slips[-1].under_way and len(visit.slips) <= MOST_COPIES:
                visit.slips.append(self._printing.put(visit.facts.as_copy()))
                _log.info("A copy of %s is printed.", visit.ticket["number"])
        return visit

    def forget(self, press: str) -> None:
        """The visitor has left: nothing of the visit stays but that this press is over."""
        with self._lock:
            if mine := self._presses.get(press):
                self._end(mine)

    def _end(self, mine: _Press) -> None:
        if mine.visit is None and not mine.over.is_set():
            _log.warning("A press was given up without an answer; its number may have been issued.")
        mine.over.set()
        mine.visit, mine.wish = None, {}

    def _forget_old(self) -> None:
        now = time.monotonic()
        for mine in self._presses.values():
            if not mine.over.is_set() and now - mine.since > _KEPT:
                self._end(mine)
        for press in list(self._presses)[:-_REMEMBERED]:
            if self._presses[press].over.is_set():
                del self._presses[press]
