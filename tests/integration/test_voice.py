"""The hall's voice on a running server: who speaks, in which order, what is logged, and how it sounds."""

import time
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.running.client import HALL, refused
from tests.running.crowd import together
from tests.running.database import Database
from tests.running.hall import Hall, hall_with
from tests.running.screen import Screen, log

Start = Callable[..., Hall]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One kind of database is enough: the voice hears boards, and keeps its log in files beside it."""
    return sqlite_database


def call(hall: Hall, window: int, business: str = "A") -> str:
    """Take a number and call it; the window is freed again."""
    number: str = hall.kiosk.take(business)["number"]
    assert hall.clerk.done(window, "next")["number"] == number
    hall.clerk.done(window, "finish", outcome="accepted")
    return number


def lines(hall: Hall, count: int, outcome: str = "said") -> list[dict[str, Any]]:
    """The audio log once it has so many lines of an outcome."""
    end = time.monotonic() + 20
    while True:
        found = [line for line in log(hall.manager) if line["outcome"] == outcome]
        if len(found) >= count or time.monotonic() > end:
            assert len(found) == count, found
            return found
        time.sleep(0.05)


def test_ten_calls_at_once_are_ten_announcements_in_order(hall: Hall):
    screen = Screen(hall)
    for _ in range(10):
        hall.kiosk.take("A")
    together(*(lambda window=window: hall.clerk.done(window, "next") for window in range(1, 9)))
    for window in (1, 2):
        hall.clerk.done(window, "finish-next", outcome="accepted")
    said = lines(hall, 20)
    calls = [entry["id"] for entry in sorted(hall.kiosk.board()["calls"], key=lambda each: each["id"])]
    assert len(calls) == 10
    assert [line["call"] for line in said] == [nr for nr in calls for _ in range(2)]
    assert [line["language"] for line in said] == ["cmn", "en"] * 10
    assert screen.says.qsize() == 20
    assert {line["outcome"] for line in log(hall.manager)} == {"said"}
    assert said[0]["text"] == f"请 {said[0]['number']} 号，到 {said[0]['window']} 号窗口"


def test_a_recall_is_said_again_and_a_late_screen_says_nothing_old(hall: Hall):
    first = Screen(hall)
    hall.kiosk.take("A")
    number = hall.clerk.done(5, "next")["number"]
    lines(hall, 2)
    late = Screen(hall)
    hall.clerk.done(5, "recall")
    said = lines(hall, 4)
    assert [(line["number"], line["recall"]) for line in said] == [(number, False)] * 2 + [(number, True)] * 2
    assert (first.says.qsize(), late.says.qsize()) == (4, 0)


def test_another_screen_takes_over_and_says_what_was_broken_off(hall: Hall):
    first, second = Screen(hall, speaks=False), Screen(hall)
    number = call(hall, 5)
    say = first.next()
    first.tell(say, "begun")
    assert second.sayings.get(timeout=10) == {
        "hall": "main",
        "call": {"id": say["call"], "number": number, "window": 5},
        "language": "cmn",
    }
    first.socket.close()
    said = lines(hall, 2)
    assert [(line["language"], line["number"]) for line in said] == [("cmn", number), ("en", number)]
    assert len(lines(hall, 1, "broken-off")) == 1
    assert second.says.qsize() == 2


def test_a_screen_that_comes_back_has_said_what_it_said(hall: Hall):
    screen = Screen(hall, speaks=False)
    call(hall, 5)
    say = screen.next()
    screen.tell(say, "begun")
    screen.socket.close()
    back = Screen(hall, can_speak=False)
    back.offer(said=say["turn"])
    Screen(hall)
    assert [line["language"] for line in lines(hall, 2)] == ["cmn", "en"]
    assert log(hall.manager)[0]["call"] == say["call"]


def test_a_screen_that_fails_gives_its_place_to_the_next(hall: Hall):
    first, second = Screen(hall, speaks=False), Screen(hall)
    call(hall, 5)
    first.tell(first.next(), "failed")
    lines(hall, 2)
    assert (first.says.qsize(), second.says.qsize()) == (0, 2)


def test_each_zone_is_spoken_for_by_one_screen(hall: Hall):
    zones = {window["window"]: window["zone"] for window in hall.kiosk.ask(HALL).json()["windows"]}
    own = next(zone for zone in zones.values() if zone != zones[1])
    east = Screen(hall, own)
    assert hall.kiosk.ask(f"{HALL}/voice").json()["unspoken"] == sorted({*zones.values()} - {own})
    whole, spare = Screen(hall), Screen(hall)
    there = next(window for window, zone in zones.items() if zone == own)
    here_number, there_number = call(hall, 1), call(hall, there, "G" if there > 8 else "A")
    assert {line["number"] for line in lines(hall, 4)} == {here_number, there_number}
    assert (whole.says.qsize(), spare.says.qsize(), east.says.qsize()) == (2, 0, 2)
    state = hall.kiosk.ask(f"{HALL}/voice").json()
    assert state["unspoken"] == []
    assert state["zones"] == [
        {"zone": None, "screens": 2, "speaks": True},
        {"zone": own, "screens": 1, "speaks": True},
    ]
    assert [each["engine"] for each in state["languages"]] == ["espeak-ng", "espeak-ng"]


def test_the_hall_decides_on_languages_volume_and_quiet_hours(database: Database, start: Start, tmp_path: Path):
    loud = hall_with(tmp_path, voice=["yue", "en", "cmn"], volume=35)
    hall = start(database, file=loud)
    screen = Screen(hall)
    assert screen.offered == {"hall": "main", "silence": None}
    call(hall, 5)
    assert [line["language"] for line in lines(hall, 3)] == ["yue", "en", "cmn"]
    assert screen.next()["volume"] == 35
    loud.write_text(loud.read_text(encoding="utf-8").replace("volume: 35", "quiet: 00:00-24:00"), encoding="utf-8")
    assert hall.command("hall", "import", str(loud), "--yes").exit_code == 0
    assert screen.silences.get(timeout=10) == "quiet"
    number = call(hall, 5)
    assert [(line["number"], line["language"]) for line in lines(hall, 1, "quiet")] == [(number, None)]
    assert hall.kiosk.ask(f"{HALL}/voice").json()["quiet"] is True


def test_a_restarted_server_announces_nothing_old(hall: Hall):
    Screen(hall)
    call(hall, 5)
    lines(hall, 2)
    hall.server.stop()
    hall.server.start()
    screen = Screen(hall)
    number = call(hall, 6)
    assert [line["number"] for line in lines(hall, 4)][2:] == [number] * 2
    assert screen.says.qsize() == 2


def test_how_a_call_sounds(hall: Hall):
    for language in ("cmn", "yue", "en"):
        reply = hall.kiosk.ask(f"{HALL}/voice/{language}/A012/5")
        assert (reply.status_code, reply.headers["Content-Type"]) == (200, "audio/wav")
        assert reply.headers["Voice-Engine"] == "espeak-ng"
        with wave.open(BytesIO(reply.content)) as file:
            assert 2 < file.getnframes() / file.getframerate() < 6
    for path, code in (
        ("fr/A012/5", "cannot-be-said"),
        ("cmn/I012/5", "cannot-be-said"),
        ("cmn/A012/99", "unknown-window"),
    ):
        refused(hall.kiosk.ask(f"{HALL}/voice/{path}"), 404, code)
    refused(hall.nobody.ask(f"{HALL}/voice/cmn/A012/5"), 401, "token-missing")


def test_who_may_speak_and_who_may_read_the_log(hall: Hall):
    kiosk, screen = hall.socket(hall.tokens["kiosk"]), Screen(hall)
    offer = {"hall": "main", "zone": None, "can_speak": True}
    assert kiosk.call("voice", offer)["code"] == "wrong-role"
    assert kiosk.call("spoken", {"hall": "main", "turn": 1, "state": "said"})["code"] == "wrong-role"
    assert screen.socket.call("voice", {**offer, "zone": "moon"})["code"] == "unknown-zone"
    assert screen.socket.call("voice", {**offer, "hall": "none"})["code"] == "unknown-hall"
    assert screen.socket.call("voice", {**offer, "can_speak": 1})["code"] == "invalid-body"
    assert screen.socket.call("spoken", {"hall": "main", "turn": 1, "state": "sung"})["code"] == "invalid-body"
    assert screen.socket.call("spoken", {"hall": "main", "turn": 1, "state": "said"}) == {}
    refused(hall.clerk.ask(f"{HALL}/voice/log"), 403, "wrong-role")
    refused(hall.manager.ask(f"{HALL}/voice/log", params={"day": "../x"}), 422, "invalid-query")
    assert log(hall.manager, day="2020-01-01") == []
