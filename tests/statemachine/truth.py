"""What must hold at the end of a run: the journal is whole, tells the rows and the figures, and nobody is lost."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from queue_server import hall_file
from queue_server.core.journal import Entry, parse
from queue_server.core.journal import tickets as told_by
from queue_server.core.measures import reconciliation, service_time, waiting_time
from queue_server.core.seat import OPENED, SIGNED_IN, SIGNED_OUT
from queue_server.core.turns import turns
from queue_server.storage import history
from queue_server.storage.rows import ticket_of
from queue_server.storage.tables import journal, tickets
from tests.running.lives import beside_tickets
from tests.statemachine.model import Model


def check(db: Connection, model: Model, reached: Counter[str]) -> None:
    """All of it."""
    of = model.hall.id
    assert list(history.check(db)) == []
    lines = db.execute(select(journal.c.line).where(journal.c.hall == of).order_by(journal.c.entry_no)).scalars()
    entries = [parse(line) for line in lines]
    reached.update(f"entry {entry.act}" for entry in entries)
    rows = db.execute(select(tickets).where(tickets.c.hall == of)).mappings()
    told = told_by(entries)
    assert told == {row["id"]: ticket_of(row) for row in rows}
    beside_tickets(db, entries)
    assert _seats(entries) == {n: (d.open, d.clerk is not None, d.paused, d.help) for n, d in model.desks.items()}
    # Per visit: all that were issued are in some state.
    sums = reconciliation(told.values(), sum(model.numbers.values()))
    assert sums.adds_up
    assert {n: many for n, many in sums.by_state.items() if many} == Counter(v.state for v in model.visits.values())
    _turns(entries, model)


def _turns(entries: list[Entry], model: Model) -> None:
    """Per business over turns: each one waited for is in some state, and was served as long as the model says."""
    found = turns(entries)
    assert Counter(turn.business for turn in found if turn.state == "waiting") == Counter(
        v.business for v in model.visits.values() if v.state == "waiting"
    )
    assert Counter(turn.id for turn in found) == {v.id: v.turn for v in model.visits.values()}
    for turn in found:
        visit = model.visits[turn.id]
        wrong, served = visit.past[turn.turn - 1] if turn.turn <= len(visit.past) else (visit.wrong, visit.service)
        if (ms := service_time(turn)) is not None:
            assert not wrong
            assert ms == served, f"{visit.number}, turn {turn.turn}"
        if turn.turn == visit.turn and visit.called_at is not None:
            assert waiting_time(turn) == visit.called_at - visit.queued_at


def _seats(entries: list[Entry]) -> dict[int, Any]:
    """The windows as the journal tells them: open, taken, paused, asking for help."""
    seats: dict[int, tuple[bool, bool, str | None, bool]] = {}
    for entry in entries:
        facts = entry.facts or {}
        if entry.act == "hall-changed":
            numbers = {window.number for window in hall_file.parse(facts["definition"]).windows}
            seats = {number: seat for number, seat in seats.items() if number in numbers}
        if entry.window is None:
            continue
        if entry.act == OPENED and "open" not in facts:
            seats[entry.window] = (True, False, None, False)
        elif "open" in facts and entry.window in seats:
            taken = entry.act == SIGNED_IN or (seats[entry.window][1] and entry.act != SIGNED_OUT)
            seats[entry.window] = (facts["open"], taken, facts["paused"], facts["help"])
    return dict(sorted(seats.items()))
