"""How announcements sound: clips before the engine, nothing half recorded, and no voice said as such."""

import wave
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from display import sound
from display.announce import announcement, every_clip, words
from display.sound import NoVoice, Voice

CALL = ("A012", 5)


def record(folder: Path, language: str, names: tuple[str, ...], rate: int = 8_000, frames: int = 800) -> None:
    """Clips in which each sample says which clip it belongs to."""
    (folder / language).mkdir(parents=True, exist_ok=True)
    every = every_clip(language)
    for name in names:
        with wave.open(str(folder / language / f"{name}.wav"), "wb") as clip:
            clip.setnchannels(1)
            clip.setsampwidth(2)
            clip.setframerate(rate)
            clip.writeframes((every.index(name) + 1).to_bytes(2, "little") * frames)


def heard(wav: bytes, language: str) -> list[str]:
    """The clips that are heard in a WAV made of them."""
    with wave.open(BytesIO(wav)) as file:
        frames = file.readframes(file.getnframes())
    samples = [int.from_bytes(frames[at : at + 2], "little") for at in range(0, len(frames), 2 * 800)]
    return [every_clip(language)[sample - 1] for sample in samples]


def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "engine_command", lambda: None)


def test_recorded_clips_are_joined_in_order_of_the_sentence(tmp_path: Path):
    said = announcement("cmn", *CALL)
    record(tmp_path, "cmn", every_clip("cmn"))
    made = Voice(tmp_path).sound(said)
    assert heard(made.wav, "cmn") == list(said.clips) == ["please", *"A012", "go-to", "5", "window"]
    assert (made.engine, made.ms, Voice(tmp_path).engine("cmn")) == ("clips", 800, "clips")


def test_a_new_recording_is_heard_without_a_restart(tmp_path: Path):
    voice, said = Voice(tmp_path), announcement("en", *CALL)
    record(tmp_path, "en", every_clip("en"))
    before = voice.sound(said)
    assert voice.sound(said) is before
    record(tmp_path, "en", ("number",), frames=1_600)
    assert voice.sound(said).ms == before.ms + 100


def test_a_missing_clip_leaves_the_whole_sentence_to_the_engine(tmp_path: Path):
    record(tmp_path, "en", tuple(name for name in every_clip("en") if name != "5"))
    voice = Voice(tmp_path)
    assert voice.missing("en") == ["5"]
    assert voice.sound(announcement("en", *CALL)).engine == "espeak-ng"
    assert voice.sound(announcement("en", "A012", 4)).engine == "clips"


@pytest.mark.parametrize("fault", ["another rate", "no WAV"])
def test_a_clip_that_cannot_be_joined_leaves_it_to_the_engine_and_is_named(tmp_path: Path, fault: str):
    record(tmp_path, "en", every_clip("en"))
    if fault == "no WAV":
        (tmp_path / "en" / "A.wav").write_bytes(b"not a sound")
    else:
        record(tmp_path, "en", ("A",), rate=16_000)
    with capture_logs() as told:
        assert Voice(tmp_path).sound(announcement("en", *CALL)).engine == "espeak-ng"
    assert [line["file"] for line in told] == [str(tmp_path / "en" / "A.wav")]


@pytest.mark.parametrize("language", ["cmn", "yue", "en"])
def test_the_engine_speaks_every_language_without_a_recording(tmp_path: Path, language: str):
    made = Voice(tmp_path).sound(announcement(language, *CALL))
    with wave.open(BytesIO(made.wav)) as file:
        frames = file.readframes(file.getnframes())
        assert made.ms == file.getnframes() * 1_000 // file.getframerate()
    assert 2_000 < made.ms < 6_000
    loudest = max(abs(int.from_bytes(frames[at : at + 2], "little", signed=True)) for at in range(0, len(frames), 2))
    assert loudest > 3_000, "it is heard"


@pytest.mark.parametrize("language", ["cmn", "yue", "en"])
def test_no_digit_is_swallowed_by_the_engine(tmp_path: Path, language: str):
    """Cantonese ng5, as jyutping, is fifty milliseconds of nothing."""
    said, voice = announcement(language, *CALL), Voice(tmp_path)
    digits = {digit: words(language)["numerals"][digit]["say"] for digit in "0123456789"}
    lengths = {digit: voice.sound(replace(said, say=say)).ms for digit, say in digits.items()}
    assert [digit for digit, ms in lengths.items() if ms < 150] == []


def test_neither_clips_nor_engine_is_no_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    without_engine(monkeypatch)
    voice = Voice(tmp_path)
    assert voice.engine("cmn") is None
    with pytest.raises(NoVoice):
        voice.sound(announcement("cmn", *CALL))


def test_an_engine_that_fails_is_no_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = str(tmp_path / "espeak-ng")
    monkeypatch.setattr(sound, "engine_command", lambda: [gone])
    with pytest.raises(NoVoice), capture_logs() as told:
        Voice(tmp_path).sound(announcement("cmn", *CALL))
    assert told[0]["event"] == "engine-does-not-speak"
