"""What halls shall become, and when: asked for by the command line, done by the hall's writer."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from queue_server.core.hall import Hall
from queue_server.core.journal import canonical
from queue_server.storage.halls import definition, written
from queue_server.storage.tables import hall_plans

# Built once: the writer asks whether one is due with every commit.
_PLANS = select(hall_plans).where(hall_plans.c.hall == bindparam("in_hall")).order_by(hall_plans.c.takes_effect_at)
_DUE = _PLANS.where(hall_plans.c.takes_effect_at <= bindparam("now")).limit(1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A hall as it shall be from a moment on; who asked for it, and when (ms UTC)."""

    hall: Hall
    takes_effect_at: int
    asked_at: int
    by: str


def keep(db: Connection, plan: Plan) -> None:
    """Ask for a change; one for the same moment is asked for no longer."""
    drop(db, plan.hall.id, plan.takes_effect_at)
    row = {"takes_effect_at": plan.takes_effect_at, "asked_at": plan.asked_at, "by": plan.by}
    db.execute(insert(hall_plans), {**row, "hall": plan.hall.id, "definition": canonical(written(plan.hall))})


def drop(db: Connection, hall: str, takes_effect_at: int) -> bool:
    """Ask for it no longer; False when nobody did."""
    of = (hall_plans.c.hall == hall, hall_plans.c.takes_effect_at == takes_effect_at)
    return db.execute(delete(hall_plans).where(*of)).rowcount > 0


def drop_due(db: Connection, hall: str, now: int) -> bool:
    """Ask no longer for whatever is due at `now` (ms UTC) and still waits; False when nothing does."""
    of = (hall_plans.c.hall == hall, hall_plans.c.takes_effect_at <= now)
    return db.execute(delete(hall_plans).where(*of)).rowcount > 0


def coming(db: Connection, hall: str) -> list[Plan]:
    """All that is asked for and not done yet, in order of time."""
    rows = db.execute(_PLANS, {"in_hall": hall})
    return [Plan(definition(row.definition), row.takes_effect_at, row.asked_at, row.by) for row in rows]


def due(db: Connection, hall: str, now: int) -> Plan | None:
    """The first change that is due at `now` (ms UTC)."""
    row = db.execute(_DUE, {"in_hall": hall, "now": now}).first()
    return None if row is None else Plan(definition(row.definition), row.takes_effect_at, row.asked_at, row.by)
