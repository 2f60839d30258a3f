"""Slips through real wires: TCP to the emulator, a serial line, a file; and every way a printer can fail."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.job import print_job
from kiosk.printer import PrinterTrouble, printer_at
from kiosk.printing import Printing, Slip
from kiosk.profile import USUAL, Profile, Text
from kiosk.slip import slip
from kiosk.slip_facts import SlipFacts
from tests.escpos_emulator.commands import Reader
from tests.escpos_emulator.printer import EscposPrinter
from tests.escpos_emulator.roll import Roll

pytestmark = pytest.mark.integration

FACTS = SlipFacts(
    "zh-Hans", "大厅", "特种设备", "C036", 2, None, 3, 30, "https://hall.example.gov/t/x", "2026-11-24 10:24", "1"
)


def same_dots(paper: Image.Image, drawn: Image.Image) -> bool:
    """The slip is on the paper dot for dot, and what was fed before the cut is blank."""
    top, rest = paper.crop((0, 0, *drawn.size)), paper.crop((0, drawn.height, *paper.size))
    return ImageChops.logical_xor(top, drawn).getbbox() is None and rest.getextrema() == (255, 255)


def finished(each: Slip, within: float = 8.0) -> Slip:
    until = time.monotonic() + within
    while each.under_way:
        assert time.monotonic() < until, "the slip is still under way"
        time.sleep(0.01)
    return each


@pytest.mark.parametrize("width", [576, 384])
def test_paper_shows_the_slip_dot_for_dot(width: int):
    drawn = slip(FACTS, width)
    with EscposPrinter(width) as emulator:
        printer_at(emulator.address).send(print_job(drawn))
        (paper,) = emulator.slips(1)
    assert same_dots(paper, drawn)


def test_slips_are_printed_one_after_another_and_a_copy_is_marked():
    with EscposPrinter() as emulator:
        printing = Printing(printer_at(emulator.address), USUAL)
        printing.start()
        slips = [printing.put(FACTS), printing.put(FACTS.as_copy())]
        first, second = emulator.slips(2)
        assert [finished(each).state for each in slips] == ["printed", "reprinted"]
        printing.stop()
    assert same_dots(first, slip(FACTS))
    assert same_dots(second, slip(FACTS.as_copy()))
    assert not same_dots(second, slip(FACTS))


def test_a_serial_line_brings_the_same_bytes():
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    leader, follower = pty.openpty()
    job, heard = print_job(slip(FACTS, 384)), bytearray()

    def listen() -> None:
        while len(heard) < len(job):
            heard.extend(os.read(leader, 4096))

    ear = threading.Thread(target=listen)
    ear.start()
    printer_at(f"serial:{os.ttyname(follower)}:115200").send(job)
    ear.join(10)
    os.close(leader)
    os.close(follower)
    roll, reader = Roll(384), Reader()
    for command in reader.feed(bytes(heard)):
        roll.take(command)
    assert same_dots(roll.slips[0], slip(FACTS, 384))


def test_a_file_takes_job_after_job(tmp_path: Path):
    job = print_job(slip(FACTS, 384))
    printer = printer_at(f"file:{tmp_path / 'slips.bin'}")
    printer.send(job)
    printer.send(job)
    assert (tmp_path / "slips.bin").read_bytes() == job * 2


def trouble(address: str, job: bytes = b"\x1b@") -> str:
    with pytest.raises(PrinterTrouble) as told:
        printer_at(address).send(job)
    return told.value.code


def test_every_failure_has_its_name(tmp_path: Path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert trouble(f"tcp:127.0.0.1:{closed.getsockname()[1]}") == "printer-refused"
    assert trouble("tcp:no-such-printer.invalid:9100") == "printer-unreachable"
    assert trouble("serial:/dev/ttyNOPRINTER") == "printer-missing"
    assert trouble("file:/dev/no-printer") == "printer-missing"
    assert trouble(f"file:{tmp_path / 'no-folder' / 'slips.bin'}") == "printer-missing"
    assert trouble("usb:ffff:ffff") in {"printer-missing", "printer-unreachable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_device_that_nobody_reads_is_missing_and_one_that_stops_is_late(tmp_path: Path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    assert trouble(f"file:{pipe}") == "printer-missing"
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    began = time.monotonic()
    assert trouble(f"file:{pipe}", bytes(1_000_000)) == "printer-timeout"
    os.close(reader)
    assert 2 < time.monotonic() - began < 4


def test_a_printer_that_takes_nothing_is_given_up_in_time():
    with EscposPrinter(deaf=True) as emulator:
        began = time.monotonic()
        # More than the buffers on the way can hold, as a printer out of paper leaves it.
        assert trouble(emulator.address, print_job(slip(FACTS)) * 120) == "printer-timeout"
        assert 2 < time.monotonic() - began < 4


def test_a_printer_that_breaks_off_is_a_named_state():
    with EscposPrinter(breaks_off_after=4096) as emulator:
        assert trouble(emulator.address, print_job(slip(FACTS)) * 40) == "printer-broke-off"


def test_the_next_slip_is_tried_again_after_a_failure():
    with EscposPrinter() as emulator:
        address = emulator.address
    printing = Printing(printer_at(address), USUAL)
    printing.start()
    failed = finished(printing.put(FACTS))
    assert (failed.state, failed.reason, printing.trouble) == ("failed", "printer-refused", "printer-refused")
    with EscposPrinter(port=int(address.rsplit(":", 1)[1])) as emulator:
        assert finished(printing.put(FACTS)).state == "printed"
        assert printing.trouble is None
        emulator.slips(1)
    printing.stop()


def test_a_slip_into_a_file_is_only_sent(tmp_path: Path):
    printing = Printing(printer_at(f"file:{tmp_path / 'slips.bin'}"), USUAL)
    printing.start()
    sent = finished(printing.put(FACTS))
    printing.stop()
    assert (sent.state, sent.reason, printing.trouble) == ("sent", None, None)
    assert (tmp_path / "slips.bin").read_bytes() == print_job(slip(FACTS))
    assert [(each.number, each.state) for each in printing.slips] == [("C036", "sent")]


@pytest.mark.parametrize("text", ["gb18030", "big5"])
def test_a_slip_goes_out_in_the_printer_s_own_characters(text: Text):
    profile = Profile(384, text, qr="native")
    with EscposPrinter(384, han=text) as emulator:
        printing = Printing(printer_at(emulator.address), profile)
        printing.start()
        assert finished(printing.put(FACTS)).state == "printed"
        assert len(emulator.slips(1)) == 1
        printing.stop()
