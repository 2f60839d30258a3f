"""Contrast of the page colours, computed from the token file: what people must read is readable for everyone."""

import re
from pathlib import Path

import pytest

LOOK = Path(__file__).parents[2] / "queue_server/web/shared/look.css"
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", LOOK.read_text(encoding="utf-8")))

PUBLIC, STAFF, BORDER = 7.0, 4.5, 3.0  # displays, kiosk and phone · staff hints · borders of what can be pressed

PAIRS = [
    *[(ink, ground, PUBLIC) for ground in ("paper", "card") for ink in ("ink", "ink-2", "door", "stop", "ok")],
    *[("ink-3", ground, STAFF) for ground in ("paper", "card")],
    *[("edge", ground, BORDER) for ground in ("paper", "card")],
    ("ink", "door-tint", PUBLIC),
    ("ink-2", "door-tint", PUBLIC),
    ("door", "door-tint", PUBLIC),
    ("ink", "lamp-tint", PUBLIC),
    ("lamp-text", "lamp-tint", PUBLIC),
    ("stop", "stop-tint", PUBLIC),
    ("ok", "ok-tint", PUBLIC),
    ("card", "door", PUBLIC),
    ("card", "door-deep", PUBLIC),
    ("ink", "lamp", PUBLIC),
    ("night", "lamp", PUBLIC),
    ("night", "star", PUBLIC),
    *[(star, ground, PUBLIC) for ground in ("night", "night-2") for star in ("star", "star-2", "lamp")],
    ("night-stop", "night", PUBLIC),
    ("night-line", "night", BORDER),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground", "bar"), PAIRS)
def test_a_pair_of_colours_is_above_its_bar(ink: str, ground: str, bar: float) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= bar


def test_every_colour_has_one_value() -> None:
    defined = re.findall(r"--([\w-]+):\s*#", LOOK.read_text(encoding="utf-8"))
    assert len(defined) == len(set(defined))


def test_no_page_adds_colours_of_its_own() -> None:
    root = LOOK.parents[3]
    rooms = ("display/web", "kiosk/web", "queue_server/web", "simulation/web")
    # Besides the tokens: white written short, and the bars of what is needed in the planner's charts.
    known = {colour.upper() for colour in TOKENS.values()} | {"#FFF", "#CFDADB"}
    for path in (path for room in rooms for path in (root / room).rglob("*.css")):
        used = re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[\s;,)])", path.read_text(encoding="utf-8"))
        assert {colour.upper() for colour in used} <= known, path


def test_white_on_black_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
