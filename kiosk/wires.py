"""The wires to a printer: what each can do, what its errors mean, and those by network and by file."""

import errno
import os
import select
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

# How long a printer may refuse to take the next byte, and how long it may take to be reached, in seconds.
PATIENCE = 2.5
REACH = 1.2
_LAST_WORDS = 0.5
_PAUSE = 0.02


class PrinterTrouble(Exception):
    """The job did not reach the printer whole; `code` is for programs and the staff page, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Wire(Protocol):
    """An open wire; only one that `hears` can bring answers."""

    @property
    def hears(self) -> bool:
        """Whether anything ever comes back."""

    def send(self, data: bytes) -> None:
        """Sends all of it, in time."""

    def hear(self, within: float) -> bytes:
        """What the printer says within so many seconds; nothing when it is silent."""

    def forget(self) -> None:
        """Drops what came unasked, so that it is not taken for an answer."""


def trouble(where: str, broken: OSError) -> PrinterTrouble:
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
    if isinstance(broken, ConnectionError) or broken.errno in {errno.ENOTCONN, errno.EIO}:
        return PrinterTrouble("printer-broke-off", f"The printer at {where} broke off the connection.")
    return PrinterTrouble(
        "printer-unreachable", f"The printer at {where} cannot be reached: {broken.strerror or broken}."
    )


class _Tcp:
    hears = True

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def send(self, data: bytes) -> None:
        # The time-out is for all of it, so one that prints slowly may not hold the line for ever.
        self._line.settimeout(PATIENCE)
        self._line.sendall(data)

    def hear(self, within: float) -> bytes:
        self._line.settimeout(within)
        try:
            heard = self._line.recv(64)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError
        return heard

    def forget(self) -> None:
        """Each conversation has a connection of its own: nothing is left over from another."""


@contextmanager
def tcp(host: str, port: int) -> Iterator[Wire]:
    """A network printer (usually port 9100); raises `PrinterTrouble`."""
    where = f"{host}:{port}"
    try:
        try:
            line = socket.create_connection((host, port), timeout=REACH)
        except TimeoutError as far:
            raise PrinterTrouble("printer-unreachable", f"The printer at {where} cannot be reached.") from far
        with line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield _Tcp(line)
            line.shutdown(socket.SHUT_WR)
            _hear_out(line)
    except OSError as broken:
        raise trouble(where, broken) from broken


def _hear_out(line: socket.socket) -> None:
    """Reads what the printer still says: closing over unread bytes would reset the line and could lose the job."""
    line.settimeout(_LAST_WORDS)
    with suppress(TimeoutError):
        while line.recv(256):
            pass


class _File:
    def __init__(self, number: int, *, hears: bool) -> None:
        self._number, self.hears = number, hears

    def send(self, data: bytes) -> None:
        until, left = time.monotonic() + PATIENCE, memoryview(data)
        while left:
            # Windows has no select for files; there a device driver keeps the time.
            if sys.platform != "win32":
                room = max(0.0, until - time.monotonic())
                if not select.select([], [self._number], [], room)[1]:
                    raise TimeoutError
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError from None

    def hear(self, within: float) -> bytes:
        until = time.monotonic() + within
        while True:
            with suppress(BlockingIOError):
                # A device that has nothing to say reads as empty.
                if heard := os.read(self._number, 64):
                    return heard
            if time.monotonic() >= until:
                return b""
            time.sleep(_PAUSE)

    def forget(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self._number, 64):
                pass


@contextmanager
def file(path: str) -> Iterator[Wire]:
    """A raw device (/dev/usb/lp0, LPT1) or the end of a file; a missing device is never made as a file.

    Only a device that can be read without waiting is asked how it stands; on Windows none can.
    """
    never_waits = getattr(os, "O_NONBLOCK", 0)
    flags = os.O_APPEND | never_waits | getattr(os, "O_BINARY", 0)
    if not path.startswith(("/dev/", "\\\\.\\")) and Path(path).parent.is_dir():
        flags |= os.O_CREAT
    try:
        hears = bool(never_waits) and Path(path).exists() and stat.S_ISCHR(Path(path).stat().st_mode)
        number = os.open(path, flags | (os.O_RDWR if hears else os.O_WRONLY), 0o600)
        try:
            yield _File(number, hears=hears)
        finally:
            os.close(number)
    except OSError as broken:
        raise trouble(path, broken) from broken
