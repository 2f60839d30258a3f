"""Where slips are printed: the address of a printer, and the wire to it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from kiosk import device_wires, wires
from kiosk.wires import PrinterTrouble, Wire

__all__ = ["SCREEN", "BadPrinter", "Printer", "PrinterTrouble", "printer_at"]

SCREEN = "screen"
_BAUD = 9600
_FORMS = "tcp:HOST:PORT, usb:VID:PID, serial:/dev/ttyUSB0[:BAUD], COM3[:BAUD], file:PATH, screen"


class BadPrinter(ValueError):
    """The address of the printer is not one we know."""

    def __init__(self, given: str, why: str) -> None:
        super().__init__(f"“{given}” is no printer: {why}. Known: {_FORMS}.")


def _no_wire() -> AbstractContextManager[Wire]:
    raise PrinterTrouble("printer-missing", "Slips are shown here; there is no printer to send them to.")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer by its address; `open` gives the wire to it, and raises `PrinterTrouble` with the reason."""

    address: str
    open: Callable[[], AbstractContextManager[Wire]]

    @property
    def on_screen(self) -> bool:
        """True when the slip is shown as a picture instead."""
        return self.address == SCREEN

    def send(self, job: bytes) -> None:
        """Sends one job, whole and in time; raises `PrinterTrouble`."""
        with self.open() as wire:
            wire.send(job)


def printer_at(address: str) -> Printer:
    """The printer behind an address; raises `BadPrinter`. Nothing is opened yet: it may be switched on later."""
    if address == SCREEN:
        return Printer(address, _no_wire)
    if found := re.fullmatch(r"tcp:(.+):(\d{1,5})", address):
        host, port = found[1].strip("[]"), int(found[2])
        if not 1 <= port <= 65535:  # noqa: PLR2004 -- TCP has no other ports
            raise BadPrinter(address, "a port lies between 1 and 65535")
        return Printer(address, partial(wires.tcp, host, port))
    if found := re.fullmatch(r"usb:([0-9a-fA-F]{1,4}):([0-9a-fA-F]{1,4})", address):
        return Printer(address, partial(device_wires.usb, int(found[1], 16), int(found[2], 16)))
    if found := re.fullmatch(r"(?:serial:(.+?)|(?:serial:)?(COM\d+))(?::(\d+))?", address):
        return Printer(address, partial(device_wires.serial_line, found[1] or found[2], int(found[3] or _BAUD)))
    if address.startswith("file:") and len(address) > len("file:"):
        return Printer(address, partial(wires.file, address.removeprefix("file:")))
    raise BadPrinter(address, "its form is unknown")
