"""What a play says to the server, how long the answers take, and which of them are errors."""

from collections.abc import Callable, Mapping
from typing import Any

from simulation.play.agenda import Agenda
from simulation.play.crew import Clerk, Visitor
from simulation.play.link import Answer, Link, PlayError
from simulation.play.mischief import Mischief, twice
from simulation.play.tally import Tally

# After so many requests in a row without any answer the server is gone, and a play without one is none.
SILENT = 8
# A visitor lost patience at the moment of being called, or staff of flesh and blood acted at the same time.
OVERTAKEN = frozenset({"wrong-state", "nobody-here", "unknown-ticket", "window-closed", "window-open", "window-busy"})
# What mischief asks for may be against the rules by then.
AGAINST_THE_RULES = frozenset(
    {"undo-too-late", "undo-overtaken", "nothing-to-undo", "too-few-calls", "too-many-returns", "help-asked"}
)


class Talk:
    """Requests of one day; `told` counts them."""

    def __init__(self, link: Link, agenda: Agenda, tally: Tally, mischief: Mischief) -> None:
        self.told = 0
        self._link, self._agenda, self._tally, self._mischief = link, agenda, tally, mischief
        self._silent = 0

    def press(self, clerk: Clerk, act: str, body: Mapping[str, Any], heard: Callable[[Answer], None]) -> None:
        """One key at a window; now and then, with mischief, pressed twice."""
        clerk.pressed, path = act, f"/windows/{clerk.window.number}/{act}"
        if self._mischief.presses_twice():
            self.told += 1
            self._agenda.send(twice(lambda key: self._link.tell(path, body, key), path), self._timed(act, heard))
        else:
            self.tell(path, body, heard)

    def void(self, visitor: Visitor, reason: str, heard: Callable[[Visitor, Answer], None]) -> None:
        """The visitor leaves without service."""
        self.tell(f"/tickets/{visitor.ticket}/void", {"reason": reason}, lambda answer: heard(visitor, answer))

    def tell(self, path: str, body: Mapping[str, Any], heard: Callable[[Answer], None]) -> None:
        """POST below the hall; raises `PlayError` where it is heard once the server says nothing any more."""
        self.told += 1
        self._agenda.send(lambda: self._link.tell(path, body), self._timed(path.rpartition("/")[2], heard))

    def well(self, answer: Answer, what: str) -> bool:
        """Whether it was done; otherwise counted as overtaken by somebody else's act, or as an error."""
        if answer.well:
            return True
        if answer.code in OVERTAKEN | AGAINST_THE_RULES:
            self._tally.refused[answer.code] += 1
        else:
            self._tally.error(f"{what}: {answer.status} {answer.code} {answer.body.get('detail', '')}".strip())
        return False

    def _timed(self, act: str, heard: Callable[[Answer], None]) -> Callable[[Answer], None]:
        def hear(answer: Answer) -> None:
            self._tally.took_s.setdefault(act, []).append(answer.came - answer.sent)
            self._silent = self._silent + 1 if answer.silent else 0
            if self._silent >= SILENT:
                raise PlayError(f"The server gives no answer any more: {answer.body.get('detail', '')}")
            heard(answer)

        return hear
