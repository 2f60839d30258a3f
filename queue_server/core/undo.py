"""Taking back the last act of a window: what may be undone, and the compensating entries that do it."""

from collections.abc import Iterable, Mapping, Sequence

from queue_server.core import case
from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.in_use import lacks, lacks_matter
from queue_server.core.journal import Entry, changes_among
from queue_server.core.seat import READY
from queue_server.core.settings import Settings
from queue_server.core.ticket import FIELDS, FINAL, PAST, UNDONE, Act, Ticket

# What happens by itself, and taking a number, is nobody's slip of the hand.
_NOT_AT_A_WINDOW = {Act.RELEASE, Act.RIPEN, Act.ADMIT}
UNDOABLE = frozenset(PAST[act] for act in Act if act not in _NOT_AT_A_WINDOW) | {
    *(case.OPENED, case.PAPERS_ASKED, case.PAPERS_COMPLETE, case.PROMISED, case.CLOSED),
    READY,
}
BY_TIMER = "timer"


def check(act: Sequence[Entry], now: int, settings: Settings, latest: Mapping[str, int]) -> None:
    """Refuse what may not be undone: `nothing-to-undo`, `undo-too-late`, `undo-overtaken`.

    `act` are all entries of the window's last act in order, `latest` is each of their tickets' last journal number.
    """
    of_nobody = all(entry.ticket is None for entry in act)
    if of_nobody or any(entry.act not in UNDOABLE or entry.by == BY_TIMER for entry in act):
        raise Refusal("nothing-to-undo")
    if now - act[-1].at > settings.undo_within:
        raise Refusal("undo-too-late", seconds=settings.undo_within // 1000)
    mine = {entry.no for entry in act}
    if any(no not in mine for no in latest.values()):
        raise Refusal("undo-overtaken")


def back(hall: Hall, now: Ticket, before: Ticket, window: int, undone: Sequence[int], no: int, stamp: Stamp) -> Entry:
    """The entry `no` that gives a ticket back what it was before; `undone` are the journal numbers taken back.

    The number on the slip stays used, the place is the one it had, and a call taken back goes from the displays.
    Refuses `undo-overtaken` where the hall has become another one that lacks what the ticket was bound to.
    """
    if lacks(hall, before):
        raise Refusal("undo-overtaken")
    return Entry(
        no=no,
        at=stamp.at,
        hall=hall.id,
        act=UNDONE,
        act_id=stamp.act_id,
        by=stamp.by,
        ticket=now.id,
        window=window,
        set=changes_among(now, before, FIELDS) or None,
        facts={"undoes": list(undone)},
    )


def that_stand(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a ticket that were not taken back, in the same order."""
    told = list(entries)
    taken_back = {no for entry in told if entry.act == UNDONE for no in (entry.facts or {}).get("undoes", ())}
    return [entry for entry in told if entry.no not in taken_back]


def check_awaited(other: Ticket) -> None:
    """Refuse `undo-overtaken` where somebody would be put aside again to wait for a ticket that is over by now."""
    if other.state in FINAL:
        raise Refusal("undo-overtaken")


def check_case(hall: Hall, before: case.Case) -> None:
    """Refuse `undo-overtaken` for a case that the hall, having become another one, would have no business or item for.

    A case that is closed stays so as long as nobody takes that back, so nothing kept the hall from changing.
    """
    if lacks_matter(hall, before.business, before.item):
        raise Refusal("undo-overtaken")
