"""A printer is asked over real wires: TCP, a serial line, a device file; and one that says nothing is mute in time."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.asking import BOUND, ask
from kiosk.printer import PrinterTrouble, printer_at
from kiosk.printer_status import UNASKED, Status
from tests.escpos_emulator.commands import Reader
from tests.escpos_emulator.printer import EscposPrinter, status_byte

pytestmark = pytest.mark.integration


def asked(address: str) -> Status:
    with printer_at(address).open() as wire:
        return ask(wire)


@pytest.mark.parametrize("condition", ["paper-low", "paper-out", "cover-open", "cutter", "offline", "broken"])
def test_a_network_printer_says_how_it_stands(condition: str):
    with EscposPrinter() as emulator:
        assert asked(emulator.address).stops is None
        emulator.fail(condition)
        assert asked(emulator.address).trouble == f"printer-{condition}"
        emulator.mend()
        assert asked(emulator.address).stops is None


def test_one_that_says_nothing_is_mute_in_time():
    with EscposPrinter() as emulator:
        emulator.fail("mute")
        began = time.monotonic()
        assert asked(emulator.address).trouble == "printer-mute"
        assert BOUND <= time.monotonic() - began < BOUND + 1


def test_one_that_takes_its_time_is_heard_out():
    with EscposPrinter() as emulator:
        emulator.fail("slow")
        emulator.fail("cover-open")
        assert asked(emulator.address).trouble == "printer-cover-open"
        emulator.conditions.clear()
        assert asked(emulator.address).trouble == "printer-slow"


def test_one_that_is_gone_is_named():
    with EscposPrinter() as emulator:
        address = emulator.address
    with pytest.raises(PrinterTrouble, match="refuses"):
        asked(address)


@contextmanager
def on_a_line(*conditions: str) -> Iterator[str]:
    """A printer at the other end of a pseudo-terminal; gives the device's path."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    tty = pytest.importorskip("tty")
    leader, follower = pty.openpty()
    tty.setraw(follower)
    over = threading.Event()

    def answer() -> None:
        reader = Reader()
        os.set_blocking(leader, False)
        while not over.wait(0.01):
            try:
                data = os.read(leader, 4096)
            except BlockingIOError:
                continue
            for command in reader.feed(data):
                os.write(leader, status_byte(command.args[0], set(conditions)))

    voice = threading.Thread(target=answer)
    voice.start()
    try:
        # What a printer once said unasked stands in the line and is no answer.
        os.write(leader, status_byte(4, {"paper-out"}))
        yield os.ttyname(follower)
    finally:
        over.set()
        voice.join()
        os.close(leader)
        os.close(follower)


@pytest.mark.parametrize("form", ["serial:{}:115200", "file:{}"])
def test_a_serial_line_and_a_device_are_asked_alike(form: str):
    with on_a_line("cover-open") as device:
        assert asked(form.format(device)).trouble == "printer-cover-open"
    with on_a_line("paper-low") as device:
        assert asked(form.format(device)).trouble == "printer-paper-low"


def test_a_file_cannot_be_asked(tmp_path: Path):
    assert asked(f"file:{tmp_path / 'slips.bin'}") is UNASKED
