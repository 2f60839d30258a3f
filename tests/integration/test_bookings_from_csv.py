"""Bookings imported as a CSV file at a real server: what is booked, and every mistake with its line and column."""

from pathlib import Path
from typing import Any

import pytest
import requests

from tests.running.booked import BOOKINGS, DAY, at, bookable
from tests.running.client import TIMEOUT_S, new_key, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.own_hall import monday
from tests.running.truth import entries

HEAD = "business,item,slot,priority,reviewed\n"


@pytest.fixture
def hall(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall that can be booked, on Monday at eight."""
    return bookable(start, database, tmp_path)


def send(hall: Hall, file: bytes, charset: str = "", key: str = "", language: str = "en") -> requests.Response:
    """Import a file as a manager."""
    said = {
        "Content-Type": "text/csv" + (f"; charset={charset}" if charset else ""),
        "Idempotency-Key": key or new_key(),
        "Accept-Language": language,
    }
    address = f"{hall.manager.base}{BOOKINGS}/import"
    return hall.manager.post(address, data=file, headers=said, timeout=TIMEOUT_S)


def wall(time: str, day: int = 0) -> str:
    """A time of a day of the week, as the clock in the hall shows it."""
    return f"{monday() + day * DAY}T{time}"


def mistakes(problem: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    """Where each mistake is, and why it is one."""
    return [(each["line"], each["column"], each["field"], each["reason"]) for each in problem["mistakes"]]


@pytest.mark.parametrize(("charset", "mark"), [("", "\ufeff"), ("gb18030", "")])
def test_a_file_books_what_it_can_and_names_the_line_of_each_row_it_cannot(hall: Hall, charset: str, mark: str):
    lines = [
        "slot,business,item,priority,reviewed,,",
        f"{wall('09:00')},A,new,elderly; disabled,yes",
        "",
        f'"{wall("09:00").replace("T", " ")}:00", A ,,,FALSE,,',
        f"{at('09:00')},A,renew,,1",
        f"{wall('14:00', 1)}+08:00,A,没有,,",
        f"{wall('10:00')},A",
    ]
    file = (mark + "\r\n".join(lines)).encode(charset or "utf-8")
    key = new_key()
    reply = send(hall, file, charset, key)
    assert reply.status_code == 200, reply.text
    told = reply.json()
    facts = ("row", "line", "slot", "item", "priority", "reviewed")
    assert [tuple(each[fact] for fact in facts) for each in told["booked"]] == [
        (0, 2, at("09:00"), "new", ["elderly", "disabled"], True),
        (1, 4, at("09:00"), None, [], False),
        (4, 7, at("10:00"), None, [], False),
    ]
    assert [(each["row"], each["line"], each["column"], each["code"]) for each in told["refused"]] == [
        (2, 5, 1, "slot-full"),
        (3, 6, 3, "unknown-item"),
    ]
    assert send(hall, file, charset, key).content == reply.content, "sent again, nothing is booked twice"
    assert [entry.act for entry in entries(hall)].count("booked") == 3
    refused(send(hall, file + b"\n1,A", charset, key), 422, "key-reused")
    all_whole(hall)


def test_every_mistake_in_a_file_is_told_with_its_place_and_nothing_is_booked(hall: Hall):
    file = HEAD + "\n".join(
        [
            f"A,,{wall('09:00')},,",
            ",,half past nine,,maybe",
            f"{'A' * 33},,{wall('09:00')},{';'.join('abcdefghi')},,more",
            "A,,9007199254740991,,",
            "A,,2026-02-30T09:00,,",
            "A,,0001-01-01T00:00,,",
            "A",
        ]
    )
    problem = refused(send(hall, file.encode()), 422, "invalid-csv")
    assert mistakes(problem) == [
        (3, 1, "business", "missing"),
        (3, 3, "slot", "not-a-time"),
        (3, 5, "reviewed", "not-true-or-false"),
        (4, 1, "business", "too-long"),
        (4, 4, "priority", "too-many"),
        (4, 6, "F", "unknown-field"),
        (5, 3, "slot", "too-big"),
        (6, 3, "slot", "not-a-time"),
        (7, 3, "slot", "too-small"),
        (8, 3, "slot", "missing"),
    ]
    assert problem["count"] == 10
    assert problem["mistakes"][3]["limit"] == 32
    assert problem["mistakes"][3]["what"] == "it may have 32 characters at most"
    assert problem["detail"].startswith("Line 3, column 1 “business”: it is missing. Mistakes in all: 10.")
    hant = send(hall, file.encode(), language="zh-TW").json()
    assert hant["detail"].startswith("第 3 列第 1 欄「business」：沒有填寫。共有 10 處錯誤")
    assert (
        send(hall, file.encode(), language="zh").json()["mistakes"][1]["what"].startswith("应当是像 2026-12-01T09:30")
    )
    named = refused(send(hall, file.encode(), "koi8-r"), 415, "unknown-charset")
    assert named["charset"] == "koi8-r"
    refused(send(hall, b"x" * 70_000), 413, "too-large")
    many = refused(send(hall, b"," * 60_000 + b"x"), 422, "invalid-csv")
    assert (many["count"], len(many["mistakes"])) == (60_003, 500), "an answer stays short"
    assert "booked" not in {entry.act for entry in entries(hall)}
    all_whole(hall)
