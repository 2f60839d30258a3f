"""The emulator on the network: a loopback port that prints, answers status, and can be slow, silent or rude."""

import select
import socket
import threading
import time
from itertools import takewhile
from types import TracebackType
from typing import Self

from PIL import Image

from tests.escpos_emulator.commands import Command, Reader
from tests.escpos_emulator.roll import Roll

_FIXED_BITS = 0x12
_CONDITIONS = {
    1: {"offline": 0x08, "cover-open": 0x08, "paper-out": 0x08, "cutter": 0x08, "broken": 0x08},
    2: {"cover-open": 0x04, "paper-out": 0x20, "cutter": 0x40, "broken": 0x40},
    3: {"cutter": 0x08, "broken": 0x20},
    4: {"paper-low": 0x0C, "paper-out": 0x60},
}
# With one of these it holds what it is sent, and goes on with it when it is mended.
HOLDS = frozenset({"offline", "cover-open", "paper-out", "cutter", "broken"})
# Closing with a zero linger resets the line, as a printer that loses power does.
_NO_LINGER = b"\1\0\0\0\0\0\0\0"


def status_byte(kind: int, conditions: set[str]) -> bytes:
    """The reply to DLE EOT `kind` (1 printer, 2 offline cause, 3 error cause, 4 paper)."""
    bits = _FIXED_BITS
    for name in conditions:
        bits |= _CONDITIONS[kind].get(name, 0)
    return bytes([bits])


class EscposPrinter:
    """A printer; `deaf` takes no byte, `breaks_off_after` drops the line after so many bytes.

    `mute` answers no question, `answers_after` is how many seconds an answer takes. `fault_at` is what happens while a
    slip is printed: after the first strip of a picture, or with "cutter" when the slip is to be cut.
    """

    def __init__(
        self,
        width: int = 576,
        *,
        port: int = 0,
        deaf: bool = False,
        breaks_off_after: int | None = None,
        han: str = "gb18030",
    ) -> None:
        self.roll = Roll(width, han)
        self.conditions: set[str] = set()
        self.errors: list[Exception] = []
        self.deaf, self.breaks_off_after = deaf, breaks_off_after
        self.mute, self.answers_after = False, 0.0
        self.fault_at: str | None = None
        self.fault_began: float | None = None
        self._held: list[Command] = []
        self._unplugged = threading.Event()
        self._changed = threading.Condition()
        self._port = port
        self._socket = self._listen()
        self.port: int = self._socket.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="escpos-emulator")

    def _listen(self) -> socket.socket:
        door = socket.socket()
        if self.deaf:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", self._port))
        door.listen(4)
        self._port = door.getsockname()[1]
        return door

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

    def fail(self, fault: str) -> None:
        """Something happens to it now: a condition, "mute", "slow" or "unplugged"."""
        with self._changed:
            self.fault_began = time.monotonic()
            if fault == "unplugged":
                self._unplugged.set()
            elif fault == "mute":
                self.mute = True
            elif fault == "slow":
                self.answers_after = 0.2
            else:
                self.conditions.add(fault)

    def mend(self) -> None:
        """All is well again, and what it held is printed."""
        with self._changed:
            self.conditions.clear()
            self.mute, self.answers_after, self.fault_at = False, 0.0, None
            held, self._held = self._held, []
            for command in held:
                self.roll.take(command)
            self._changed.notify_all()
        self._unplugged.clear()

    def _serve(self) -> None:
        while not self._stop.is_set():
            if self._unplugged.is_set():
                self._without_power()
            if select.select([self._socket], [], [], 0.05)[0]:
                wire, _ = self._socket.accept()
                with wire:
                    self._print(wire)

    def _without_power(self) -> None:
        """Nobody listens, and what it held is forgotten; half a slip is torn off before it prints again."""
        self._socket.close()
        while self._unplugged.is_set() and not self._stop.wait(0.02):
            pass
        with self._changed:
            self._held = []
            self.roll.tear()
        self._socket = self._listen()

    @property
    def _off(self) -> bool:
        return self._stop.is_set() or self._unplugged.is_set()

    def _print(self, wire: socket.socket) -> None:
        reader, heard = Reader(), 0
        try:
            while not self._off:
                if self.deaf or not select.select([wire], [], [], 0.05)[0]:
                    self._stop.wait(0.01)
                    continue
                data = wire.recv(65536)
                if not data:
                    break
                heard += len(data)
                if self.breaks_off_after is not None and heard >= self.breaks_off_after:
                    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
                    return
                for command in takewhile(lambda _: not self._off, reader.feed(data)):
                    self._do(wire, command)
            if self._unplugged.is_set():
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            elif not self._off and not self.deaf:
                reader.end()
        except ConnectionError:
            # Whoever asked did not wait for the answer; that is their right.
            return
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test that waits is told
            with self._changed:
                self.errors.append(error)
                self._changed.notify_all()

    def _do(self, wire: socket.socket, command: Command) -> None:
        if command.name == "status":
            if not self.mute and not self._stop.wait(self.answers_after):
                wire.sendall(status_byte(command.args[0], self.conditions))
            return
        if self.fault_at == "cutter" and command.name == "cut":
            self._while_printing()
        with self._changed:
            if self.conditions & HOLDS:
                self._held.append(command)
                return
            self.roll.take(command)
            self._changed.notify_all()
        if self.fault_at is not None and self.fault_at != "cutter" and command.name == "raster":
            self._while_printing()

    def _while_printing(self) -> None:
        fault, self.fault_at = self.fault_at, None
        self.fail(fault or "offline")
