"""The slip: facts in, a one-bit picture out; nothing here knows of printers or servers."""

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from kiosk.paper import BLANK, INK, Paper
from kiosk.profile import NARROW, WIDE
from kiosk.slip_facts import SlipFacts
from kiosk.slip_frame import foot, head
from kiosk.typeface import Typeface, numerals, shipped
from kiosk.words import words

_MODULE = 6  # dots a module of the QR code
_QUIET = 4  # modules of white around it
_SMALLEST = 24  # dots; nothing on a slip is smaller
_AIR = 16  # dots between a cell's text and its edges, left and right together


def slip(facts: SlipFacts, width: int = WIDE, typeface: Typeface | None = None) -> Image.Image:
    """The slip as black dots on white, `width` dots wide: 576 for 80 mm paper, 384 for 58 mm."""
    if width not in (WIDE, NARROW):
        raise ValueError(f"A slip is {WIDE} or {NARROW} dots wide, not {width}.")
    paper = Paper(width, 24 if width == WIDE else 12, facts.language, typeface or shipped())
    head(paper, facts.hall)
    if facts.copy:
        _copy(paper, facts.language)
    _number(paper, facts)
    _facts(paper, facts)
    _rules(paper, facts)
    if facts.status_url:
        _phone(paper, facts, facts.status_url)
    foot(paper, f"{words(facts.language)['taken']} {facts.taken}", facts.kiosk)
    return paper.cut()


def _copy(paper: Paper, language: str) -> None:
    paper.y += 10
    copy_bar(paper, language)


def copy_bar(paper: Paper, language: str) -> None:
    """What tells a reprint from the slip: white on black, across the paper."""
    bar = (paper.margin, paper.y, paper.width - paper.margin - 1, paper.y + 47)
    paper.pen.rectangle(bar, fill=INK)
    text = words(language)["copy"]
    x = paper.margin + (paper.inner - paper.text_width(text, 30, 700)) // 2
    paper.put(x, paper.y + 35, text, 30, 700, ink=BLANK)
    paper.y += 48


def _number(paper: Paper, facts: SlipFacts) -> None:
    paper.y += 16
    paper.block(facts.business, 34 if paper.width == WIDE else 32, 700, middle=True)
    # Capitals are three quarters of the size: 147 dots on wide paper, 105 on narrow.
    # A long number gets narrower, never lower.
    size = 196 if paper.width == WIDE else 140
    mask, baseline = paper.typeface.draw(facts.number, numerals(facts.language), size, squeeze_to=paper.inner)
    capitals = size * 3 // 4
    paper.y += 26
    paper.stamp(mask, (paper.width - mask.width) // 2, paper.y + capitals - baseline)
    paper.y += capitals + 30


def _facts(paper: Paper, facts: SlipFacts) -> None:
    text = words(facts.language)
    cells = [(text["ahead"], str(facts.ahead), text["people"])]
    if facts.zone:
        cells.append((text["zone"], facts.zone, ""))
    # Side by side on wide paper, unless a value, even in its smallest type, needs the whole width.
    beside = paper.width == WIDE and all(
        paper.text_width(value, _SMALLEST, 700) <= paper.inner // len(cells) - _AIR for _, value, _ in cells
    )
    rows = [cells] if beside else [[cell] for cell in cells]
    high, line = 108, 4
    for row in rows:
        wide = paper.inner // len(row)
        for nr, (label, value, unit) in enumerate(row):
            left = paper.margin + nr * wide
            right = paper.margin + paper.inner if nr == len(row) - 1 else left + wide + line
            paper.pen.rectangle((left, paper.y, right - 1, paper.y + high + line - 1), outline=INK, width=line)
            _cell(paper, left, right, (label, value, unit))
        paper.y += high
    paper.y += line


def _cell(paper: Paper, left: int, right: int, cell: tuple[str, str, str]) -> None:
    label, value, unit = cell
    room = right - left
    paper.put(left + (room - paper.text_width(label, 26)) // 2, paper.y + 40, label, 26)
    size = 40
    while size > _SMALLEST and paper.text_width(value, size, 700) > room - _AIR:
        size -= 2
    gap = 10 if unit else 0
    wide = paper.text_width(value, size, 700) + gap + paper.text_width(unit, 26, 700)
    x = left + (room - wide) // 2
    paper.put(x, paper.y + 88, value, size, 700)
    paper.put(x + wide - paper.text_width(unit, 26, 700), paper.y + 88, unit, 26, 700)


def _rules(paper: Paper, facts: SlipFacts) -> None:
    text = words(facts.language)
    missed = text["missed" if facts.return_minutes else "missed_only"]
    paper.y += 14
    for line in (text["watch"], missed.format(calls=facts.max_calls, minutes=facts.return_minutes), text["again"]):
        top = paper.y
        paper.pen.rectangle((paper.margin + 4, top + 11, paper.margin + 15, top + 22), fill=INK)
        paper.block(line, 26, x=paper.margin + 34, room=paper.inner - 34)
        paper.y += 6


def qr_modules(url: str) -> list[list[bool]]:
    """The QR code of `url`, module by module, without its quiet zone."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(url)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def _phone(paper: Paper, facts: SlipFacts, url: str) -> None:
    text = words(facts.language)
    modules = qr_modules(url)
    side, quiet = len(modules) * _MODULE, _QUIET * _MODULE
    paper.y += 10
    paper.rule()
    top = paper.y + quiet
    beside = paper.width == WIDE
    left = paper.margin + quiet // 2 if beside else (paper.width - side) // 2
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * _MODULE, top + row * _MODULE
                paper.pen.rectangle((x, y, x + _MODULE - 1, y + _MODULE - 1), fill=INK)
    bottom = top + side + quiet
    x = left + side + quiet if beside else paper.margin
    room = paper.width - paper.margin - x
    lines = len(paper.wrap(text["phone_title"], 30, 700, room)), len(paper.wrap(text["phone"], 26, 400, room))
    paper.y = top + max(0, (side - lines[0] * 39 - lines[1] * 33) // 2) if beside else bottom
    paper.block(text["phone_title"], 30, 700, x=x, room=room, middle=not beside)
    paper.block(text["phone"], 26, x=x, room=room, middle=not beside)
    paper.y = max(paper.y, bottom) if beside else paper.y + 8
