"""The order explained from what is stored: who may still pass a ticket, and why another was called before it."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from queue_server import hall_file
from queue_server.core.by_hand import CAUSE
from queue_server.core.errors import Refusal
from queue_server.core.evacuation import ended
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry, parse
from queue_server.core.moment import hall_time
from queue_server.core.reasons import can_pass, why_before, without_head_start
from queue_server.core.routing import Waiting, in_force, ties_of
from queue_server.core.seat import SIGNED_IN, SIGNED_OUT
from queue_server.core.ticket import PAST, Act, State, Ticket
from queue_server.core.undo import that_stand
from queue_server.storage import conditions, halls, history, lists, queries, seats
from queue_server.storage.lanes import CALLABLE, EARLY
from queue_server.storage.tables import journal, tickets

# More than this many candidates are not looked at one by one; the answer then says "at least".
_MOST = 500
# What the rule did not choose, so that the rule cannot explain it.
_PAST_THE_ORDER = ("direct", CAUSE)
# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_LANE = (
    select(*queries.LANE)
    .where(
        tickets.c.hall == bindparam("in_hall"),
        tickets.c.place <= bindparam("until"),
        tickets.c.id != bindparam("not_me"),
    )
    .order_by(tickets.c.place)
    .limit(_MOST)
)
_BEHIND, _EARLY = _LANE.where(CALLABLE, tickets.c.place >= bindparam("place_of")), _LANE.where(EARLY)
_LINE = select(journal.c.line).where(journal.c.hall == bindparam("in_hall")).limit(1)
_CHANGED_SINCE = _LINE.where(journal.c.entry_no > bindparam("no"), journal.c.act == halls.CHANGED)
_LAST_BEFORE = _LINE.where(journal.c.entry_no < bindparam("no")).order_by(journal.c.entry_no.desc())
_TOLD_BEFORE = _LAST_BEFORE.where(journal.c.act.in_((halls.LOADED, halls.CHANGED)))
_SAT_BEFORE = _LAST_BEFORE.where(journal.c.window == bindparam("at"), journal.c.act.in_((SIGNED_IN, SIGNED_OUT)))


def passing(db: Connection, hall: Hall, ticket: Ticket, clock: int) -> dict[str, Any]:
    """How many stand before a waiting ticket, how many behind it may pass it, until when somebody new might (ms UTC).

    During an evacuation that moment is as it would be if all came back in now (`clock`, ms UTC).

    Refuses `not-waiting`.
    """
    if ticket.state is not State.WAITING:
        raise Refusal("not-waiting", number=ticket.number)
    found = seats.load(db, hall)
    posts = [
        (in_force(window, found[window.number].reluctance), ties_of(window.number, found[window.number].clerk))
        for window in hall.windows
        if found[window.number].calls
    ]
    me = _waiting(ticket)
    opens = ticket.callable_from
    _, _, last_at = lists.version(db, hall.id)
    evacuations = ended(conditions.load(db, hall.id).evacuations, hall_time(last_at, clock))
    until = can_pass(hall, me, (), posts, opens=opens, evacuations=evacuations).until
    behind, early = _behind(db, hall, ticket, until), _early(db, hall, ticket, until)
    told = can_pass(hall, me, behind, posts, early, opens, evacuations)
    ahead = queries.ahead(db, hall, [w.reluctance for w, _ in posts], ticket.business, ticket.place, ticket.entered)
    many = max(len(behind), len(early)) >= _MOST
    return {"ahead": ahead, "may_pass": told.now, "at_least": many, "until": told.until}


def _behind(db: Connection, hall: Hall, ticket: Ticket, until: int) -> list[Waiting]:
    where = {"in_hall": hall.id, "place_of": ticket.place, "until": until, "not_me": ticket.id}
    return [Waiting(*row) for row in db.execute(_BEHIND, where)]


def _early(db: Connection, hall: Hall, ticket: Ticket, until: int) -> list[Waiting]:
    """Who waits to become callable: not ahead yet, but perhaps called before this ticket when the moment comes."""
    return [Waiting(*row) for row in db.execute(_EARLY, {"in_hall": hall.id, "until": until, "not_me": ticket.id})]


def before(db: Connection, hall: Hall, me: Ticket, other: Ticket) -> dict[str, Any]:
    """Why `other` was called before `me`, by the rule alone; refuses `not-called-before`."""
    call = _call_before(db, hall, me, other)
    if call is None or call.window is None:
        raise Refusal("not-called-before", number=other.number, other=me.number)
    told = {"number": other.number, "window": call.window, "at": call.happened}
    cause = ((call.facts or {}).get("why") or {}).get("cause")
    then = history.ticket(db, hall.id, me.id, call.no)
    if cause in _PAST_THE_ORDER:
        return {**told, "cause": cause, "ms": 0}
    if then is None or then.state is not State.WAITING or then.callable_from is not None:
        return {**told, "cause": "not-waiting", "ms": 0}
    called = history.ticket(db, hall.id, other.id, call.no - 1)
    if called is None:
        raise Refusal("row-damaged", ticket=other.id[:32])
    # Clerks come and go, and the hall may have been changed: what counts is how it was at the call.
    was = _hall_then(db, hall, call)
    window, ties = _window_then(db, was, call)
    ordinary = without_head_start(called)
    why = why_before(window, _waiting(called), _waiting(then), ordinary, ties, was.settings.affinity)
    return {**told, "ms": 0, **why}


def _call_before(db: Connection, hall: Hall, me: Ticket, other: Ticket) -> Entry | None:
    """The last call of the other ticket while mine existed; before my own call, where that still stands."""
    mine = _calls(db, hall, me)
    calls = [e for e in _calls(db, hall, other) if e.happened >= me.issued_at]
    # Who was called, put aside and waits again asks about all who were called meanwhile, too.
    still_to_come = me.state in (State.WAITING, State.HELD, State.MISSED)
    first = [e for e in calls if still_to_come or not mine or _when(e) < _when(mine[-1])]
    return max(first, key=_when, default=None)


def _calls(db: Connection, hall: Hall, ticket: Ticket) -> list[Entry]:
    """A ticket's calls; one that was taken back called nobody."""
    return [e for e in that_stand(history.of_ticket(db, hall.id, ticket.id)) if e.act == PAST[Act.CALL]]


def _when(call: Entry) -> tuple[int, int]:
    return call.happened, call.no


def _hall_then(db: Connection, hall: Hall, call: Entry) -> Hall:
    """The hall as it was at a call, where it has been changed since."""
    where = {"in_hall": hall.id, "no": call.no}
    if db.execute(_CHANGED_SINCE, where).first() is None:
        return hall
    line = db.execute(_TOLD_BEFORE, where).scalar()
    return hall if line is None else hall_file.parse((parse(line).facts or {})["definition"])


def _window_then(db: Connection, hall: Hall, call: Entry) -> tuple[Window, frozenset[str]]:
    """The window as it served at a call, with whoever sat there."""
    number = call.window or 0
    line = db.execute(_SAT_BEFORE, {"in_hall": hall.id, "no": call.no, "at": number}).scalar()
    last = None if line is None else parse(line)
    if last is None or last.act == SIGNED_OUT:
        return hall.window(number), ties_of(number, None)
    clerk = last.by.partition(":")[2]
    return in_force(hall.window(number), (last.facts or {}).get("reluctance")), ties_of(number, clerk)


def _waiting(ticket: Ticket) -> Waiting:
    return Waiting(ticket.place, ticket.entered, ticket.business, ticket.id, ticket.tie, ticket.ripe)
