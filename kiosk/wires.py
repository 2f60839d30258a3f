"""The wires to a printer: TCP, USB, serial line, file; each sends a whole job in time or says why it could not."""

import errno
import os
import select
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

# How long a printer may refuse to take the next byte, in seconds.
PATIENCE = 2.5
_LAST_WORDS = 0.5
_USB_PRINTER_CLASS = 7


class PrinterTrouble(Exception):
    """The job did not reach the printer whole; `code` is for programs and the staff page, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def _trouble(where: str, broken: OSError) -> PrinterTrouble:
    """What an operating system's error means for a printer."""
    if isinstance(broken, TimeoutError):
        return PrinterTrouble(
            "printer-timeout", f"The printer at {where} does not take the data. Is it out of paper or open?"
        )
    if isinstance(broken, ConnectionRefusedError):
        return PrinterTrouble(
            "printer-refused", f"The device at {where} refuses the connection. Is another program printing?"
        )
    if isinstance(broken, PermissionError):
        return PrinterTrouble("printer-denied", f"This program may not open {where}. Give its user the right to.")
    if isinstance(broken, FileNotFoundError) or broken.errno in {errno.ENODEV, errno.ENXIO}:
        return PrinterTrouble("printer-missing", f"There is no printer at {where}. Is it plugged in and switched on?")
    if isinstance(broken, ConnectionError) or broken.errno == errno.ENOTCONN:
        return PrinterTrouble("printer-broke-off", f"The printer at {where} broke off the connection.")
    return PrinterTrouble(
        "printer-unreachable", f"The printer at {where} cannot be reached: {broken.strerror or broken}."
    )


def send_tcp(host: str, port: int, job: bytes) -> None:
    """To a network printer (usually port 9100)."""
    where = f"{host}:{port}"
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as wire:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # The time-out is for the whole job, so one that prints slowly may not hold the line for ever.
            wire.settimeout(PATIENCE)
            wire.sendall(job)
            wire.shutdown(socket.SHUT_WR)
            _hear_out(wire)
    except TimeoutError as late:
        raise _trouble(where, late) from late
    except OSError as broken:
        raise _trouble(where, broken) from broken


def _hear_out(wire: socket.socket) -> None:
    """Reads what the printer still says: closing over unread bytes would reset the line and could lose the job."""
    wire.settimeout(_LAST_WORDS)
    with suppress(TimeoutError):
        while wire.recv(256):
            pass


def send_serial(device: str, baud: int, job: bytes) -> None:
    """Over a serial line; the time allowed is what the line itself needs, plus our patience."""
    import serial  # noqa: PLC0415 -- only kiosks with a serial printer need it

    try:
        with serial.Serial(device, baud, timeout=PATIENCE, write_timeout=PATIENCE + len(job) * 10 / baud) as line:
            line.write(job)
            line.flush()
    except serial.SerialTimeoutException as late:
        raise _trouble(device, TimeoutError()) from late
    except serial.SerialException as broken:
        number = broken.errno or errno.ENODEV
        raise _trouble(device, OSError(number, os.strerror(number))) from broken


def send_usb(vendor: int, product: int, job: bytes) -> None:
    """To a USB printer without a driver, on its printer interface."""
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
        out = usb.util.find_descriptor(
            interface,
            custom_match=lambda end: usb.util.endpoint_direction(end.bEndpointAddress) == usb.util.ENDPOINT_OUT,
        )
        sent = 0
        while sent < len(job):
            sent += out.write(job[sent:], timeout=round(PATIENCE * 1000))
    except usb.core.USBTimeoutError as late:
        raise _trouble(where, TimeoutError()) from late
    except usb.core.USBError as broken:
        raise _trouble(where, OSError(broken.errno or errno.ENODEV, str(broken))) from broken
    finally:
        usb.util.dispose_resources(device)


def send_file(path: str, job: bytes) -> None:
    """To a raw device (/dev/usb/lp0, LPT1) or to the end of a file; a missing device is never made as a file."""
    flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not path.startswith(("/dev/", "\\\\.\\")) and Path(path).parent.is_dir():
        flags |= os.O_CREAT
    try:
        wire = os.open(path, flags, 0o600)
        try:
            _write_in_time(wire, job)
        finally:
            os.close(wire)
    except OSError as broken:
        raise _trouble(path, broken) from broken


def _write_in_time(wire: int, job: bytes) -> None:
    until, left = time.monotonic() + PATIENCE, memoryview(job)
    while left:
        # Windows has no select for files; there a device driver keeps the time.
        if sys.platform != "win32" and not select.select([], [wire], [], max(0.0, until - time.monotonic()))[1]:
            raise TimeoutError
        try:
            left = left[os.write(wire, left) :]
        except BlockingIOError:
            if time.monotonic() > until:
                raise TimeoutError from None
