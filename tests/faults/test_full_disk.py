"""No space left: what was acknowledged stays, what cannot be stored is refused, and it goes on when there is space."""

import resource
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.running.client import HALL, new_key, refused
from tests.running.crowd import sound, together
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall

MOST = 2_000


def fill(hall: Hall) -> tuple[list[dict[str, Any]], str]:
    """Take numbers until the disk is full: the numbers given, and the key of the first that was not."""
    given = []
    for _ in range(MOST):
        key = new_key()
        reply = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key)
        if reply.status_code != 201:
            refused(reply, 503, "storage-unavailable")
            assert reply.headers["Retry-After"]
            return given, key
        given.append(reply.json())
    pytest.fail("the disk never filled")


def room(hall: Hall) -> int:
    """A limit (pages) that lets the database grow by a little, so that some numbers still fit."""
    return int(hall.database.sql("PRAGMA page_count")[0][0]) + 8


def goes_on(hall: Hall, given: list[dict[str, Any]], key: str) -> None:
    """With space again: nothing acknowledged is lost, and the refused request now acts exactly once."""
    first = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key)
    again = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key)
    assert (first.status_code, again.content) == (201, first.content)
    kept = [(t["id"], t["number"]) for t in hall.manager.every()]
    assert kept == [(t["id"], t["number"]) for t in (*given, first.json())]
    assert [n for _, n in kept] == [f"A{n:03}" for n in range(1, len(kept) + 1)], "no gap where there was no space"
    hall.clerk.done(1, "next")
    sound(hall)


def test_a_full_database(start: Start, sqlite_database: Database):
    hall = start(sqlite_database)
    hall.odds.pages.value = room(hall)
    given, key = fill(hall)
    for _ in range(3):
        refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key), 503, "storage-unavailable")
    # Whoever only reads notices nothing.
    assert hall.kiosk.board()["waiting"][0]["waiting"] == len(given)
    assert hall.nobody.ask("/healthz").ok
    assert hall.nobody.ask(f"/api/v1/tickets/{given[-1]['token']}").json()["number"] == given[-1]["number"]
    assert "full" in hall.server.said()
    hall.odds.pages.value = 0
    goes_on(hall, given, key)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of another process are set this way on Linux")
def test_a_disk_that_takes_nothing_not_even_a_log(start: Start, sqlite_database: Database):
    """The operating system refuses every write of the server, its log's too; then it takes them again."""
    hall = start(sqlite_database)
    given = [hall.kiosk.take("A") for _ in range(3)]
    _, most = resource.prlimit(hall.server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(hall.server.pid, resource.RLIMIT_FSIZE, (0, most))
    key = new_key()
    for _ in range(3):
        reply = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key)
        refused(reply, 503, "storage-unavailable")
    assert hall.nobody.ask("/healthz").ok
    resource.prlimit(hall.server.pid, resource.RLIMIT_FSIZE, (most, most))
    goes_on(hall, given, key)


def test_a_batch_that_does_not_fit_is_refused_whole(start: Start, sqlite_database: Database):
    """Of a hundred at once, who has a number has it for good, and who was refused has none."""
    hall = start(sqlite_database)
    hall.odds.pages.value = room(hall)
    replies: list[Any] = []

    def kiosk() -> Callable[[], None]:
        client = hall.client(hall.tokens["kiosk"])

        def run() -> None:
            replies.extend(client.tell(f"{HALL}/tickets", {"business": "C"}) for _ in range(25))

        return run

    together(*(kiosk() for _ in range(8)))
    given = sorted(r.json()["number"] for r in replies if r.status_code == 201)
    assert {r.status_code for r in replies} == {201, 503}
    hall.odds.pages.value = 0
    assert sorted(t["number"] for t in hall.manager.every()) == given
    sound(hall)
