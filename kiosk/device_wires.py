"""The wires that need a driver of their own: a serial line, and USB without one of the system's."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kiosk.wires import PATIENCE, PrinterTrouble, Wire, trouble

_USB_PRINTER_CLASS = 7


class _Serial:
    hears = True

    def __init__(self, line: Any, baud: int) -> None:
        self._line, self._baud = line, baud

    def send(self, data: bytes) -> None:
        # The time allowed is what the line itself needs, plus our patience.
        self._line.write_timeout = PATIENCE + len(data) * 10 / self._baud
        self._line.write(data)
        self._line.flush()

    def hear(self, within: float) -> bytes:
        self._line.timeout = within
        first: bytes = self._line.read(1)
        return first

    def forget(self) -> None:
        self._line.reset_input_buffer()


@contextmanager
def serial_line(device: str, baud: int) -> Iterator[Wire]:
    """A printer on a serial line; raises `PrinterTrouble`."""
    import serial  # noqa: PLC0415 -- only kiosks with a serial printer need it

    try:
        with serial.Serial(device, baud, timeout=PATIENCE, write_timeout=PATIENCE) as line:
            yield _Serial(line, baud)
    except serial.SerialTimeoutException as late:
        raise trouble(device, TimeoutError()) from late
    except serial.SerialException as broken:
        number = broken.errno or errno.ENODEV
        raise trouble(device, OSError(number, os.strerror(number))) from broken


class _Usb:
    def __init__(self, out: Any, back: Any, late: type[Exception]) -> None:
        self._out, self._back, self._late = out, back, late
        self.hears = back is not None

    def send(self, data: bytes) -> None:
        sent = 0
        while sent < len(data):
            sent += self._out.write(data[sent:], timeout=round(PATIENCE * 1000))

    def hear(self, within: float) -> bytes:
        try:
            return bytes(self._back.read(64, timeout=max(1, round(within * 1000))))
        except self._late:
            return b""

    def forget(self) -> None:
        while self.hear(0.001):
            pass


@contextmanager
def usb(vendor: int, product: int) -> Iterator[Wire]:
    """A USB printer without a driver, on its printer interface; raises `PrinterTrouble`."""
    import usb.core  # noqa: PLC0415 -- only kiosks with a USB printer need it
    import usb.util  # noqa: PLC0415

    where = f"usb:{vendor:04x}:{product:04x}"
    try:
        device = usb.core.find(idVendor=vendor, idProduct=product)
    except usb.core.NoBackendError as none:
        raise PrinterTrouble("printer-unreachable", "USB cannot be used here: libusb is not installed.") from none
    if device is None:
        raise PrinterTrouble("printer-missing", f"There is no printer at {where}. Is it plugged in and switched on?")
    try:
        interface = usb.util.find_descriptor(device.get_active_configuration(), bInterfaceClass=_USB_PRINTER_CLASS)
        if interface is None:
            raise PrinterTrouble("printer-unreachable", f"The device {where} is not a printer.")
        with suppress(NotImplementedError):  # Windows has no kernel driver to take the printer from.
            if device.is_kernel_driver_active(interface.bInterfaceNumber):
                device.detach_kernel_driver(interface.bInterfaceNumber)
        out, back = (
            usb.util.find_descriptor(interface, custom_match=lambda end, way=way: _goes(end, way, usb.util))
            for way in (usb.util.ENDPOINT_OUT, usb.util.ENDPOINT_IN)
        )
        yield _Usb(out, back, usb.core.USBTimeoutError)
    except usb.core.USBTimeoutError as late:
        raise trouble(where, TimeoutError()) from late
    except usb.core.USBError as broken:
        raise trouble(where, OSError(broken.errno or errno.ENODEV, str(broken))) from broken
    finally:
        usb.util.dispose_resources(device)


def _goes(end: Any, way: int, util: Any) -> bool:
    return bool(util.endpoint_direction(end.bEndpointAddress) == way)
