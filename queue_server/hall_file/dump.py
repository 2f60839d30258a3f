"""A hall as plain data, as it is stored and written to files."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from queue_server.core.booking import BookingRules
from queue_server.core.business import Business, Item
from queue_server.core.calendar import Opening
from queue_server.core.hall import Hall
from queue_server.core.settings import Settings
from queue_server.hall_file.values import (
    WEEKDAYS,
    WHOLE_DAY,
    written_band,
    written_days,
    written_duration,
    written_time,
)
from queue_server.hall_file.values import written_spans as spans

_COUNTS = {"max_calls", "return_behind", "max_returns", "return_days", "capacity", "days_ahead", "volume"}


def dump(hall: Hall) -> dict[str, Any]:
    """The hall as plain data that `parse` reads back; what is empty is left out, settings are all there."""
    calendar = _told(
        holidays=written_days(hall.calendar.holidays),
        make_up={day: WEEKDAYS[weekday] for day, weekday in sorted(hall.calendar.make_up.items())},
    )
    return _told(
        hall=hall.id,
        names=dict(hall.names),
        time_zone=hall.time_zone,
        settings=_settings(hall.settings),
        opening=_opening(hall.opening),
        calendar=calendar,
        zones=[{"code": zone.code, "names": dict(zone.names)} for zone in hall.zones],
        classes=[
            {
                "code": each.code,
                "names": dict(each.names),
                "head_start": written_duration(each.head_start),
                "granted_by": each.granted_by,
            }
            for each in hall.classes
        ],
        groups=[{"code": group.code, "names": dict(group.names)} for group in hall.groups],
        businesses=[_business(business) for business in hall.businesses],
        windows=[
            {
                **_told(window=window.number, zone=window.zone),
                "serves": _reluctance(window.reluctance),
                **_told(not_before=_reluctance(window.not_before)),
            }
            for window in hall.windows
        ],
        profiles={name: _reluctance(profile) for name, profile in hall.profiles.items()},
    )


def _told(**said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None and value not in ([], {})}


def _reluctance(figures: Mapping[str, int]) -> dict[str, Any]:
    return {business: written_duration(ms) for business, ms in figures.items()}


def _settings(settings: Settings) -> dict[str, Any]:
    said: dict[str, Any] = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    return {name: _setting(name, value) for name, value in said.items()}


def _setting(name: str, value: Any) -> Any:
    if name == "day_starts":
        return written_time(value)
    if name == "quiet":
        return spans(value) if value else "off"
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) or name in _COUNTS else written_duration(value)


def _opening(opening: Opening | None) -> dict[str, Any] | None:
    if opening is None:
        return None
    return {
        "hours": {WEEKDAYS[day]: spans(hours) for day, hours in sorted(opening.week.items())},
        **_told(exceptions={day: spans(hours) for day, hours in sorted(opening.exceptions.items())}),
        "last_ticket": written_duration(opening.last_ticket),
    }


def _booking(rules: BookingRules | None) -> dict[str, Any] | None:
    if rules is None:
        return None
    return {f.name: _setting(f.name, getattr(rules, f.name)) for f in fields(BookingRules)}


def _business(business: Business) -> dict[str, Any]:
    return _told(
        code=business.code,
        names=dict(business.names),
        note=None if business.note is None else dict(business.note),
        group=business.group,
        alarm=business.alarm,
        quotas={_band(quota.starts, quota.ends): quota.most for quota in business.quotas},
        opening=_opening(business.opening),
        booking=_booking(business.booking),
        items=[_item(item) for item in business.items],
    )


def _band(starts: int, ends: int) -> str:
    said = written_band(starts, ends)
    return WHOLE_DAY if said == "00:00-24:00" else said


def _item(item: Item) -> dict[str, Any]:
    papers = [
        {"code": paper.code, **({"minor": True} if paper.minor else {}), "names": dict(paper.names)}
        for paper in item.papers
    ]
    return _told(
        code=item.code, names=dict(item.names), promise_days=item.promise_days, outcome=item.outcome, papers=papers
    )
