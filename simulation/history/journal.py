"""Reader of the hall's own journal, exported as JSON lines: replayed by the core's own rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from queue_server.core.errors import BadValue
from queue_server.core.journal import Entry, parse
from queue_server.core.seat import CLOSED, OPENED
from queue_server.core.ticket import State, Ticket
from queue_server.core.turns import Turns
from simulation.history.localtime import local
from simulation.history.recorded import QUARTER_MS, Done, NotReadable, Recorded, Staffed, Visit
from simulation.history.rows import lines
from simulation.history.service import measured
from simulation.history.staffing import from_services, quarters
from simulation.history.tally import Tally

DIRT: Mapping[str, Done] = MappingProxyType(
    {
        "unreadable-row": "left-out",
        "no-such-ticket-state": "left-out",
        "numbers-missing": "kept",
        "time-runs-back": "kept",
        "still-open-at-the-end": "kept",
        "start-not-pressed": "mended",
        "missed": "kept",
    }
)


def read(path: Path, time_zone: str = "Asia/Shanghai") -> Recorded:
    """The visits of an exported journal; `time_zone` is the hall's, which the journal itself does not carry."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise NotReadable("unknown-time-zone", time_zone=time_zone[:64]) from unknown
    tally = Tally(DIRT)
    turns = Turns()
    opened: dict[int, int] = {}
    spans: list[tuple[int, int, int]] = []
    rows, expected, last_at = 0, 0, 0
    for text in lines(path):
        if not text.strip():
            continue
        rows += 1
        entry = _entry(text, tally)
        if entry is None:
            continue
        tally.note("numbers-missing", max(0, entry.no - expected) if expected else 0)
        tally.note("time-runs-back", int(entry.at < last_at))
        expected, last_at = entry.no + 1, max(last_at, entry.at)
        _follow(entry, turns, tally)
        _windows(entry, opened, spans)
    spans.extend((window, since, last_at) for window, since in opened.items())
    every = turns.every()
    if not every:
        raise NotReadable("no-visits")
    visits = tuple(sorted((_visit(turn, tally) for turn in every), key=lambda v: (v.arrived_at, v.business)))
    return Recorded(
        source="journal",
        time_zone=time_zone,
        rows=rows,
        days=_days(visits, zone),
        visits=visits,
        staffing=_staffing(spans, visits),
        service=measured(visits),
        names={},
        cleaning=tally.report(),
        wait_meaning="issue-to-first-call",
        cannot_tell=("leavers-who-said-nothing",),
    )


def _entry(text: str, tally: Tally) -> Entry | None:
    try:
        return parse(text)
    except (BadValue, RecursionError):
        tally.note("unreadable-row")
        return None


def _follow(entry: Entry, turns: Turns, tally: Tally) -> None:
    try:
        turns.add(entry)
    except BadValue:
        tally.note("no-such-ticket-state")


def _windows(entry: Entry, opened: dict[int, int], spans: list[tuple[int, int, int]]) -> None:
    if entry.window is None:
        return
    if entry.act == OPENED:
        opened.setdefault(entry.window, entry.at)
    elif entry.act == CLOSED and entry.window in opened:
        spans.append((entry.window, opened.pop(entry.window), entry.at))


def _visit(ticket: Ticket, tally: Tally) -> Visit:
    started, finished = ticket.started_at or 0, ticket.finished_at or 0
    served = ticket.state is State.FINISHED and ticket.started_at is not None
    if served and started == finished:
        # "Finish" straight after the call implies the start: one key was pressed, and the call stands for the start.
        tally.note("start-not-pressed")
        started = ticket.called_at or 0
    if ticket.state in {State.WAITING, State.CALLED, State.SERVING, State.HELD}:
        tally.note("still-open-at-the-end")
    if ticket.missed_at is not None:
        tally.note("missed")
    # A time that is marked as wrong tells neither how long the service took nor that its window was busy so long.
    told = served and not ticket.timing_wrong
    known = told and finished - ticket.held_ms > started
    return Visit(
        ticket.queued_at,
        ticket.business,
        called_at=ticket.called_at,
        started_at=started if told else None,
        finished_at=finished if told else None,
        left_at=finished if ticket.state is State.VOID and ticket.called_at is None else None,
        service_ms=finished - started - ticket.held_ms if known else None,
        window=ticket.window,
        priority=ticket.priority,
    )


def _days(visits: Iterable[Visit], zone: ZoneInfo) -> tuple[date, ...]:
    return tuple(sorted({local(v.arrived_at, zone).date() for v in visits}))


def _staffing(spans: list[tuple[int, int, int]], visits: Iterable[Visit]) -> tuple[Staffed, ...]:
    """Windows open as journalled, and busy as seen; a hall whose windows never open or close shows only the latter.

    A window may stay open for days with nobody there, so it counts only in quarter hours in which the hall served.
    """
    seen = from_services(
        (v.window, v.called_at, v.finished_at)
        for v in visits
        if v.window is not None and v.called_at is not None and v.finished_at is not None
    )
    if not spans:
        return seen
    served = {s.at for s in seen}
    present = dict.fromkeys(served, 0)
    for _, start, end in spans:
        for quarter, length in quarters(start, end):
            if quarter in served:
                present[quarter] += length
    return tuple(Staffed(s.at, max(s.present, present[s.at] / QUARTER_MS), s.busy) for s in seen)
