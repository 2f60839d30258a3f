"""The shipped fonts, character by character: which slice holds it, and its picture in black and white."""

import json
import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

_log = logging.getLogger(__name__)

# Glyphs are drawn four times as large and then thinned out: hinting has no say, and strokes keep their weight in dots.
_FINER = 4
# How dark a dot must be to be black (of 255). Regular strokes get the benefit of the doubt: thermal paper loses them.
_DARK = {400: 84, 700: 116}
_NOBODY_HAS_THIS = "\U0010fffe"


class FontsMissing(RuntimeError):
    """The fonts of the slip are not installed, or this Pillow cannot read them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks: the families to ask in order, and the weight (400 or 700)."""

    families: tuple[str, ...]
    weight: int


def han(language: str, weight: int = 400) -> Style:
    """Running text; 繁體 asks for its own forms first."""
    sc, tc = "Noto Sans SC", "Noto Sans TC"
    return Style((tc, sc) if language == "zh-Hant" else (sc, tc), weight)


def numerals(language: str) -> Style:
    """Numbers, times and counts."""
    return Style(("B612", *han(language).families), 700)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character drawn finely: its ink (None = nothing to see), its corner and its width, in fine dots."""

    ink: Image.Image | None
    left: int
    top: int
    advance: float


class _Family:
    """The slices of one family, found by character."""

    def __init__(self, folder: Path, slices: list[dict[str, str]]) -> None:
        self._files = [{int(k): folder / v for k, v in each.items() if k != "ranges"} for each in slices]
        self._spans: list[tuple[int, int, int]] = []
        for nr, each in enumerate(slices):
            for part in each["ranges"].split(","):
                first, _, last = part.partition("-")
                self._spans.append((int(first, 16), int(last or first, 16), nr))

    def files(self, char: str, weight: int) -> list[Path]:
        """The slices that say they hold `char`; ranges overlap, so there may be several."""
        code = ord(char)
        return [self._files[nr][weight] for first, last, nr in self._spans if first <= code <= last]


class Typeface:
    """All shipped families; `index` is the list the front-end build writes beside the fonts."""

    def __init__(self, index: Path) -> None:
        if not features.check("freetype2"):
            raise FontsMissing("This Pillow has no FreeType. Install Pillow from its wheel.")
        try:
            listed = json.loads(index.read_text(encoding="utf-8"))
        except FileNotFoundError as missing:
            raise FontsMissing(
                f"The slip's fonts are not built ({index} is missing). Run `pip install .` again."
            ) from missing
        self._families = {name: _Family(index.parent, slices) for name, slices in listed.items()}
        self._told: set[str] = set()
        self.glyph = lru_cache(maxsize=4096)(self._glyph)

    def _glyph(self, char: str, style: Style, size: int) -> Glyph:
        found = [file for name in style.families for file in self._families[name].files(char, style.weight)]
        for file in found:
            font = _font(file, size * _FINER)
            if char.isspace():
                return Glyph(None, 0, 0, font.getlength(char))
            if _same(font, char, _NOBODY_HAS_THIS):
                continue  # The range names it, the file does not have it.
            left, top, right, bottom = (round(edge) for edge in font.getbbox(char, anchor="ls"))
            ink = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
            ImageDraw.Draw(ink).text((-left, -top), char, font=font, fill=255, anchor="ls")
            return Glyph(ink, left, top, font.getlength(char))
        return self._box(char, size)

    def _box(self, char: str, size: int) -> Glyph:
        """A visible box in place of a character that no font has, and one line in the log."""
        if char not in self._told:
            self._told.add(char)
            _log.warning("No shipped font has the character U+%04X; the slip shows a box in its place.", ord(char))
        width, height, line = size * _FINER * 7 // 10, size * _FINER * 3 // 4, 2 * _FINER
        ink = Image.new("L", (width, height), 0)
        ImageDraw.Draw(ink).rectangle((0, 0, width - 1, height - 1), outline=255, width=line)
        return Glyph(ink, line, -height, width + 2 * line)

    def width(self, text: str, style: Style, size: int) -> int:
        """How many dots wide `text` is."""
        return -(-round(sum(self.glyph(char, style, size).advance for char in text)) // _FINER)

    def draw(self, text: str, style: Style, size: int, squeeze_to: int | None = None) -> tuple[Image.Image, int]:
        """`text` as a mask (255 = black) and its baseline from the top; `squeeze_to` narrows it to that many dots."""
        above, below = size * _FINER * 5 // 4, size * _FINER // 2
        wide = (self.width(text, style, size) + 2) * _FINER
        fine = Image.new("L", (wide, above + below), 0)
        x = 0.0
        for char in text:
            glyph = self.glyph(char, style, size)
            if glyph.ink is not None:
                at = (round(x) + glyph.left, above + glyph.top)
                fine.paste(255, at, glyph.ink)
            x += glyph.advance
        dots = min(wide // _FINER, squeeze_to) if squeeze_to else wide // _FINER
        mask = fine.resize((dots, (above + below) // _FINER), Image.Resampling.BOX)
        dark = _DARK[style.weight]
        return mask.point([0] * dark + [255] * (256 - dark)), above // _FINER


@lru_cache(maxsize=512)
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as unread:
        raise FontsMissing(f"The font {file.name} cannot be read: {unread}. Install Pillow from its wheel.") from unread


@lru_cache(maxsize=8192)
def _same(font: ImageFont.FreeTypeFont, one: str, other: str) -> bool:
    return bytes(font.getmask(one)) == bytes(font.getmask(other))


@cache
def shipped() -> Typeface:
    """The fonts inside the installed package."""
    import queue_server  # noqa: PLC0415 -- only its place on disk is needed, and only when a slip is drawn

    return Typeface(Path(queue_server.__file__).parent / "web_dist" / "fonts" / "index.json")
