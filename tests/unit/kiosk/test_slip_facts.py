"""What a slip says: the hall's own rules and time, the zone only when it is sure, the code only with an address."""

from typing import Any

from kiosk.slip_facts import local_time, slip_facts, status_url, zone_of

NAMES = {"zh-Hans": "二区", "zh-Hant": "二區", "en": "Zone 2"}
TICKET: dict[str, Any] = {
    "number": "C036",
    "business": "C",
    "ahead": 4,
    "issued_at": 1_795_500_000_000,
    "token": "t0ken",
}


def hall(**other: Any) -> dict[str, Any]:
    return {
        "names": {"zh-Hans": "大厅", "zh-Hant": "大廳", "en": "Hall"},
        "time_zone": "Asia/Shanghai",
        "businesses": [{"code": "C", "names": {"zh-Hans": "特种设备", "zh-Hant": "特種設備", "en": "Special"}}],
        "zones": [{"code": "2", "names": NAMES}, {"code": "3", "names": {"zh-Hans": "三区"}}],
        "windows": [
            {"window": 1, "zone": "2", "serves": {"C": 0}},
            {"window": 2, "zone": "3", "serves": {"C": 600_000}},
        ],
        "settings": {"max_calls": 2, "return_within_ms": 1_230_000},
        "public_url": "https://hall.example.gov/",
        **other,
    }


def test_the_slip_speaks_the_visitors_language_and_the_halls_rules():
    facts = slip_facts(hall(), TICKET, "zh-Hant", "7")
    assert (facts.hall, facts.business, facts.zone, facts.kiosk) == ("大廳", "特種設備", "二區", "7")
    assert (facts.max_calls, facts.return_minutes, facts.ahead) == (2, 20, 4)
    assert facts.taken == "2026-11-24 14:00"
    assert facts.status_url == "https://hall.example.gov/t/t0ken"
    assert facts.as_copy().copy
    assert not facts.copy


def test_the_time_is_the_halls_own():
    assert local_time(1_795_500_000_000, "UTC") == "2026-11-24 06:00"
    assert local_time(1_795_500_000_000, "America/New_York") == "2026-11-24 01:00"


def test_the_zone_is_named_only_when_all_main_windows_stand_in_one():
    two = [{"window": 1, "zone": "2", "serves": {"C": 0}}, {"window": 2, "zone": "3", "serves": {"C": 0}}]
    assert zone_of(hall(), "C") == NAMES
    assert zone_of(hall(windows=two), "C") is None
    assert zone_of(hall(windows=[{"window": 1, "zone": None, "serves": {"C": 0}}]), "C") is None
    assert zone_of(hall(windows=[]), "C") is None


def test_no_code_without_a_public_address_or_a_token():
    assert status_url(hall(public_url=""), TICKET) is None
    assert status_url(hall(), {**TICKET, "token": None}) is None
