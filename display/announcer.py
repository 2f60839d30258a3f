"""The queue of a hall's announcements: each call once, in order, one after another; what is old is never said.

Pure: moments (ms of a clock that never jumps) come in as arguments. A call leaves the queue when all its languages were
heard to their end; what a screen broke off is said again by whoever speaks then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from display.screens import WHOLE, Screens

# A call so old (ms of the hall) when it is first heard of is not said: its visitor has gone by now.
LATE = 30_000
# Once somebody has waited so long to be called out, each call is said in the hall's first language only.
BEHIND = 15_000
# A call that nobody speaks for waits so long for a screen.
PATIENCE = 30_000
# What could not be begun for so long (ms of the hall) is not said any more: too much is called for one mouth.
TOO_LATE = 180_000
_TRIES = 2
# A board lists so many calls at most.
_BOARD_CALLS = 10


class Call(NamedTuple):
    """A call as the board tells it; its id makes it announceable once."""

    id: int
    number: str
    window: int
    zone: str
    recall: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One call in one language, at one mouth."""

    id: int
    epoch: str
    call: Call
    language: str
    mouth: str


@dataclass(slots=True)
class _Waiting:
    call: Call
    since: int
    done: list[str] = field(default_factory=list)
    tries: int = 0


class Announcer:
    """What is to be said in one hall. `said` are the calls of `epoch` that were said before this server started.

    Turns count from `first_turn`, so that one of an earlier start of the server is never taken for one of this.
    """

    def __init__(self, epoch: str | None = None, said: Collection[int] = (), first_turn: int = 1) -> None:
        self._known = (epoch, frozenset(said))
        self.epoch: str | None = None
        self._last = 0
        self._speed = 1
        self._waiting: list[_Waiting] = []
        self._turns: dict[str, Turn] = {}
        self._ids = count(first_turn)

    def hear(self, board: Mapping[str, Any], now: int) -> None:
        """Take in a board; the first of a new epoch announces nothing, but what a restarted server still owed."""
        calls = sorted(board["calls"], key=lambda call: int(call["id"]))
        fresh: list[Mapping[str, Any]] = [call for call in calls if call["id"] > self._last]
        if board["epoch"] != self.epoch:
            known, said = self._known
            owed = self.epoch is None and board["epoch"] == known
            fresh = [call for call in calls if owed and call["id"] not in said]
            self.epoch, self._waiting, self._last = board["epoch"], [], 0
        self._withdraw([int(call["id"]) for call in calls])
        self._speed = int(board["speed"])
        late = LATE * self._speed
        self._waiting += [_Waiting(_call(call), now) for call in fresh if board["at"] - call["at"] < late]
        self._last = max([self._last, *(int(call["id"]) for call in calls)])

    def begin(self, mouth: str, screens: Screens, languages: Sequence[str], now: int) -> Turn | None:
        """What this mouth says next; None while it speaks, or when it has nothing to say."""
        mine = [each for each in self._waiting if screens.mouth(each.call.zone) == mouth]
        while mine and mouth not in self._turns:
            first, *others = mine
            left = [language for language in languages if language not in first.done]
            behind = any(now - each.since >= BEHIND for each in others)
            if left and not (first.done and behind):
                turn = Turn(next(self._ids), self.epoch or "", first.call, left[0], mouth)
                self._turns[mouth] = turn
                return turn
            self._waiting.remove(first)
            mine = others
        return None

    def end(self, turn: Turn, *, heard: bool) -> bool:
        """A turn is over; one that was not heard comes again, a second time at most. False: it is given up."""
        if self._turns.get(turn.mouth) == turn:
            del self._turns[turn.mouth]
        for each in self._waiting:
            if turn.epoch == self.epoch and each.call == turn.call:
                each.tries += not heard
                given_up = each.tries >= _TRIES
                if heard or given_up:
                    each.done.append(turn.language)
                    each.tries = 0
                return not given_up
        return True

    def turns(self) -> list[Turn]:
        """What is being said now."""
        return list(self._turns.values())

    def idle(self) -> bool:
        """Whether nothing is said and nobody waits for it."""
        return not self._turns and not self._waiting

    def unsaid(self, screens: Screens, now: int) -> list[Call]:
        """Take out the calls for which no screen spoke in time."""
        return self._take(
            each for each in self._waiting if screens.mouth(each.call.zone) is None and now - each.since >= PATIENCE
        )

    def overdue(self, now: int) -> list[Call]:
        """Take out the calls whose turn comes too late."""
        late = TOO_LATE // self._speed
        return self._take(each for each in self._waiting if not each.done and now - each.since >= late)

    def silence(self) -> list[Call]:
        """Take out whatever has not begun, because nothing may be said now."""
        return self._take(each for each in self._waiting if not each.done)

    def _take(self, some: Iterable[_Waiting]) -> list[Call]:
        busy = {turn.call for turn in self._turns.values()}
        taken = [each for each in some if each.call not in busy]
        self._waiting = [each for each in self._waiting if each not in taken]
        return [each.call for each in taken]

    def _withdraw(self, on_board: Sequence[int]) -> None:
        # Taken back: gone from the board although an older call is on it, or although it has room for more.
        oldest = 0 if len(on_board) < _BOARD_CALLS else min(on_board)
        self._waiting = [each for each in self._waiting if each.call.id in on_board or each.call.id < oldest]


def _call(said: Mapping[str, Any]) -> Call:
    return Call(said["id"], said["number"], said["window"], said["zone"] or WHOLE, said["recall"])
