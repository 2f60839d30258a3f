"""The end of a play: does every number add up at the server, and how do its waits stand beside the simulation's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from queue_server.core.errors import BadValue
from queue_server.core.journal import Entry, parse, tickets
from queue_server.core.measures import Reconciliation, Summary, by_business, reconciliation, summary
from queue_server.core.seat import OPENED
from queue_server.core.ticket import AT_WINDOW, ISSUED, PAST, Act, State, Ticket
from simulation.play.link import Link, PlayError
from simulation.play.tally import Tally

CALLED = PAST[Act.CALL]
PAGE = 1000
ALL = "all"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the server's journal tells of the play: the entries, every ticket issued in it, as it ended."""

    entries: Sequence[Entry]
    tickets: Mapping[str, Ticket]


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits of those called (s): mean, half and nine in ten waited at most so long; None where nobody was called."""

    called: int
    mean_s: float | None
    p50_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The waits at the server, those of the simulation for the same draws, and how far the means lie apart (s)."""

    server: Waits
    simulation: Waits
    difference_s: float | None


@dataclass(frozen=True, slots=True)
class Lags:
    """What the server's clerks and kiosks had and the simulation's have not, in hall time (s).

    `arrival_…`: the number later than drawn. `service_…`: a window with a visitor longer than the drawn service, from
    the call to the finish. `reaction_…`: a free window called later than its visitor and it were there.
    `bound_s` is the largest arrival plus all the others added up: where all come first come, first served to windows
    alike, no visitor's wait can differ by more from the simulation's.
    """

    arrival_mean_s: float
    arrival_most_s: float
    service_mean_s: float
    service_most_s: float
    reaction_mean_s: float
    reaction_most_s: float
    bound_s: float


@dataclass(frozen=True, slots=True)
class Adds:
    """Whether everything adds up: `wrong` says in sentences what does not."""

    by_business: Mapping[str, Reconciliation]
    wrong: Sequence[str] = field(default_factory=list)


def recorded(link: Link, after: int) -> Recorded:
    """The play as the journal has it, behind entry `after`; raises `PlayError`."""
    try:
        entries = [parse(line) for line in link.journal(after) if line]
    except BadValue as broken:
        raise PlayError(f"The journal holds a line that is no entry: {broken}") from broken
    issued = {entry.ticket for entry in entries if entry.act == ISSUED}
    return Recorded(entries, tickets(entry for entry in entries if entry.ticket in issued))


def stored(link: Link, after: int) -> dict[str, Mapping[str, Any]]:
    """Every ticket that the server's list holds behind entry `after`, by id; raises `PlayError`."""
    found: dict[str, Mapping[str, Any]] = {}
    at: str | None = str(after)
    while at is not None:
        answer = link.ask(f"/tickets?limit={PAGE}&after={at}")
        if not answer.well:
            raise PlayError(f"The list of tickets cannot be read: {answer.body.get('detail', answer.status)}")
        found.update({each["id"]: each for each in answer.body["items"]})
        at = answer.body["next"]
    return found


def adds_up(told: Recorded, listed: Mapping[str, Mapping[str, Any]], tally: Tally) -> Adds:
    """Play, journal and list say the same: as many issued, each ticket in one state, nobody left at a window."""
    wrong: list[str] = []
    issued = Counter(str((each.set or {})["business"]) for each in told.entries if each.act == ISSUED)
    if tally.guests == 0 and issued != tally.issued:
        wrong.append(f"the play was given {dict(tally.issued)} numbers, the journal has {dict(issued)}")
    states: dict[str, list[Ticket]] = {}
    for ticket in told.tickets.values():
        states.setdefault(ticket.business, []).append(ticket)
        there = listed.get(ticket.id)
        if there is None or there["state"] != ticket.state.value:
            said = "nothing" if there is None else there["state"]
            wrong.append(f"{ticket.number} is {ticket.state.value} in the journal and {said} in the list")
        if ticket.state in AT_WINDOW:
            wrong.append(f"{ticket.number} was left {ticket.state.value} at window {ticket.window}")
    counted = Counter(each["business"] for each in listed.values() if each["id"] in told.tickets)
    found = {code: reconciliation(group, counted[code]) for code, group in sorted(states.items())}
    wrong += [f"business {code}: {each.issued} issued" for code, each in found.items() if not each.adds_up]
    finished = sum(ticket.state is State.FINISHED for ticket in told.tickets.values())
    if tally.guests == 0 and finished != tally.served:
        wrong.append(f"the play served {tally.served}, the journal has {finished} finished")
    return Adds(found, wrong)


def beside(server: Iterable[Ticket], simulated: Iterable[Ticket], target_ms: int) -> dict[str, Beside]:
    """The waits of both, over all and per business."""
    at_server, in_theory = list(server), list(simulated)
    one = {ALL: summary(at_server, target_ms), **by_business(at_server, target_ms)}
    other = {ALL: summary(in_theory, target_ms), **by_business(in_theory, target_ms)}
    nobody = summary([], target_ms)
    return {code: _beside(one.get(code, nobody), other.get(code, nobody)) for code in dict.fromkeys([*one, *other])}


def lags(told: Recorded, tally: Tally) -> Lags:
    """What the server's people lost that the simulation's do not; whoever behaved oddly is left out."""
    longer = [lag for ticket in told.tickets.values() if (lag := _longer(ticket, tally.drawn)) is not None]
    reactions = list(_reactions(told, tally.drawn))
    late = tally.arrived_late
    lost = sum(max(0, each) for each in longer + reactions)
    return Lags(
        arrival_mean_s=_mean(late),
        arrival_most_s=max(late, default=0) / 1000,
        service_mean_s=_mean(longer),
        service_most_s=max(longer, default=0) / 1000,
        reaction_mean_s=_mean(reactions),
        reaction_most_s=max(reactions, default=0) / 1000,
        bound_s=(max(late, default=0) + lost) / 1000,
    )


def _longer(ticket: Ticket, drawn: Mapping[str, int]) -> int | None:
    if ticket.state is not State.FINISHED or ticket.id not in drawn:
        return None
    return (ticket.finished_at or 0) - (ticket.called_at or 0) - drawn[ticket.id]


def _reactions(told: Recorded, drawn: Mapping[str, int]) -> Iterator[int]:
    """How long (ms) each of these visitors and the window that called them were both there before the call."""
    free_since: dict[int, int] = {}
    at_window: dict[str, int] = {}
    for entry in told.entries:
        if entry.act == OPENED and entry.window is not None:
            free_since[entry.window] = entry.at
        if entry.ticket is None or "state" not in (entry.set or {}):
            continue
        if entry.act == CALLED and entry.window is not None:
            at_window[entry.ticket] = entry.window
            if entry.ticket in drawn:
                yield entry.at - max(told.tickets[entry.ticket].queued_at, free_since.get(entry.window, 0))
        elif (entry.set or {})["state"] not in AT_WINDOW and entry.ticket in at_window:
            free_since[at_window.pop(entry.ticket)] = entry.at


def _beside(server: Summary, simulated: Summary) -> Beside:
    apart = None
    if server.wait_mean is not None and simulated.wait_mean is not None:
        apart = (server.wait_mean - simulated.wait_mean) / 1000
    return Beside(_waits(server), _waits(simulated), apart)


def _waits(of: Summary) -> Waits:
    return Waits(of.called, *(None if ms is None else ms / 1000 for ms in (of.wait_mean, of.wait_p50, of.wait_p90)))


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) / 1000 if values else 0.0
