"""Text for a printer's own characters: what its Han code has, how many columns it takes, and where lines break."""

import re

from kiosk.profile import Text

_CODECS: dict[Text, str] = {"gb18030": "gb18030", "gbk": "gbk", "big5": "big5"}
_WORD = re.compile(r"[!-~]+ *| +|.")
_NOT_FIRST = "，。；：、？！）」』”’"
_HAN_BYTES = 2


def encoded(text: str, code: Text) -> bytes | None:
    """`text` in the printer's code; None when a character is not in it.

    The characters that GB18030 writes with four bytes count as not in it: many a printer that claims it has none.
    """
    codec = _CODECS[code]
    try:
        letters = [letter.encode(codec) for letter in plain(text)]
    except UnicodeEncodeError:
        return None
    return None if any(len(letter) > _HAN_BYTES for letter in letters) else b"".join(letters)


def plain(text: str) -> str:
    """`text` with ordinary spaces."""
    return text.replace("\u00a0", " ")


def columns_of(text: str) -> int:
    """How many columns `text` takes: one for each letter of ASCII, two for each other."""
    return sum(1 if letter.isascii() else _HAN_BYTES for letter in plain(text))


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of so many columns: Latin breaks between words, Han anywhere but before punctuation."""
    lines: list[str] = []
    for part in plain(text).split("\n"):
        line = ""
        for word in _words(part, columns):
            if line and columns_of((line + word).rstrip()) > columns:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line.rstrip())
    return [line for line in lines if line]


def _words(text: str, columns: int) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(text):
        if words and word in _NOT_FIRST:
            words[-1] += word
        else:
            # A word that is longer than a line is broken where the line is full.
            words += [word[at : at + columns] for at in range(0, len(word), columns)]
    return words
