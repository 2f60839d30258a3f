"""What a hall is made of, as pages, kiosks and programs read it."""

from typing import Any

from queue_server.core.business import Business, Item
from queue_server.core.hall import Hall
from queue_server.protocol import HallFacts, as_json


def hall_facts(of: Hall, public_url: str) -> dict[str, Any]:
    """The facts of a hall; `public_url` is where phones reach their status pages, empty for nowhere."""
    settings = of.settings
    return as_json(
        HallFacts.model_validate(
            {
                "hall": of.id,
                "names": dict(of.names),
                "time_zone": of.time_zone,
                "groups": [{"code": group.code, "names": dict(group.names)} for group in of.groups],
                "businesses": [_business(business) for business in of.businesses],
                "zones": [{"code": z.code, "names": dict(z.names)} for z in of.zones],
                "windows": [{"window": w.number, "zone": w.zone, "serves": dict(w.reluctance)} for w in of.windows],
                "classes": [
                    {
                        "code": c.code,
                        "names": dict(c.names),
                        "head_start_ms": c.head_start,
                        "granted_by": c.granted_by,
                    }
                    for c in of.classes
                ],
                "settings": {
                    "max_calls": settings.max_calls,
                    "recall_gap_ms": settings.recall_gap,
                    "return_within_ms": settings.return_within,
                    "direct_call": settings.direct_call,
                    "pause_reasons": list(settings.pause_reasons),
                },
                "outcomes": list(settings.outcomes),
                "public_url": public_url,
            }
        )
    )


def _business(business: Business) -> dict[str, Any]:
    return {
        "code": business.code,
        "names": dict(business.names),
        "note": None if business.note is None else dict(business.note),
        "group": business.group,
        "items": [_item(item) for item in business.items],
        "bookable": business.booking is not None,
    }


def _item(item: Item) -> dict[str, Any]:
    papers = [{"code": p.code, "names": dict(p.names), "minor": p.minor} for p in item.papers]
    return {
        "code": item.code,
        "names": dict(item.names),
        "papers": papers,
        "promise_days": item.promise_days,
        "outcome": item.outcome,
    }
