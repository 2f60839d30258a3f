"""Messages that come in: checked here, nothing unknown, no quiet conversions."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from queue_server.protocol.plain import MOST_BOOKINGS, ClassCode, HoldKind, Incoming, Language, TicketState

Code = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
StaffNumber = Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=r"^[^\x00]*$")]
IsoDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
# The end of the year 9000: what lies behind it is no day in anybody's calendar, and breaks most of them.
LAST_MOMENT = 221_876_928_000_000
TicketId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


def not_together() -> PydanticCustomError:
    """One field says what another one rules out; neither may be dropped in silence."""
    return PydanticCustomError("not_together", "does not go with another field")


class Empty(Incoming):
    """A body with nothing in it."""


class TakeBody(Incoming):
    """Take a number."""

    business: Code
    priority: Annotated[list[ClassCode], Field(max_length=8)] = Field(default_factory=list)
    language: Language = "zh-Hans"
    item: Code | None = None
    later: Annotated[list[Code], Field(max_length=4)] = Field(
        default_factory=list, description="further business types of the same visit, in order"
    )


class ServedItem(Incoming):
    """An item really served: how often, and with which outcome where it differs."""

    item: Code
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    outcome: Code | None = None


class FinishBody(Incoming):
    """Finish the ticket at the window."""

    outcome: Code
    served: Annotated[list[ServedItem], Field(max_length=20)] = Field(
        default_factory=list, description="the items really served, the main one first"
    )


class MissingReason(Incoming):
    """Why a paper is missing, or what it must be."""

    paper: Code
    reason: Text


Reasons = Annotated[list[MissingReason], Field(max_length=20)]


class PapersMissingBody(Incoming):
    """Everything that is missing, told at once: what is not named was looked at and is in order."""

    item: Code
    missing: Annotated[list[Code], Field(min_length=1, max_length=20)]
    reasons: Reasons = Field(default_factory=list)
    return_by: IsoDate | None = Field(default=None, description="the hall's own days when left out")


class OnPromiseBody(Incoming):
    """Accept though minor papers are missing, to be brought by a day."""

    item: Code
    missing: Annotated[list[Code], Field(min_length=1, max_length=20)]
    reasons: Reasons = Field(default_factory=list)
    due: IsoDate


class ReturnBody(Incoming):
    """Take a number to go on with a case."""

    priority: Annotated[list[ClassCode], Field(max_length=8)] = Field(default_factory=list)
    language: Language = "zh-Hans"


class BookBody(Incoming):
    """Book a slot; `reviewed` says that the papers were checked beforehand."""

    business: Code
    item: Code | None = None
    slot: Annotated[int, Field(ge=0, le=LAST_MOMENT, description="its beginning, ms UTC")]
    priority: Annotated[list[ClassCode], Field(max_length=8)] = Field(default_factory=list)
    reviewed: bool = False


class ImportBody(Incoming):
    """Many bookings at once."""

    items: Annotated[list[BookBody], Field(min_length=1, max_length=MOST_BOOKINGS)]


class CheckInBody(Incoming):
    """Check in with a booking."""

    language: Language = "zh-Hans"


class SlotsQuery(BaseModel):
    """The slots of which business, on which day."""

    model_config = ConfigDict(extra="forbid")

    business: Code
    day: IsoDate


class BeforeQuery(BaseModel):
    """The number that was called first."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9]{3,8}$")]


class HandOverBody(Incoming):
    """Make a colleague responsible for a case."""

    to_clerk: StaffNumber = Field(description="a staff number")
    reason: Text


class StopClockBody(Incoming):
    """Why the promise stands still."""

    reason: Text


class CloseCaseBody(Incoming):
    """Close a case."""

    outcome: Code


class DaysQuery(BaseModel):
    """The item of which business."""

    model_config = ConfigDict(extra="forbid")

    business: Code
    item: Code


class CasesQuery(BaseModel):
    """Which cases."""

    model_config = ConfigDict(extra="forbid")

    mine: Literal["yes", "no"] = "no"
    troubles: Literal["yes", "no"] = "no"


class HoldBody(Incoming):
    """Put the visitor at the window aside."""

    kind: HoldKind
    awaits: TicketId | None = Field(
        default=None, description="the ticket whose turn's end resumes this one; only when `kind` is `awaiting`"
    )
    note: Text | None = None

    @field_validator("awaits")
    @classmethod
    def _only_who_waits(cls, awaits: str | None, said: ValidationInfo) -> str | None:
        if awaits is not None and said.data.get("kind") != "awaiting":
            raise not_together()
        return awaits


class TicketBody(Incoming):
    """An act on one ticket."""

    ticket: TicketId


class TransferBody(Incoming):
    """Send the visitor at the window on, or one whose papers were kept, with what the next clerk must know."""

    ticket: TicketId | None = Field(default=None, description="held, papers kept; else whoever is at the window")
    business: Code
    note: Text
    to_window: Annotated[int, Field(ge=1, le=999)] | None = None
    to_clerk: StaffNumber | None = Field(default=None, description="a staff number; not together with `to_window`")

    @field_validator("to_clerk")
    @classmethod
    def _one_or_the_other(cls, to_clerk: str | None, said: ValidationInfo) -> str | None:
        if to_clerk is not None and said.data.get("to_window") is not None:
            raise not_together()
        return to_clerk


class MoveBody(TicketBody):
    """Another business for somebody who waits."""

    business: Code


class GradeBody(TicketBody):
    """The grounds for priority that a ticket has from now on."""

    priority: Annotated[list[ClassCode], Field(max_length=8)]


class GroundsBody(Incoming):
    """The grounds for priority that a ticket has from now on."""

    priority: Annotated[list[ClassCode], Field(max_length=8)]


class BusinessBody(Incoming):
    """Another business."""

    business: Code


class ConsultedBody(Incoming):
    """A question answered without a number."""

    business: Code | None = None
    note: Text | None = None


class CallGivenBody(TicketBody):
    """Call one ticket past the order, and why."""

    reason: Text


class PauseBody(Incoming):
    """Call nobody for a while."""

    reason: Code


class VoidBody(Incoming):
    """Close a ticket without service."""

    reason: Text


class Notice(Incoming):
    """One text in the three languages."""

    zh_hans: Text = Field(alias="zh-Hans")
    zh_hant: Text = Field(alias="zh-Hant")
    en: Text


class SuspendBody(Incoming):
    """Suspend a business type, with a notice for everybody."""

    notice: Notice


class MoveWaitingBody(Incoming):
    """The business type to which everybody who waits is moved."""

    to: Code


class SignInBody(Incoming):
    """Staff name and password."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class JournalQuery(BaseModel):
    """Behind which entry to begin."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")] | None = None


class ListQuery(JournalQuery):
    """Which tickets, how many, after which one."""

    state: TicketState | None = None
    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9]{3,8}$")] | None = Field(
        default=None, description="only the ticket of the present business day that has this number"
    )
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
