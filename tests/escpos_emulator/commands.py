"""ESC/POS bytes taken apart: one command after the other; a byte nobody knows raises `UnknownByte`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

ESC, GS, FS, DLE = 0x1B, 0x1D, 0x1C, 0x10


class UnknownByte(Exception):
    """A byte sequence this printer does not know."""

    def __init__(self, at: int, data: bytes) -> None:
        super().__init__(f"unknown bytes at {at}: {data[:12].hex(' ')}")


@dataclass(frozen=True)
class Command:
    """One command by name, with its numbers and its data."""

    name: str
    args: tuple[int, ...] = ()
    data: bytes = b""


class Incomplete(Exception):
    """The command is not all there yet."""


# name and how many argument bytes follow
_FIXED: dict[tuple[int, int], tuple[str, int]] = {
    (ESC, 0x40): ("init", 0),
    (ESC, 0x21): ("mode", 1),
    (ESC, 0x45): ("bold", 1),
    (ESC, 0x47): ("double-strike", 1),
    (ESC, 0x2D): ("underline", 1),
    (ESC, 0x4D): ("font", 1),
    (ESC, 0x61): ("align", 1),
    (ESC, 0x7B): ("upside-down", 1),
    (ESC, 0x64): ("feed-lines", 1),
    (ESC, 0x4A): ("feed-dots", 1),
    (ESC, 0x32): ("default-spacing", 0),
    (ESC, 0x33): ("spacing", 1),
    (ESC, 0x74): ("codepage", 1),
    (ESC, 0x52): ("country", 1),
    (GS, 0x21): ("size", 1),
    (GS, 0x42): ("reverse", 1),
    (GS, 0x62): ("smooth", 1),
    (GS, 0x4C): ("left-margin", 2),
    (GS, 0x57): ("area-width", 2),
    (FS, 0x26): ("han-on", 0),
    (FS, 0x2E): ("han-off", 0),
    (DLE, 0x04): ("status", 1),
}


class Reader:
    """Bytes arrive in any pieces; whole commands come out."""

    def __init__(self) -> None:
        self._held = b""
        self._at = 0

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that are complete now."""
        self._held += data
        while self._held:
            try:
                command, used = self._next(self._held)
            except Incomplete:
                return
            self._held = self._held[used:]
            self._at += used
            yield command

    def end(self) -> None:
        """Nothing more comes; half a command is an error."""
        if self._held:
            raise UnknownByte(self._at, self._held)

    def _next(self, data: bytes) -> tuple[Command, int]:
        first = data[0]
        if first == 0x0A:
            return Command("line-feed"), 1
        if first >= 0x20:
            end = next((nr for nr, byte in enumerate(data) if byte < 0x20), len(data))
            return Command("text", data=data[:end]), end
        if first not in (ESC, GS, FS, DLE):
            raise UnknownByte(self._at, data)
        second = _byte(data, 1)
        if (first, second) in _FIXED:
            name, count = _FIXED[first, second]
            _byte(data, 1 + count)
            return Command(name, tuple(data[2 : 2 + count])), 2 + count
        if (first, second) in _LONG:
            return _LONG[first, second](data, self._at)
        raise UnknownByte(self._at, data)


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise Incomplete
    return data[at]


def _part(data: bytes, start: int, count: int) -> bytes:
    if start + count > len(data):
        raise Incomplete
    return data[start : start + count]


def _cut(data: bytes, at: int) -> tuple[Command, int]:
    mode = _byte(data, 2)
    if mode in (0, 1, 48, 49):
        return Command("cut", (mode % 48, 0)), 3
    if mode in (65, 66):
        return Command("cut", (mode - 65, _byte(data, 3))), 4
    raise UnknownByte(at, data)


def _raster(data: bytes, at: int) -> tuple[Command, int]:
    if _byte(data, 2) != 0x30:
        raise UnknownByte(at, data)
    head = _part(data, 3, 5)
    scale, across, down = head[0] % 48, head[1] + 256 * head[2], head[3] + 256 * head[4]
    if scale > 3:
        raise UnknownByte(at, data)
    return Command("raster", (scale, across * 8, down), _part(data, 8, across * down)), 8 + across * down


def _function(data: bytes, at: int) -> tuple[Command, int]:
    """GS ( L is graphics, GS ( k is a two-dimensional code; both carry their length."""
    name = {0x4C: "graphics", 0x6B: "code"}.get(_byte(data, 2))
    if name is None:
        raise UnknownByte(at, data)
    low, high = _part(data, 3, 2)
    body = _part(data, 5, low + 256 * high)
    return Command(name, data=body), 5 + len(body)


_LONG: dict[tuple[int, int], Callable[[bytes, int], tuple[Command, int]]] = {
    (GS, 0x56): _cut,
    (GS, 0x76): _raster,
    (GS, 0x28): _function,
}
