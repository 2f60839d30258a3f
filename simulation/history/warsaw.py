"""Reader of the Warsaw district offices' queue snapshots (2020): one queue of one office, every five minutes."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from simulation.history.localtime import quarter_start, utc_ms
from simulation.history.recorded import QUARTER_MS, Done, NotReadable, Recorded, Service, Staffed
from simulation.history.tally import Tally
from simulation.history.warsaw_dates import real_dates
from simulation.history.warsaw_flow import LONGEST_STEP_MS, Flow, flow
from simulation.history.warsaw_numbers import Reading
from simulation.history.warsaw_rows import Contents, contents, snapshots

if TYPE_CHECKING:
    from datetime import date

TIME_ZONE = "Europe/Warsaw"
LONG_QUEUE = 100

DIRT: Mapping[str, Done] = MappingProxyType(
    {
        "unreadable-row": "left-out",
        "year-one-too-late": "mended",
        "clock-years-off": "mended",
        "same-minute-twice": "left-out",
        "day-without-tickets": "left-out",
        "waiting-without-counter": "kept",
        "queue-over-100": "kept",
        "gap-over-15-min": "kept",
        "number-went-back": "kept",
        "number-jumped": "mended",
        "vanished-uncalled": "kept",
        "never-called": "kept",
    }
)


def read(path: Path, office: str | None = None, queue: str | None = None) -> Recorded:
    """One queue of one office (each the busiest unless named); raises `NotReadable` when the file does not hold it."""
    held = contents(path)
    office, queue = _part(held, office, queue)
    tally, zone = Tally(DIRT), ZoneInfo(TIME_ZONE)
    tally.note("unreadable-row", held.unreadable)
    dates, reset = real_dates(held.labels, office)
    by_day: dict[date, list[Reading]] = defaultdict(list)
    name = queue
    for each in snapshots(path):
        if each is None or each.office != office or each.queue != queue:
            continue
        name, day = each.name, dates[each.label]
        if day != each.label:
            tally.note("clock-years-off" if reset else "year-one-too-late")
        reading = Reading(utc_ms(day, each.seconds, zone), each.open, each.waiting, each.number)
        _note_odd(reading, tally)
        if by_day[day] and reading.at <= by_day[day][-1].at:
            tally.note("same-minute-twice")
        else:
            by_day[day].append(reading)
    quiet = [day for day, readings in by_day.items() if not any(r.number for r in readings)]
    for day in quiet:
        tally.note("day-without-tickets", len(by_day.pop(day)))
    flows = [flow(readings, queue, tally) for _, readings in sorted(by_day.items())]
    visits = sorted((v for f in flows for v in f.visits), key=lambda v: v.arrived_at)
    return Recorded(
        source="warsaw",
        time_zone=TIME_ZONE,
        rows=held.rows,
        days=tuple(sorted(by_day)),
        visits=tuple(visits),
        staffing=_staffing(list(by_day.values())),
        service=_service(queue, flows),
        names=MappingProxyType({queue: name}),
        cleaning=tally.report(),
        wait_meaning="estimated-first-come",
        cannot_tell=("arrival-to-the-minute", "service-spread", "no-shows-inside-called", "leavers", "shared-counters"),
        part=MappingProxyType({"office": office, "queue": queue}),
        choices=MappingProxyType({"office": tuple(sorted(held.crowd)), "queue": tuple(sorted(held.crowd[office]))}),
    )


def _part(held: Contents, office: str | None, queue: str | None) -> tuple[str, str]:
    if not held.crowd:
        raise NotReadable("no-visits")
    chosen = office or held.busiest_office()
    if chosen in held.labels and chosen not in held.crowd:
        raise NotReadable("no-ticket-numbers", office=chosen[:64])
    if chosen not in held.crowd:
        raise NotReadable("unknown-office", office=chosen[:64])
    if queue and queue not in held.crowd[chosen]:
        raise NotReadable("unknown-queue", queue=queue[:16], office=chosen[:64])
    return chosen, queue or held.busiest_queue(chosen)


def _note_odd(reading: Reading, tally: Tally) -> None:
    if reading.waiting and not reading.open:
        tally.note("waiting-without-counter")
    if reading.waiting > LONG_QUEUE:
        tally.note("queue-over-100")


def _staffing(days: list[list[Reading]]) -> tuple[Staffed, ...]:
    """Counters open by quarter hour: each reading holds until the next, but not for longer than the longest step."""
    counter_ms: dict[int, int] = defaultdict(int)
    for readings in days:
        for index, reading in enumerate(readings[:-1]):
            start, end = reading.at, min(readings[index + 1].at, reading.at + LONGEST_STEP_MS)
            while start < end:
                quarter = quarter_start(start)
                until = min(end, quarter + QUARTER_MS)
                counter_ms[quarter] += reading.open * (until - start)
                start = until
    return tuple(Staffed(q, ms / QUARTER_MS) for q, ms in sorted(counter_ms.items()))


def _service(queue: str, flows: list[Flow]) -> Mapping[str, Service]:
    """Counter time per ticket while people waited all the time, so that no counter stood idle."""
    calls = sum(f.calls_while_waiting for f in flows)
    if calls == 0:
        return {}
    return MappingProxyType({queue: Service(sum(f.counter_ms for f in flows) / calls / 1000, None, calls)})
