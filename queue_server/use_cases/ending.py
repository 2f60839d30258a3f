"""How a service ends: finished for good, or on to the next business of the same visit; who waited for it comes back."""

from collections.abc import Mapping
from typing import Any

from queue_server.core import places
from queue_server.core.acts import Stamp
from queue_server.core.case import Case, as_facts
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Ticket, ending
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.aside import turn_over

OK = 200


def end(
    ledger: Ledger,
    stamp: Stamp,
    ticket: Ticket,
    window: int,
    clerk: str | None,
    outcome: str,
    facts: Mapping[str, Any],
    case: Case | None,
    happened: int | None = None,
) -> Done:
    """End the service of the ticket at a window with this outcome; `happened` is when it was done by hand (ms UTC).

    Refuses `unknown-outcome` and `wrong-state`.
    """
    told = {"outcome": outcome, **facts}
    if case is not None:
        told["case"] = dict(as_facts(case))
    case_id = None if case is None else case.id
    act = ending(ticket)
    if act is Act.NEXT_TURN:
        hall = ledger.hall
        at = stamp.at if happened is None else happened
        evacuations = ledger.conditions.evacuations
        place = places.on_transfer(at, ticket.place, hall.head_start(ticket.priority), hall.settings, evacuations)
        what = Told(window=window, clerk=clerk, outcome=outcome, place=place, entered=ledger.next_no)
        after, entry = ledger.act(ticket, act, stamp, what, told, happened=happened)
    else:
        what = Told(window=window, clerk=clerk, outcome=outcome, case=case_id)
        after, entry = ledger.act(ticket, act, stamp, what, told, happened=happened)
    turn_over(ledger, stamp, ticket.id, act)
    return Done(OK, entry, after)
