"""What a hall may be made of and still is hardly meant: told when a file is checked, and allowed."""

from collections.abc import Iterator
from datetime import date

from queue_server.core.hall import Hall
from queue_server.hall_file.values import WEEKDAYS

Doubt = tuple[tuple[str | int, ...], str]
_SATURDAY = 5


def doubts(hall: Hall) -> Iterator[Doubt]:
    """The way to each doubtful place, and a sentence."""
    yield from _businesses(hall)
    yield from _classes(hall)
    yield from _windows(hall)
    yield from _days(hall)


def _businesses(hall: Hall) -> Iterator[Doubt]:
    served = {business for window in hall.windows for business in window.reluctance}
    for place, business in enumerate(hall.businesses):
        way, who = ("businesses", place), f"business {business.code}"
        if business.code not in served:
            yield way, f"{who}: no window serves it."
        if business.booking is not None and (business.opening or hall.opening) is None:
            yield (*way, "booking"), f"{who}: there are no opening hours, so there is nothing to book."
        if business.booking is not None and business.booking.lead > hall.settings.max_advance:
            yield (*way, "booking", "lead"), f"{who}: lead is longer than max_advance, which is as far as anybody gets."
        if any(quota.most == 0 for quota in business.quotas):
            yield (*way, "quotas"), f"{who}: a quota of 0 gives no numbers at all."
    used = {business.group for business in hall.businesses}
    for place, group in enumerate(hall.groups):
        if group.code not in used:
            yield ("groups", place), f"group {group.code}: no business stands in it."


def _classes(hall: Hall) -> Iterator[Doubt]:
    somebody_serves = any(window.reluctance for window in hall.windows)
    for place, each in enumerate(hall.classes):
        way, who = ("classes", place), f"class {each.code}"
        if each.head_start == 0:
            yield (*way, "head_start"), f"{who}: a head start of 0 passes nobody."
        elif each.head_start == hall.settings.max_advance:
            said = "the head start is all of max_advance, so nothing can put anybody ahead of this class"
            yield (*way, "head_start"), f"{who}: {said}."
        if each.granted_by != "self" and not somebody_serves:
            yield (*way, "granted_by"), f"{who}: nobody can grant it, since no window serves anybody."


def _windows(hall: Hall) -> Iterator[Doubt]:
    for place, window in enumerate(hall.windows):
        way, who = ("windows", place), f"window {window.number}"
        if not window.reluctance:
            yield (*way, "serves"), f"{who}: it serves nothing."
        elif 0 not in window.reluctance.values():
            yield (*way, "serves"), f"{who}: it has no main work; usually one business has the reluctance 0."
        for business, ms in window.not_before.items():
            if ms == 0:
                yield (*way, "not_before", business), f"{who}: a not_before of 0 for {business} changes nothing."
    stand = {window.zone for window in hall.windows}
    for place, zone in enumerate(hall.zones):
        if zone.code not in stand:
            yield ("zones", place), f"zone {zone.code}: no window stands in it."


def _days(hall: Hall) -> Iterator[Doubt]:
    for day, weekday in hall.calendar.make_up.items():
        if date.fromisoformat(day).weekday() < _SATURDAY:
            yield ("calendar", "make_up", day), f"calendar: {day} is a working day anyhow."
        elif hall.opening is not None and not hall.opening.week.get(weekday):
            said = f"{day} keeps the hours of {WEEKDAYS[weekday]}, on which the hall is closed"
            yield ("calendar", "make_up", day), f"calendar: {said}."
    if hall.opening is None:
        return
    for weekday, spans in hall.opening.week.items():
        if spans and spans[-1].ends - hall.opening.last_ticket <= spans[0].starts:
            said = f"on {WEEKDAYS[weekday]} no number is ever given, because last_ticket is before the opening"
            yield ("opening", "last_ticket"), f"opening: {said}."
