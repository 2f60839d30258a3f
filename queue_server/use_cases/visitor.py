"""What a visitor does: take a number."""

import secrets

from queue_server.core.acts import Stamp, Wish, day_of, issue
from queue_server.core.places import on_issue
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

CREATED = 201


def take(ledger: Ledger, stamp: Stamp, wish: Wish) -> Done:
    """Give the next number of a business; refuses `unknown-business` and `unknown-class`."""
    hall = ledger.hall
    business = hall.business(wish.business)
    head_start = hall.head_start(wish.priority)
    place = on_issue(stamp.at, head_start, hall.settings)
    no = ledger.next_no
    ahead = ledger.ahead(business.code, place, no)
    running = ledger.running(business.code, day_of(hall, stamp.at))
    ticket, entry = issue(hall, wish, secrets.token_hex(16), running, no, stamp, ahead)
    ledger.add(ticket, entry)
    return Done(CREATED, entry, ticket)
