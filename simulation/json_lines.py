"""On which line of a JSON text a value stands, so that whoever wrote the text finds what is wrong with it."""

import json
import re
from collections.abc import Iterable, Iterator

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def line_of(text: str, path: Iterable[str | int]) -> int:
    """The line (from 1) of the value at this path of names and places, or of the innermost there is on the way.

    A part of the path that the text does not have is passed over. Raises `ValueError` where the text is no JSON.
    """
    at = _after_blank(text, 0)
    for part in path:
        at = next((start for name, start in _inside(text, at) if name == part), at)
    return text.count("\n", 0, at) + 1


def _inside(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The names or places of an object or list, each with where its value begins; none of anything else."""
    kind, place = text[at : at + 1], 0
    if kind not in ("{", "["):
        return
    at = _after_blank(text, at + 1)
    while text[at : at + 1] not in ("}", "]", ""):
        name: str | int = place
        if kind == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _after_blank(text, _after_blank(text, at) + 1)
        yield name, at
        _, at = _DECODER.raw_decode(text, at)
        at = _after_blank(text, at)
        if text[at : at + 1] == ",":
            at = _after_blank(text, at + 1)
        place += 1


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
