"""The emulator on the network: a loopback port that prints, answers status, and can be slow, silent or rude."""

import select
import socket
import threading
import time
from types import TracebackType
from typing import Self

from PIL import Image

from tests.escpos_emulator.commands import Command, Reader
from tests.escpos_emulator.roll import Roll

_FIXED_BITS = 0x12
_CONDITIONS = {
    1: {"offline": 0x08},
    2: {"cover-open": 0x04, "paper-out": 0x20},
    3: {"cutter": 0x08},
    4: {"paper-low": 0x0C, "paper-out": 0x60},
}


def status_byte(kind: int, conditions: set[str]) -> bytes:
    """The reply to DLE EOT `kind` (1 printer, 2 offline cause, 3 error cause, 4 paper)."""
    return bytes([_FIXED_BITS | sum(bit for name, bit in _CONDITIONS[kind].items() if name in conditions)])


class EscposPrinter:
    """A printer; `deaf` takes no byte, `breaks_off_after` drops the line after so many bytes."""

    def __init__(
        self, width: int = 576, *, port: int = 0, deaf: bool = False, breaks_off_after: int | None = None
    ) -> None:
        self.roll = Roll(width)
        self.conditions: set[str] = set()
        self.jobs = 0
        self.errors: list[Exception] = []
        self.deaf, self.breaks_off_after = deaf, breaks_off_after
        self._changed = threading.Condition()
        self._socket = socket.socket()
        if deaf:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._socket.listen(4)
        self.port: int = self._socket.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="escpos-emulator")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._socket.close()

    @property
    def address(self) -> str:
        """Its address as a kiosk is told it."""
        return f"tcp:127.0.0.1:{self.port}"

    def slips(self, count: int, within: float = 5.0) -> list[Image.Image]:
        """The first `count` slips, once they are cut; raises what went wrong inside, or TimeoutError."""
        until = time.monotonic() + within
        with self._changed:
            while len(self.roll.slips) < count and not self.errors:
                if not self._changed.wait(max(0.0, until - time.monotonic())):
                    raise TimeoutError(f"{len(self.roll.slips)} of {count} slips were printed")
            if self.errors:
                raise self.errors[0]
            return self.roll.slips[:count]

    def _serve(self) -> None:
        while not self._stop.is_set():
            if select.select([self._socket], [], [], 0.05)[0]:
                wire, _ = self._socket.accept()
                with wire:
                    self._print(wire)

    def _print(self, wire: socket.socket) -> None:
        reader, heard = Reader(), 0
        try:
            while not self._stop.is_set():
                if self.deaf or not select.select([wire], [], [], 0.05)[0]:
                    self._stop.wait(0.01)
                    continue
                data = wire.recv(65536)
                if not data:
                    break
                heard += len(data)
                if self.breaks_off_after is not None and heard >= self.breaks_off_after:
                    # Closing with a zero linger resets the line, as a printer that loses power does.
                    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    return
                for command in reader.feed(data):
                    self._do(wire, command)
            if not self.deaf:
                reader.end()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test that waits is told
            with self._changed:
                self.errors.append(error)
                self._changed.notify_all()
        else:
            self.jobs += 1

    def _do(self, wire: socket.socket, command: Command) -> None:
        if command.name == "status":
            wire.sendall(status_byte(command.args[0], self.conditions))
            return
        with self._changed:
            self.roll.take(command)
            self._changed.notify_all()
