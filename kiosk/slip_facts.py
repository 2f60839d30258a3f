"""What a slip says: the facts of one ticket, gathered from the hall and the server's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_MINUTE = 60_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything printed on one slip, already in the visitor's language and the hall's own time."""

    language: str
    hall: str
    business: str
    number: str
    ahead: int
    zone: str | None
    max_calls: int
    return_minutes: int
    status_url: str | None
    taken: str
    kiosk: str
    copy: bool = False

    def as_copy(self) -> "SlipFacts":
        """The same slip, marked as a reprint."""
        return replace(self, copy=True)


def named(names: Mapping[str, str], language: str) -> str:
    """A text of the hall in the visitor's language."""
    return names.get(language) or names["zh-Hans"]


def local_time(at: int, time_zone: str) -> str:
    """`at` (ms UTC) as the hall's clock shows it: 2026-11-24 10:24."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")


def zone_of(hall: Mapping[str, Any], business: str) -> Mapping[str, str] | None:
    """Where to wait: the zone of the windows whose main work this is, when they all lie in one."""
    mains = {each.get("zone") for each in hall["windows"] if each["serves"].get(business) == 0}
    if len(mains) != 1:
        return None
    (code,) = mains
    return next((each["names"] for each in hall["zones"] if each["code"] == code), None)


def status_url(hall: Mapping[str, Any], ticket: Mapping[str, Any]) -> str | None:
    """Where a phone follows this ticket; None when the hall has no public address, so no code may be shown."""
    public_url, token = hall.get("public_url") or "", ticket.get("token")
    return f"{public_url.rstrip('/')}/t/{token}" if public_url and token else None


def slip_facts(hall: Mapping[str, Any], ticket: Mapping[str, Any], language: str, kiosk: str) -> SlipFacts:
    """The facts of a ticket just taken; `hall` and `ticket` are the server's answers."""
    business = next(each for each in hall["businesses"] if each["code"] == ticket["business"])
    zone = zone_of(hall, ticket["business"])
    return SlipFacts(
        language=language,
        hall=named(hall["names"], language),
        business=named(business["names"], language),
        number=ticket["number"],
        ahead=ticket.get("ahead") or 0,
        zone=named(zone, language) if zone else None,
        max_calls=hall["settings"]["max_calls"],
        return_minutes=hall["settings"]["return_within_ms"] // _MINUTE,
        status_url=status_url(hall, ticket),
        taken=local_time(ticket["issued_at"], hall["time_zone"]),
        kiosk=kiosk,
    )
