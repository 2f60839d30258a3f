"""The slip of missing papers and of an acceptance on promise: all that is printed on it, names in three languages."""

from typing import Literal

from pydantic import Field

from queue_server.protocol.plain import Language, Millis, Names, Outgoing
from queue_server.protocol.tickets import Clerk


class PaperAsked(Outgoing):
    """A paper still to be brought, and what the clerk wrote about it."""

    code: str
    names: Names
    minor: bool
    reason: str | None


class PapersSlip(Outgoing):
    """What the slip of a case says: everything still missing, until when, to whom to come back."""

    kind: Literal["papers-missing", "accepted-on-promise"]
    code: str = Field(description="of the case: with it a number is taken without queueing from the start")
    hall_names: Names
    time_zone: str
    language: Language = Field(description="the visitor's")
    number: str | None
    business_names: Names
    item_names: Names | None
    missing: list[PaperAsked]
    checked: int = Field(description="how many other papers of the item were in order and need not come again")
    return_by: str
    promise_days: int | None = Field(description="working days that the item is promised in once nothing is missing")
    promised_on: str | None
    window: int | None = Field(description="where the owner sits now, else where it was told")
    owner: Clerk | None
    told: int = Field(description="the how many-th time papers were asked for")
    at: Millis = Field(description="when it was told")


class LastDays(Outgoing):
    """The last days of what is told today: papers of the hall's own choosing, and the promise of an item."""

    today: str
    return_by: str
    promised_on: str | None
