"""What a clerk sees around one window: who is there and why, who comes next, who was missed or put aside, notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from queue_server.core.acts import day_of
from queue_server.core.aside import reach
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry
from queue_server.core.routing import Waiting, order, ties_of
from queue_server.core.seat import Seat
from queue_server.core.ticket import Hold, State, Ticket
from queue_server.core.undo import check
from queue_server.storage import cases, history, notes, queries
from queue_server.storage.lanes import FREE, TIED
from queue_server.storage.lists import all_sound, sound
from queue_server.storage.tables import staff, tickets

_MOST = 20
_ALL = true()


def at_window(db: Connection, of: Hall, window: int) -> Ticket | None:
    """The ticket called or serving at a window."""
    row = queries.at_window(db, of, window)
    return None if row is None else sound(db, of, row)


def in_order(db: Connection, of: Hall, window: Window, seat: Seat, most: int) -> list[Ticket]:
    """The first tickets this window would call, in order; `window` as its clerk serves it."""
    found: list[Waiting] = []
    for business in window.reluctance:
        for lane in (FREE, TIED):
            first = (
                select(*queries.LANE)
                .where(tickets.c.hall == of.id, lane, tickets.c.business == business)
                .order_by(tickets.c.place, tickets.c.entered)
            )
            found += [Waiting(*row) for row in db.execute(first.limit(most))]
    # A text in a column of numbers has no place in any order; the writer mends such a row when it next calls.
    sound_ones = [w for w in found if all(isinstance(figure, int) for figure in (w.place, w.entered, w.ripe))]
    mine = ties_of(window.number, seat.clerk)
    best = [w.id for w in order(window, sound_ones, mine, of.settings.affinity, most)]
    # Whole rows are read only of those who are shown: most lanes are longer than what is.
    rows = db.execute(select(tickets).where(tickets.c.id.in_(best))).mappings().all()
    known = {ticket.id: ticket for ticket in all_sound(db, of, rows)}
    return [known[ticket] for ticket in best if ticket in known]


def missed(db: Connection, of: Hall, window: Window) -> list[Ticket]:
    """Missed tickets of the businesses this window serves, newest first."""
    return _aside(db, of, window, State.MISSED, tickets.c.missed_at.desc())


def held(db: Connection, of: Hall, window: Window, seats: Mapping[int, Seat]) -> list[Ticket]:
    """Tickets put aside of the businesses this window serves, without those whose papers another window gives out.

    Who was put aside here comes first, then whoever was put aside first.
    """
    there = reach(seats, window.number)
    anytime = [number for number, until in there.items() if until is None]
    before = [
        and_(tickets.c.window == number, tickets.c.held_at <= until)
        for number, until in there.items()
        if until is not None
    ]
    # Out of reach are perhaps most of them, so they are left out before the list is cut.
    within = or_(tickets.c.hold.is_distinct_from(Hold.PAPERS_KEPT.value), tickets.c.window.in_(anytime), *before)
    here = case((tickets.c.window == window.number, 0), else_=1)
    return _aside(db, of, window, State.HELD, here, tickets.c.held_at, tickets.c.entered, within=within)


def _aside(
    db: Connection, of: Hall, window: Window, state: State, *by: ColumnElement[Any], within: ColumnElement[bool] = _ALL
) -> list[Ticket]:
    mine = tickets.c.business.in_(sorted(window.reluctance))
    statement = select(tickets).where(tickets.c.hall == of.id, tickets.c.state == state.value, mine, within)
    return all_sound(db, of, db.execute(statement.order_by(*by).limit(_MOST)).mappings().all())


def finished_today(db: Connection, of: Hall, window: int, now: int) -> int:
    """How many tickets this window has finished on the present business day."""
    statement = select(func.count()).where(
        tickets.c.hall == of.id,
        tickets.c.day == day_of(of, now),
        tickets.c.window == window,
        tickets.c.state == State.FINISHED.value,
    )
    return int(db.execute(statement).scalar_one())


def why(told: Sequence[Entry]) -> dict[str, Any] | None:
    """Why a ticket was last called, as its entries tell."""
    facts = [entry.facts for entry in told if entry.act == "called" and entry.facts and "why" in entry.facts]
    return dict(facts[-1]["why"]) if facts else None


def noted(db: Connection, of: Hall, ticket: Ticket, told: Sequence[Entry]) -> list[dict[str, Any]]:
    """What was written about a ticket, oldest first, each with when, where and by whom."""
    said = dict(notes.of_ticket(db, of, ticket.id))
    people = names(db, {_person(entry.by) for entry in told if entry.no in said})
    return [
        {"at": e.at, "window": e.window, "act": e.act, "by": people.get(_person(e.by) or ""), "text": said[e.no]}
        for e in told
        if e.no in said
    ]


def names(db: Connection, people: set[str | None]) -> Mapping[str, dict[str, str]]:
    """Name and staff number of these people, by staff id."""
    wanted = [person for person in people if person is not None]
    rows = db.execute(select(staff.c.id, staff.c.display_name, staff.c.number).where(staff.c.id.in_(wanted)))
    return {person: {"name": name, "number": number} for person, name, number in rows}


def _person(by: str) -> str | None:
    kind, _, person = by.partition(":")
    return person if kind == "staff" else None


def undoable(db: Connection, of: Hall, window: int, now: int) -> dict[str, Any] | None:
    """The last act at a window that may still be taken back: what it was, whose ticket, until when (ms UTC)."""
    act = history.last_act(db, of.id, window)
    about = {entry.ticket for entry in act if entry.ticket is not None}
    latest = {t: history.last_of_ticket(db, of.id, t) for t in about} | cases.latest(db, of, act)
    try:
        check(act, now, of.settings, latest)
    except Refusal:
        return None
    whose = next((entry.ticket for entry in act if entry.ticket is not None), None)
    number = db.execute(select(tickets.c.number).where(tickets.c.id == whose)).scalar()
    # The clerk pressed finish or papers missing; the case that it opened stands beside it in the journal.
    told = next((entry for entry in act if entry.case is None), act[0])
    return {"act": told.act, "number": number, "until": act[-1].at + of.settings.undo_within}
