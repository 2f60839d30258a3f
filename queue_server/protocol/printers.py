"""How slip printers stand, on the wire: what a kiosk says of its own, and what staff are told of all of them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from queue_server.protocol.plain import Incoming, Millis, Outgoing

KioskName = Annotated[str, StringConstraints(min_length=1, max_length=32, pattern=r"^[^\x00]*$")]
Trouble = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,31}$")]
Ago = Annotated[int, Field(ge=0, le=86_400_000, description="how long ago, in ms: a kiosk's own clock may be wrong")]
SlipNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9]{3,8}$")]
SlipState = Literal["printed", "reprinted", "sent", "shown", "failed"]


class SlipDone(Incoming):
    """What became of one slip, and why where it failed."""

    number: SlipNumber
    state: SlipState
    reason: Trouble | None = None
    ago_ms: Ago


class PrinterBody(Incoming):
    """How a kiosk's printer stands, and its last slips, oldest first."""

    kiosk: KioskName
    trouble: Trouble | None = Field(description="null: in order")
    ago_ms: Ago
    slips: Annotated[list[SlipDone], Field(max_length=8)] = Field(default_factory=list)
    leaving: bool = Field(default=False, description="the kiosk is being switched off: nothing more is expected of it")


class PrinterSlip(Outgoing):
    """What became of one slip of a printer."""

    number: str
    state: SlipState
    reason: str | None
    at: Millis


class Printer(Outgoing):
    """The printer of a kiosk; `kiosk-silent` when the kiosk itself says nothing any more."""

    kiosk: str
    trouble: str | None = Field(description="null: in order")
    since: Millis
    slips: list[PrinterSlip] = Field(description="the last ones, oldest first")


class PrinterList(Outgoing):
    """The printers of the kiosks that have spoken since this server began, by the kiosk's name."""

    items: list[Printer]
