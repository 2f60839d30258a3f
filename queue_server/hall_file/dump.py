"""A hall as plain data, as it is stored and written to files."""

from dataclasses import fields
from typing import Any

from queue_server.core.hall import Hall
from queue_server.core.settings import Settings
from queue_server.hall_file import parts


def dump(hall: Hall) -> dict[str, Any]:
    """The hall as plain data that `parse` reads back; what is empty is left out, settings are all there."""
    part = _plain(
        parts.HallPart,
        hall=hall.id,
        names=dict(hall.names),
        time_zone=hall.time_zone,
        settings=_plain(
            parts.SettingsPart, **{f.name: _list(getattr(hall.settings, f.name)) for f in fields(Settings)}
        ),
        opening=_opening(hall.opening),
        calendar=_calendar(hall.calendar),
        zones=[{"code": zone.code, "names": dict(zone.names)} for zone in hall.zones],
        classes=[
            _plain(
                parts.ClassPart,
                code=each.code,
                names=dict(each.names),
                head_start=each.head_start,
                granted_by=each.granted_by,
            )
            for each in hall.classes
        ],
        groups=[{"code": group.code, "names": dict(group.names)} for group in hall.groups],
        businesses=[_business(business) for business in hall.businesses],
        windows=[
            _plain(
                parts.WindowPart,
                window=window.number,
                zone=window.zone,
                serves=dict(window.reluctance),
                not_before=dict(window.not_before),
            )
            for window in hall.windows
        ],
        profiles={name: dict(profile) for name, profile in hall.profiles.items()},
    )
    # An empty list of these is a mistake that shall be seen, not a part left out.
    return {"businesses": [], "windows": [], **part}
