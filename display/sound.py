"""How an announcement sounds: joined from recorded clips where all of them are there, else spoken by espeak-ng.

Clips lie in `<folder>/<language>/<name>.wav`, all of one language in the same form (rate, width, channels). They are
looked at again for every announcement, so a folder may be replaced while the hall is open.
"""

import importlib.util
import io
import shutil
import subprocess
import sys
import wave
from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

import structlog

from display.announce import Announcement, every_clip

log = structlog.get_logger(__name__)

CLIPS = "clips"
ENGINE = "espeak-ng"
# Words a minute: as slow as lets a usual call end within three seconds, since whoever talks at a window waits for it.
SPEED = 175
_KEPT = 64
_LONGEST_S = 10


class NoVoice(RuntimeError):
    """Neither clips nor an engine can say it."""


class Sound(NamedTuple):
    """A WAV file, who speaks in it, and how long it is (ms)."""

    wav: bytes
    engine: str
    ms: int


class Voice:
    """Makes the sound of announcements and keeps the last ones; works in any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: OrderedDict[tuple[object, ...], Sound] = OrderedDict()

    def sound(self, said: Announcement) -> Sound:
        """How it sounds; raises `NoVoice`."""
        files = [self._clip(said.language, name) for name in said.clips]
        stamps = tuple(_stamp(file) for file in files)
        key = (said.language, said.say, stamps)
        kept = self._kept.get(key)
        if kept is None:
            kept = (_joined(files) if all(stamps) else None) or _spoken(said)
            self._kept[key] = kept
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept

    def missing(self, language: str) -> list[str]:
        """The clips a language lacks."""
        return [name for name in every_clip(language) if _stamp(self._clip(language, name)) is None]

    def engine(self, language: str) -> str | None:
        """Who speaks a language: `clips` when all are there, else the engine; None for nobody."""
        if not self.missing(language):
            return CLIPS
        return ENGINE if engine_command() is not None else None

    def _clip(self, language: str, name: str) -> Path:
        return self.folder / language / f"{name}.wav"


def engine_command() -> list[str] | None:
    """How espeak-ng is started, without its voice: the one of Python first, else the system's; None where it is not."""
    if importlib.util.find_spec("espeakng_loader") is not None:
        return [sys.executable, "-I", str(Path(__file__).with_name("espeak.py"))]
    found = shutil.which("espeak-ng")
    return None if found is None else [found]


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _joined(files: list[Path]) -> Sound | None:
    """The clips one after another; None when they cannot be read or differ in form, which the log tells."""
    form: tuple[int, int, int] | None = None
    frames: list[bytes] = []
    for file in files:
        try:
            with wave.open(str(file), "rb") as clip:
                its = (clip.getnchannels(), clip.getsampwidth(), clip.getframerate())
                frames.append(clip.readframes(clip.getnframes()))
        except (OSError, EOFError, wave.Error) as broken:
            log.warning("clip-not-read", file=str(file), why=str(broken))
            return None
        if form not in (None, its):
            log.warning("clip-of-another-form", file=str(file), form=its, others=form)
            return None
        form = its
    return None if form is None else _sound(b"".join(frames), form, CLIPS)


def _spoken(said: Announcement) -> Sound:
    command = engine_command()
    if command is None:
        raise NoVoice("there is no espeak-ng")
    how = [said.voice, str(SPEED)] if len(command) > 1 else ["-v", said.voice, "-s", str(SPEED), "--stdout"]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, or the one of that name, and words of our own files
            [*command, *how], input=said.say.encode(), capture_output=True, timeout=_LONGEST_S, check=True
        )
        return _whole(done.stdout)
    except (OSError, EOFError, wave.Error, subprocess.SubprocessError) as broken:
        log.warning("engine-does-not-speak", language=said.language, why=str(broken))
        raise NoVoice(str(broken)) from broken


def _whole(wav: bytes) -> Sound:
    # A program that writes to a pipe cannot know the length beforehand: what counts is what is there.
    with wave.open(io.BytesIO(wav), "rb") as file:
        form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        return _sound(file.readframes(file.getnframes()), form, ENGINE)


def _sound(frames: bytes, form: tuple[int, int, int], engine: str) -> Sound:
    channels, width, rate = form
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames)
    return Sound(out.getvalue(), engine, len(frames) // (channels * width) * 1_000 // rate)
