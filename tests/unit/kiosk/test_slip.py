"""The slip's layout: golden pictures in three languages and two widths, QR code, long numbers, odd characters."""

import itertools
import logging
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.profile import NARROW, WIDE
from kiosk.slip import qr_modules, slip
from kiosk.slip_facts import SlipFacts
from kiosk.typeface import FontsMissing, Typeface, han, numerals, shipped
from kiosk.words import LANGUAGES, words

GOLDEN = Path(__file__).parents[2] / "golden"
NAMES = {
    "zh-Hans": ("质量监督业务受理大厅", "工业产品生产许可证", "二区"),
    "zh-Hant": ("質量監督業務受理大廳", "工業產品生產許可證", "二區"),
    "en": ("Quality Supervision Service Hall", "Industrial production licence", "Zone 2"),
}
URL = "https://hall.example.gov/t/" + "aZ09-_" * 7 + "a"


def facts(language: str = "zh-Hans", **other: object) -> SlipFacts:
    hall, business, zone = NAMES[language]
    given = {"number": "E013", "ahead": 2, "zone": zone, "status_url": URL, "kiosk": "1", "copy": False, **other}
    return SlipFacts(
        language=language,
        hall=hall,
        business=business,
        max_calls=3,
        return_minutes=30,
        taken="2026-11-24 10:24",
        **given,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("language", "width"), list(itertools.product(LANGUAGES, (WIDE, NARROW))))
def test_the_slip_is_dot_for_dot_the_one_that_was_looked_at(language: str, width: int):
    drawn = slip(facts(language, copy=width == NARROW), width)
    golden = GOLDEN / f"slip-{language}-{width}.png"
    if "DRAW_GOLDEN" in os.environ:  # After a change of layout: draw anew, look at every picture, commit.
        drawn.save(golden)
    kept = Image.open(golden)
    assert kept.size == drawn.size
    assert ImageChops.logical_xor(kept.convert("1"), drawn).getbbox() is None


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_qr_code_on_the_slip_is_the_code_of_the_status_page(width: int):
    drawn = slip(facts(), width)
    modules = qr_modules(URL)
    side = len(modules) * 6
    found = [
        (x, y)
        for y in range(300, drawn.height - side)
        for x in range(drawn.width - side)
        if _modules_at(drawn, x, y, len(modules)) == modules
    ]
    assert len(found) == 1
    ((x, y),) = found
    # The quiet zone: four modules of paper on every side.
    quiet = drawn.crop((x - 24, y - 24, x + side + 24, y + side + 24))
    quiet.paste(255, (24, 24, 24 + side, 24 + side))
    assert quiet.getextrema() == (255, 255)


def _modules_at(image: Image.Image, x: int, y: int, count: int) -> list[list[bool]] | None:
    """The middle of each module; None as soon as the upper left finder is not there."""
    if any(image.getpixel((x + nr * 6 + 3, y + 3)) for nr in range(7)) or image.getpixel((x - 1, y + 3)) == 0:
        return None
    if image.getpixel((x, y)) or (y > 0 and image.getpixel((x, y - 1)) == 0):
        return None
    return [[image.getpixel((x + c * 6 + 3, y + r * 6 + 3)) == 0 for c in range(count)] for r in range(count)]


def test_no_public_address_no_code():
    assert slip(facts(status_url=None)).height < slip(facts()).height - 200


@pytest.mark.parametrize(("width", "least"), [(WIDE, 140), (NARROW, 104)])
@pytest.mark.parametrize("number", ["C001", "A1000", "AB012", "A0101"])
def test_the_number_is_high_enough_and_never_cut_off(number: str, width: int, least: int):
    one, other = slip(facts(number=number), width), slip(facts(number="C8".ljust(len(number), "8")), width)
    rows = ImageChops.logical_xor(one, other).getbbox()
    assert rows is not None
    drawn = one.crop((0, rows[1], width, rows[3])).convert("L").point(lambda dot: 255 - dot)
    left, _, right, _ = drawn.getbbox() or (0, 0, 0, 0)
    assert rows[3] - rows[1] >= least - 2
    assert left >= 8
    assert right <= width - 8


def test_only_black_and_white_and_only_two_widths():
    assert slip(facts()).mode == "1"
    with pytest.raises(ValueError, match="576 or 384"):
        slip(facts(), 500)


def test_a_character_without_a_font_is_a_box_and_is_told_once(caplog: pytest.LogCaptureFixture):
    typeface = Typeface(_index())
    strange = "\U00012345"
    with caplog.at_level(logging.WARNING):
        first = typeface.draw(strange, han("zh-Hans"), 40)[0]
        typeface.draw(strange, han("en", 700), 60)
    assert first.getbbox() is not None
    assert [record.getMessage() for record in caplog.records] == [
        "No shipped font has the character U+12345; the slip shows a box in its place."
    ]


def test_every_character_of_our_own_texts_has_a_font(caplog: pytest.LogCaptureFixture):
    typeface = Typeface(_index())
    for language in LANGUAGES:
        for char in set("".join([*words(language).values(), *NAMES[language]])) - {"\n"}:
            for style in (han(language), han(language, 700), numerals(language)):
                typeface.glyph(char, style, 26)
    assert not caplog.records


def test_traditional_text_takes_traditional_forms():
    # 骨 is one character with two forms: the inner stroke turns left in SC and right in TC.
    typeface = shipped()
    assert typeface.draw("骨", han("zh-Hans"), 60)[0].tobytes() != typeface.draw("骨", han("zh-Hant"), 60)[0].tobytes()


def test_missing_fonts_say_what_to_do(tmp_path: Path):
    with pytest.raises(FontsMissing, match="pip install"):
        Typeface(tmp_path / "index.json")


def test_a_zone_too_long_for_half_the_width_has_a_row_to_itself():
    short, long = slip(facts("en", zone="Zone 2")), slip(facts("en", zone="Zone 2 Special equipment"))
    assert long.height == short.height + 108
    # The frame's right edge has nothing of the name beyond it.
    assert long.crop((553, 0, 576, long.height)).getextrema() == (255, 255)


def test_the_languages_say_the_same_things():
    assert {language: sorted(words(language)) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, sorted(words("en"))
    )


def _index() -> Path:
    import queue_server  # noqa: PLC0415 -- only for its place

    return Path(queue_server.__file__).parent / "web_dist" / "fonts" / "index.json"
