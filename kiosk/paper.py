"""A strip of paper that grows downward: what the layout of a slip draws with."""

import re
from collections.abc import Iterator

from PIL import Image, ImageDraw

from kiosk.typeface import Style, Typeface, han, numerals

INK, BLANK = 0, 255
_LONGEST = 4000
# Digits stand in the numerals' face, the text around them in its own.
_PIECES = re.compile(r"\d[\d:.\-]*|\D+")
# A line never begins with these, so that no punctuation hangs alone.
_NOT_FIRST = "，。；：、？！）」』”’·,.;:?!)%"
_WORD = re.compile(r"[A-Za-z0-9:.,\-'\u00a0]+ *| +|.")


class Paper:
    """White paper `width` dots wide; `y` is how far down it is printed."""

    def __init__(self, width: int, margin: int, language: str, typeface: Typeface) -> None:
        self.width, self.margin, self.language = width, margin, language
        self.inner = width - 2 * margin
        self.typeface = typeface
        self.y = 0
        self.image = Image.new("1", (width, _LONGEST), BLANK)
        self.pen = ImageDraw.Draw(self.image)

    def cut(self) -> Image.Image:
        """The printed part."""
        return self.image.crop((0, 0, self.width, self.y))

    def rule(self, thick: int = 4) -> None:
        """A line across."""
        self.pen.rectangle((self.margin, self.y, self.width - self.margin - 1, self.y + thick - 1), fill=INK)
        self.y += thick

    def pieces(self, text: str, weight: int) -> Iterator[tuple[str, Style]]:
        """`text` cut where digits begin and end, each piece with its face."""
        for piece in _PIECES.findall(text):
            yield piece, numerals(self.language) if piece[0].isdigit() else han(self.language, weight)

    def text_width(self, text: str, size: int, weight: int = 400) -> int:
        """How many dots wide one line of `text` is."""
        return sum(self.typeface.width(piece, style, size) for piece, style in self.pieces(text, weight))

    def put(self, x: int, baseline: int, text: str, size: int, weight: int = 400, ink: int = INK) -> None:
        """One line of `text` with its baseline at a place."""
        for piece, style in self.pieces(text, weight):
            mask, down = self.typeface.draw(piece, style, size)
            self.stamp(mask, x, baseline - down, ink)
            x += self.typeface.width(piece, style, size)

    def stamp(self, mask: Image.Image, x: int, y: int, ink: int = INK) -> None:
        """Colours the dots of a mask."""
        self.image.paste(ink, (x, y), mask)

    def wrap(self, text: str, size: int, weight: int, room: int) -> list[str]:
        """`text` in lines no wider than `room`: Latin breaks between words, Han anywhere but before punctuation."""
        if "\n" in text:
            return [line for part in text.split("\n") for line in self.wrap(part, size, weight, room)]
        lines, line = [], ""
        words: list[str] = []
        for word in _WORD.findall(text):
            if words and word in _NOT_FIRST:
                words[-1] += word
            else:
                words.append(word)
        for word in words:
            if line and self.text_width((line + word).rstrip(), size, weight) > room:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        return [*lines, line.rstrip()] if line.strip() else lines

    def block(
        self,
        text: str,
        size: int,
        weight: int = 400,
        *,
        x: int | None = None,
        room: int | None = None,
        middle: bool = False,
    ) -> None:
        """`text` wrapped at a place, moving down."""
        left, room = self.margin if x is None else x, room or self.inner
        for line in self.wrap(text, size, weight, room):
            at = left + (room - self.text_width(line, size, weight)) // 2 if middle else left
            self.put(at, self.y + size, line, size, weight)
            self.y += size * 13 // 10
