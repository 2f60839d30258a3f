"""The end of a play: does every number add up at the server, and how do its waits stand beside the simulation's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from queue_server.core.errors import BadValue
from queue_server.core.journal import Entry, parse, tickets
from queue_server.core.measures import Reconciliation, Summary, by_business, reconciliation, summary
from queue_server.core.ticket import AT_WINDOW, ISSUED, State, Ticket
from simulation.play.link import Link, PlayError
from simulation.play.tally import Tally

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
    the call to the finish. `most_at_a_window_s`: the sum of these at the window where it is largest.
    """

    arrival_mean_s: float
    arrival_most_s: float
    service_mean_s: float
    service_most_s: float
    most_at_a_window_s: float
    all_s: float


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
    """How much longer than drawn each visitor took the window's time; those of mischief are left out."""
    longer: list[int] = []
    at_window: Counter[int] = Counter()
    for ticket in told.tickets.values():
        if ticket.state is State.FINISHED and ticket.finished_at and ticket.called_at and ticket.id in tally.drawn:
            lag = ticket.finished_at - ticket.called_at - tally.drawn[ticket.id]
            longer.append(lag)
            at_window[ticket.window or 0] += lag
    late = tally.arrived_late
    return Lags(
        *(_mean(late), max(late, default=0) / 1000),
        *(_mean(longer), max(longer, default=0) / 1000),
        max(at_window.values(), default=0) / 1000,
        sum(longer) / 1000,
    )


def _beside(server: Summary, simulated: Summary) -> Beside:
    apart = None
    if server.wait_mean is not None and simulated.wait_mean is not None:
        apart = (server.wait_mean - simulated.wait_mean) / 1000
    return Beside(_waits(server), _waits(simulated), apart)


def _waits(of: Summary) -> Waits:
    return Waits(of.called, *(None if ms is None else ms / 1000 for ms in (of.wait_mean, of.wait_p50, of.wait_p90)))


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) / 1000 if values else 0.0
