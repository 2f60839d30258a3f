"""What a visitor does: take a number."""

import secrets

from queue_server.core.acts import Stamp, Wish, day_of, issue
from queue_server.core.calendar import wall_time
from queue_server.core.conditions import check_take
from queue_server.core.places import on_issue
from queue_server.storage import conditions
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

CREATED = 201


def take(ledger: Ledger, stamp: Stamp, wish: Wish) -> Done:
    """Give the next number of a business.

    Refuses `unknown-business`, `unknown-class`, and what `conditions.check_take` refuses: closed, suspended, used up.
    """
    hall = ledger.hall
    business, day = hall.business(wish.business), day_of(hall, stamp.at)
    check_take(hall, ledger.conditions, business, stamp.at, day, conditions.given(ledger.db, hall, business, day))
    head_start = hall.head_start(wish.priority)
    place = on_issue(stamp.at, head_start, hall.settings)
    no = ledger.next_no
    ahead = ledger.ahead(business.code, place, no)
    running = ledger.running(business.code, day)
    conditions.count(ledger.db, hall, business, day, wall_time(stamp.at, hall.time_zone))
    ticket, entry = issue(hall, wish, secrets.token_hex(16), running, no, stamp, ahead)
    ledger.add(ticket, entry)
    return Done(CREATED, entry, ticket)
