"""Reader of the "Anonymous Bank" telephone log (Technion, 1999): one row per call, grouped by line, local time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from simulation.history.localtime import utc_ms
from simulation.history.recorded import Done, Recorded, Visit
from simulation.history.rows import table
from simulation.history.service import measured
from simulation.history.staffing import from_visits
from simulation.history.tally import Tally
from simulation.history.technion_row import COLUMNS, HALF_DAY, KNOWN_TYPES, Call, call

if TYPE_CHECKING:
    from datetime import date

TIME_ZONE = "Asia/Jerusalem"
# The bank gave its priority customers this head start in the order of the queue.
HEAD_STARTS = MappingProxyType({"priority": 90_000})

DIRT: Mapping[str, Done] = MappingProxyType(
    {
        "unreadable-row": "left-out",
        "phantom": "left-out",
        "hung-up-before-queue": "left-out",
        "service-crosses-midnight": "mended",
        "queue-crosses-midnight": "mended",
        "clock-set-back": "kept",
        "front-end-over-500-s": "kept",
        "unknown-type": "kept",
        "customer-unknown": "kept",
        "served-without-times": "kept",
        "service-of-0-s": "kept",
        "service-under-10-s": "kept",
        "served-without-server": "kept",
        "hung-up-with-service": "kept",
        "service-starts-1-2-s-early": "mended",
        "service-starts-over-5-s-early": "mended",
        "server-overlaps-itself": "kept",
    }
)


class _Windows:
    """Numbers in place of first names: no name of a clerk leaves this reader."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def read(path: Path) -> Recorded:
    """The visits of one file (plain or gzip): calls that were served, or that hung up after joining the queue."""
    zone = ZoneInfo(TIME_ZONE)
    tally, windows = Tally(DIRT), _Windows()
    visits: list[Visit] = []
    days: set[date] = set()
    spans: list[tuple[str, int, int]] = []
    rows = 0
    for found in _calls(path, tally):
        rows += 1
        if found is None or not _seeks_agent(found, tally):
            continue
        visits.append(_visit(found, zone, windows))
        days.add(found.day)
        if found.outcome == "AGENT" and found.server is not None and found.ser_start:
            start = found.day.toordinal() * 2 * HALF_DAY + found.ser_start
            spans.append((found.server, start, start + found.ser_time))
    visits.sort(key=lambda v: (v.arrived_at, v.business))
    tally.note("server-overlaps-itself", _overlaps(sorted(spans)))
    return Recorded(
        source="technion",
        time_zone=TIME_ZONE,
        rows=rows,
        days=tuple(sorted(days)),
        visits=tuple(visits),
        staffing=from_visits(visits),
        service=measured(visits),
        names={},
        cleaning=tally.report(),
        wait_meaning="queue-join-to-exit",
        cannot_tell=("staffing-not-recorded", "no-walking"),
        head_starts=HEAD_STARTS,
    )


def _calls(path: Path, tally: Tally) -> Iterator[Call | None]:
    for row in table(path, "\t", COLUMNS):
        try:
            found = call(row) if row is not None else None
        except ValueError:
            found = None
        if found is None:
            tally.note("unreadable-row")
        yield found


def _seeks_agent(found: Call, tally: Tally) -> bool:
    """Count what is odd in a call, and say whether it wanted an agent: served, or hung up after joining the queue."""
    if found.outcome == "PHANTOM":
        tally.note("phantom")
        return False
    odd = {
        "service-crosses-midnight": found.ser_exit < found.ser_start,
        "queue-crosses-midnight": found.q_exit < found.q_start,
        "clock-set-back": found.vru_time < 0,
        "front-end-over-500-s": found.vru_time > 500,  # noqa: PLR2004 -- the kind is named after it
        "unknown-type": found.business not in KNOWN_TYPES,
        "customer-unknown": not found.customer_known,
    }
    if found.outcome == "AGENT":
        early = found.q_exit - found.ser_start if found.queued and found.ser_start else 0
        odd |= {
            "served-without-times": found.ser_time == 0 and not found.ser_start,
            "service-of-0-s": found.ser_time == 0,
            "service-under-10-s": found.ser_time < 10,  # noqa: PLR2004 -- the kind is named after it
            "served-without-server": found.server is None,
            "service-starts-1-2-s-early": early in {1, 2},
            "service-starts-over-5-s-early": 5 < early < HALF_DAY,  # noqa: PLR2004 -- as named
        }
    else:
        odd |= {"hung-up-with-service": found.ser_time > 0, "hung-up-before-queue": not found.queued}
    for kind, met in odd.items():
        if met:
            tally.note(kind)
    return found.outcome == "AGENT" or found.queued


def _visit(found: Call, zone: ZoneInfo, windows: _Windows) -> Visit:
    # Times carry no date: each is the first such time of day that is not long before the one it follows.
    entry = found.vru_entry
    arrived = _after(entry, found.q_start if found.queued else found.vru_exit)
    left_queue = _after(arrived, found.q_exit) if found.queued else arrived
    arrived_at, out_at = (utc_ms(found.day, seconds, zone) for seconds in (arrived, left_queue))
    priority = ("priority",) if found.priority == 2 else ()  # noqa: PLR2004 -- the log's own code
    if found.outcome != "AGENT":
        return Visit(arrived_at, found.business, left_at=out_at, priority=priority)
    started_at = finished_at = None
    if found.ser_start or found.ser_time:
        # The service log's clock runs a second or two behind the queue's: the whole service is moved, its length kept.
        started = max(left_queue, _after(left_queue, found.ser_start))
        started_at = utc_ms(found.day, started, zone)
        finished_at = utc_ms(found.day, started + found.ser_time, zone)
    return Visit(
        arrived_at,
        found.business,
        called_at=out_at,
        started_at=started_at,
        finished_at=finished_at,
        service_ms=found.ser_time * 1000 if found.ser_time > 0 else None,
        window=windows.number(found.server) if found.server is not None else None,
        priority=priority,
    )


def _after(before: int, time: int) -> int:
    """`time` (seconds of day) moved by whole days so that it lies within half a day of `before`."""
    day = 2 * HALF_DAY
    return time + day * ((before - time + HALF_DAY) // day)


def _overlaps(spans: list[tuple[str, int, int]]) -> int:
    """How often a server begins a service more than 5 s before one begun earlier has ended, by the log's own times."""
    count, last, until = 0, "", 0
    for server, start, end in spans:
        count += server == last and until - start > 5  # noqa: PLR2004 -- five seconds
        until = max(until, end) if server == last else end
        last = server
    return count
