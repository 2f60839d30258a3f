"""What staff do with any ticket, and what happens by itself when a timer is due."""

import secrets

from queue_server.core.acts import Stamp
from queue_server.core.case import leaves_case
from queue_server.core.errors import Refusal
from queue_server.core.steps import Told
from queue_server.core.ticket import Act
from queue_server.core.timers import ACT_OF, lets_back, next_ripe, next_timer
from queue_server.core.undo import BY_TIMER
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.aside import rejoin, turn_over
from queue_server.use_cases.cases import overnight

OK = 200


def void(ledger: Ledger, stamp: Stamp, ticket_id: str, reason: str) -> Done:
    """Close a ticket without service; refuses `unknown-ticket` and `wrong-state`."""
    after, entry = ledger.act(ledger.ticket(ticket_id), Act.VOID, stamp, Told(reason=reason))
    turn_over(ledger, stamp, ticket_id, Act.VOID)
    return Done(OK, entry, after)


def fire(ledger: Ledger, kind: str, ticket_id: str) -> bool:
    """Do what one overdue timer says, if it still says so; False when the ticket cannot be read any more."""
    try:
        ticket = ledger.ticket(ticket_id)
    except Refusal:
        ledger.forget_timer(ticket_id)
        return False
    timer = next_timer(ticket, ledger.hall, ledger.away(ticket), ledger.conditions.evacuations)
    if timer is None or timer.kind != kind or timer.deadline > ledger.now:
        # A row mended from the journal may owe something else or nothing: its timer is set right.
        ledger.set_timer(ticket)
        return True
    act, reason = ACT_OF[kind]
    stamp = ledger.stamp(secrets.token_hex(8), BY_TIMER)
    if act is Act.REJOIN:
        rejoin(ledger, stamp, ticket_id)
        return True
    case = None
    if leaves_case(ticket, act):
        case = overnight(ledger, stamp, ticket).id
    ledger.act(ticket, act, stamp, Told(reason=reason, ripe=next_ripe(ticket, ledger.hall), case=case))
    if lets_back(kind):
        turn_over(ledger, stamp, ticket_id, act)
    return True
