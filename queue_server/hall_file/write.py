"""A hall as a YAML file that people read: short lines, and above each part what it is for."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from queue_server.core.hall import Hall
from queue_server.hall_file.dump import dump
from queue_server.hall_file.parts import SettingsPart

_WIDTH = 132
_INDENT = 2
# What has a hall's whole story in it reads better line by line, however short.
_OPEN = ("settings", "hours", "items", "papers", "businesses", "windows", "zones", "classes", "groups", "profiles")
_WHAT = {
    "settings": "How the hall works. Durations are written like 20 s, 10 min or 1 h.",
    "opening": "When the hall is open: hours by weekday with lunch left out, dates with hours of their own.",
    "calendar": "The official calendar: holidays, and days off that are worked with the hours of another weekday.",
    "zones": "Zones: parts of the hall, each with its own display.",
    "classes": "Grounds for priority: how much earlier their visitors are placed, and who says so.",
    "groups": "Groups: business types that stand together where visitors choose.",
    "businesses": "Business types; the code is the beginning of their numbers.",
    "windows": "Windows: 0 is a window's main work; 10 min: it helps only those who came ten minutes before its own.",
    "profiles": "What clerks may be able to do, under a name; as for windows, what is not named they never do.",
}


def write(hall: Hall, heading: str) -> str:
    """The text of the file; `heading` is its first comment."""
    lines = [f"# {line}" for line in heading.splitlines()]
    for key, value in dump(hall).items():
        if key in _WHAT:
            lines += ["", f"# {_WHAT[key]}"]
        if key == "settings":
            lines += ["settings:", *_settings(value)]
        else:
            lines += _entry(key, value, 0)
    return "\n".join(lines) + "\n"


def _settings(said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        yield f"  # {SettingsPart.model_fields[key].description}"
        yield from _entry(key, "off" if value is None else value, _INDENT)


def _entry(key: Any, value: Any, indent: int) -> list[str]:
    short = f"{' ' * indent}{_flow(key)}: {_flow(value)}"
    if not isinstance(value, dict | list) or not value or (key not in _OPEN and len(short) <= _WIDTH):
        return [short]
    return [f"{' ' * indent}{_flow(key)}:", *_block(value, indent + _INDENT)]


def _block(value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _entry(key, below, indent)
        return
    for each in value:
        short = f"{' ' * indent}- {_flow(each)}"
        if not isinstance(each, dict) or (len(short) <= _WIDTH and not any(key in _OPEN for key in each)):
            yield short
            continue
        first, *rest = [line for key, below in each.items() for line in _entry(key, below, indent + _INDENT)]
        yield f"{' ' * indent}- {first.lstrip()}"
        yield from rest


def _flow(value: Any) -> str:
    """A value in one line, quoted where YAML would read something else."""
    said = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=2**31)
    return said.strip()[1:-1]
