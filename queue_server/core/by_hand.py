"""What a window did by hand while it had no link, entered afterwards: what may count, and as which acts."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields

from queue_server.core.errors import Refusal
from queue_server.core.evacuation import NONE, Evacuations, during
from queue_server.core.settings import Settings
from queue_server.core.steps import gap
from queue_server.core.ticket import AT_WINDOW, Act, State, Ticket

# The journal entry that closes such an act, and the reason on record of every call in it.
ENTERED = "by-hand-entered"
CAUSE = "by-hand"

# Why a line was not entered: the ticket is not where the window left it, it entered the queue later than it was called
# by hand, its business is another one now, or nobody could come, because everybody had left the hall.
TAKEN, CAME_LATER, NOT_HERE, OUTSIDE = "taken", "came-later", "not-here", "outside"


@dataclass(frozen=True, slots=True)
class Line:
    """What was done with one ticket by hand; moments in ms UTC, None for what did not happen.

    Without `called_at` the ticket was at the window when the link broke. One that was neither finished nor missed is
    at the window still.
    """

    ticket: str
    called_at: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
    outcome: str | None = None
    missed_at: int | None = None

    @property
    def moments(self) -> list[int]:
        """What happened when (ms UTC), in the order in which it has to happen."""
        every = (self.called_at, self.started_at, self.finished_at, self.missed_at)
        return [moment for moment in every if moment is not None]

    @property
    def told(self) -> Mapping[str, str | int | None]:
        """What the line says besides its ticket, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "ticket"}

    @property
    def ended(self) -> bool:
        """Whether the ticket left the window."""
        return self.finished_at is not None or self.missed_at is not None


def check(lines: Sequence[Line], since: int, now: int) -> None:
    """Refuse a list that cannot have happened: one visitor after the other, between `since` and `now` (ms UTC).

    `since` is the last moment of which the window knew. Refuses `by-hand-order`, `by-hand-too-early`,
    `by-hand-not-yet`; the fact `line` counts from 1.
    """
    last = since
    for number, line in enumerate(lines, 1):
        moments = line.moments
        alone = number < len(lines) and not line.ended
        if not moments or alone or (line.called_at is None and number > 1):
            raise Refusal("by-hand-order", line=number)
        for moment in moments:
            if moment < since:
                raise Refusal("by-hand-too-early", line=number)
            if moment > now:
                raise Refusal("by-hand-not-yet", line=number)
            if moment < last:
                raise Refusal("by-hand-order", line=number)
            last = moment


def conflict(
    line: Line, ticket: Ticket, window: int, serves: Container[str], evacuations: Evacuations = NONE
) -> str | None:
    """Why this line cannot be entered, since the hall went on with the ticket meanwhile; None where it can.

    Who was called and came was served, even while the hall was evacuated; that nobody came then is held against nobody.
    """
    overtaken = _overtaken(line, ticket, window, serves)
    if overtaken is None and line.missed_at is not None:
        moments = [moment for moment in line.moments if during(moment, evacuations)]
        return OUTSIDE if moments else None
    return overtaken


def _overtaken(line: Line, ticket: Ticket, window: int, serves: Container[str]) -> str | None:
    if line.called_at is None:
        here = ticket.state in AT_WINDOW and ticket.window == window
        known = max(ticket.counted_at or 0, ticket.started_at or 0)
        if not here:
            return TAKEN
        return CAME_LATER if known > line.moments[0] else None
    if ticket.state is not State.WAITING:
        return TAKEN
    if ticket.business not in serves:
        return NOT_HERE
    return CAME_LATER if ticket.callable_from is not None or ticket.entered_at > line.called_at else None


def acts(line: Line, ticket: Ticket) -> list[tuple[Act, int]]:
    """What the line did with the ticket as the hall knows it: the acts in order, each with its moment (ms UTC)."""
    started = None if ticket.state is State.SERVING else line.started_at
    every = [
        (Act.CALL, line.called_at),
        (Act.START, started),
        (Act.FINISH, line.finished_at),
        (Act.MISS, line.missed_at),
    ]
    return [(act, at) for act, at in every if at is not None]


def calls_by(ticket: Ticket, at: int, settings: Settings, evacuations: Evacuations) -> int:
    """How many counted calls there was time for until `at` (ms UTC): by voice nobody counts them.

    Nobody calls while everybody is outside, and afterwards the spaces between calls begin anew.
    """
    space = gap(ticket, settings)
    back_in = [until for _, until in evacuations if until is not None and until <= at]
    since = max([ticket.counted_at or 0, *back_in])
    more = (at - since) // space if space else settings.max_calls
    return ticket.calls + more
