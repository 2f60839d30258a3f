"""What an ESC/POS printer says of itself: the questions DLE EOT 1 to 4, and what their answers mean. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
# Printer and paper first: every printer that answers at all knows those two.
QUESTIONS = (PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE)

# Four bits of an answer never change; whatever looks otherwise (flow control, status sent unasked) is none.
_FIXED, _FIXED_BITS = 0b1001_0011, 0b0001_0010
_OFFLINE = 0b0000_1000
_COVER, _PAPER_STOP, _ERROR = 0b0000_0100, 0b0010_0000, 0b0100_0000
_RECOVERABLE, _CUTTER, _UNRECOVERABLE, _BY_ITSELF = 0b0000_0100, 0b0000_1000, 0b0010_0000, 0b0100_0000
_NEAR_END, _END = 0b0000_1100, 0b0110_0000

# Longer than this for all four answers is slow, in seconds.
SLOW = 0.6

Stop = Literal[
    "printer-broken", "printer-cutter", "printer-cover-open", "printer-paper-out", "printer-error", "printer-offline"
]
Warn = Literal["printer-mute", "printer-paper-low", "printer-slow"]


def question(kind: int) -> bytes:
    """DLE EOT `kind`: the printer answers with one byte, whatever else it is doing."""
    return bytes((0x10, 0x04, kind))


def answer_in(heard: bytes) -> int | None:
    """The first byte that is an answer; None when there is none among them."""
    return next((byte for byte in heard if byte & _FIXED == _FIXED_BITS), None)


@dataclass(frozen=True, slots=True)
class Status:
    """How a printer stands; what it was not heard to say is False. `seconds` is how long its answers took."""

    asked: bool = True
    answered: bool = False
    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    cutter: bool = False
    error: bool = False
    unrecoverable: bool = False
    seconds: float = 0.0

    @property
    def stops(self) -> Stop | None:
        """Why nothing can be printed now, the cause before its consequence; None when something can."""
        causes: tuple[tuple[bool, Stop], ...] = (
            (self.unrecoverable, "printer-broken"),
            (self.cutter, "printer-cutter"),
            (self.cover_open, "printer-cover-open"),
            (self.paper_out, "printer-paper-out"),
            (self.error, "printer-error"),
            (self.offline, "printer-offline"),
        )
        return next((code for holds, code in causes if holds), None)

    @property
    def warns(self) -> Warn | None:
        """What staff should know though it prints."""
        if self.asked and not self.answered:
            return "printer-mute"
        if self.paper_low:
            return "printer-paper-low"
        return "printer-slow" if self.seconds > SLOW else None

    @property
    def trouble(self) -> Stop | Warn | None:
        """The one thing to say of it; None when it is in order or cannot be asked."""
        return self.stops or self.warns


# A wire that only takes bytes, such as a file.
UNASKED = Status(asked=False)


def decode(answers: Mapping[int, int], seconds: float = 0.0) -> Status:
    """The status in the answers that came, by question."""
    printer, paper = answers.get(PRINTER, 0), answers.get(PAPER, 0)
    cause, error = answers.get(OFFLINE_CAUSE, 0), answers.get(ERROR_CAUSE, 0)
    out = bool(paper & _END or cause & _PAPER_STOP)
    return Status(
        answered=bool(answers),
        offline=bool(printer & _OFFLINE),
        cover_open=bool(cause & _COVER),
        paper_out=out,
        paper_low=bool(paper & _NEAR_END) and not out,
        cutter=bool(error & _CUTTER),
        error=bool(cause & _ERROR or error & (_RECOVERABLE | _BY_ITSELF)),
        unrecoverable=bool(error & _UNRECOVERABLE),
        seconds=seconds,
    )
