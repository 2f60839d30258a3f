"""The hall at one look: every window with who is there, who waits how long, what rings, what needs an act first."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.core import floor as rules
from queue_server.core.acts import day_of
from queue_server.core.conditions import Conditions
from queue_server.core.evacuation import Evacuations, ended
from queue_server.core.floor import Missed, Post, Queue
from queue_server.core.hall import Hall
from queue_server.core.measures import Reconciliation, differences
from queue_server.core.moment import hall_time
from queue_server.core.routing import in_force
from queue_server.core.seat import HELP_ASKED
from queue_server.core.ticket import AT_WINDOW, State
from queue_server.core.timers import return_over
from queue_server.storage import conditions, desk, lists, seats
from queue_server.storage.tables import counters, journal, tickets

CONSULTED = "?"
_HERE = [s.value for s in sorted(AT_WINDOW)]
_DIGITS = "0123456789"
_Here = Mapping[int, Mapping[Any, Any]]


def floor(db: Connection, hall: Hall, clock: int) -> dict[str, Any]:
    """Windows, queues, what to do and reconciliation of the present business day."""
    _, _, last_at = lists.version(db, hall.id)
    now = hall_time(last_at, clock)
    given = _given_out(db, hall, day_of(hall, now))
    consulted = given.pop(CONSULTED, 0)
    stands = conditions.load(db, hall.id)
    here = _here(db, hall)
    queues = _queues(db, hall, now)
    posts = _posts(db, hall, here, queues)
    return {
        **_to_do(db, hall, stands, queues, posts, now),
        "windows": _windows(db, hall, here, posts),
        "queues": [_queue(hall, queue, posts) for queue in queues],
        "conditions": conditions.facts(stands),
        "consultations": consulted,
        "reconciliation": _reconciliation(db, hall, day_of(hall, now), given),
        "at": now,
    }


def _to_do(
    db: Connection, hall: Hall, stands: Conditions, queues: Sequence[Queue], posts: Sequence[Post], now: int
) -> dict[str, Any]:
    first = rules.first(stands, queues, posts, now)
    helps = None if first.helps is None else first.helps._asdict()
    missed = _missed(db, hall, ended(stands.evacuations, now))
    todo = rules.todos(stands, queues, posts, missed, now)
    return {"first": {**first._asdict(), "helps": helps}, "todo": [each._asdict() for each in todo]}


def _here(db: Connection, hall: Hall) -> _Here:
    there = select(tickets).where(tickets.c.hall == hall.id, tickets.c.state.in_(_HERE))
    return {row["window"]: row for row in db.execute(there).mappings()}


def _posts(db: Connection, hall: Hall, here: _Here, queues: Sequence[Queue]) -> list[Post]:
    found = seats.load(db, hall)
    told = []
    for window in hall.windows:
        seat = found[window.number]
        serves = in_force(window, seat.reluctance).reluctance
        asked = _last(db, hall, window.number, HELP_ASKED) if seat.help else None
        post = Post(window.number, seat, serves, window.number in here, asked)
        silent = rules.may_be_silent(post, queues)
        told.append(post._replace(last_act=_last(db, hall, window.number)) if silent else post)
    return told


def _windows(db: Connection, hall: Hall, here: _Here, posts: Sequence[Post]) -> list[dict[str, Any]]:
    people = desk.names(db, {post.seat.clerk for post in posts})
    zones = {window.number: window.zone for window in hall.windows}
    told = []
    for post in posts:
        seat, visitor = post.seat, here.get(post.window, {})
        stands = {"window": post.window, "zone": zones[post.window], "state": seat.state, "paused": seat.paused}
        who = {"since": seat.changed_at, "clerk": people.get(seat.clerk or ""), "help": seat.help}
        names = {"number": "number", "doing": "state", "called_at": "called_at", "started_at": "started_at"}
        does = {name: visitor.get(column) for name, column in names.items()}
        serves = sorted((ms, code) for code, ms in post.serves.items())
        told.append({**stands, **who, "help_since": post.help_since, **does, "serves": [code for _, code in serves]})
    return told


def _last(db: Connection, hall: Hall, window: int, act: str | None = None) -> int | None:
    # A seat does not keep what happened there, nor since when its clerk waits for help; the journal does.
    at = select(journal.c.at).where(journal.c.hall == hall.id, journal.c.window == window)
    of = at if act is None else at.where(journal.c.act == act)
    return db.execute(of.order_by(journal.c.entry_no.desc()).limit(1)).scalar()


def _queues(db: Connection, hall: Hall, now: int) -> list[Queue]:
    rows = db.execute(
        select(tickets.c.business, func.count().label("waiting"), func.min(tickets.c.queued_at).label("since"))
        .where(tickets.c.hall == hall.id, tickets.c.state == State.WAITING.value)
        .group_by(tickets.c.business)
    )
    found = {row.business: (row.waiting, now - row.since) for row in rows}
    return [Queue(business.code, *found.get(business.code, (0, 0))) for business in hall.businesses]


def _queue(hall: Hall, queue: Queue, posts: Sequence[Post]) -> dict[str, Any]:
    calling = sum(post.seat.calls and queue.business in post.serves for post in posts)
    told = {"business": queue.business, "waiting": queue.waiting, "longest_ms": queue.longest}
    return {**told, "windows": calling, "alarm": hall.business(queue.business).alarm}


def _missed(db: Connection, hall: Hall, evacuations: Evacuations) -> list[Missed]:
    """Who was missed and may still come back."""
    rows = db.execute(select(tickets).where(tickets.c.hall == hall.id, tickets.c.state == State.MISSED.value))
    found = [t for t in lists.all_sound(db, hall, rows.mappings().all()) if t.returns < hall.settings.max_returns]
    ends = [(ticket, return_over(ticket, hall.settings, evacuations)) for ticket in found]
    return [Missed(t.id, t.number, t.missed_at or 0, until) for t, until in ends if until is not None]


def _given_out(db: Connection, hall: Hall, day: str) -> dict[str, int]:
    rows = db.execute(
        select(counters.c.prefix, counters.c.last).where(counters.c.hall == hall.id, counters.c.day == day)
    )
    return {row.prefix: row.last for row in rows}


def _reconciliation(db: Connection, hall: Hall, day: str, given: Mapping[str, int]) -> dict[str, Any]:
    # As an expression: by the bare column SQLite would walk the hall's whole history, which one index has in its order.
    counted = _counted(db, hall, day, tickets.c.state + "")
    # A ticket that was moved to another business keeps its number, so it is counted where the number was given out.
    found = _counted(db, hall, day, func.rtrim(tickets.c.number, _DIGITS))
    by_state = {state.value: 0 for state in State} | counted
    sums, off = Reconciliation(sum(given.values()), by_state), differences(given, found)
    return {"issued": sums.issued, "by_state": by_state, "adds_up": sums.adds_up and not off, "off": off}


def _counted(db: Connection, hall: Hall, day: str, by: ColumnElement[str]) -> dict[str, int]:
    """The tickets of a day, counted by what an index of the day holds."""
    kind = by.label("kind")
    of_day = select(kind, func.count().label("many")).where(tickets.c.hall == hall.id, tickets.c.day == day)
    return {row.kind: row.many for row in db.execute(of_day.group_by(kind))}
