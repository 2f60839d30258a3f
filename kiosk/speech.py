"""What the kiosk reads aloud: only what its page can show, by the engine that speaks the hall's calls."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from display.announce import Announcement
from display.sound import Voice, engine_command
from kiosk.follower import Follower
from kiosk.words import LANGUAGES

# 简体 and 繁體 are two ways of writing; both are read in Mandarin.
_VOICES = {"zh-Hans": "cmn", "zh-Hant": "cmn", "en": "en"}
_FIRST = "zh-Hans"
# A number, a code, the signs of a ticket, a page of several: what stands in the gaps of a sentence, or alone.
_SIGNS = re.compile(r"[A-Z0-9]{1,12}|[0-9]{1,3}/[0-9]{1,3}")
_TICKET = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]+")
_GAP = re.compile(r"\\\{\w+\\\}")
_STOP = re.compile(r"[.,;:!?。，；：！？、]$")
# As many refusals as visitors may still look at.
_REMEMBERED = 32


class Unsaid(Exception):
    """Nothing of it stands on the kiosk's page."""


class Speech:
    """Reads what the page shows; whatever else is asked for is left out, so that nobody makes a kiosk say a thing."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._voice = Voice(Path())
        self._refusals: deque[str] = deque(maxlen=_REMEMBERED)

    @property
    def speaks(self) -> bool:
        """Whether there is an engine on this machine."""
        return engine_command() is not None

    def refused(self, detail: str) -> None:
        """A refusal in the server's words, which the page shows now and may have read."""
        self._refusals.append(detail)

    def wav(self, language: str, pieces: list[str]) -> tuple[bytes, int]:
        """A WAV of what is known of these, and how many are not; raises `Unsaid` for none, else `NoVoice`."""
        known = self._known(language)
        said = [_spoken(piece) for piece in pieces if _stands(piece, known, language)]
        if not said:
            raise Unsaid
        words = " ".join(said)
        sound = self._voice.sound(Announcement(language, {}, {}, (), _VOICES[language], words))
        return sound.wav, len(pieces) - len(said)

    def _known(self, language: str) -> frozenset[str]:
        """The names and notices of the hall in that language, and the refusals told lately."""
        facts = [self._follower.hall or {}, (self._follower.board or {}).get("suspended", {})]
        return frozenset([*_names(facts, language), *self._refusals])


@cache
def _sentences(language: str) -> tuple[re.Pattern[str], ...]:
    """The sentences of the page; a gap takes anything, for what stands in it is looked at by itself."""
    return tuple(
        re.compile(_GAP.sub("(.+?)", re.escape(sentence))) for sentence in _flat(_page(language)) if sentence.strip()
    )


@cache
def _page(language: str) -> Mapping[str, Any]:
    path = Path(__file__).parent / "web" / "languages" / f"{language}.json"
    words: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return words


def _flat(words: Mapping[str, Any]) -> Iterator[str]:
    for word in words.values():
        if isinstance(word, str):
            yield word
        else:
            yield from _flat(word)


def _names(facts: object, language: str) -> Iterator[str]:
    """Every name in facts of the hall: whatever is said there in the hall's first language."""
    if isinstance(facts, Mapping):
        if isinstance(facts.get(_FIRST), str):
            yield facts.get(language) or facts[_FIRST]
        else:
            for each in facts.values():
                yield from _names(each, language)
    elif isinstance(facts, list | tuple):
        for each in facts:
            yield from _names(each, language)


def _stands(piece: str, names: frozenset[str], language: str) -> bool:
    """Whether the page can show this: names, signs, a sentence with such in its gaps, or several of them in a row."""
    if _fills(piece, names, language):
        return True
    for sentence in _sentences(language):
        if (match := sentence.fullmatch(piece)) and all(_fills(gap, names, language) for gap in match.groups()):
            return True
    parts = piece.split(" · ")
    return len(parts) > 1 and all(_fills(part, names, language) for part in parts)


def _fills(gap: str, names: frozenset[str], language: str) -> bool:
    parts = [gap] if gap in names else gap.split(_page(language)["start"]["and"])
    return all(part in names or _SIGNS.fullmatch(part) for part in parts)


def _spoken(piece: str) -> str:
    """A ticket's number is spelled sign by sign; everything ends with a rest."""
    if _TICKET.fullmatch(piece):
        return ", ".join(piece) + "."
    return piece if _STOP.search(piece) else f"{piece}."


def understood(language: str) -> bool:
    """Whether the kiosk reads in this language."""
    return language in LANGUAGES
