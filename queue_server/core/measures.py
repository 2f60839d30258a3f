"""From journal to figures: waiting, walking, service, missed, utilisation, share within target, reconciliation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from queue_server.core.journal import Entry
from queue_server.core.seat import CLOSED, OPENED, PAUSED, RESUMED
from queue_server.core.ticket import AT_WINDOW, State, Ticket


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over a set of tickets; durations in ms, None where nothing was measured.

    Waiting runs from entering the queue to the first call of the turn, walking from there to the start, service from
    start to finish without what was put aside.
    `within_target` is the share of called tickets whose wait was at most the target.
    """

    issued: int
    called: int
    served: int
    missed: int
    void: int
    wait_mean: float | None
    wait_p50: int | None
    wait_p90: int | None
    within_target: float | None
    walk_mean: float | None
    service_mean: float | None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every number issued is somewhere: `adds_up` is the verdict, `by_state` the count of each state."""

    issued: int
    by_state: Mapping[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether issued equals the sum over all states."""
        return self.issued == sum(self.by_state.values())


def waiting_time(ticket: Ticket) -> int | None:
    """Entering the queue to the first call of the turn (ms); None while it has not been called."""
    return None if ticket.called_at is None else ticket.called_at - ticket.queued_at


def walking_time(ticket: Ticket) -> int | None:
    """First call to start (ms); None where somebody marked the timing as wrong."""
    if ticket.started_at is None or ticket.called_at is None or ticket.timing_wrong:
        return None
    return ticket.started_at - ticket.called_at


def service_time(ticket: Ticket) -> int | None:
    """Start to finish without what was put aside (ms); None where not served to its end, or the timing is wrong."""
    if ticket.state is not State.FINISHED or ticket.started_at is None or ticket.finished_at is None:
        return None
    return None if ticket.timing_wrong else ticket.finished_at - ticket.started_at - ticket.held_ms


def quantile(ordered: Sequence[int], share: float) -> int | None:
    """The nearest-rank quantile of values in rising order: the smallest that at least `share` of them do not exceed."""
    return ordered[rank(len(ordered), share)] if ordered else None


def rank(count: int, share: float) -> int:
    """Which of so many values in rising order, counted from 0, is their nearest-rank quantile."""
    return max(1, -(-count * round(share * 1_000_000) // 1_000_000)) - 1


def summary(of: Iterable[Ticket], target: int) -> Summary:
    """The figures of these tickets against a target wait (ms)."""
    found = list(of)
    waits = sorted(w for t in found if (w := waiting_time(t)) is not None)
    states = Counter(t.state for t in found)
    return Summary(
        issued=len(found),
        called=len(waits),
        served=states[State.FINISHED],
        missed=sum(t.missed_at is not None for t in found),
        void=states[State.VOID],
        wait_mean=_mean(waits),
        wait_p50=quantile(waits, 0.5),
        wait_p90=quantile(waits, 0.9),
        within_target=sum(w <= target for w in waits) / len(waits) if waits else None,
        walk_mean=_mean([w for t in found if (w := walking_time(t)) is not None]),
        service_mean=_mean([s for t in found if (s := service_time(t)) is not None]),
    )


def by_business(of: Iterable[Ticket], target: int) -> dict[str, Summary]:
    """The figures of each business, by its code."""
    groups: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in of:
        groups[ticket.business].append(ticket)
    return {code: summary(group, target) for code, group in sorted(groups.items())}


def utilisation(entries: Iterable[Entry], until: int) -> dict[int, float]:
    """The share of its open time that each window spent with a visitor called or served, up to `until` (ms UTC).

    A window that was never open is left out.
    """
    known = list(entries)
    busy = busy_time(known, until)
    return {window: busy[window] / length for window, length in open_time(known, until).items() if length > 0}


def open_time(entries: Iterable[Entry], until: int, since: int = 0) -> dict[int, int]:
    """How long (ms) each window called between `since` and `until` (ms UTC): open and not paused; in their order."""
    opened: dict[int, int] = {}
    open_for: Counter[int] = Counter()
    for entry in entries:
        if entry.window is None:
            continue
        if entry.act in (OPENED, RESUMED):
            opened.setdefault(entry.window, entry.at)
        elif entry.act in (CLOSED, PAUSED) and entry.window in opened:
            open_for[entry.window] += _overlap(opened.pop(entry.window), entry.at, since, until)
    for window, start in opened.items():
        open_for[window] += _overlap(start, until, since, until)
    return dict(sorted(open_for.items()))


def busy_time(entries: Iterable[Entry], until: int, since: int = 0) -> Counter[int]:
    """How long (ms) each window had a visitor called or served between `since` and `until` (ms UTC)."""
    busy: Counter[int] = Counter()
    here: dict[str, tuple[int, int]] = {}
    at_window: dict[str, int] = {}
    for entry in entries:
        if entry.ticket is None or entry.set is None or "state" not in entry.set:
            continue
        if "window" in entry.set and entry.set["window"] is not None:
            at_window[entry.ticket] = entry.set["window"]
        if entry.set["state"] in AT_WINDOW:
            here.setdefault(entry.ticket, (at_window[entry.ticket], entry.happened))
        elif entry.ticket in here:
            window, start = here.pop(entry.ticket)
            busy[window] += _overlap(start, entry.happened, since, until)
    for window, start in here.values():
        busy[window] += _overlap(start, until, since, until)
    return busy


def _overlap(start: int, end: int, since: int, until: int) -> int:
    return max(0, min(end, until) - max(start, since))


def reconciliation(of: Iterable[Ticket], issued: int) -> Reconciliation:
    """Whether `issued` (counted from the numbers given out) equals the tickets found, state by state."""
    states = Counter(t.state.value for t in of)
    return Reconciliation(issued, {s.value: states[s.value] for s in State})


def differences(given: Mapping[str, int], found: Mapping[str, int]) -> dict[str, int]:
    """By how many the numbers given out exceed the tickets found, for each prefix where they differ."""
    off = {prefix: given.get(prefix, 0) - found.get(prefix, 0) for prefix in sorted({*given, *found})}
    return {prefix: many for prefix, many in off.items() if many}


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None
