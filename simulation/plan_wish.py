"""What a manager asks of the planner, checked; free of numpy and SimPy: a server without them can still read it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_WINDOWS = 60
MOST_LEVELS = 12
LONGEST_TARGET_MIN = 240.0
LEAST_SHARE, MOST_SHARE = 0.5, 0.99
# Days are simulated in batches of equal size: a multiple of the smaller number.
LEAST_DAYS, MOST_DAYS = 10, 200


class BadWishError(ValueError):
    """A wish that cannot be granted; `field` says which part of it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wish:
    """A target wait (s) that `share` of all are to meet, and which numbers of windows to try.

    No levels: three fewer to three more than were recorded. `days` (simulated, a multiple of 10)
    None: as many as the work allows.
    """

    target_s: float = 1200.0
    share: float = 0.9
    levels: tuple[int, ...] = ()
    days: int | None = None
    seed: int = 1


def wish(said: Mapping[str, object]) -> Wish:
    """The wish in `target_minutes`, `share`, `levels`, `days` (numbers, or text of a form); raises `BadWishError`."""
    target = _number(said, "target_minutes", 20.0)
    share = _number(said, "share", 0.9)
    if not 0 < target <= LONGEST_TARGET_MIN:
        raise BadWishError("target_minutes")
    if not LEAST_SHARE <= share <= MOST_SHARE:
        raise BadWishError("share")
    return Wish(target_s=target * 60, share=share, levels=_levels(said.get("levels")), days=_days(said))


def text(said: Mapping[str, object], field: str) -> str | None:
    """A short text, None when it is absent or empty; raises `BadWishError`."""
    value = said.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 100:  # noqa: PLR2004 -- names of offices and zones are short
        raise BadWishError(field)
    return value


def _number(said: Mapping[str, object], field: str, default: float) -> float:
    value = said.get(field)
    if value is None or value == "":
        return default
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadWishError(field)
    try:
        found = float(value)
    except (ValueError, OverflowError) as strange:
        raise BadWishError(field) from strange
    if not math.isfinite(found):
        raise BadWishError(field)
    return found


def _days(said: Mapping[str, object]) -> int | None:
    if said.get("days") in (None, ""):
        return None
    days = _number(said, "days", 0)
    if not LEAST_DAYS <= days <= MOST_DAYS or days % LEAST_DAYS:
        raise BadWishError("days")
    return int(days)


def _levels(value: object) -> tuple[int, ...]:
    if value is None or value in ("", []):
        return ()
    listed: Iterable[object] = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    try:
        levels = {int(str(each)) for each in listed}
    except ValueError as strange:
        raise BadWishError("levels") from strange
    if not levels or len(levels) > MOST_LEVELS or min(levels) < 1 or max(levels) > MOST_WINDOWS:
        raise BadWishError("levels")
    return tuple(sorted(levels))
