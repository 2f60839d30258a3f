"""Guests: people of flesh and blood who take a number while a play runs, of whom only the board tells."""

from typing import TYPE_CHECKING

from simulation.play.crew import Doing
from simulation.play.link import Answer

if TYPE_CHECKING:
    from simulation.play.day import PlayedDay

LOOKS_S = 0.25


class Guests:
    """Looks at the board as long as a clerk is idle, and has one of them call whom the play does not know."""

    def __init__(self, day: "PlayedDay") -> None:
        self._day = day
        self._at = 0.0
        self._looking = False

    def look(self) -> None:
        """Look, unless that has just been done or nobody could call."""
        day, now = self._day, self._day.agenda.pace.clock()
        if self._looking or now < self._at + LOOKS_S:
            return
        if any(clerk.doing is Doing.IDLE for clerk in day.clerks.values()):
            self._at, self._looking = now, True
            told = day.talk.told
            day.agenda.send(lambda: day.link.ask("/board"), lambda answer: self._seen(answer, told))

    def _seen(self, answer: Answer, told: int) -> None:
        self._looking = False
        day = self._day
        # What was under way meanwhile may be in that board or not, so it proves nothing.
        if not answer.well or day.agenda.under_way or told != day.talk.told or day.ending:
            return
        wait_here = {each["business"]: each["waiting"] for each in answer.body["waiting"]}
        for clerk in day.clerks.values():
            able = sum(wait_here.get(business, 0) for business in clerk.window.reluctance)
            if clerk.doing is Doing.IDLE and able and not day.room.waiting():
                day.call_at(clerk)
                return
