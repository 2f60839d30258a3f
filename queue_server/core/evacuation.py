"""Evacuations: time that runs against nobody; what would end meanwhile ends later by as long as everybody was out."""

from collections.abc import Iterable
from typing import NamedTuple

from queue_server.core.settings import DAY


class Evacuation(NamedTuple):
    """From one moment to another (ms UTC); `until` is None while it lasts."""

    since: int
    until: int | None = None


Evacuations = tuple[Evacuation, ...]
NONE: Evacuations = ()
# A number lives for one business day, and its place lies little before it (ms).
_KEPT = 2 * DAY


def lasts(evacuations: Evacuations) -> bool:
    """Whether everybody is outside now; `evacuations` are in order, and only the last may still go on."""
    return bool(evacuations) and evacuations[-1].until is None


def during(at: int, evacuations: Evacuations) -> bool:
    """Whether everybody was outside at `at` (ms UTC)."""
    return any(since <= at and (until is None or at < until) for since, until in evacuations)


def begun(evacuations: Evacuations, at: int) -> Evacuations:
    """With one more from `at` (ms UTC) on; without those so long ago that no number of that time is left."""
    return (*(each for each in evacuations if (each.until or 0) > at - _KEPT), Evacuation(at))


def ended(evacuations: Evacuations, at: int) -> Evacuations:
    """As they are when everybody is let in again at `at` (ms UTC); also the answer to what would be if that were so."""
    return tuple(each._replace(until=at) if each.until is None else each for each in evacuations)


def put_off(start: int, end: int, evacuations: Iterable[Evacuation]) -> int | None:
    """The end (ms UTC) of what counts from `start`, later by the evacuations between; None while one of them lasts."""
    for since, until in evacuations:
        if since >= end:
            break
        if until is None:
            return None
        end += max(0, until - max(since, start))
    return end


def anew(start: int, evacuations: Evacuations) -> int | None:
    """From when (ms UTC) something counts that begins anew after an evacuation; None while one lasts."""
    last = evacuations[-1] if evacuations else Evacuation(start, start)
    return None if last.until is None else max(start, last.until)


def reach(now: int, length: int, evacuations: Evacuations) -> int:
    """How long before `now` (ms UTC) a time of this length (ms) began that was interrupted by every evacuation."""
    began = now - length
    for since, until in reversed(evacuations):
        end = now if until is None else min(now, until)
        if end > since and end >= began:
            began -= end - since
    return now - began
