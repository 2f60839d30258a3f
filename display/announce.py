"""What is said of a call in one spoken language: the text on the screen, its reading, the clips and the engine's words.

All of it comes from one file for each language in `display/web/voice`, so that what is heard is what is read. The
number of a ticket is spelled sign by sign; the number of a window is counted as people say it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "web" / "voice"
_TEN = 10
_TEENS = 20
_HUNDRED = 100


class CannotSay(ValueError):
    """A number that no ticket has, or a window that no plate has."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call in one language.

    `text` is what the screen shows by script (`zh-Hans`, `zh-Hant`, `en`), `spoken` how its numbers are read, `clips`
    the names of the recorded pieces in order, `say` the same words for the engine's voice `voice`.
    """

    language: str
    text: Mapping[str, str]
    spoken: Mapping[str, str]
    clips: tuple[str, ...]
    voice: str
    say: str


@cache
def words(language: str) -> Any:
    """The words of a spoken language, as they stand in its file."""
    return json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """The spoken languages there are words for."""
    return tuple(sorted(file.stem for file in WORDS.glob("*.json")))


def announcement(language: str, number: str, window: int) -> Announcement:
    """What is said of a call; raises `CannotSay`."""
    said = words(language)
    gaps = {"number": (number, spelled(language, number)), "window": (str(window), counted(language, window))}
    signs = {**said["letters"], **said["numerals"]}
    scripts = tuple(next(piece for piece in said["sentence"] if isinstance(piece, dict))["text"])
    clips: list[str] = []
    say: list[str] = []
    text, spoken = dict.fromkeys(scripts, ""), dict.fromkeys(scripts, "")
    for piece in said["sentence"]:
        if isinstance(piece, str):
            shown, names = gaps[piece]
            clips += names
            say += [signs[name]["say"] for name in names]
            read = " ".join(signs[name]["text"] for name in names)
            for script in scripts:
                text[script] += shown
                spoken[script] += read
        else:
            clips.append(piece["clip"])
            say.append(piece["say"])
            for script in scripts:
                text[script] += piece["text"][script]
                spoken[script] += piece["text"][script]
    return Announcement(language, text, spoken, tuple(clips), said["engine"], " ".join(say).replace(" ,", ","))


def every_clip(language: str) -> tuple[str, ...]:
    """The names of all recorded pieces that a language is made of."""
    said = words(language)
    pieces = (piece["clip"] for piece in said["sentence"] if isinstance(piece, dict))
    return (*pieces, *said["letters"], *said["numerals"])


def spelled(language: str, number: str) -> tuple[str, ...]:
    """A ticket's number sign by sign, digits never counted together; raises `CannotSay`."""
    said = words(language)
    known = {*said["letters"], *(name for name in said["numerals"] if len(name) == 1)}
    if not number or not known.issuperset(number):
        raise CannotSay(number)
    return tuple(number)


def counted(language: str, window: int) -> tuple[str, ...]:
    """A window's number as it is counted: 12 is 十二 or twelve; raises `CannotSay`."""
    if not 1 <= window <= 999:  # noqa: PLR2004 -- a plate has at most three digits
        raise CannotSay(str(window))
    return tuple(_COUNTS[words(language)["counts"]](window))


def _chinese(window: int) -> Iterator[str]:
    hundreds, rest = divmod(window, _HUNDRED)
    tens, ones = divmod(rest, _TEN)
    if hundreds:
        yield from (str(hundreds), "100")
        if rest and not tens:
            yield "0"
    if tens:
        # 12 is 十二, yet 112 is 一百一十二.
        if tens > 1 or hundreds:
            yield str(tens)
        yield "10"
    if ones:
        yield str(ones)


def _english(window: int) -> Iterator[str]:
    hundreds, rest = divmod(window, _HUNDRED)
    if hundreds:
        yield from (str(hundreds), "100")
        if rest:
            yield "and"
    if 0 < rest < _TEENS:
        yield str(rest)
    elif rest:
        yield str(rest // _TEN * _TEN)
        if rest % _TEN:
            yield str(rest % _TEN)


_COUNTS = {"chinese": _chinese, "english": _english}
