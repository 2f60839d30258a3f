"""Whether the database says what the model says: every ticket, window, case, booking, number, and what is due next."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from queue_server.core.journal import Entry
from queue_server.storage import conditions, seats
from queue_server.storage.floor import CONSULTED
from queue_server.storage.halls import definition
from queue_server.storage.tables import bookings, cases, counters, halls, tickets, windows
from tests.statemachine.by_itself import due
from tests.statemachine.model import Model
from tests.statemachine.visit import Visit

_TOLD = (
    *("id", "number", "business", "day", "priority", "state", "place", "base", "entered_at", "queued_at", "item"),
    *("later", "turn", "owner", "tie", "ripe", "callable_from", "more_time", "window", "called_at", "counted_at"),
    *("calls", "started_at", "hold", "held_until", "awaits", "missed_at", "returns", "finished_at", "outcome"),
    *("reason", "timing_wrong", "ahead_at_issue", "reviewed", "case", "due_at", "due_kind"),
)
_TICKETS = select(tickets.c.entered, *(tickets.c[name] for name in _TOLD)).order_by(tickets.c.entered)
_HALLS, _CASES, _BOOKINGS, _COUNTERS = select(halls), select(cases), select(bookings), select(counters)
_WINDOWS = select(windows.c.window)


def _as_stored(model: Model, v: Visit) -> tuple[Any, ...]:
    timer = due(model, v)
    return (
        *(v.id, v.number, v.business, v.day, list(v.grounds), v.state, v.place, v.bare, v.entered_at, v.queued_at),
        *(v.item, list(v.later), v.turn, v.owner, v.tie, v.ripe, v.callable_from, v.slow, v.window, v.called_at),
        *(v.counted_at, v.calls, v.started_at, v.hold, v.held_until, v.awaits, v.missed_at, v.returns),
        *(v.finished_at, v.outcome, v.reason, v.wrong, v.ahead, v.reviewed, v.case.id if v.case else None),
        *((timer[0], timer[1]) if timer else (None, None)),
    )


def compare_tickets(db: Connection, model: Model) -> None:
    """Every ticket of the one hall there is, in the order of entering the queue; no two at one window."""
    rows = db.execute(_TICKETS).all()
    found = sorted(model.visits.values(), key=lambda v: v.order)
    assert [row.id for row in rows] == [v.id for v in found], "they entered the queue in another order"
    for row, visit in zip(rows, found, strict=True):
        stored = _as_stored(model, visit)
        if tuple(row[1:]) != stored:
            wrong = {n: (a, b) for n, a, b in zip(_TOLD, row[1:], stored, strict=True) if a != b}
            raise AssertionError(f"{visit.number} in the database and in the model: {wrong}")
    here = [(row.window, row.id) for row in rows if row.state in ("called", "serving")]
    assert len({window for window, _ in here}) == len(here), "two at one window"


def compare_hall(db: Connection, model: Model) -> None:
    """What the hall is, its windows, and how it stands."""
    row = db.execute(_HALLS).one()
    assert definition(row.definition) == model.hall
    stands = conditions.read(row.conditions)
    assert (set(stands.suspended), stands.closed_day, list(stands.evacuations), stands.open, set(stands.alarms)) == (
        *(model.suspended, model.closed_day, model.outs, model.is_open, model.alarms),
    )
    assert set(db.execute(_WINDOWS).scalars()) == set(model.desks)
    for number, seat in seats.load(db, model.hall).items():
        desk = model.desks[number]
        said = (seat.open, seat.clerk, seat.since, seat.paused, seat.changed_at, seat.help, seat.ready_since)
        assert said == (desk.open, desk.clerk, desk.since, desk.paused, desk.changed_at, desk.help, desk.ready), number
        assert seat.reluctance == desk.able, number


def compare_rest(db: Connection, model: Model) -> None:
    """Cases, bookings, and the numbers that were used."""
    stored = {row["id"]: row for row in db.execute(_CASES).mappings()}
    assert set(stored) == {file.id for file in model.files}
    for file in model.files:
        mine = {n: value for n, value in vars(file).items() if n != "last_deed"}
        said, expected = {n: stored[file.id][n] for n in mine}, {**mine, "missing": list(file.missing)}
        assert said == expected, f"{file.code}: {said} in the database, {expected} in the model"
    told = {row.code: (row.state, row.ticket) for row in db.execute(_BOOKINGS)}
    assert told == {booked.code: (booked.state, booked.ticket) for booked in model.bookings}
    used = {(row.prefix, row.day): row.last for row in db.execute(_COUNTERS) if row.prefix != CONSULTED}
    assert used == dict(model.numbers)


def calls(model: Model, entries: Sequence[Entry], known: int) -> None:
    """Every call of this batch is the one that the model made behind those `known`, and its reason is true."""
    said = [entry for entry in entries if entry.act == "called"]
    made = model.calls[known:]
    assert [(e.ticket, e.window) for e in said] == [(call.visit, call.window) for call in made]
    for entry, call in zip(said, made, strict=True):
        facts = dict(entry.facts or {})
        assert facts["why"] == call.why, (facts, call.why)
        # The words of a call past the order stand beside the journal, sealed in it.
        assert ("note" in facts) == (call.past == "direct")


def in_order(model: Model, entries: Sequence[Entry]) -> None:
    """This batch did with the tickets what the model did, one after the other: the overdue first, by their deadline."""
    done = [(entry.act, entry.ticket) for entry in entries if entry.ticket is not None and entry.case is None]
    assert _plain(done) == _plain(model.happened), f"{done} in the journal, {model.happened} in the model"
    model.happened.clear()


def _plain(done: Sequence[tuple[str, str | None]]) -> list[list[tuple[str, str | None]]]:
    """In runs of the same word; who is taken back together has no order, and stands there once for each entry."""
    runs = [[*run] for _, run in groupby(done, key=lambda each: each[0])]
    return [sorted(set(run), key=str) if run[0][0] == "undone" else run for run in runs]


def name_files(model: Model, entries: Sequence[Entry]) -> None:
    """The cases that were opened have the ids and codes that the system gave them."""
    known = {file.id for file in model.files}
    new = iter([file for file in model.files if not file.id])
    for entry in entries:
        if entry.act == "case-opened" and entry.case not in known:
            file, told = next(new), (entry.facts or {})["case"]
            file.id, file.code = told["id"], told["code"]
