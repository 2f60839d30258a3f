"""Every mistake in plain data: what is wrong is taken out, so that what lies behind it is seen, too."""

from collections.abc import Iterable
from copy import deepcopy
from itertools import product
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from pydantic import ValidationError

from queue_server.hall_file.findings import Mistake, Way, found
from queue_server.hall_file.parts import HallPart

_ROUNDS = 8
_PART = 2  # A way to a business, a window or such has two steps.
_NAMES = ("code", "window")
_NEEDED = {("businesses",), ("windows",)}
_NAMELESS = {"zh-Hans": "-", "zh-Hant": "-", "en": "-"}
# What stands for a part that is wrong while the rest is looked at.
_STAND_INS: dict[str | int, Any] = {"hall": "main", "names": _NAMELESS, "time_zone": "UTC"}
_STAND_IN_PARTS: dict[str | int, dict[str, Any]] = {
    "businesses": {"names": _NAMELESS},
    "windows": {"serves": {}},
    "zones": {"names": _NAMELESS},
    "groups": {"names": _NAMELESS},
    "classes": {"names": _NAMELESS, "head_start": 0},
}


def every_mistake(said: object, invalid: ValidationError) -> list[Mistake]:
    """All mistakes: those found at first, and those found when these are out of the way."""
    known = list(dict.fromkeys(found(said, invalid)))
    left = deepcopy(said)
    gone: set[Way] = set()
    latest = known
    for _ in range(_ROUNDS):
        gone |= {out for each in latest if (out := _take_out(left, each.way)) is not None}
        try:
            HallPart.model_validate(left)
        except ValidationError as still:
            latest = list(found(left, still))
            known += [each for each in latest if each not in known and not _only_by_us(said, each, known, gone)]
        else:
            break
    return known


def _only_by_us(said: Any, mistake: Mistake, known: list[Mistake], gone: set[Way]) -> bool:
    """Whether a mistake is there only because something was taken out."""
    way, what, _ = mistake
    for kind, section in (("business", "businesses"), ("zone", "zones"), ("group", "groups")):
        parts = said.get(section) if isinstance(said, dict) else None
        names = [part.get("code") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
        # Whoever refers to a part whose name is wrong cannot be told that it is unknown.
        unsure = any(at[:1] == (section,) and at[_PART:] == ("code",) for at, *_ in known)
        if any(f"unknown {kind} {name};" in what or (unsure and f"unknown {kind} " in what) for name in names):
            return True
    if any(way[: len(out)] == out for out in gone):
        return True
    if way[_PART : _PART + 1] == ("not_before",) and (*way[:_PART], "serves", *way[_PART + 1 :]) in gone:
        return True
    rules = {out[1] if len(out) > 1 else None for out in gone if out[:1] == ("settings",)}
    return bool(rules & {None, "max_advance", "outcomes"}) and ("max_advance" in what or "outcome" in what)


def _take_out(left: Any, way: Way) -> Way | None:
    """Take the part at `way`, or the smallest one around it that may go, out of the data; the way to it."""
    if not isinstance(left, dict) or not way:
        return None
    section = way[0]
    if len(way) == 1 and section in _STAND_INS:
        left[section] = _STAND_INS[section]
        return way
    for end in range(len(way), 0, -1):
        within, step = _within(left, way[: end - 1]), way[end - 1]
        if end == _PART and section in _STAND_IN_PARTS and isinstance(within, list):
            return _replace(within, section, way)
        may_go = end != _PART + 1 or step not in _NAMES
        if isinstance(within, dict) and step in within and may_go and way[:end] not in _NEEDED:
            del within[step]
            return way[:end]
    return None


def _replace(parts: list[Any], section: str | int, way: Way) -> Way | None:
    place = way[1]
    if not (isinstance(place, int) and place < len(parts) and isinstance(parts[place], dict)):
        return None
    name = "window" if section == "windows" else "code"
    taken = {str(part.get(name)) for part in parts if isinstance(part, dict)}
    # A number begins with its business, so no free name may begin as another does.
    taken |= {each[:1] for each in taken} if section == "businesses" else set()
    if way[_PART : _PART + 1] == (name,) or parts[place].get(name) is None:
        # Its name is what is wrong: any other that nobody has will do.
        parts[place] = {name: next(one for one in _free(section) if not {str(one), str(one)[:1]} & taken)}
    parts[place] = {**_STAND_IN_PARTS[section], name: parts[place][name]}
    return way[:_PART]


def _free(section: str | int) -> Iterable[str | int]:
    if section == "windows":
        return range(1, 10_000)
    letters = ascii_uppercase if section == "businesses" else ascii_lowercase
    return map("".join, product(letters.replace("I", "").replace("O", ""), repeat=2))


def _within(left: Any, way: Way) -> Any:
    for step in way:
        there = isinstance(left, list) and isinstance(step, int) and step < len(left)
        if not there and not (isinstance(left, dict) and step in left):
            return None
        left = left[step]
    return left
