"""Mistakes in a hall file: each is found with its line and column and told in one sentence, whatever else is wrong."""

from pathlib import Path

import pytest

from queue_server.hall_file.check import check
from queue_server.hall_file.findings import Finding

GOOD = """\
hall: main
names: {zh-Hans: 大厅, zh-Hant: 大廳, en: Hall}
time_zone: Asia/Shanghai
settings:
  max_calls: 3
  recall_gap: 20 s
  transfer_as_issue: no
opening:
  hours:
    monday: 09:00-12:00, 13:30-17:00
    friday: 09:00-12:00
  exceptions: {2026-12-31: closed}
calendar:
  holidays: [2026-10-01 to 2026-10-07]
  make_up: {2026-10-10: friday}
zones:
  - {code: 1, names: {zh-Hans: 甲, zh-Hant: 甲, en: one}}
classes:
  - {code: elderly, head_start: 20 min, names: {zh-Hans: 老人, zh-Hant: 長者, en: Old}}
groups:
  - {code: permits, names: {zh-Hans: 许可, zh-Hant: 許可, en: Permits}}
businesses:
  - code: A
    names: {zh-Hans: 甲, zh-Hant: 甲, en: a}
    group: permits
    quotas: {day: 300, 09:00-12:00: 60}
    booking: {capacity: 2}
    items:
      - code: new
        names: {zh-Hans: 新办, zh-Hant: 新辦, en: New}
        outcome: accepted
        papers:
          - {code: form, names: {zh-Hans: 表, zh-Hant: 表, en: Form}}
  - code: B
    names: {zh-Hans: 乙, zh-Hant: 乙, en: b}
windows:
  - {window: 1, zone: 1, serves: {A: 0, B: 10 min}, not_before: {B: 20 min}}
  - {window: 2, serves: {B: 0}}
profiles:
  new-clerk: {B: 0}
"""

# What stands there, what somebody wrote instead, and what is found: line, column, and the words.
WRONG = [
    ("hall: main", "hall: Main Hall", 1, 7, "hall: a code is small letters, digits and hyphens."),
    (", en: Hall}", "}", 2, 8, "names: en is missing."),
    ("en: Hall}", 'en: ""}', 2, 39, "names, en: is not empty."),
    ("Asia/Shanghai", "Peking", 3, 12, "time_zone: Peking is not a known time zone."),
    ("max_calls: 3", "max_calls: three", 5, 14, "settings, max_calls: is a whole number."),
    ("max_calls: 3", "max_calls: 0", 5, 14, "max_calls: at least one call is made."),
    ("recall_gap: 20 s", "recall_gap: 20", 6, 15, "a duration is written like 20 s, 10 min or 1 h."),
    ("recall_gap: 20 s", "recal_gap: 20 s", 6, 3, "nothing is called recal_gap here; did you mean recall_gap?"),
    ("recall_gap: 20 s", "return_head_start: 2 h", 6, 22, "return_head_start: is longer than max_advance."),
    ("transfer_as_issue: no", "transfer_as_issue: perhaps", 7, 22, "settings, transfer_as_issue: is yes or no."),
    ("monday: 09", "mondag: 09", 10, 5, "opening, hours, mondag: did you mean monday? Here there may be monday,"),
    ("09:00-12:00, 13:30", "09:00-12:00, 11:30", 10, 13, "opening: the hours of a day follow each other."),
    ("friday: 09:00-12:00", "friday: 9-12", 11, 13, "9 is not a time; one is written like 09:00, up to 24:00."),
    ("friday: 09:00-12:00", "friday: mornings", 11, 13, "'mornings' is not a time band; one is written like"),
    ("{2026-12-31: closed}", "{31.12.2026: closed}", 12, 16, "31.12.2026 is not a date like 2026-10-01."),
    ("to 2026-10-07", "to 2026-09-07", 14, 14, "does not go forward"),
    ("2026-10-10: friday", "2026-10-10: 5", 15, 25, "there may be monday, tuesday"),
    ("2026-10-10: friday", "2026-10-02: friday", 14, 3, "calendar: 2026-10-02 is a holiday and a make-up day."),
    ("head_start: 20 min", "head_start: 2 h", 19, 33, "class elderly: head start is longer than max_advance."),
    (
        "elderly, head",
        "elderly, granted_by: doctor, head",
        19,
        33,
        "class elderly, granted_by: there may be self, guide, window.",
    ),
    ("  - code: A", "  - code: a", 23, 11, "business a: a prefix is one or two capital letters, without I and O."),
    ("group: permits", "group: permit", 25, 12, "stands in unknown group permit; there are permits."),
    ("09:00-12:00: 60", "12:00-09:00: 60", 26, 24, "a time band ends after it starts"),
    ("09:00-12:00: 60", "09:00-12:00: many", 26, 37, "business A, quotas, 09:00-12:00: is a whole number."),
    ("09:00-12:00: 60", "day: 60", 26, 24, "day stands here twice; it stands in line 26 already."),
    ("{capacity: 2}", "{capacity: -1}", 27, 14, "no count is negative"),
    ("outcome: accepted", "outcome: acepted", 31, 18, "item new: has the outcome acepted, which is not among"),
    ("holidays: [2026-10-01 to 2026-10-07]", "holidays: 2026-10-01", 14, 13, "is a list: lines that begin with"),
    ("{code: 1, names", "{code: [1], names", 17, 12, "zone number 1, code: is a text."),
    ("    friday: 09:00-12:00", "    - friday", 11, 5, "is not YAML"),
    ("  - code: B", "  - code: A", 34, 11, "business A: is the beginning of another business's prefix."),
    ("zone: 1, serves", "zone: 9, serves", 37, 23, "window 1: stands in unknown zone 9; there are 1."),
    ("{A: 0, B: 10 min}", "{A: 0, C: 10 min}", 37, 41, "window 1: serves unknown business C; there are A, B."),
    ("not_before: {B", "not_before: {X", 37, 66, "window 1: not_before names X, which it does not serve."),
    ("window: 2,", "window: 1,", 38, 5, "windows: a number stands twice: 1."),
    ("window: 2,", "window: 1000,", 38, 14, "window 1000: a window number lies between 1 and 999."),
    ("serves: {B: 0}}", "servs: {B: 0}}", 38, 17, "window 2: nothing is called servs here; did you mean serves?"),
    ("new-clerk: {B: 0}", "new-clerk: {C: 0}", 40, 15, "profile new-clerk: names unknown business C; there are A, B."),
    ("new-clerk: {B: 0}", "new-clerk: {B: 0", 41, 1, "is not YAML: "),
    ("hall: main", "hall: \tmain", 1, 7, "is not YAML: "),
    ("hall: main", "hall: ma\x07in", 1, 9, "a character that no text may hold (U+0007)."),
    ("hall: main", "? [a, b]\n: main", 1, 3, "only a word may stand before a colon here."),
    ("zones:", "zones: &all [*all]\nmore:", 1, 1, "nested too deeply, or refers to itself too often."),
]


@pytest.mark.parametrize(("there", "instead", "line", "column", "what"), WRONG)
def test_a_mistake_is_found_where_it_is(there: str, instead: str, line: int, column: int, what: str) -> None:
    assert GOOD.count(there) == 1, "the example has exactly one such place"
    hall, findings = check(GOOD.replace(there, instead))
    assert hall is None
    found = [(each.line, each.column) for each in findings if what in each.what and each.wrong]
    assert (line, column) in found, [str(each) for each in findings]


def test_the_example_itself_is_a_hall() -> None:
    hall, findings = check(GOOD)
    assert hall is not None
    assert findings == []


def test_every_mistake_is_told_whatever_hides_it() -> None:
    """Half of the mistakes of this test at once, in one file: none keeps another from being found."""
    apart = [
        ("hall: main", "hall: Main Hall"),
        ("Asia/Shanghai", "Peking"),
        ("max_calls: 3", "max_calls: 0"),
        ("recall_gap: 20 s", "recall_gap: 20"),
        ("monday: 09", "mondag: 09"),
        ("head_start: 20 min", "head_strat: 20 min"),
        ("outcome: accepted", "outcomes: accepted"),
        ("group: permits", "group: permit"),
        ("09:00-12:00: 60", "12:00-09:00: 60"),
        ("zone: 1, serves", "zone: 9, serves"),
        ("window: 2,", "window: 0,"),
        ("new-clerk: {B: 0}", "new-clerk: {C: 0}"),
    ]
    text = GOOD
    for there, instead in apart:
        text = text.replace(there, instead)
    _, findings = check(text)
    lines = {each.line for each in findings}
    assert {text[: text.index(instead)].count("\n") + 1 for _, instead in apart} <= lines, findings
    assert findings == sorted(findings), "in the order of the file"


def test_nothing_is_told_that_is_wrong_only_because_of_another_mistake() -> None:
    text = GOOD.replace("  - code: B", "  - code: b").replace("{code: 1, names", "{code: 1, name")
    _, findings = check(text)
    assert sorted({each.line for each in findings}) == [17, 34], findings


@pytest.mark.parametrize("text", ["", "# nothing\n", "~"])
def test_an_empty_file_is_none(text: str) -> None:
    assert check(text) == (None, [Finding(1, 1, "the file is empty.")])


@pytest.mark.parametrize("text", ["a list: [", "- a\n- b\n", "just words", "7", "hall: main\n---\nhall: other\n"])
def test_a_file_that_is_something_else_is_refused_in_a_sentence(text: str) -> None:
    hall, findings = check(text)
    assert hall is None
    assert findings
    assert all(each.wrong and each.what.endswith(".") for each in findings)


def test_an_alias_cannot_make_a_small_file_large() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    _, findings = check(bomb)
    assert "refers to itself too often" in findings[0].what


def test_a_deep_file_is_refused() -> None:
    _, findings = check("[" * 5_000)
    assert "nested too deeply" in findings[0].what


DOUBTFUL = [
    ("{A: 0, B: 10 min}, not_before: {B: 20 min}}", "{B: 10 min}}", "business A: no window serves it."),
    ("{A: 0, B: 10 min}, not_before: {B: 20 min}}", "{A: 10 min}}", "window 1: it has no main work"),
    ("not_before: {B: 20 min}", "not_before: {B: 0}", "window 1: a not_before of 0 for B changes nothing."),
    ("serves: {B: 0}}", "serves: {}}", "window 2: it serves nothing."),
    ("head_start: 20 min", "head_start: 0", "class elderly: a head start of 0 passes nobody."),
    ("head_start: 20 min", "head_start: 1 h", "class elderly: the head start is all of max_advance"),
    ("zone: 1, serves", "serves", "zone 1: no window stands in it."),
    ("group: permits", "alarm: 5", "group permits: no business stands in it."),
    ("{capacity: 2}", "{lead: 2 h}", "business A: lead is longer than max_advance"),
    ("{day: 300", "{day: 0", "business A: a quota of 0 gives no numbers at all."),
    ("2026-10-10: friday", "2026-10-12: friday", "calendar: 2026-10-12 is a working day anyhow."),
    ("2026-10-10: friday", "2026-10-10: sunday", "keeps the hours of sunday, on which the hall is closed."),
    ("  exceptions:", "  last_ticket: 3 h\n  exceptions:", "on friday no number is ever given"),
]


@pytest.mark.parametrize(("there", "instead", "what"), DOUBTFUL)
def test_a_doubt_is_told_and_the_hall_is_one_all_the_same(there: str, instead: str, what: str) -> None:
    hall, findings = check(GOOD.replace(there, instead))
    assert hall is not None
    assert any(what in each.what and not each.wrong for each in findings), findings


def test_a_booking_without_hours_and_a_class_that_nobody_can_grant_are_doubtful() -> None:
    begin, end = GOOD.index("opening:"), GOOD.index("calendar:")
    text = GOOD[:begin] + GOOD[end:]
    text = text.replace("{A: 0, B: 10 min}, not_before: {B: 20 min}}", "{}}").replace("serves: {B: 0}", "serves: {}")
    hall, findings = check(text.replace("elderly, head", "elderly, granted_by: window, head"))
    assert hall is not None
    said = " ".join(each.what for each in findings)
    assert "business A: there are no opening hours, so there is nothing to book." in said
    assert "class elderly: nobody can grant it, since no window serves anybody." in said


def test_a_finding_names_its_place(tmp_path: Path) -> None:
    assert str(Finding(3, 7, "no.")) == "3:7: no."
