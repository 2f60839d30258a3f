"""What the model's hall does by itself: timers, seats left behind, plans that are due, opening hours, alarms, calls."""

from collections import Counter
from datetime import timedelta

from queue_server.core.hall import Hall
from tests.statemachine.explaining import note_call
from tests.statemachine.model import Model
from tests.statemachine.visit import Desk, File, Visit

TIMERS = {
    "callable",
    "day-over",
    "hold-over",
    "missed-timer",
    "not-before",
    "return-over",
    "tie-release",
}
PLANS_MS, EXPIRE_MS = 1_000, 60_000


def due(model: Model, visit: Visit) -> tuple[int, str, str] | None:
    """The first thing that happens to a visitor if nobody does anything: moment, kind, ticket."""
    if visit.over:
        return None
    rules = model.hall.settings
    found: list[tuple[int | None, str]] = [(model.day_over(visit.day), "day-over")]
    if visit.state == "waiting":
        if visit.callable_from is not None:
            found.append((visit.callable_from, "callable"))
        steps = [window.not_before.get(visit.business, 0) for window in model.hall.windows]
        found += [(visit.entered_at + step, "not-before") for step in steps if step > visit.ripe]
        if visit.tie is not None and (away := model.away(visit.tie, visit.business)) is not None:
            found.append((model.after(max(away, visit.entered_at), rules.affinity_release), "tie-release"))
    elif visit.state == "called" and rules.missed_timer is not None and visit.calls >= rules.max_calls:
        # After an evacuation the whole time begins anew.
        backs = [back for _, back in model.outs if back is not None]
        start = None if model.evacuated else max(visit.counted_at or 0, *backs, 0)
        wait = rules.missed_timer * (2 if visit.slow else 1)
        found.append((None if start is None else start + wait, "missed-timer"))
    elif visit.state == "held" and visit.held_until is not None:
        found.append((model.after(visit.held_at or 0, visit.held_until - (visit.held_at or 0)), "hold-over"))
    elif visit.state == "missed":
        # Also who may not come back any more is there as long as the clerk may take the miss back.
        left = rules.return_within if visit.returns < rules.max_returns else 0
        found.append((model.after(visit.missed_at or 0, max(left, rules.undo_within + 1)), "return-over"))
    return (*min((moment, kind) for moment, kind in found if moment is not None), visit.id)


def fire(model: Model, fired: Counter[str]) -> None:
    """All that is overdue, always the first of it."""
    while overdue := [d for v in model.visits.values() if (d := due(model, v)) is not None and d[0] <= model.now]:
        _, kind, ticket = min(overdue)
        fired[f"timer {kind}"] += 1
        _fire(model, kind, model.visits[ticket])
    today = model.day()
    for number, desk in sorted(model.desks.items()):
        if desk.clerk is not None and model.day(desk.since) < today and model.at(number) is None:
            fired["seat over"] += 1
            deed = model.deed(by_timer=True)
            model.last_at[number] = deed
            model.left[f"c{desk.clerk}"] = model.now
            desk.clerk, desk.since, desk.able, desk.ready = None, model.now, None, None


def _fire(model: Model, kind: str, visit: Visit) -> None:
    deed = model.deed(by_timer=True)
    if kind == "hold-over":
        model.rejoin(deed, visit)
        return
    file = _overnight(model, visit) if kind == "day-over" and visit.state == "held" else visit.case
    if file is not None and file is not visit.case:
        model.file_deed(deed, file, None)
    if kind in ("day-over", "return-over"):
        model.touch(deed, visit, "voided")
        void(model, visit, kind)
        visit.case = file
        model.told(deed, visit)
        if kind == "return-over":
            # When the day ends nobody comes back today: who was put aside has the case, whomever they waited for.
            model.turn_over(deed, visit)
        return
    name = {"callable": "admitted", "missed-timer": "missed", "not-before": "ripened", "tie-release": "tie-released"}
    model.touch(deed, visit, name[kind])
    if kind == "callable":
        visit.callable_from = None
    elif kind == "missed-timer":
        visit.state, visit.missed_at = "missed", model.now
    elif kind == "tie-release":
        visit.tie = None
    else:
        steps = [w.not_before.get(visit.business, 0) for w in model.hall.windows]
        visit.ripe = min(step for step in steps if step > visit.ripe)
    model.told(deed, visit)


def void(model: Model, visit: Visit, reason: str) -> None:
    """The visit ends without service."""
    model.stop(visit)
    visit.state, visit.reason, visit.finished_at = "void", reason, model.now


def _overnight(model: Model, visit: Visit) -> File:
    """Who is put aside when the day ends comes back with an open case of whoever took the first question."""
    if visit.case is not None and visit.case.business == visit.business and visit.case.closed_at is None:
        return visit.case
    file = File(visit.business, visit.item, visit.owner, model.now)
    model.files.append(file)
    return file


def change(model: Model, reached: Counter[str]) -> None:
    """Every change of the hall that is due, unless something of it is still needed."""
    for moment in sorted(model.plans):
        if moment > model.now:
            return
        new = model.plans[moment]
        if needed(model, moment):
            reached["plan waits"] += 1
            return
        del model.plans[moment]
        reached["plan done"] += 1
        deed = model.deed()
        # What was promised holds as long as the hall stays as it is.
        model.promises.clear()
        numbers = {w.number for w in new.windows}
        for number in sorted({*model.desks, *numbers}):
            if (number in numbers) != (number in model.desks):
                model.last_at[number] = deed
        for gone in set(model.desks) - numbers:
            del model.desks[gone]
        model.desks.update({number: Desk() for number in sorted(numbers - set(model.desks))})
        model.desks = dict(sorted(model.desks.items()))
        codes = {b.code for b in new.businesses}
        model.suspended &= codes
        model.alarms &= codes
        model.is_open = model.is_open or new.opening is None
        model.hall = new


def needed(model: Model, moment: int) -> bool:
    """Whether somebody or something still needs what the hall would lose."""
    new = model.plans[moment]
    codes, windows = {b.code for b in new.businesses}, {w.number for w in new.windows}
    for v in model.visits.values():
        if v.over:
            continue
        bound = {v.window} if v.at_window or v.hold == "papers-kept" else set()
        bound |= {number for number in model.desks if v.tie == f"w{number}"}
        if not {v.business, *v.later} <= codes or not bound <= windows:
            return True
        if not served(new, v.business, v.item) or not set(v.grounds) <= {c.code for c in new.classes}:
            return True
    if any(desk.clerk is not None and number not in windows for number, desk in model.desks.items()):
        return True
    if any(f.closed_at is None and not served(new, f.business, f.item) for f in model.files):
        return True
    booked = [b for b in model.bookings if b.state == "booked"]
    able, classes = {b.code for b in new.businesses if b.booking is not None}, {c.code for c in new.classes}
    return any(
        b.business not in able or not served(new, b.business, b.item) or not set(b.grounds) <= classes for b in booked
    )


def served(hall: Hall, business: str, item: str | None) -> bool:
    """Whether the hall has the business, and in it the item."""
    found = [b for b in hall.businesses if b.code == business]
    return bool(found) and (item is None or item in {each.code for each in found[0].items})


def watch(model: Model, reached: Counter[str]) -> None:
    """What the clock and the queues change."""
    if model.closed_day not in (None, model.day()):
        model.closed_day = None
        reached["early close over"] += 1
    if model.hall.opening is not None:
        is_open = in_hours(model, model.hall.opening.week)
        if is_open != model.is_open:
            reached["hall opens" if is_open else "hall closes"] += 1
        model.is_open = is_open
    for business in model.hall.businesses:
        many = sum(v.state == "waiting" and v.business == business.code for v in model.visits.values())
        rings = business.code in model.alarms
        if business.alarm is None:
            continue
        if not rings and many >= business.alarm:
            model.alarms.add(business.code)
            reached["alarm"] += 1
        elif rings and many < business.alarm * 0.9:
            model.alarms.discard(business.code)
            reached["calm"] += 1


def in_hours(model: Model, week: object, last_ticket: int = 0) -> bool:
    """Whether the hours say that somebody is there now, and numbers are still given."""
    local = model.local(model.now)
    today, calendar = local.date().isoformat(), model.hall.calendar
    if today in calendar.holidays and today not in calendar.make_up:
        return False
    spans = dict(week).get(calendar.make_up.get(today, local.weekday()), ())  # type: ignore[call-overload]
    wall = (local - local.replace(hour=0, minute=0, second=0, microsecond=0)) // timedelta(milliseconds=1)
    return any(s.starts <= wall < s.ends for s in spans) and wall < spans[-1].ends - last_ticket


def expire(model: Model, reached: Counter[str]) -> None:
    """Nobody came with these bookings."""
    for booked in model.bookings:
        if booked.state == "booked" and model.day(booked.slot) < model.day():
            booked.state = "expired"
            reached["booking expires"] += 1


def call_for_ready(model: Model, reached: Counter[str]) -> list[tuple[int, Visit]]:
    """Each window that stands ready calls whom it would call; the first of those in the queue goes first."""
    found: list[tuple[int, Visit]] = []
    if not model.hall.settings.auto_call or model.evacuated:
        return found
    while True:
        ready = [n for n, d in model.desks.items() if d.ready is not None and d.calls and model.at(n) is None]
        wanted = {number: mine[0] for number in ready if (mine := model.may_call(number))}
        if not wanted:
            return found
        first = min(wanted.values(), key=lambda v: (v.place, v.order))
        window = min(
            (n for n, v in wanted.items() if v is first),
            key=lambda n: (model.serves(n)[first.business] + model.strange(n, first), model.desks[n].ready, n),
        )
        found.append((window, first))
        note_call(model, window, first)
        model.call(model.deed(), first, window)
        reached["auto call"] += 1
