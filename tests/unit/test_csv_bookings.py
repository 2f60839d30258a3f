"""Files of bookings: where a file stops being one, and local times where a clock is put forward or back."""

import pytest

from queue_server.api.csv_bookings import read
from queue_server.core.errors import Refusal

HEAD = "business,item,slot\n"
ROW = "A,,1\n"
# Half of 门 in UTF-8.
BROKEN = "门".encode()[:2]


def slot(said: str) -> int:
    """The moment that a file's only line names, in Warsaw."""
    sheet = read(f"business,slot\nA,{said}".encode(), "utf-8", "Europe/Warsaw")
    (item,) = sheet.items
    found: int = item["slot"]
    return found


def first_mistake(file: bytes, charset: str = "utf-8") -> tuple[object, ...]:
    """Where the first mistake of a file is, and why it is one."""
    with pytest.raises(Refusal) as refused:
        read(file, charset, "Europe/Warsaw")
    assert refused.value.code == "invalid-csv"
    return tuple(refused.value.facts[name] for name in ("line", "column", "field", "reason"))


@pytest.mark.parametrize(
    ("file", "charset", "mistake"),
    [
        (b"", "utf-8", (1, 1, "business", "missing")),
        (b"\x00\x01\x02", "utf-8", (1, 1, "\x00\x01\x02", "unknown-field")),
        (b"\n\nbusiness,item\n", "utf-8", (3, 3, "slot", "missing")),
        (b"business,slot,slot\n", "utf-8", (1, 3, "slot", "named-twice")),
        (b"business,Slot,slot\n", "utf-8", (1, 2, "Slot", "unknown-field")),
        (HEAD.encode(), "utf-8", (2, 1, "business", "no-lines")),
        ((HEAD + ROW * 501).encode(), "utf-8", (502, 1, "business", "too-many-lines")),
        ((HEAD + ROW + 'A,"new,').encode(), "utf-8", (3, 2, "B", "wrong-quotes")),
        ((HEAD + ROW + 'A,ne"w,').encode(), "utf-8", (3, 2, "B", "wrong-quotes")),
        ((HEAD + ROW + "A,").encode() + BROKEN, "utf-8", (3, 2, "B", "not-in-charset")),
        ((HEAD + ROW + "A,,").encode() + b"\xff", "gb18030", (3, 3, "C", "not-in-charset")),
        (("business,slot" + ",x" * 25).encode(), "utf-8", (1, 3, "x", "unknown-field")),
        (("business,slot\n" + "A,1" + "," * 25 + '"').encode(), "utf-8", (2, 27, "AA", "wrong-quotes")),
    ],
)
def test_a_file_is_refused_at_the_place_where_it_stops_being_one(
    file: bytes, charset: str, mistake: tuple[object, ...]
) -> None:
    assert first_mistake(file, charset) == mistake


def test_quotes_may_hold_anything_and_lines_are_counted_through_them() -> None:
    sheet = read(b'business,item,slot\rA,"a ""b"",\r\nc",1\r\n,,\n A ,,2', "utf-8", "Europe/Warsaw")
    assert [item.get("item") for item in sheet.items] == ['a "b",\r\nc', None]
    assert sheet.lines == [2, 5]


def test_an_offset_tells_apart_what_the_wall_shows_twice() -> None:
    hour = 3_600_000
    assert slot("2026-10-25T02:30+01:00") - slot("2026-10-25T02:30+02:00") == hour
    assert slot("2026-10-25T00:30Z") == slot("2026-10-25T02:30+02:00")
    assert slot("2026-10-25T03:00") - slot("2026-10-25T01:00") == 3 * hour


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("2026-10-25T02:30", "time-shown-twice"),
        ("2026-03-29T02:30", "no-such-time"),
        ("2026-03-29T02:30+99:00", "not-a-time"),
        ("2026/03/29 02:30", "not-a-time"),
        ("0001-01-01T00:00+14:00", "too-small"),
        ("9999-12-31T23:59:59-14:00", "too-big"),
        ("-1", "not-a-time"),
        ("9" * 5000, "not-a-time"),
    ],
)
def test_a_time_that_names_no_single_moment_is_refused(said: str, reason: str) -> None:
    assert first_mistake(f"business,slot\nA,{said}".encode()) == (2, 2, "slot", reason)
