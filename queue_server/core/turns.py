"""From journal to turns: each wait and service as the ticket stood when it ended; the one form that measures read."""

from collections.abc import Iterable
from dataclasses import replace

from queue_server.core.journal import Entry, replay
from queue_server.core.ticket import PAST, UNDONE, Act, State, Ticket

TRANSFERRED = "transferred"
_GOES_ON = {PAST[Act.NEXT_TURN], PAST[Act.TRANSFER]}


def turns(entries: Iterable[Entry]) -> list[Ticket]:
    """Every turn of every ticket, in order of ticket and turn; the last of each as the ticket stands now.

    A turn that went on into another counts as finished, with the outcome it had or `transferred`.
    """
    now: dict[str, Ticket] = {}
    ended: dict[tuple[str, int], Ticket] = {}
    for entry in entries:
        if entry.ticket is None or entry.set is None:
            continue
        before = now.get(entry.ticket)
        after = now[entry.ticket] = replay(before, entry.set)
        if before is not None and entry.act in _GOES_ON:
            ended[before.id, before.turn] = _ended(before, entry)
        elif entry.act == UNDONE:
            ended.pop((after.id, after.turn), None)
    order = {ticket: place for place, ticket in enumerate(now)}
    every = [*ended.values(), *now.values()]
    return sorted(every, key=lambda turn: (order[turn.id], turn.turn))


def _ended(before: Ticket, entry: Entry) -> Ticket:
    outcome = (entry.facts or {}).get("outcome", TRANSFERRED)
    started = before.started_at
    if started is None and entry.act == PAST[Act.NEXT_TURN]:
        started = entry.at
    return replace(before, state=State.FINISHED, started_at=started, finished_at=entry.at, outcome=outcome)
