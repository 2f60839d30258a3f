"""The hall becomes another one: by its writer, when a plan for it is due and nobody needs what goes away."""

import secrets

from queue_server.core import conditions as rules
from queue_server.core import seat
from queue_server.core.acts import Stamp, day_of
from queue_server.core.in_use import Needed, businesses_less, needed
from queue_server.core.journal import Entry
from queue_server.storage import conditions, halls, plans
from queue_server.storage.in_use import in_use
from queue_server.storage.ledger import Ledger


def change_when_due(ledger: Ledger) -> list[Needed]:
    """Do every change that is due; what still needs a part that the next one takes away, and so keeps it waiting."""
    while (plan := plans.due(ledger.db, ledger.hall.id, ledger.now)) is not None:
        old, new = ledger.hall, plan.hall
        if still := needed(old, new, in_use(ledger.db, old, businesses_less(old, new))):
            return still
        _change(ledger, plan)
        plans.drop(ledger.db, ledger.hall.id, plan.takes_effect_at)
    return []


def _change(ledger: Ledger, plan: plans.Plan) -> None:
    old, new = ledger.hall, plan.hall
    stamp = Stamp(ledger.now, secrets.token_hex(8), plan.by)
    windows, before = {w.number for w in new.windows}, {w.number for w in old.windows}
    for number in sorted(before - windows):
        if ledger.seats[number].open:
            closed = seat.close_window(ledger.seats[number], number, stamp.at, busy=False)
            facts = {"open": False, "state": closed.state, "paused": None, "help": False}
            ledger.seat(number, closed, _entry(ledger, stamp, seat.CLOSED, number, facts))
    fitting = rules.in_hall(new, ledger.conditions)
    told: dict[str, object] = {
        "definition": halls.written(new),
        "asked_at": plan.asked_at,
        "takes_effect_at": plan.takes_effect_at,
    }
    if fitting != ledger.conditions:
        told["conditions"] = conditions.facts(fitting)
    ledger.write(_entry(ledger, stamp, halls.CHANGED, None, told))
    halls.become(ledger, new, fitting)
    conditions.carry_over(ledger.db, old, new, day_of(new, stamp.at))
    for number in sorted(windows - before):
        ledger.write(_entry(ledger, stamp, seat.OPENED, number, None))


def _entry(ledger: Ledger, stamp: Stamp, act: str, window: int | None, facts: dict[str, object] | None) -> Entry:
    return Entry(ledger.next_no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, window=window, facts=facts)
