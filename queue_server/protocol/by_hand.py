"""Working by hand without a link: the list a window keeps, what is entered afterwards, and what became of it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from queue_server.protocol.incoming import LAST_MOMENT, Code, TicketId, not_together
from queue_server.protocol.plain import Incoming, Millis, Outgoing, TicketState

Moment = Annotated[int, Field(ge=0, le=LAST_MOMENT, description="ms UTC")]


class ByHandLineBody(Incoming):
    """What was done with one ticket by hand: still at the window unless it was finished or missed."""

    ticket: TicketId
    called_at: Moment | None = Field(default=None, description="left out: it was at the window when the link broke")
    started_at: Moment | None = None
    finished_at: Moment | None = None
    outcome: Code | None = Field(default=None, description="goes with `finished_at`")
    missed_at: Moment | None = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        served = self.started_at is not None or self.finished_at is not None
        if (self.finished_at is None) is not (self.outcome is None) or (served and self.missed_at is not None):
            raise not_together()
        return self


class ByHandBody(Incoming):
    """What a window did by hand while it had no link, in order; moments in hall time."""

    since: Moment = Field(description="the last moment of which the window knew")
    lines: Annotated[list[ByHandLineBody], Field(min_length=1, max_length=100)]


class CallListed(Outgoing):
    """One who waits, as a window that lost its link still needs them."""

    id: str
    number: str
    business: str
    item: str | None
    priority: list[str]
    reviewed: bool
    queued_at: Millis
    more_time: bool = Field(description="calls are spaced twice as far for this visitor")


class CallList(Outgoing):
    """Whom a window would call, in order: to be kept there, so that it can go on by hand without a link."""

    window: int
    items: list[CallListed]
    at: Millis


class ByHandLine(Outgoing):
    """What became of one line: where its ticket stands, and why it was not entered."""

    ticket: str
    number: str
    state: TicketState
    window: int | None
    conflict: Literal["taken", "came-later", "not-here", "outside"] | None


class ByHandReply(Outgoing):
    """What was entered of a list worked by hand, line by line in its order."""

    window: int
    lines: list[ByHandLine]
