"""Numbers: taken, brought back with a case, booked and checked in; and how the model sees it."""

from datetime import datetime, timedelta

from queue_server.core.acts import Wish
from queue_server.storage.done import Done
from queue_server.use_cases import bookings, guide, visitor
from tests.statemachine.acts_on_cases import find
from tests.statemachine.acts_sent_on import drawn_grounds, not_granted
from tests.statemachine.by_itself import in_hours
from tests.statemachine.drawing import Draw, Wanted, pick
from tests.statemachine.halls import BUSINESSES, ITEMS
from tests.statemachine.model import Model
from tests.statemachine.visit import Booked, Visit

_DAY_MS = 86_400_000


def take(model: Model, draw: Draw) -> Wanted:
    """At the kiosk, or by staff."""
    code = pick(BUSINESSES, draw.a) if draw.a % 32 == 0 else pick(model.hall.businesses, draw.a).code
    items = [i.code for b in model.hall.businesses if b.code == code for i in b.items]
    item = pick(ITEMS, draw.b >> 4) if draw.b % 16 == 0 else pick([None, *items], draw.b >> 4)
    later = tuple(pick(BUSINESSES, luck) for luck in (draw.d >> 2, draw.d >> 4))[: max(0, draw.d % 8 - 5)]
    grounds = drawn_grounds(draw.c)
    granter = pick(("self", "guide", "window", "window"), draw.b)
    against = no_number(model, code) | not_granted(model, grounds, granter)
    if item is not None and item not in items:
        against.add("unknown-item")
    for each in later:
        against |= no_number(model, each)

    def then(done: Done) -> None:
        issued(model, done, code, grounds, item, later)

    wish = Wish(code, grounds, "en", item, later)
    text = f"take {code} {item or ''} {grounds} then {later}, granted by {granter}"
    return Wanted(text, against, lambda led, st: visitor.take(led, st, wish, granter), then)


def no_number(model: Model, code: str, *, promised: bool = False) -> set[str]:
    """What speaks against giving a number of a business now; a promised one is given all day, though none is left."""
    found = [b for b in model.hall.businesses if b.code == code]
    if not found:
        return {"unknown-business"}
    against = {"hall-evacuated"} if model.evacuated else set()
    if code in model.suspended:
        against.add("business-suspended")
    opening = found[0].opening or model.hall.opening
    shut = opening is not None and not in_hours(model, opening.week, opening.last_ticket)
    if (shut and not promised) or model.closed_day == model.day():
        against.add("hall-closed")
    wall = _wall(model)
    for place, quota in enumerate(found[0].quotas):
        used = model.quotas[code, model.day(), place] >= quota.most
        if quota.starts <= wall < quota.ends and used and not promised:
            against.add("quota-used")
    return against


def _wall(model: Model) -> int:
    local = model.local(model.now)
    return (local - local.replace(hour=0, minute=0, second=0, microsecond=0)) // timedelta(milliseconds=1)


def issued(
    model: Model,
    done: Done,
    code: str,
    grounds: tuple[str, ...],
    item: str | None,
    later: tuple[str, ...] = (),
) -> Visit:
    """A number has been given: the next one of its business on this day."""
    assert done.ticket is not None
    assert done.status == 201
    day = model.day()
    model.numbers[code, day] += 1
    wall = _wall(model)
    for business in model.hall.businesses:
        for place, quota in enumerate(business.quotas):
            counts = business.code in (code, *later) and quota.starts <= wall < quota.ends
            model.quotas[business.code, day, place] += counts
    earliest = model.now - model.hall.settings.max_advance
    number, place = f"{code}{model.numbers[code, day]:03d}", max(earliest, model.now - model.head_start(grounds))
    new = Visit(done.ticket.id, number, code, day, grounds, place, model.now, 0, model.now, item, later)
    new.queued_at = new.issued_at = model.now
    deed = model.deed()
    model.enter(new, place, model.now, None)
    model.visits[new.id] = new
    new.issued_order = new.order
    model.touch(deed, new, "issued")
    new.ahead = _ahead(model, new)
    return new


def _ahead(model: Model, new: Visit) -> int:
    """Those before the new one whom a window may call that calls now and may call the new one, too."""
    able = [set(model.serves(w.number)) for w in model.hall.windows if model.desks[w.number].calls]
    rivals = {business for each in able if new.business in each for business in each}
    before = [v for v in model.queue() if (v.place, v.order) < (new.place, new.order)]
    return sum(v.business in rivals for v in before)


def come_back(model: Model, draw: Draw) -> Wanted:
    """With a case: to whoever is responsible for it, earlier if in time."""
    file, code, against = find(model, draw.a)
    grounds = drawn_grounds(draw.c)
    granter = pick(("self", "guide", "window", "window"), draw.b)
    against |= not_granted(model, grounds, granter)
    if file is not None and file.closed_at is None:
        against |= no_number(model, file.business)

    def then(done: Done) -> None:
        assert file is not None
        rules = model.hall.settings
        new = issued(model, done, file.business, grounds, file.item)
        if file.return_by is not None and file.return_by >= model.day():
            earliest = model.now - rules.max_advance
            new.place = min(new.place, max(earliest, model.now - rules.return_head_start))
            new.bare = max(earliest, model.now - rules.return_head_start)
            new.in_time = True
            new.ahead = _ahead(model, new)
        new.case, new.tie = file, None if file.owner is None else f"c{file.owner}"

    wish = Wish("", grounds)
    text = f"come back with case {code} {grounds}, granted by {granter}"
    return Wanted(text, against, lambda led, st: visitor.take(led, st, wish, granter, code), then)


def book(model: Model, draw: Draw) -> Wanted:
    """One of the next slots, or one that cannot be had."""
    code = pick(BUSINESSES, draw.a >> 4) if draw.a % 16 == 0 else "B"
    item = pick(("card", None, "card", "new"), draw.b)
    grounds = drawn_grounds(draw.c)
    step = 5 * 60_000
    slot = (
        (model.now // step + pick((1, 1, 2, 0), draw.d)) * step
        + (0 if draw.d % 32 else 1)
        + (draw.d >> 6 == 1) * _DAY_MS
    )
    slot += (draw.d >> 3 == 1) * 9 * _DAY_MS
    against = set() if set(grounds) <= {c.code for c in model.hall.classes} else {"unknown-class"}
    found = [b for b in model.hall.businesses if b.code == code]
    if not found:
        against.add("unknown-business")
    elif found[0].booking is None:
        against.add("not-bookable")
    else:
        against |= _no_slot(model, slot)
        if model.closed_day == model.day(slot):
            against.add("hall-closed")
        taken = sum(b.slot == slot and b.business == code and b.state != "cancelled" for b in model.bookings)
        if taken >= found[0].booking.capacity:
            against.add("slot-full")
    if found and item is not None and item not in {i.code for i in found[0].items}:
        against.add("unknown-item")

    def then(done: Done) -> None:
        assert done.entry is not None
        told = (done.entry.facts or {})["booking"]
        model.deed()
        reviewed = draw.b % 8 == 0
        model.bookings.append(Booked(told["id"], told["code"], code, item, slot, grounds, reviewed))

    text = f"book {code} {item} at {model.local(slot):%F %T} {grounds}"
    return Wanted(
        text,
        against,
        lambda led, st: bookings.book(led, st, code, item, slot, grounds, reviewed=draw.b % 8 == 0),
        then,
    )


def _no_slot(model: Model, slot: int) -> set[str]:
    """Every five minutes from six to ten in the evening, up to a week ahead, not on holidays."""
    local = model.local(slot)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    whole = (local - midnight) % timedelta(minutes=5) == timedelta(0)
    open_then = midnight.replace(hour=6) <= local <= midnight.replace(hour=21, minute=55)
    far = (datetime.fromisoformat(model.day(slot)) - datetime.fromisoformat(model.day())).days > 7
    holiday = local.date().isoformat() in model.hall.calendar.holidays
    against = set() if whole and open_then and not far and not holiday else {"no-such-slot"}
    return against | ({"slot-past"} if slot <= model.now else set())


def _booked(model: Model, luck: int) -> Booked | None:
    if not model.bookings or luck == 0:
        return None
    some = [b for b in model.bookings if b.state == "booked" and model.day(b.slot) == model.day()] or model.bookings
    return pick(model.bookings if luck % 8 == 0 else some, luck >> 4)


def _over(booked: Booked | None) -> set[str]:
    return {"unknown-booking"} if booked is None else set() if booked.state == "booked" else {"booking-over"}


def cancel(model: Model, draw: Draw) -> Wanted:
    """The visitor does not come."""
    booked = _booked(model, draw.a)

    def then(_: Done) -> None:
        assert booked is not None
        model.deed()
        booked.state = "cancelled"

    code = "9999999" if booked is None else booked.code
    return Wanted(f"cancel booking {code}", _over(booked), lambda led, st: bookings.cancel(led, st, code), then)


def _in_time(model: Model, slot: int, late: int) -> bool:
    last = model.after(slot, late)
    return last is None or model.now <= last


def check_in(model: Model, draw: Draw) -> Wanted:
    """The booked visitor is here: early, in time, or too late and then like everybody who comes now."""
    booked = _booked(model, draw.a)
    against = _over(booked)
    if booked is not None:
        if model.day(booked.slot) != model.day():
            against.add("not-today")
        how = next(b.booking for b in model.hall.businesses if b.code == booked.business)
        # A business may end its bookings once all of them are over.
        in_time = how is not None and _in_time(model, booked.slot, how.late)
        against |= no_number(model, booked.business, promised=in_time)

    def then(done: Done) -> None:
        assert booked is not None
        new = issued(model, done, booked.business, booked.grounds, booked.item)
        how = next(b.booking for b in model.hall.businesses if b.code == booked.business)
        assert how is not None
        if _in_time(model, booked.slot, how.late):
            earliest, due = model.earliest(), booked.slot - how.lead
            new.place = max(earliest, min(due, model.now - model.head_start(booked.grounds)))
            new.bare = max(earliest, min(due, model.now))
            opens = booked.slot - how.early
            new.callable_from = opens if model.now < opens else None
            new.ahead = _ahead(model, new)
        new.reviewed, booked.state, booked.ticket = booked.reviewed, "checked-in", new.id

    code = "9999999" if booked is None else booked.code
    text = f"check in {code}" + (f", slot {model.local(booked.slot):%F %T}" if booked else "")
    return Wanted(text, against, lambda led, st: bookings.check_in(led, st, code, "en"), then)


def consult(model: Model, draw: Draw) -> Wanted:
    """A question is answered without a number."""
    code = pick((None, *BUSINESSES), draw.a)
    known = code is None or code in {b.code for b in model.hall.businesses}

    def then(_: Done) -> None:
        model.deed()

    against = set() if known else {"unknown-business"}
    return Wanted(f"consult on {code}", against, lambda led, st: guide.consulted(led, st, code, "asked"), then)
