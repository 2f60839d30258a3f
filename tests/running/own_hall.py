"""Halls with parts of a test's own, and their days: a file like the default one, and a clock set to a day's hour."""

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from queue_server import hall_file
from tests.running.hall import Hall

ZONE = ZoneInfo("Asia/Shanghai")
Parts = dict[str, dict[str, Any]]


def own_file(
    folder: Path,
    *,
    businesses: Parts | None = None,
    classes: Parts | None = None,
    items: Parts | None = None,
    **own: Any,
) -> Path:
    """A file of the default hall with parts of its own; those of a business, class or item (`A/new`) by its code."""
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    for name, parts in {"businesses": businesses, "classes": classes}.items():
        for code, part in (parts or {}).items():
            _one(said[name], code).update(part)
    for way, part in (items or {}).items():
        business, item = way.split("/")
        _one(_one(said["businesses"], business)["items"], item).update(part)
    said["settings"] = {**said.get("settings", {}), **own.pop("settings", {})}
    said.update(own)
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return file


def _one(parts: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(part for part in parts if part["code"] == code)


def monday() -> date:
    """The next Monday that is still to come, so that a test may go through a whole week."""
    today = datetime.now(ZONE).date()
    return today + timedelta(days=7 - today.weekday())


def moment(day: date, wall: str) -> int:
    """A local time of a day (`09:00`), ms UTC."""
    return round(datetime.combine(day, time_of_day.fromisoformat(wall), ZONE).timestamp() * 1000)


def go_to(hall: Hall, day: date, wall: str) -> None:
    """The hall's clock stands at this local time of a day, and goes on from there."""
    hall.odds.ahead.value = moment(day, wall) - time.time_ns() // 1_000_000
