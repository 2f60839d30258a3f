"""The running voice: what it tells of silence, and what becomes of dead screens, an evacuation and a full disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import pytest
from structlog.testing import capture_logs

from display import sound, speaking
from display.audio_log import AudioLog
from display.screens import WHOLE, Screen
from display.sound import Voice
from display.speaking import TO_BEGIN, Rules, Speaking

AT = 1_800_000_000_000
DAY = "2027-01-15"
Sent = list[tuple[str, dict[str, Any], str]]


class Hall:
    """A hall with a voice, a clock of its own, and what was sent to its screens."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        self.rules = Rules(**{"languages": ("en",), "volume": 80, "quiet": False, "at": AT, "day": DAY, **rules})
        self.sent: Sent = []
        self.calls: list[dict[str, Any]] = []
        self.log = AudioLog(folder / "log")
        self.voice = Speaking(
            "main",
            lambda: self.rules,
            self.board,
            lambda event, message, to: self.sent.append((event, dict(message), to)),
            Voice(folder / "clips"),
            self.log,
        )
        self.until(lambda: self.voice._announcer.epoch is not None)

    def board(self, **more: Any) -> dict[str, Any]:
        """The board as it stands."""
        return {"epoch": "e1", "at": AT, "calls": self.calls, "speed": 1, "evacuated": False, **more}

    def call(self, **more: Any) -> None:
        """Call one more."""
        nr = len(self.calls) + 1
        self.calls.insert(0, {"id": nr, "number": f"A{nr:03}", "window": 5, "zone": None, "at": AT, "recall": False})
        self.voice.hear(self.board(**more))

    def screen(self, name: str, *, can_speak: bool = True) -> str | None:
        """A screen offers to speak; why nothing is said there."""
        return self.voice.offer(Screen(name, WHOLE, can_speak=can_speak))

    def next(self, event: str) -> tuple[dict[str, Any], str]:
        """The next message of its kind, and the screen it went to."""
        self.until(lambda: any(sent[0] == event for sent in self.sent))
        found = next(sent for sent in self.sent if sent[0] == event)
        self.sent.remove(found)
        return found[1], found[2]

    def outcomes(self, count: int) -> list[str]:
        """What the log tells once it has so many lines."""
        self.until(lambda: len(self.log.read(DAY)) >= count)
        return [line.outcome for line in self.log.read(DAY)]

    @staticmethod
    def until(true: Callable[[], bool]) -> None:
        """Wait until it is so."""
        with gevent.Timeout(10):
            while not true():
                gevent.sleep(0.01)


def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "engine_command", lambda: None)


def test_neither_clips_nor_engine_is_told_to_the_screens_and_stands_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    without_engine(monkeypatch)
    hall = Hall(tmp_path)
    assert hall.screen("s1") == "no-sound"
    hall.call()
    assert hall.outcomes(1) == ["no-sound"]
    assert (hall.voice.languages(), hall.sent) == ([("en", None)], [])


def test_a_hall_without_languages_says_nothing_of_it(tmp_path: Path):
    hall = Hall(tmp_path, languages=())
    assert hall.screen("s1") == "off"
    hall.call()
    hall.until(hall.voice._announcer.idle)
    assert hall.log.days() == []


def test_a_screen_that_may_not_sound_is_told_when_another_speaks(tmp_path: Path):
    hall = Hall(tmp_path)
    assert hall.screen("mute", can_speak=False) == "no-screen"
    assert hall.screen("s1") is None
    assert hall.next("voice") == ({"hall": "main", "silence": None}, "mute")
    hall.voice.drop("s1")
    assert hall.next("voice") == ({"hall": "main", "silence": "no-screen"}, "mute")


def test_a_screen_that_does_not_begin_in_time_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    clock = [0]
    monkeypatch.setattr(speaking, "_now", lambda: clock[0])
    hall = Hall(tmp_path)
    hall.screen("dead")
    hall.screen("s2")
    hall.call()
    say, first = hall.next("say")
    hall.voice.begun(say["turn"], "s2")
    assert hall.sent == [], "only the screen that was asked can begin"
    clock[0] += TO_BEGIN
    again, second = hall.next("say")
    assert (first, second, again["call"]) == ("dead", "s2", say["call"])
    hall.voice.ended(say["turn"], "dead", heard=True)
    hall.voice.begun(again["turn"], "s2")
    assert {to for event, _, to in hall.sent if event == "saying"} == {"dead", "s2"}
    hall.voice.ended(again["turn"], "s2", heard=True)
    assert hall.outcomes(2) == ["broken-off", "said"]
    hall.until(lambda: hall.sent[-1][1].get("call", 0) is None)


def test_in_an_evacuation_nothing_is_said(tmp_path: Path):
    hall = Hall(tmp_path)
    hall.screen("s1")
    hall.call(evacuated=True)
    assert hall.next("voice") == ({"hall": "main", "silence": "evacuated"}, "s1")
    assert hall.outcomes(1) == ["evacuated"]


def test_a_log_that_cannot_be_written_does_not_silence_the_hall(tmp_path: Path):
    (tmp_path / "log").write_text("no folder")
    hall = Hall(tmp_path)
    hall.screen("s1")
    hall.call()
    with capture_logs() as told:
        for nr in (1, 2):
            say, _ = hall.next("say")
            assert say["call"] == nr
            hall.voice.ended(say["turn"], "s1", heard=True)
            hall.call()
    assert {line["event"] for line in told} == {"audio-log-not-written"}


def test_a_number_that_cannot_be_said_holds_up_nobody(tmp_path: Path):
    hall = Hall(tmp_path)
    hall.screen("s1")
    hall.calls = [{"id": 1, "number": "?", "window": 5, "zone": None, "at": AT, "recall": False}]
    hall.call()
    say, _ = hall.next("say")
    assert say["call"] == 2
    assert hall.outcomes(1) == ["no-sound"]
