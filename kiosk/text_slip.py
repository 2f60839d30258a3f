"""The slip in the printer's own characters: small and quick to send; what its Han code lacks is drawn."""

from typing import TYPE_CHECKING

from PIL import Image

from kiosk.columns import columns_of, encoded, wrap
from kiosk.job import add_picture, begin, end
from kiosk.paper import Paper
from kiosk.profile import Profile
from kiosk.slip import copy_bar, qr_modules
from kiosk.slip_facts import SlipFacts
from kiosk.typeface import shipped
from kiosk.words import words

if TYPE_CHECKING:
    from escpos.printer import Dummy

_COLUMN, _LINE = 12, 24  # dots of one letter
_HAN_MODE = b"\x1c&"
_HIGHEST = 8
_MODULE, _QUIET = 6, 4
_LEVEL_M = 1


class _Lines:
    """Lines of text going into one job."""

    def __init__(self, printer: "Dummy", profile: Profile, language: str) -> None:
        self._printer, self._profile, self._language = printer, profile, language
        self.columns = profile.width // _COLUMN
        # The library's own `text` guesses code pages, and prints CJK punctuation alone as "?".
        self._raw = printer._raw  # noqa: SLF001
        self._raw(_HAN_MODE)

    def put(self, text: str, *, bold: bool = False, middle: bool = False, wide: int = 1, high: int = 1) -> None:
        """`text` in as many lines as it needs."""
        for line in wrap(text, self.columns // wide):
            data = encoded(line, self._profile.text)
            if data is None:
                self._draw(line, bold=bold, middle=middle, high=high)
                continue
            self._printer.set(
                align="center" if middle else "left", bold=bold, custom_size=True, width=wide, height=high
            )
            self._raw(data + b"\n")

    def pair(self, label: str, value: str) -> None:
        """A label at the left and its value at the right, on two lines where one is too narrow."""
        gap = self.columns - columns_of(label) - columns_of(value)
        if gap > 0:
            self.put(f"{label}{'.' * (gap - 2)}  {value}" if gap > _QUIET else f"{label} {value}", bold=True)
        else:
            self.put(label, bold=True)
            self.put(value, bold=True)

    def rule(self) -> None:
        """A line across."""
        self.put("-" * self.columns)

    def picture(self, image: Image.Image) -> None:
        """Something drawn, in the middle."""
        self._printer.set(align="center")
        add_picture(self._printer, image)

    def native_qr(self, url: str) -> None:
        """The printer draws the code itself."""
        self._printer.set(align="center", custom_size=True, width=1, height=1)
        # Paper above and below, for readers want white around the code.
        self._raw(b"\n")
        self._printer.qr(url, native=True, size=_MODULE, ec=_LEVEL_M)
        self._raw(b"\n")

    def _draw(self, text: str, *, bold: bool, middle: bool, high: int) -> None:
        paper = Paper(self._profile.width, 0, self._language, shipped())
        paper.block(text, _LINE * min(high, 2), 700 if bold else 400, middle=middle)
        self.picture(paper.cut())


def text_job(facts: SlipFacts, profile: Profile) -> bytes:
    """The whole job; the marks of a copy and of a character that the printer lacks are pictures in it."""
    printer, text = begin(profile.width), words(facts.language)
    lines = _Lines(printer, profile, facts.language)
    lines.put(facts.hall, bold=True)
    lines.rule()
    if facts.copy:
        paper = Paper(profile.width, 0, facts.language, shipped())
        copy_bar(paper, facts.language)
        lines.picture(paper.cut())
    large = 2 if columns_of(facts.business) * 2 <= lines.columns else 1
    lines.put(facts.business, bold=True, middle=True, wide=large, high=2)
    # A long number gets narrower, never lower.
    wide = min(_HIGHEST, (lines.columns - 2) // len(facts.number))
    lines.put(facts.number, bold=True, middle=True, wide=wide, high=_HIGHEST)
    lines.pair(text["ahead"], f"{facts.ahead} {text['people']}".rstrip())
    if facts.zone:
        lines.pair(text["zone"], facts.zone)
    lines.rule()
    missed = text["missed" if facts.return_minutes else "missed_only"]
    for line in (text["watch"], missed.format(calls=facts.max_calls, minutes=facts.return_minutes), text["again"]):
        lines.put(f"- {line}")
    if facts.status_url:
        _phone(lines, facts.status_url, text, native=profile.qr == "native")
    lines.rule()
    lines.put(f"{text['taken']} {facts.taken}")
    lines.put(f"{text['kiosk']} {facts.kiosk}")
    return end(printer, profile)


def _phone(lines: _Lines, url: str, text: dict[str, str], *, native: bool) -> None:
    lines.rule()
    lines.put(text["phone_title"], bold=True, middle=True)
    lines.put(text["phone"], middle=True)
    if native:
        lines.native_qr(url)
    else:
        lines.picture(_code(url))


def _code(url: str) -> Image.Image:
    """The code with its quiet zone."""
    modules = qr_modules(url)
    code = Image.new("1", (len(modules),) * 2, 255)
    code.putdata([0 if dark else 255 for row in modules for dark in row])
    side = (len(modules) + 2 * _QUIET) * _MODULE
    image = Image.new("1", (side, side), 255)
    image.paste(code.resize((len(modules) * _MODULE,) * 2, Image.Resampling.NEAREST), (_QUIET * _MODULE,) * 2)
    return image
