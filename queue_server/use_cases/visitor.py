"""What a visitor does: take a number."""

import secrets
from dataclasses import replace

from queue_server.core.acts import Entering, Stamp, Wish, day_of, issue, walk_in
from queue_server.core.calendar import wall_time
from queue_server.core.conditions import check_take
from queue_server.core.entering import returning
from queue_server.storage import cases, conditions
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

CREATED = 201


def take(ledger: Ledger, stamp: Stamp, wish: Wish, granter: str, case_code: str | None = None) -> Done:
    """Give the next number of a business, or of the case that somebody comes back with.

    `granter` is the most the one who asks may grant. Refuses `unknown-business`, `unknown-class`, `may-not-grant`,
    `unknown-item`, `unknown-case`, and what `conditions.check_take` refuses: closed, suspended, used up.
    """
    hall = ledger.hall
    entering = None
    if case_code is not None:
        case = cases.by_code(ledger.db, hall, case_code)
        entering = returning(hall, case, wish.priority, stamp.at)
        wish = replace(wish, business=case.business, item=case.item)
    hall.check_granted(wish.priority, granter)
    return give_number(ledger, stamp, wish, entering or walk_in(hall, wish.priority, stamp.at))


def give_number(ledger: Ledger, stamp: Stamp, wish: Wish, entering: Entering) -> Done:
    """The next number of a business for somebody who enters there; it counts for the businesses to come after it, too.

    Refuses what `conditions.check_take` refuses.
    """
    hall = ledger.hall
    business, day = hall.business(wish.business), day_of(hall, stamp.at)
    every = [hall.business(code) for code in dict.fromkeys((wish.business, *wish.later))]
    given = {each.code: conditions.given(ledger.db, hall, each, day) for each in every}
    check_take(hall, ledger.conditions, business, stamp.at, day, given, later=wish.later, promised=entering.promised)
    no = ledger.next_no
    ahead = ledger.ahead(business.code, entering.place, no)
    running = ledger.running(business.code, day)
    for each in every:
        conditions.count(ledger.db, hall, each, day, wall_time(stamp.at, hall.time_zone))
    ticket, entry = issue(hall, wish, secrets.token_hex(16), running, no, stamp, ahead, entering)
    ledger.add(ticket, entry)
    return Done(CREATED, entry, ticket)
