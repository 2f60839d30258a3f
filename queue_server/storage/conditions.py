"""How a hall stands now, as stored: suspensions, early close, evacuation, alarms, and numbers given per quota."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from queue_server.core.business import Business
from queue_server.core.conditions import Conditions
from queue_server.core.evacuation import Evacuation, Evacuations
from queue_server.core.hall import Hall
from queue_server.core.journal import canonical
from queue_server.core.words import names
from queue_server.storage.tables import halls, quotas

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_LOAD = select(halls.c.conditions).where(halls.c.id == bindparam("of_hall"))
_SAVE = update(halls).where(halls.c.id == bindparam("of_hall"))
_OF_DAY = (
    quotas.c.hall == bindparam("in_hall"),
    quotas.c.business == bindparam("of_business"),
    quotas.c.day == bindparam("on_day"),
)
_GIVEN = select(quotas.c.position, quotas.c.given).where(*_OF_DAY)
_COUNT = update(quotas).where(*_OF_DAY, quotas.c.position == bindparam("at")).values(given=quotas.c.given + 1)
_ADD = insert(quotas)


def load(db: Connection, hall: str) -> Conditions:
    """The hall's conditions."""
    text = db.execute(_LOAD, {"of_hall": hall}).scalar()
    return read(text)


@lru_cache(maxsize=64)
def read(text: str | None) -> Conditions:
    """The conditions in a stored text; those of an ordinary day where none is stored."""
    said = json.loads(text) if text else {}
    return Conditions(
        suspended={
            code: names(notice["zh-Hans"], notice["zh-Hant"], notice["en"])
            for code, notice in said.get("suspended", {}).items()
        },
        closed_day=said.get("closed_day"),
        evacuations=_evacuations(said),
        open=bool(said.get("open", True)),
        alarms=frozenset(said.get("alarms", ())),
    )


def _evacuations(said: Mapping[str, Any]) -> Evacuations:
    told = said.get("evacuations")
    if told is None:
        # Stored before the hall kept since when: whatever ran meanwhile is given back whole.
        return (Evacuation(0),) if said.get("evacuated") else ()
    return tuple(Evacuation(each["since"], each["until"]) for each in told)


def save(db: Connection, hall: str, now: Conditions) -> None:
    """Store the conditions."""
    db.execute(_SAVE, {"of_hall": hall, "conditions": canonical(facts(now))})


def facts(now: Conditions) -> dict[str, object]:
    """The conditions as plain data, for their entry and for those who read them."""
    return {
        "suspended": {code: dict(notice) for code, notice in sorted(now.suspended.items())},
        "closed_day": now.closed_day,
        "evacuated": now.evacuated,
        "evacuations": [each._asdict() for each in now.evacuations],
        "open": now.open,
        "alarms": sorted(now.alarms),
    }


def given(db: Connection, hall: Hall, business: Business, day: str) -> dict[int, int]:
    """How many numbers a business has given out on a day, by the position of the quota they count for."""
    if not business.quotas:
        return {}
    rows = db.execute(_GIVEN, {"in_hall": hall.id, "of_business": business.code, "on_day": day})
    return {row.position: row.given for row in rows}


def count(db: Connection, hall: Hall, business: Business, day: str, wall: int) -> None:
    """One more number, for every quota whose time band holds this wall time (ms)."""
    for position in business.quotas_at(wall):
        where = {"in_hall": hall.id, "of_business": business.code, "on_day": day, "at": position}
        if db.execute(_COUNT, where).rowcount == 0:
            key = {"hall": hall.id, "business": business.code, "day": day, "position": position}
            db.execute(_ADD, {**key, "given": 1})


def carry_over(db: Connection, old: Hall, new: Hall, day: str) -> None:
    """Count on for the same time bands of a day where a changed hall has them at another position."""
    still = {business.code: business for business in new.businesses}
    for business in old.businesses:
        after = still.get(business.code)
        if after is None or [(q.starts, q.ends) for q in after.quotas] == [(q.starts, q.ends) for q in business.quotas]:
            continue
        of = {"hall": old.id, "business": business.code, "day": day}
        counted = given(db, old, business, day)
        bands = {(quota.starts, quota.ends): counted.get(place, 0) for place, quota in enumerate(business.quotas)}
        db.execute(delete(quotas).where(*(quotas.c[name] == value for name, value in of.items())))
        for place, quota in enumerate(after.quotas):
            if many := bands.get((quota.starts, quota.ends), 0):
                db.execute(insert(quotas), {**of, "position": place, "given": many})
