"""The emulator itself: it prints what a printer would, answers status, and refuses bytes it does not know."""

import pytest
from escpos.printer import Dummy
from PIL import Image, ImageChops

from kiosk.slip import qr_modules
from tests.escpos_emulator.commands import Reader, UnknownByte
from tests.escpos_emulator.printer import status_byte
from tests.escpos_emulator.roll import Roll


def printed(job: bytes, width: int = 384) -> list[Image.Image]:
    reader, roll = Reader(), Roll(width)
    for command in reader.feed(job):
        roll.take(command)
    reader.end()
    return roll.slips


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    return image.convert("L").point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)


def test_text_has_size_weight_and_alignment():
    job = Dummy()
    job.set(align="right", bold=True, custom_size=True, width=2, height=3)
    job.text("C036\n")
    job.cut()
    (slip,) = printed(job.output)
    left, top, right, bottom = ink(slip)
    assert left >= 384 - 4 * 24
    assert right <= 384
    assert 30 < bottom - top <= 72


def test_han_text_is_two_bytes_a_character_and_wraps():
    job = Dummy()
    job.text("请到五号窗口办理业务，谢谢配合。请到五号窗口\n")
    job.cut()
    (slip,) = printed(job.output)
    _, top, right, bottom = ink(slip)
    assert right <= 384
    assert bottom - top > 30


def test_the_printers_own_qr_code_is_the_code():
    job = Dummy()
    job.set(align="center")
    job.qr("https://hall.example.gov/t/1", native=True, size=4, ec=1)
    job.cut()
    (slip,) = printed(job.output)
    modules = qr_modules("https://hall.example.gov/t/1")
    left, top, right, _ = ink(slip)
    assert right - left == len(modules) * 4
    found = [
        [slip.getpixel((left + c * 4 + 2, top + r * 4 + 2)) == 0 for c in range(len(modules))]
        for r in range(len(modules))
    ]
    assert found == modules


@pytest.mark.parametrize("way", ["bitImageRaster", "graphics"])
def test_both_ways_of_raster_give_the_same_dots(way: str):
    picture = Image.effect_noise((256, 90), 90).convert("1")
    job = Dummy()
    job.image(picture, impl=way)
    job.cut()
    (slip,) = printed(job.output, 256)
    assert ImageChops.logical_xor(slip.crop((0, 0, 256, 90)), picture).getbbox() is None


def test_commands_may_come_in_any_pieces():
    job = Dummy()
    job.set(bold=True)
    job.text("A001\n")
    job.cut()
    reader, whole = Reader(), list(Reader().feed(job.output))
    one_by_one = [each for byte in job.output for each in reader.feed(bytes([byte])) if each.name != "text"]
    assert one_by_one == [each for each in whole if each.name != "text"]


@pytest.mark.parametrize("odd", [b"\x1b\x01", b"\x1d\x28\x58\x00\x00", b"\x07", b"\x1dV\x09", b"\x1b@\x1c\x7f"])
def test_an_unknown_byte_is_an_error(odd: bytes):
    with pytest.raises(UnknownByte):
        printed(odd)


def test_half_a_command_at_the_end_is_an_error():
    with pytest.raises(UnknownByte):
        printed(b"\x1dv0\x00\x30\x00\x10\x00\x00\x00")


def test_status_bytes_carry_the_fixed_bits_and_the_condition():
    assert status_byte(1, set()) == b"\x12"
    assert status_byte(1, {"offline"}) == b"\x1a"
    assert status_byte(2, {"cover-open"}) == b"\x16"
    assert status_byte(4, {"paper-out"}) == b"\x72"
    assert status_byte(4, {"paper-low"}) == b"\x1e"
