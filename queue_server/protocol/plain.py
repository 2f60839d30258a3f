"""What every message is made of: languages, roles, states, moments, and the two kinds of body."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["zh-Hans", "zh-Hant", "en"]
Role = Literal["kiosk", "guide", "clerk", "manager", "display"]
TicketState = Literal["waiting", "called", "serving", "held", "missed", "finished", "void"]
WindowState = Literal["closed", "paused", "free", "calling", "serving"]
SeatState = Literal["open", "paused", "closed"]
HoldKind = Literal["papers-with-visitor", "papers-kept", "awaiting"]
Millis = Annotated[int, Field(description="whole milliseconds UTC")]
ClassCode = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Names = dict[str, str]
# An import is one request, and the hall goes on beside it.
MOST_BOOKINGS = 500


class Incoming(BaseModel):
    """A body that comes in: nothing unknown, no quiet conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Outgoing(BaseModel):
    """A body that goes out."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """RFC 9457, with a stable `code` and the facts of the refusal beside it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


def as_json(model: BaseModel) -> dict[str, Any]:
    """A message as plain JSON data; what is not set is left out only where the model says so."""
    return model.model_dump(mode="json")
