"""The board as displays get it: the core's, with what a window's own screen shows, and the hours of a closed hall."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from queue_server.core.acts import day_of
from queue_server.core.calendar import hours, next_change
from queue_server.core.hall import Hall
from queue_server.core.numbering import day_end
from queue_server.core.routing import NOBODY, Waiting, choose, in_force, ties_of
from queue_server.core.seat import Seat
from queue_server.core.ticket import AT_WINDOW
from queue_server.storage import lists, queries, seats
from queue_server.storage.lanes import TIED
from queue_server.storage.tables import tickets

_HERE = select(tickets.c.window, tickets.c.calls).where(
    tickets.c.hall == bindparam("in_hall"), tickets.c.state.in_([state.value for state in sorted(AT_WINDOW)])
)
_TIED = (
    select(*queries.LANE)
    .where(tickets.c.hall == bindparam("in_hall"), TIED)
    .order_by(tickets.c.business, tickets.c.place, tickets.c.entered)
)


def read(db: Connection, hall: Hall, clock: int) -> dict[str, Any]:
    """The hall's board as it goes on the wire, at hall time (ms UTC)."""
    board = lists.read_board(db, hall, clock)
    found = seats.load(db, hall)
    calls = {row.window: row.calls for row in db.execute(_HERE, {"in_hall": hall.id})}
    following = {} if board["evacuated"] else _following(db, hall, found)
    for shown in board["windows"]:
        seat = found[shown["window"]]
        shown["paused"] = seat.paused
        shown["calls"] = calls.get(shown["window"], 0)
        shown["next"] = following.get(shown["window"])
        shown["serves"] = None if seat.reluctance is None else _serves(hall, shown["window"], seat)
    return {**board, "hours": _hours(hall, board)}


def _following(db: Connection, hall: Hall, found: Mapping[int, Seat]) -> dict[int, str]:
    """The number that each window which calls would call next, where it would call one."""
    heads = _heads(db, hall)
    chosen: dict[int, str] = {}
    for window in hall.windows:
        seat = found[window.number]
        mine = ties_of(window.number, seat.clerk)
        choice = choose(in_force(window, seat.reluctance), heads, mine, hall.settings.affinity) if seat.calls else None
        if choice is not None:
            chosen[window.number] = choice.ticket.id
    numbers = lists.numbers(db, hall, set(chosen.values()))
    return {window: numbers[ticket] for window, ticket in chosen.items() if ticket in numbers}


def _heads(db: Connection, hall: Hall) -> list[Waiting]:
    """The first callable ticket of every lane of the hall, read once for all its windows."""
    every = queries.heads(db, hall, tuple(business.code for business in hall.businesses), NOBODY)
    heads = [head for head in every if head.tie is None]
    if len(heads) < len(every):
        lanes: dict[tuple[str, str | None], Waiting] = {}
        for row in db.execute(_TIED, {"in_hall": hall.id}):
            lanes.setdefault((row.business, row.tie), Waiting(*row))
        heads += lanes.values()
    # A text in a column of numbers has no place in any order; the writer mends such a row when it next calls.
    return [head for head in heads if all(isinstance(figure, int) for figure in (head.place, head.entered, head.ripe))]


def _serves(hall: Hall, number: int, seat: Seat) -> list[str]:
    """What a window serves with the clerk who sits there, its main work first."""
    able = in_force(hall.window(number), seat.reluctance).reluctance
    return sorted(able, key=lambda code: able[code])


def _hours(hall: Hall, board: Mapping[str, Any]) -> dict[str, Any] | None:
    """The hours of the day on which a closed hall opens next; None while it is open, and where it keeps no hours."""
    if hall.opening is None or board["open"] or board["evacuated"]:
        return None
    at: int = board["at"]
    if any(line["numbers"] == "closed-early" for line in board["waiting"]):
        # Not again after lunch: who closed early closed the whole day.
        at = day_end(day_of(hall, at), hall.time_zone, hall.settings.day_starts) - 1
    opens = next_change(hall.opening, hall.calendar, at, hall.time_zone, opens=True)
    if opens is None:
        return None
    day = datetime.fromtimestamp(opens / 1_000, ZoneInfo(hall.time_zone)).date()
    spans = hours(hall.opening, hall.calendar, day)
    return {"day": day.isoformat(), "spans": [{"starts": span.starts, "ends": span.ends} for span in spans]}
