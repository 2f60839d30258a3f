"""From journal to turns: each wait and service as the ticket stood when it ended; the one form that measures read."""

from collections.abc import Iterable
from dataclasses import replace

from queue_server.core.journal import Entry, replay
from queue_server.core.ticket import PAST, UNDONE, Act, State, Ticket

TRANSFERRED = "transferred"
_GOES_ON = frozenset({PAST[Act.NEXT_TURN], PAST[Act.TRANSFER]})


class Turns:
    """Gathers the turns of a journal, entry by entry.

    A turn that went on into another counts as finished, with the outcome it had or `transferred`; the last turn of
    each ticket is the ticket as it stands.
    """

    def __init__(self) -> None:
        self._now: dict[str, Ticket] = {}
        self._ended: dict[tuple[str, int], Ticket] = {}

    def add(self, entry: Entry) -> None:
        """One more entry; raises `BadValue` when its fields do not make a ticket, and leaves it out then."""
        if entry.ticket is None or entry.set is None:
            return
        before = self._now.get(entry.ticket)
        after = replay(before, entry.set)
        self._now[entry.ticket] = after
        if before is not None and entry.act in _GOES_ON:
            self._ended[before.id, before.turn] = _ended(before, entry)
        elif entry.act == UNDONE:
            self._ended.pop((after.id, after.turn), None)

    def every(self) -> list[Ticket]:
        """Every turn, in order of ticket and turn."""
        order = {ticket: place for place, ticket in enumerate(self._now)}
        return sorted([*self._ended.values(), *self._now.values()], key=lambda turn: (order[turn.id], turn.turn))


def turns(entries: Iterable[Entry]) -> list[Ticket]:
    """Every turn that these entries tell, in order of ticket and turn."""
    found = Turns()
    for entry in entries:
        found.add(entry)
    return found.every()


def _ended(before: Ticket, entry: Entry) -> Ticket:
    outcome = (entry.facts or {}).get("outcome", TRANSFERRED)
    started = before.started_at
    if started is None and entry.act == PAST[Act.NEXT_TURN]:
        started = entry.happened
    held = before.held_ms
    if before.started_at is not None and before.held_at is not None:
        # It went on from a hold, or from the call after one: nobody has added that hold up.
        held += entry.happened - before.held_at
    return replace(
        before, state=State.FINISHED, started_at=started, finished_at=entry.happened, outcome=outcome, held_ms=held
    )
