"""Slips in the printer's own characters, through the emulator: its code, what it lacks, copies, codes, no cutter."""

import itertools

import pytest
from PIL import Image, ImageChops

from kiosk.columns import columns_of, encoded, wrap
from kiosk.job import print_job
from kiosk.paper import Paper
from kiosk.profile import NARROW, QRS, TEXTS, WIDE, Profile, Qr, Text
from kiosk.slip import copy_bar, qr_modules, slip
from kiosk.text_slip import text_job
from kiosk.typeface import shipped
from kiosk.words import LANGUAGES, words
from tests.escpos_emulator.commands import Command, Reader
from tests.escpos_emulator.roll import Roll
from tests.unit.kiosk.test_slip import URL, facts

CODES = TEXTS[1:]


def commands(job: bytes) -> list[Command]:
    reader = Reader()
    found = list(reader.feed(job))
    reader.end()
    return found


def printed(job: bytes, profile: Profile) -> Roll:
    roll = Roll(profile.width, profile.text)
    for command in commands(job):
        roll.take(command)
    return roll


def inked(image: Image.Image, wanted: Image.Image) -> bool:
    """Whether a strip of paper is on the slip, dot for dot, at whatever height."""
    strips = (image.crop((0, y, wanted.width, y + wanted.height)) for y in range(image.height - wanted.height))
    return any(ImageChops.logical_xor(strip, wanted).getbbox() is None for strip in strips)


@pytest.mark.parametrize(("language", "width", "code"), list(itertools.product(LANGUAGES, (WIDE, NARROW), CODES)))
def test_every_line_is_on_the_paper_as_text_or_drawn(language: str, width: int, code: Text):
    job = text_job(facts(language), Profile(width, code, qr="native"))
    (paper,) = printed(job, Profile(width, code)).slips
    texts = b"".join(each.data for each in commands(job) if each.name == "text")
    strips = sum(each.name == "raster" for each in commands(job))
    said = words(language)
    lines = [line for text in (said["watch"], said["again"]) for line in wrap(f"- {text}", width // 12)]
    lacking = [line for line in lines if encoded(line, code) is None]
    assert all((encoded(line, code) or b"never") in texts for line in lines if line not in lacking)
    # Big5 has no simplified characters, nor any list of them a gap: such lines are drawn, and nothing is a "?".
    assert bool(lacking) == ((language, code) == ("zh-Hans", "big5"))
    assert (strips > 0) == bool(lacking)
    assert b"E013" in texts
    assert texts.count(b"?") == (said["watch"] + said["again"]).count("?")
    assert paper.width == width


@pytest.mark.parametrize("qr", QRS)
def test_the_code_is_the_same_whoever_draws_it(qr: Qr):
    (paper,) = printed(text_job(facts(), Profile(text="gbk", qr=qr)), Profile(text="gbk")).slips
    modules = qr_modules(URL)
    side = len(modules) * 6
    left = (WIDE - side) // 2
    found = [
        y
        for y in range(paper.height - side)
        if all(
            (paper.getpixel((left + column * 6 + 3, y + row * 6 + 3)) == 0) == dark
            for row, line in enumerate(modules)
            for column, dark in enumerate(line)
        )
    ]
    assert found
    assert paper.crop((0, found[0] - 18, WIDE, found[0])).getextrema() == (255, 255), "white above the code"


@pytest.mark.parametrize(("language", "width"), list(itertools.product(LANGUAGES, (WIDE, NARROW))))
def test_only_a_copy_has_the_mark_of_one(language: str, width: int):
    profile = Profile(width, "gb18030", qr="native")
    bar = Paper(width, 0, language, shipped())
    copy_bar(bar, language)
    original, copy = (printed(text_job(facts(language, copy=is_copy), profile), profile) for is_copy in (False, True))
    assert inked(copy.slips[0], bar.cut())
    assert not inked(original.slips[0], bar.cut())


@pytest.mark.parametrize("number", ["A001", "AB0123", "AB012345"])
def test_a_long_number_gets_narrower_and_stays_in_one_line(number: str):
    job = text_job(facts(number=number, status_url=None), Profile(NARROW, "gbk"))
    sizes = {each.args[0] for each in commands(job) if each.name == "size"}
    wide = min(8, 30 // len(number))
    assert (wide - 1) << 4 | 7 in sizes
    assert printed(job, Profile(NARROW, "gbk")).slips


@pytest.mark.parametrize("text", TEXTS)
def test_without_a_cutter_the_paper_hangs_out_past_the_edge(text: Text):
    profile = Profile(NARROW, text, cutter=False)
    job = print_job(slip(facts(), NARROW), profile) if text == "raster" else text_job(facts(), profile)
    assert "cut" not in {each.name for each in commands(job)}
    roll = printed(job, Profile(NARROW, "gbk" if text == "raster" else text))
    assert not roll.slips
    last = roll.paper.convert("L").point(lambda dot: 255 - dot).getbbox()
    assert last is not None
    assert roll.paper.height - last[3] >= 6 * 24


def test_rare_characters_are_not_left_to_the_printer():
    assert encoded("特种设备", "gb18030") == "特种设备".encode("gb18030")
    assert encoded("\U00020000", "gb18030") is None
    assert encoded("設備", "big5") == "設備".encode("big5")
    assert encoded("设备", "big5") is None


def test_lines_break_between_words_and_never_before_punctuation():
    assert wrap("Missed after three calls", 12) == ["Missed after", "three calls"]
    assert wrap("请到五号窗口，谢谢", 12) == ["请到五号窗", "口，谢谢"]
    assert wrap("a" * 30, 12) == ["a" * 12, "a" * 12, "a" * 6]
    assert columns_of("五号 5") == 6
