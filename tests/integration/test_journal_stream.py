"""The journal as a stream: however long the history, the server holds a page of it, and who reads knows the end."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from sqlalchemy import insert, text

from queue_server.api.halls import LAST_ENTRY
from queue_server.core.journal import Entry, chain, line, parse
from queue_server.storage.tables import journal
from tests.running.client import HALL, Client, refused
from tests.running.hall import Hall

PATH = f"{HALL}/journal"
# Far more than any buffer between server and reader, and several times what the server may grow by.
MANY, LONG = 30_000, 1_500
MOST_MB = 24


def lengthen(hall: Hall, entries: int, length: int) -> int:
    """Add entries to the journal as a writer would, chained, each about so many characters long; the last number."""
    with hall.database.engine().begin() as db:
        no, at, digest = db.execute(text("SELECT last_no, last_at, last_hash FROM halls WHERE id = 'main'")).one()
        rows = []
        for _ in range(entries):
            no += 1
            said = line(Entry(no, at, "main", "noted", f"{no:016}", "test", facts={"text": "长" + "x" * length}))
            digest = chain(digest, said)
            rows.append({"hall": "main", "entry_no": no, "at": at, "act": "noted", "line": said, "hash": digest})
        db.execute(insert(journal), rows)
        db.execute(
            text("UPDATE halls SET last_no = :no, last_hash = :digest WHERE id = 'main'"), {"no": no, "digest": digest}
        )
    return int(no)


def stream(client: Client, **query: object) -> requests.Response:
    """The answer with its body still to come."""
    reply = client.ask(PATH, params=query, stream=True)
    assert reply.status_code == 200, reply.text
    return reply


def numbers(reply: requests.Response) -> list[int]:
    """The numbers of all entries of an answer."""
    return [parse(each).no for each in reply.iter_lines(decode_unicode=True)]


def memory_mb(hall: Hall, which: str) -> float:
    """What the server's process holds (VmRSS), or has held at most (VmHWM)."""
    status = Path(f"/proc/{hall.server.pid}/status")
    if not status.exists():
        pytest.skip("how much another process holds is read in /proc")
    found = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith(f"{which}:"))
    return int(found.split()[1]) / 1024


@pytest.fixture
def steady(hall: Hall) -> Iterator[None]:
    """The test fails when the server's process has grown too much in it."""
    stream(hall.manager).close()
    before = memory_mb(hall, "VmRSS")
    # So the highest mark counts from here.
    Path(f"/proc/{hall.server.pid}/clear_refs").write_text("5", encoding="ascii")
    yield
    assert memory_mb(hall, "VmHWM") - before < MOST_MB


def test_a_long_journal_comes_whole_and_in_order(hall: Hall):
    last = lengthen(hall, 6_100, 40)
    reply = stream(hall.manager)
    assert reply.headers["Transfer-Encoding"] == "chunked"
    assert numbers(reply) == [*range(1, last + 1)]
    assert reply.headers[LAST_ENTRY] == str(last)
    assert hall.command("journal", "verify").exit_code == 0


def test_a_reader_may_begin_behind_an_entry(hall: Hall):
    last = lengthen(hall, 4_500, 40)
    for after in (0, 1, 1_999, 2_000, 2_001, last - 2_000, last - 1):
        assert numbers(stream(hall.manager, after=after)) == [*range(after + 1, last + 1)], after
    for after in (last, last + 1, 999_999_999_999_999):
        reply = stream(hall.manager, after=after)
        assert (reply.content, reply.headers[LAST_ENTRY]) == (b"", str(last))


def test_a_wrong_beginning_is_refused(hall: Hall):
    for query in ({"after": "-1"}, {"after": ""}, {"after": "x"}, {"after": "1.0"}, {"after": "9" * 16}, {"from": "1"}):
        problem = refused(hall.manager.ask(PATH, params=query), 422, "invalid-query")
        assert problem["field"] == next(iter(query))
    refused(hall.clerk.ask(PATH, params={"after": 1}), 403, "wrong-role")


@pytest.mark.usefixtures("steady")
def test_the_server_holds_a_page_and_not_the_history(hall: Hall):
    """45 MB of journal: read whole, they would be in memory three times over."""
    last = lengthen(hall, MANY, LONG)
    assert numbers(stream(hall.manager)) == [*range(1, last + 1)]


@pytest.mark.usefixtures("steady")
def test_the_planner_is_given_the_history_page_by_page(hall: Hall):
    lengthen(hall, MANY, LONG)
    asked = {"source": "journal", "hall": "main", "time_zone": "Asia/Shanghai"}
    begun = hall.manager.tell("/api/planner/runs", asked)
    assert begun.status_code == 201, begun.text
    hall.manager.tell(f"/api/planner/runs/{begun.json()['id']}/cancel")


def test_what_is_written_meanwhile_comes_with_the_next_reading(hall: Hall):
    last = lengthen(hall, MANY, LONG)
    reply = stream(hall.manager)
    lines = reply.iter_lines(decode_unicode=True)
    assert parse(next(lines)).no == 1
    taken = [hall.kiosk.take("A")["id"] for _ in range(3)]
    read = [1, *(parse(each).no for each in lines)]
    assert all(after == before + 1 for before, after in pairwise(read))
    assert read[-1] == last == int(reply.headers[LAST_ENTRY])
    later = [parse(each) for each in stream(hall.manager, after=last).iter_lines(decode_unicode=True)]
    assert [entry.ticket for entry in later] == taken


def test_a_stream_that_breaks_off_has_no_end(hall: Hall):
    """The reader is told, keeps the whole lines it has, and goes on behind the last of them."""
    last = lengthen(hall, MANY, LONG)
    reply = stream(hall.manager)
    got = bytearray()
    parts = map(got.extend, reply.iter_content(None))
    next(parts)
    hall.database.sql("ALTER TABLE journal RENAME TO journal_taken_away")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        list(parts)
    refused(hall.manager.ask(PATH), 503, "storage-unavailable")
    hall.database.sql("ALTER TABLE journal_taken_away RENAME TO journal")
    whole = got[: got.rindex(b"\n")].decode().split("\n")
    kept = parse(whole[-1]).no
    assert 0 < kept < last
    assert numbers(stream(hall.manager, after=kept)) == [*range(kept + 1, last + 1)]
    assert "journal-broken-off" in hall.server.said()
    assert hall.nobody.ask("/healthz").ok


def test_an_entry_that_vanishes_meanwhile_is_no_end_either(hall: Hall):
    last = lengthen(hall, MANY, LONG)
    reply = stream(hall.manager)
    parts = reply.iter_content(None)
    next(parts)
    hall.database.sql("DELETE FROM journal WHERE entry_no > :no", no=last - 5)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        list(parts)
