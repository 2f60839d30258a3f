"""What an act did: enough to answer it now, and to give the same answer again later."""

from typing import NamedTuple

from queue_server.core.journal import Entry
from queue_server.core.ticket import Ticket


class Done(NamedTuple):
    """The HTTP status of the answer, the entry it is read from, and the ticket as it was after that entry.

    `entry` is None when the act changed nothing: such an answer is not remembered.
    """

    status: int
    entry: Entry | None = None
    ticket: Ticket | None = None


NOTHING = Done(204)
