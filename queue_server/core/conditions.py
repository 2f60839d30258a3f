"""How the hall stands now beside its definition: suspended business types, closed early, evacuated, alarms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from queue_server.core.acts import day_of
from queue_server.core.business import Business
from queue_server.core.calendar import gives_numbers, next_change, wall_time
from queue_server.core.errors import Refusal
from queue_server.core.evacuation import NONE, Evacuations, begun, ended, lasts
from queue_server.core.hall import Hall
from queue_server.core.numbering import day_end
from queue_server.core.seat import Seat
from queue_server.core.words import Names

SUSPENDED, RESUMED = "business-suspended", "business-resumed"
CLOSED_EARLY, EVACUATED, BACK = "hall-closed-early", "hall-evacuated", "hall-resumed"
# The business day that was closed early is over; not `BACK`, with which readers end an evacuation.
DAY_OVER = "early-close-ended"
HALL_OPENED, HALL_CLOSED = "hall-opened", "hall-closed"
ALL_MOVED = "all-moved"
ALARM, CALM = "alarm-raised", "alarm-ended"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What staff and clock have changed since the hall's definition; everything else is as the definition says.

    `suspended` maps each suspended business to its notice, `closed_day` is the business day that was closed early,
    `open` is what the opening hours last said, `alarms` are the businesses where too many wait. `evacuations` are the
    latest ones, whose time runs against nobody.
    """

    suspended: Mapping[str, Names] = field(default_factory=dict)
    closed_day: str | None = None
    evacuations: Evacuations = NONE
    open: bool = True
    alarms: frozenset[str] = frozenset()

    @property
    def evacuated(self) -> bool:
        """Whether everybody is outside."""
        return lasts(self.evacuations)


def check_take(
    hall: Hall,
    now: Conditions,
    business: Business,
    at: int,
    day: str,
    given: Mapping[str, Mapping[int, int]],
    *,
    later: Iterable[str] = (),
    promised: bool = False,
) -> None:
    """Refuse a number that may not be given now.

    `given` counts the numbers already given out today, per business and quota (by its position); `later` are the
    businesses to come after it, which must give numbers now, too. A `promised` one is given all day: its slot may lie
    behind the last ticket, or just behind lunch. Refuses `hall-evacuated`, `hall-closed` (with the next opening, ms
    UTC), `business-suspended`, `quota-used`, `unknown-business`.
    """
    if now.evacuated:
        raise Refusal("hall-evacuated")
    check_closed_early(hall, now, business, day)
    codes = tuple(dict.fromkeys((business.code, *later)))
    for code in codes:
        if code in now.suspended:
            raise Refusal("business-suspended", business=code)
    if promised:
        return
    # Otherwise a number for something else would be the way past the hours and the quota of a business.
    for code in codes:
        _check_given_out(hall, hall.business(code), at, given.get(code, {}))


def check_closed_early(hall: Hall, now: Conditions, business: Business, day: str) -> None:
    """Refuse `hall-closed` (with the next opening, ms UTC) for what is of a business day that was closed early."""
    if now.closed_day == day:
        # Not again after lunch: who closed early closed the whole day.
        over = day_end(day, hall.time_zone, hall.settings.day_starts)
        raise Refusal("hall-closed", opens=_opens(hall, business, over - 1))


def _check_given_out(hall: Hall, business: Business, at: int, given: Mapping[int, int]) -> None:
    opening = business.opening or hall.opening
    if opening is not None and not gives_numbers(opening, hall.calendar, at, hall.time_zone):
        raise Refusal("hall-closed", opens=_opens(hall, business, at))
    for position in business.quotas_at(wall_time(at, hall.time_zone)):
        most = business.quotas[position].most
        if given.get(position, 0) >= most:
            raise Refusal("quota-used", business=business.code, most=most)


def check_sent(now: Conditions, business: str, to: str) -> None:
    """Refuse `sent-to-suspended` to whoever sends a visitor of a business on `to` a suspended one: it takes nobody new.

    Who is in it already may be sent on within it. A next business that was planned when the number was taken comes by
    itself, and its visitor waits there like those who waited when it was suspended.
    """
    if to != business and to in now.suspended:
        raise Refusal("sent-to-suspended", business=to)


def numbers(hall: Hall, now: Conditions, business: Business, at: int) -> str:
    """Whether numbers are given: `given`, or why not: `evacuated`, `closed-early`, `suspended`, `closed`.

    A board is read anew only when something has happened, and nothing happens when the hours of a single business
    begin. One with hours of its own is therefore called closed only when the whole hall was closed early.
    """
    if now.evacuated:
        return "evacuated"
    if now.closed_day == day_of(hall, at):
        return "closed-early"
    if business.code in now.suspended:
        return "suspended"
    hours = None if business.opening else hall.opening
    shut = hours is not None and not gives_numbers(hours, hall.calendar, at, hall.time_zone)
    return "closed" if shut else "given"


def check_call(now: Conditions) -> None:
    """Refuse any call, and that nobody came to it, while everybody leaves the hall: `hall-evacuated`."""
    if now.evacuated:
        raise Refusal("hall-evacuated")


def calls_on(now: Conditions, seat: Seat) -> bool:
    """Whether a window goes on to the next visitor after a service: a pause asked for meanwhile begins with its end.

    A closed window serves on only whose papers it keeps.
    """
    return seat.calls and not now.evacuated


def _opens(hall: Hall, business: Business, at: int) -> int | None:
    opening = business.opening or hall.opening
    return None if opening is None else next_change(opening, hall.calendar, at, hall.time_zone, opens=True)


def suspend(hall: Hall, now: Conditions, business: str, notice: Names) -> Conditions:
    """No numbers for this business, with a notice for everybody; refuses `already-suspended`."""
    hall.business(business)
    if business in now.suspended:
        raise Refusal("already-suspended", business=business)
    return replace(now, suspended={**now.suspended, business: notice})


def resume(now: Conditions, business: str) -> Conditions:
    """The business is served again; refuses `not-suspended`."""
    if business not in now.suspended:
        raise Refusal("not-suspended", business=business)
    return replace(now, suspended={code: notice for code, notice in now.suspended.items() if code != business})


def close_early(now: Conditions, day: str) -> Conditions:
    """No more numbers on this business day; refuses `already-closed`."""
    if now.closed_day == day:
        raise Refusal("already-closed")
    return replace(now, closed_day=day)


def evacuate(now: Conditions, at: int) -> Conditions:
    """Everybody leaves from `at` (ms UTC) on: no numbers, no calls; refuses `already-evacuated`."""
    if now.evacuated:
        raise Refusal("already-evacuated")
    return replace(now, evacuations=begun(now.evacuations, at))


def back_to_normal(now: Conditions, at: int) -> Conditions:
    """An evacuation or an early close is over at `at` (ms UTC); refuses `not-closed`."""
    if not now.evacuated and now.closed_day is None:
        raise Refusal("not-closed")
    return replace(now, evacuations=ended(now.evacuations, at), closed_day=None)


def new_day(now: Conditions, day: str) -> Conditions:
    """An early close ends with its business day."""
    return now if now.closed_day in (None, day) else replace(now, closed_day=None)


def clock_says(now: Conditions, *, open: bool) -> Conditions:  # noqa: A002 -- the field's own name
    """The opening hours begin or end."""
    return replace(now, open=open)


def in_hall(hall: Hall, now: Conditions) -> Conditions:
    """What of the conditions still means something when the hall has become this one."""
    codes = {business.code for business in hall.businesses}
    return replace(
        now,
        suspended={code: notice for code, notice in now.suspended.items() if code in codes},
        alarms=frozenset(now.alarms & codes),
        open=now.open or hall.opening is None,
    )


def check_moved(hall: Hall, now: Conditions, business: str, to: str) -> None:
    """Refuse a move, of one or of all who wait, to nowhere: `unknown-business`, `same-business`, `sent-to-suspended`.

    A move to where somebody waits already would only lose what they came for, and their turn among equals.
    """
    hall.business(business)
    hall.business(to)
    if business == to:
        raise Refusal("same-business", business=business)
    check_sent(now, business, to)


def rung(before: Conditions, after: Conditions) -> list[tuple[str, str]]:
    """What the alarms have to tell, as (act, business): first those that ring now, then those that ceased."""
    begun, over = sorted(after.alarms - before.alarms), sorted(before.alarms - after.alarms)
    return [*((ALARM, code) for code in begun), *((CALM, code) for code in over)]


def alarms(hall: Hall, now: Conditions, waiting: Mapping[str, int]) -> Conditions:
    """The alarms as they should be for so many waiting per business; one ends only below nine tenths of its limit.

    Without that distance a hall at its limit would ring at every arrival and call.
    """
    ringing = set(now.alarms)
    for business in hall.businesses:
        count, limit = waiting.get(business.code, 0), business.alarm
        if limit is None or count * 10 < limit * 9:
            ringing.discard(business.code)
        elif count >= limit:
            ringing.add(business.code)
    return replace(now, alarms=frozenset(ringing))
