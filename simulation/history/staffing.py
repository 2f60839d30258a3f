"""Who was there, from what was done: windows present by quarter hour, read off the services they gave."""

from collections import defaultdict
from collections.abc import Iterable

from simulation.history.localtime import quarter_start
from simulation.history.recorded import QUARTER_MS, Staffed, Visit

# A clerk silent for longer than this between two services is taken to have been away, not idle.
LONGEST_IDLE_MS = 30 * 60_000


def from_services(
    services: Iterable[tuple[int, int, int]], longest_idle_ms: int = LONGEST_IDLE_MS
) -> tuple[Staffed, ...]:
    """Staffing from (window, started, finished) in ms UTC.

    A window counts as present from one service to the next when the gap is at most `longest_idle_ms`;
    `present` is the mean number over the quarter hour, `busy` how many different ones gave any service in it.
    """
    by_window: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for window, started, finished in services:
        by_window[window].append((started, finished))
    present: dict[int, int] = defaultdict(int)
    busy: dict[int, set[int]] = defaultdict(set)
    for window, spans in by_window.items():
        for started, finished in spans:
            for quarter, _ in quarters(started, max(finished, started + 1)):
                busy[quarter].add(window)
        for started, finished in _joined(sorted(spans), longest_idle_ms):
            for quarter, length in quarters(started, finished):
                present[quarter] += length
    return tuple(Staffed(q, present[q] / QUARTER_MS, len(busy[q])) for q in sorted(present.keys() | busy.keys()))


def from_visits(visits: Iterable[Visit], longest_idle_ms: int = LONGEST_IDLE_MS) -> tuple[Staffed, ...]:
    """Staffing from the services of these visits whose window, start and end are known."""
    services = (
        (visit.window, visit.started_at, visit.finished_at)
        for visit in visits
        if visit.window is not None and visit.started_at is not None and visit.finished_at is not None
    )
    return from_services(services, longest_idle_ms)


def _joined(spans: list[tuple[int, int]], longest_idle_ms: int) -> Iterable[tuple[int, int]]:
    start, end = spans[0]
    for started, finished in spans[1:]:
        if started - end > longest_idle_ms:
            yield start, end
            start, end = started, finished
        end = max(end, finished)
    yield start, end


def quarters(start: int, end: int) -> Iterable[tuple[int, int]]:
    """The quarter hours that [start, end) touches, each with the ms of it that lie inside."""
    quarter = quarter_start(start)
    while quarter < end:
        yield quarter, min(end, quarter + QUARTER_MS) - max(start, quarter)
        quarter += QUARTER_MS
