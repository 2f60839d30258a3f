"""A hall as a file: values as people write them, old files, what a round trip keeps, and the example in the guide."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from queue_server import hall_file
from queue_server.core.calendar import DAY, Span
from queue_server.core.journal import canonical
from queue_server.core.settings import Settings
from queue_server.hall_file import parts, values
from queue_server.hall_file.check import check
from queue_server.hall_file.dump import dump
from queue_server.hall_file.write import write

ROOT = Path(__file__).parents[2]
MINUTE = 60_000
NAMES = {"zh-Hans": "甲", "zh-Hant": "乙", "en": "x"}
# As halls were stored before there was more to say of them.
OLD: dict[str, Any] = {
    "hall": "main",
    "names": NAMES,
    "time_zone": "Asia/Shanghai",
    "zones": [{"code": "1", "names": NAMES}],
    "classes": [{"code": "elderly", "names": NAMES, "head_start": "20 min"}],
    "settings": {
        "max_calls": 3,
        "recall_gap": "20 s",
        "return_within": "30 min",
        "missed_timer": None,
        "max_advance": "1 h",
        "day_starts": "4 h",
        "outcomes": ["accepted", "anything at all"],
    },
    "businesses": [{"code": "A", "names": NAMES, "note": None}],
    "windows": [{"window": 1, "zone": None, "serves": {"A": 0}}, {"window": 2, "zone": "1", "serves": {"A": "10 min"}}],
}


def test_what_was_stored_before_still_loads() -> None:
    hall = hall_file.parse(OLD)
    assert hall.windows[1].reluctance == {"A": 10 * MINUTE}
    assert hall.settings.day_starts == 4 * 60 * MINUTE
    assert hall.settings.outcomes == ("accepted", "anything at all")
    assert hall_file.parse(json.loads(canonical(hall_file.dump(hall)))) == hall
    assert hall_file.parse({**OLD, "settings": {}}).settings == Settings()


@pytest.mark.parametrize("file", [hall_file.DEFAULT, hall_file.LARGE], ids=["default", "large"])
def test_a_shipped_hall_comes_back_the_same_from_its_export_and_from_the_database(file: Path) -> None:
    hall = hall_file.read(file)
    assert check(write(hall, "twice\nread")) == (hall, [])
    assert hall_file.parse(json.loads(canonical(hall_file.dump(hall)))) == hall


def test_the_default_hall_is_open_at_any_time_and_its_items_have_checklists() -> None:
    hall = hall_file.read(hall_file.DEFAULT)
    assert (hall.id, hall.opening, [b.code for b in hall.businesses]) == ("main", None, list("ABCDEFGZ"))
    assert [item.code for item in hall.business("C").items] == ["permit", "register", "scrap", "out-of-use", "cancel"]
    assert all(3 <= len(item.papers) <= 6 for business in hall.businesses for item in business.items)
    assert {w.number: w.reluctance["A"] for w in hall.windows} == dict.fromkeys(range(1, 9), 0) | dict.fromkeys(
        range(9, 13), 10 * MINUTE
    )


def test_the_large_hall_has_everything_that_a_file_can_say() -> None:
    hall = hall_file.read(hall_file.LARGE)
    assert (len(hall.businesses), len(hall.windows), len(hall.zones)) == (30, 60, 4)
    assert {business.group for business in hall.businesses} == {group.code for group in hall.groups}
    assert {each.granted_by for each in hall.classes} == {"self", "guide", "window"}
    assert hall.opening is not None
    assert hall.opening.week[3] == (Span(9 * 60 * MINUTE, 12 * 60 * MINUTE), Span(810 * MINUTE, 1200 * MINUTE))
    assert "2026-10-07" in hall.calendar.holidays
    assert "2027-02-08" in hall.calendar.holidays
    for name in ("quotas", "alarm", "opening", "booking", "items"):
        assert any(getattr(business, name) for business in hall.businesses), name
    assert any(window.not_before for window in hall.windows)
    assert hall.profiles


def test_every_setting_can_be_written() -> None:
    assert set(parts.SettingsPart.model_fields) == {field.name for field in fields(Settings)}
    assert all(field.description for field in parts.SettingsPart.model_fields.values())
    assert parts.SettingsPart().made() == Settings()


@pytest.mark.parametrize(
    ("said", "ms"),
    [("20 s", 20_000), ("10min", 600_000), (" 1 h ", 3_600_000), ("5 ms", 5), (0, 0), ("0", 0), ("8784 h", 366 * DAY)],
)
def test_a_duration_is_a_number_with_a_unit(said: object, ms: int) -> None:
    assert values.duration(said) == ms


@pytest.mark.parametrize("said", [20, "20", "ten minutes", "-5 s", "1.5 h", "8785 h", False, True, [], "9" * 30 + " h"])
def test_anything_else_is_no_duration(said: object) -> None:
    with pytest.raises(ValueError, match="a duration is"):
        values.duration(said)


@pytest.mark.parametrize("ms", [0, 1, 999, 20_000, 90_000, 3_600_000, 3_600_001])
def test_a_duration_is_read_as_it_is_written(ms: int) -> None:
    assert values.duration(values.written_duration(ms)) == ms


@pytest.mark.parametrize("said", ["off", "no", False, None])
def test_the_missed_timer_may_be_off(said: object) -> None:
    assert hall_file.parse({**OLD, "settings": {"missed_timer": said}}).settings.missed_timer is None


@pytest.mark.parametrize("said", ["off", "no", False, None, []])
def test_quiet_hours_may_be_off(said: object) -> None:
    assert hall_file.parse({**OLD, "settings": {"quiet": said}}).settings.quiet == ()


def test_the_voice_has_its_languages_loudness_and_quiet_hours() -> None:
    said = {"voice": ["yue", "cmn"], "volume": 35, "quiet": "12:00-13:30, 21:00-24:00"}
    settings = hall_file.parse({**OLD, "settings": said}).settings
    assert (settings.voice, settings.volume) == (("yue", "cmn"), 35)
    assert settings.quiet == (Span(720 * MINUTE, 810 * MINUTE), Span(1260 * MINUTE, 1440 * MINUTE))
    assert {name: dump(hall_file.parse({**OLD, "settings": said}))["settings"][name] for name in said} == said


@pytest.mark.parametrize(("said", "minutes"), [("04:00", 240), ("9:30", 570), ("00:00", 0), ("4 h", 240), (0, 0)])
def test_the_day_starts_at_a_time_of_day(said: object, minutes: int) -> None:
    assert hall_file.parse({**OLD, "settings": {"day_starts": said}}).settings.day_starts == minutes * MINUTE


@pytest.mark.parametrize("said", ["24:01", "12:60", "12:00:60", "noon:00", "1200:00", ""])
def test_a_time_that_no_clock_shows_is_none(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        values.time_of_day(said)


def test_holidays_may_be_written_in_a_row() -> None:
    assert values.days("2026-12-30 to 2027-01-02") == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]
    assert values.written_days(["2027-01-01", "2026-12-31", "2026-10-01"]) == [
        "2026-10-01",
        "2026-12-31 to 2027-01-01",
    ]
    for wrong in ("2026-10-07 to 2026-10-01", "2026-10-01 to 2028-10-01", "2026-13-01", "2026-10-1", "20261001"):
        with pytest.raises(ValueError, match=r"not a date|does not go forward"):
            values.days(wrong)


def test_a_text_means_what_it_looks_like() -> None:
    """YAML's own rules make a number of 9:30 and of 1_000, a switch of no, and a date of 2026-10-01."""
    text = "hall: no\nx: [9:30, 1_000, 2026-10-01, yes, 012, 7, -7, 'true', true, ~, '', 1.5]\n"
    from queue_server.hall_file.nodes import Document  # noqa: PLC0415 -- only this test looks below the check

    said = Document(text).said
    assert said == {
        "hall": "no",
        "x": ["9:30", "1_000", "2026-10-01", "yes", "012", 7, -7, "true", True, None, "", "1.5"],
    }


def test_a_file_with_the_mark_of_windows_and_its_line_ends_is_read(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    text = hall_file.DEFAULT.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert hall_file.read(file) == hall_file.read(hall_file.DEFAULT)


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    with pytest.raises(hall_file.HallFileError, match="cannot be read: No such file"):
        hall_file.read(file)
    file.write_bytes("大厅".encode("gb18030"))
    with pytest.raises(hall_file.HallFileError, match="save it as UTF-8"):
        hall_file.read(file)
    file.write_text("hall: main\n", encoding="utf-8")
    with pytest.raises(hall_file.HallFileError) as every:
        hall_file.read(file)
    assert str(every.value).splitlines() == [
        f"{file}:1:1: {name} is missing." for name in ("businesses", "names", "time_zone", "windows")
    ]
    with pytest.raises(hall_file.HallFileError, match=r"names is missing\. time_zone is missing\."):
        hall_file.parse({"hall": "main"})


def test_the_example_of_the_guide_is_a_hall_without_a_doubt() -> None:
    guide = (ROOT / "docs" / "hall-file.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(hall: .*?)^```", guide, flags=re.MULTILINE | re.DOTALL)
    hall, findings = check(example)
    assert findings == []
    assert hall is not None
    assert hall.business("B").quotas
    for name in set(parts.SettingsPart.model_fields) | set(parts.HallPart.model_fields) - {"hall"}:
        assert f"`{name}`" in guide, f"the guide says nothing of {name}"
