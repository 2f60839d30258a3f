"""Windows: what a clerk sees there, and the acts, one route for each line of the table of window acts."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response
from sqlalchemy import Connection

from queue_server.api import acting, replies
from queue_server.api.operation import Asked, operation
from queue_server.caller import Caller
from queue_server.core.acts import Stamp, day_of
from queue_server.core.case import near
from queue_server.core.evacuation import Evacuations, ended
from queue_server.core.hall import Hall, Window
from queue_server.core.moment import hall_time
from queue_server.core.routing import in_force
from queue_server.core.seat import Seat
from queue_server.core.steps import may_miss_at
from queue_server.protocol import CallList, WindowView
from queue_server.roles import CLERKS
from queue_server.storage import cases, conditions, desk, history, lists, seats
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.window_acts import WINDOW_ACTS, WindowAct

routes = Blueprint("windows", __name__, url_prefix="/api/v1")

SHOWN = 8
# So many a window calls in an hour or two; who works by hand for longer has other troubles.
KEPT = 60


@operation(routes, "GET", "/halls/<hall>/windows/<window>", roles=CLERKS, replies={200: WindowView})
def window(asked: Asked) -> Response:
    """Read a window as its clerk sees it."""
    hall, number = asked.in_hall, asked.window or 0
    return replies.json_reply(asked.server.reads(_view, hall, number, asked.server.clock.now()))


@operation(routes, "GET", "/halls/<hall>/windows/<window>/call-list", roles=CLERKS, replies={200: CallList})
def call_list(asked: Asked) -> Response:
    """Read whom a window would call, in order: kept there for the time without a link."""
    hall, number = asked.in_hall, asked.window or 0
    return replies.json_reply(asked.server.reads(_call_list, hall, number, asked.server.clock.now()))


def run_at(number: int, act: WindowAct, caller: Caller, body: object) -> acting.Run:
    """What the hall's writer runs for an act at a window."""

    def run(ledger: Ledger, stamp: Stamp) -> Done:
        # The hall may have lost this window since the request was read.
        ledger.hall.window(number)
        return act.run(ledger, stamp, number, caller, body)

    return run


def _route(name: str, act: WindowAct) -> None:
    def view(asked: Asked) -> Response:
        return acting.answer(asked, run_at(asked.window or 0, act, asked.known, asked.body))

    view.__name__ = name.replace("-", "_")
    view.__doc__ = f"Act at a window: {name}."
    path = f"/halls/<hall>/windows/<window>/{name}"
    operation(routes, "POST", path, roles=act.roles, body=act.body, replies=act.replies)(view)


for _name, _act in WINDOW_ACTS.items():
    _route(_name, _act)


def _call_list(db: Connection, hall: Hall, number: int, clock: int) -> dict[str, object]:
    _, _, last_at = lists.version(db, hall.id)
    seat = seats.load(db, hall)[number]
    waiting = desk.in_order(db, hall, in_force(hall.window(number), seat.reluctance), seat, KEPT)
    items = [replies.call_listed(ticket) for ticket in waiting]
    return {"window": number, "items": items, "at": hall_time(last_at, clock)}


def _view(db: Connection, hall: Hall, number: int, clock: int) -> dict[str, object]:
    _, _, last_at = lists.version(db, hall.id)
    now = hall_time(last_at, clock)
    everywhere = seats.load(db, hall)
    seat = everywhere[number]
    at = in_force(hall.window(number), seat.reluctance)
    here = desk.at_window(db, hall, number)
    told = [] if here is None else history.of_ticket(db, hall.id, here.id)
    people = desk.names(db, {seat.clerk, None if here is None else here.owner})
    waiting = [{**replies.ticket(t), "waited_ms": now - t.queued_at} for t in desk.in_order(db, hall, at, seat, SHOWN)]
    counts = lists.callable_counts(db, hall)
    evacuations = ended(conditions.load(db, hall.id).evacuations, now)
    return {
        "window": number,
        "state": seat.state,
        "paused": seat.paused,
        "help": seat.help,
        "clerk": people.get(seat.clerk or ""),
        "ticket": None if here is None else replies.ticket(here, desk.why(told)),
        "owner": None if here is None else people.get(here.owner or ""),
        "case": None if here is None or here.case is None else _case(db, hall, here.case, now),
        "promises": [] if seat.clerk is None else _promises(db, hall, seat.clerk, now),
        "notes": [] if here is None else desk.noted(db, hall, here, told),
        "next": waiting[0] if waiting else None,
        "waiting": waiting,
        "waiting_count": sum(counts.get(b, 0) for b in at.reluctance),
        "missed": [replies.missed(t, hall.settings, evacuations) for t in desk.missed(db, hall, at)],
        "held": _held(db, hall, at, everywhere, evacuations),
        "may_miss_at": None if here is None else may_miss_at(here, hall.settings),
        "calls_needed": 0 if here is None else max(0, hall.settings.max_calls - here.calls),
        "finished_today": desk.finished_today(db, hall, number, now),
        "day": day_of(hall, now),
        "undo": desk.undoable(db, hall, number, now),
        "at": now,
    }


def _case(db: Connection, hall: Hall, case_id: str, now: int) -> dict[str, object]:
    found = cases.by_id(db, hall, case_id)
    people = desk.names(db, {found.owner})
    return replies.case(found, hall, day_of(hall, now), people, people.get(found.owner or ""))


def _promises(db: Connection, hall: Hall, clerk: str, now: int) -> list[dict[str, object]]:
    people, day = desk.names(db, {clerk}), day_of(hall, now)
    own = [c for c in cases.unfinished(db, hall, clerk) if near(c, date.fromisoformat(day), hall.calendar)]
    return [replies.case(each, hall, day, people, people.get(clerk)) for each in own[:SHOWN]]


def _held(
    db: Connection, hall: Hall, window: Window, everywhere: Mapping[int, Seat], evacuations: Evacuations
) -> list[dict[str, object]]:
    found = desk.held(db, hall, window, everywhere)
    awaited = lists.numbers(db, hall, {t.awaits for t in found})
    return [replies.held(t, awaited.get(t.awaits or ""), window.number, evacuations) for t in found]
