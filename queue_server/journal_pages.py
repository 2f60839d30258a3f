"""A hall's journal page by page, for whoever passes it on: memory holds a page, however long the history."""

from collections.abc import Iterator

from sqlalchemy import Connection

from queue_server.reads import Reads
from queue_server.storage import history

Page = list[tuple[int, str]]


class EntryGone(RuntimeError):
    """An entry that was there at the beginning has vanished; nothing of ours ever takes one away."""

    def __init__(self, hall: str, entry_no: int) -> None:
        super().__init__(f"The journal of {hall} ends at {entry_no} all of a sudden.")


def journal_pages(reads: Reads, hall: str, after: int = 0) -> tuple[int, Iterator[list[str]]]:
    """The last entry there is now, and the lines behind entry `after` up to it.

    The first page is read at once, the others as they are asked for; a read may raise `StorageDown`.
    """
    last, first = reads(_begin, hall, after)
    return last, _pages(reads, hall, (after, last), first)


def _begin(db: Connection, hall: str, after: int) -> tuple[int, Page]:
    last = history.last(db, hall)
    return last, history.page(db, hall, after, last)


def _pages(reads: Reads, hall: str, span: tuple[int, int], found: Page) -> Iterator[list[str]]:
    # Each page is a transaction of its own: a reader who takes an hour must not hold a database back for an hour.
    at, last = span
    while at < last:
        if not found:
            raise EntryGone(hall, at)
        at = found[-1][0]
        yield [text for _, text in found]
        found = reads(history.page, hall, at, last)
