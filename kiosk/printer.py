"""Where slips are printed: the address of a printer, and sending one job to it whole, in time, or saying why not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kiosk import wires
from kiosk.wires import PrinterTrouble

__all__ = ["SCREEN", "BadPrinter", "Printer", "PrinterTrouble", "printer_at"]

SCREEN = "screen"
_BAUD = 9600
_FORMS = "tcp:HOST:PORT, usb:VID:PID, serial:/dev/ttyUSB0[:BAUD], COM3[:BAUD], file:PATH, screen"


class BadPrinter(ValueError):
    """The address of the printer is not one we know."""

    def __init__(self, given: str, why: str) -> None:
        super().__init__(f"“{given}” is no printer: {why}. Known: {_FORMS}.")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer by its address; `send` takes a job, or raises `PrinterTrouble` with the reason."""

    address: str
    send: Callable[[bytes], None]

    @property
    def on_screen(self) -> bool:
        """True when the slip is shown as a picture instead."""
        return self.address == SCREEN


def printer_at(address: str) -> Printer:
    """The printer behind an address; raises `BadPrinter`. Nothing is opened yet: it may be switched on later."""
    if address == SCREEN:
        return Printer(address, lambda _job: None)
    if found := re.fullmatch(r"tcp:(.+):(\d{1,5})", address):
        host, port = found[1].strip("[]"), int(found[2])
        if not 1 <= port <= 65535:  # noqa: PLR2004 -- TCP has no other ports
            raise BadPrinter(address, "a port lies between 1 and 65535")
        return Printer(address, lambda job: wires.send_tcp(host, port, job))
    if found := re.fullmatch(r"usb:([0-9a-fA-F]{1,4}):([0-9a-fA-F]{1,4})", address):
        vendor, product = int(found[1], 16), int(found[2], 16)
        return Printer(address, lambda job: wires.send_usb(vendor, product, job))
    if found := re.fullmatch(r"(?:serial:(.+?)|(?:serial:)?(COM\d+))(?::(\d+))?", address):
        device, baud = found[1] or found[2], int(found[3] or _BAUD)
        return Printer(address, lambda job: wires.send_serial(device, baud, job))
    if address.startswith("file:") and len(address) > len("file:"):
        path = address.removeprefix("file:")
        return Printer(address, lambda job: wires.send_file(path, job))
    raise BadPrinter(address, "its form is unknown")
