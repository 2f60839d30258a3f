"""What changes from one hall to another, in plain sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from queue_server.core.hall import Hall
from queue_server.hall_file.dump import dump

_PARTS = {
    "zones": "zone",
    "classes": "class",
    "groups": "group",
    "businesses": "business",
    "windows": "window",
    "items": "item",
    "papers": "paper",
}


def differences(old: Hall, new: Hall) -> list[str]:
    """One sentence for each thing added, removed or changed; none for halls that are the same."""
    return list(_of("", dump(old), dump(new)))


def _of(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _PARTS:
            yield from _parts(where, _PARTS[key], before or [], after or [])
        elif key == "serves":
            yield from _served(where, "serves", before or {}, after or {})
        elif key == "profiles":
            for name in dict.fromkeys([*(before or {}), *(after or {})]):
                yield from _profile(f"profile {name}", (before or {}).get(name), (after or {}).get(name))
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _of(_in(where, key), before, after)
        else:
            yield f"{_in(where, key)} {_said(before)} → {_said(after)}"


def _parts(where: str, kind: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    name = "window" if kind == "window" else "code"
    before, after = ({part[name]: part for part in parts} for parts in (old, new))
    for each in dict.fromkeys([*before, *after]):
        who = _in(where, f"{kind} {each}")
        if each not in after:
            yield f"{who} removed"
        elif each not in before:
            yield f"{who} added"
        else:
            yield from _of(who, before[each], after[each])
    kept, stand = ([each for each in order if each in before and each in after] for order in (before, after))
    if kept != stand:
        yield f"{_in(where, f'order of each {kind}')} {', '.join(map(str, kept))} → {', '.join(map(str, stand))}"


def _profile(who: str, old: Any, new: Any) -> Iterator[str]:
    if old is None or new is None:
        yield f"{who} {'added' if old is None else 'removed'}"
    else:
        yield from _served(who, "serves", old, new)


def _served(where: str, verb: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for business in dict.fromkeys([*old, *new]):
        if business not in new:
            yield f"{where}: {verb} {business} no longer"
        elif business not in old:
            yield f"{where}: {verb} {business} from now on, reluctance {new[business]}"
        elif old[business] != new[business]:
            yield f"{where}: reluctance for {business} {old[business]} → {new[business]}"


def _in(where: str, what: str) -> str:
    return f"{where}: {what}" if where else what


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_said(each)}" for key, each in value.items()) + "}"
    return str(value)
