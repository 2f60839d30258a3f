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
from simulation.delays import Delays
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
class Late:
    """Mean waits (s) with the same draws and the play's own delays, simulated some `times`: their mean, least, most."""

    times: int
    mean_s: float
    least_s: float
    most_s: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The waits at the server, those of the simulation for the same draws, and how far the means lie apart (s).

    `late` is the simulation whose acts take as long as the server's did; None where there is none.
    """

    server: Waits
    simulation: Waits
    difference_s: float | None
    late: Late | None = None


@dataclass(frozen=True, slots=True)
class Lags:
    """What the server's clerks and kiosks had and the simulation's have not, in hall time (s; negative: too early).

    `arrival_…`: the number later than drawn. `service_…`: a window with a visitor longer than the drawn service, from
    the call to the finish. `reaction_…`: a window that stood idle called later than its visitor and it were there.
    `bound_s` is how far the arrivals lie apart plus all the others added up: where all come first come, first served to
    windows alike, no visitor's wait can differ by more from the simulation's.
    """

    arrival_mean_s: float
    arrival_least_s: float
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


def beside(
    server: Iterable[Ticket], simulated: Iterable[Ticket], target_ms: int, late: Sequence[Iterable[Ticket]] = ()
) -> dict[str, Beside]:
    """The waits of both, over all and per business; `late` are the days simulated with the play's delays."""
    nobody = summary([], target_ms)
    one, other = _by_business(server, target_ms), _by_business(simulated, target_ms)
    delayed = [_by_business(each, target_ms) for each in late]
    return {
        code: _beside(one.get(code, nobody), other.get(code, nobody), [each.get(code, nobody) for each in delayed])
        for code in dict.fromkeys([*one, *other])
    }


def _by_business(found: Iterable[Ticket], target_ms: int) -> dict[str, Summary]:
    whole = list(found)
    return {ALL: summary(whole, target_ms), **by_business(whole, target_ms)}


def delays(told: Recorded, tally: Tally) -> Delays:
    """What the server's people lost that the simulation's do not; whoever behaved oddly is left out."""
    longer = [lag for ticket in told.tickets.values() if (lag := _longer(ticket, tally.drawn)) is not None]
    return Delays(number=tuple(tally.arrived_late), call=tuple(_reactions(told, tally.drawn)), service=tuple(longer))


def lags(lost: Delays) -> Lags:
    """The delays in a few figures."""
    apart = max([0, *lost.number]) - min([0, *lost.number])
    return Lags(
        arrival_mean_s=_mean(lost.number),
        arrival_least_s=min(lost.number, default=0) / 1000,
        arrival_most_s=max(lost.number, default=0) / 1000,
        service_mean_s=_mean(lost.service),
        service_most_s=max(lost.service, default=0) / 1000,
        reaction_mean_s=_mean(lost.call),
        reaction_most_s=max(lost.call, default=0) / 1000,
        bound_s=(apart + sum(map(abs, lost.service)) + sum(map(abs, lost.call))) / 1000,
    )


def _longer(ticket: Ticket, drawn: Mapping[str, int]) -> int | None:
    if ticket.state is not State.FINISHED or ticket.id not in drawn:
        return None
    return (ticket.finished_at or 0) - (ticket.called_at or 0) - drawn[ticket.id]


def _reactions(told: Recorded, drawn: Mapping[str, int]) -> Iterator[int]:
    """How long (ms) each of these visitors and the window that called them were both there before the call.

    Who is called by the very act that finishes the one before has waited for no clerk, and is left out.
    """
    free_since: dict[int, tuple[int, str]] = {}
    at_window: dict[str, int] = {}
    for entry in told.entries:
        if entry.act == OPENED and entry.window is not None:
            free_since[entry.window] = (entry.at, entry.act_id)
        if entry.ticket is None or "state" not in (entry.set or {}):
            continue
        if entry.act == CALLED and entry.window is not None:
            at_window[entry.ticket] = entry.window
            free, by = free_since.get(entry.window, (0, ""))
            if entry.ticket in drawn and by != entry.act_id:
                yield entry.at - max(told.tickets[entry.ticket].queued_at, free)
        elif (entry.set or {})["state"] not in AT_WINDOW and entry.ticket in at_window:
            free_since[at_window.pop(entry.ticket)] = (entry.at, entry.act_id)


def _beside(server: Summary, simulated: Summary, delayed: Sequence[Summary]) -> Beside:
    apart = None
    if server.wait_mean is not None and simulated.wait_mean is not None:
        apart = (server.wait_mean - simulated.wait_mean) / 1000
    means = [each.wait_mean / 1000 for each in delayed if each.wait_mean is not None]
    late = Late(len(means), sum(means) / len(means), min(means), max(means)) if means else None
    return Beside(_waits(server), _waits(simulated), apart, late)


def _waits(of: Summary) -> Waits:
    return Waits(of.called, *(None if ms is None else ms / 1000 for ms in (of.wait_mean, of.wait_p50, of.wait_p90)))


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) / 1000 if values else 0.0
