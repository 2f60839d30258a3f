"""The slip that lists an item's papers: for whoever comes back when they have them all. It holds no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from kiosk.paper import INK, Paper
from kiosk.slip_facts import local_time, named
from kiosk.slip_frame import foot, head
from kiosk.typeface import shipped
from kiosk.words import words

_WIDE = 576


class UnknownItem(Exception):
    """The hall has no such item in this business."""


@dataclass(frozen=True, slots=True)
class PapersFacts:
    """Everything printed on one list, already in the visitor's language; of each paper whether it may follow later."""

    language: str
    hall: str
    business: str
    item: str
    papers: tuple[tuple[str, bool], ...]
    printed: str
    kiosk: str


def papers_facts(hall: Mapping[str, Any], wish: Mapping[str, str], at: int, kiosk: str) -> PapersFacts:
    """The list of `wish`'s item as the hall tells it, at `at` (ms UTC); raises `UnknownItem`."""
    language = wish["language"]
    business = next((each for each in hall["businesses"] if each["code"] == wish["business"]), None)
    item = next((each for each in business["items"] if each["code"] == wish["item"]), None) if business else None
    if business is None or item is None:
        raise UnknownItem
    return PapersFacts(
        language=language,
        hall=named(hall["names"], language),
        business=named(business["names"], language),
        item=named(item["names"], language),
        papers=tuple((named(each["names"], language), each["minor"]) for each in item["papers"]),
        printed=local_time(at, hall["time_zone"]),
        kiosk=kiosk,
    )


def papers_slip(facts: PapersFacts, width: int) -> Image.Image:
    """The list as black dots on white, `width` dots wide."""
    text = words(facts.language)
    paper = Paper(width, 24 if width == _WIDE else 12, facts.language, shipped())
    head(paper, facts.hall)
    paper.y += 16
    paper.block(text["papers"], 44, 700, middle=True)
    paper.block(facts.business, 30, 700, middle=True)
    if facts.item != facts.business:
        paper.block(facts.item, 28, middle=True)
    paper.y += 14
    for name, minor in facts.papers:
        _line(paper, name, text["minor"] if minor else None)
    paper.y += 8
    paper.block(text["papers_then"], 26)
    foot(paper, f"{text['printed']} {facts.printed}", facts.kiosk)
    return paper.cut()


def _line(paper: Paper, name: str, remark: str | None) -> None:
    """A box to tick, the paper's name, and below it what may be said of it."""
    paper.pen.rectangle((paper.margin, paper.y + 4, paper.margin + 29, paper.y + 33), outline=INK, width=3)
    left = paper.margin + 46
    paper.block(name, 30, 700, x=left, room=paper.inner - 46)
    if remark:
        paper.block(remark, 26, x=left, room=paper.inner - 46)
    paper.y += 14
