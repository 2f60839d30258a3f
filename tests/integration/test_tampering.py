"""Nobody changes the hall's history unseen: `journal verify` names the first entry that does not hold."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import column as column_of
from sqlalchemy import table, text, update

from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall

ENTRY = 16


@pytest.fixture
def written(hall: Hall) -> Hall:
    """A hall with some history: entries 1 to 13 open it, 14 to 19 are visitors."""
    for business in "AAB":
        hall.kiosk.take(business)
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    hall.clerk.done(1, "finish", outcome="accepted")
    assert hall.database.sql("SELECT max(entry_no) FROM journal")[0][0] == 19
    assert hall.command("journal", "verify").exit_code == 0
    return hall


def first_bad(hall: Hall) -> tuple[int, str]:
    """What `journal verify` says: the exit status, and its words."""
    checked = hall.command("journal", "verify")
    return checked.exit_code, checked.output


def change(hall: Hall, column: str, value: Any, entry: int = ENTRY) -> None:
    """Write something else into the journal, past the server."""
    entries = table("journal", column_of("entry_no"), column_of(column))
    with hall.database.engine().begin() as db:
        db.execute(update(entries).where(entries.c.entry_no == entry).values({column: value}))


def test_a_changed_line_is_found(written: Hall):
    line = written.database.sql("SELECT line FROM journal WHERE entry_no = :n", n=ENTRY)[0][0]
    change(written, "line", line.replace('"B"', '"A"'))
    assert first_bad(written) == (1, f"hall main: entry {ENTRY}: the line does not match its hash\n")


def test_a_changed_line_with_a_fresh_hash_is_found_at_the_next(written: Hall):
    line = written.database.sql("SELECT line FROM journal WHERE entry_no = :n", n=ENTRY)[0][0].replace('"B"', '"A"')
    before = written.database.sql("SELECT hash FROM journal WHERE entry_no = :n", n=ENTRY - 1)[0][0]
    change(written, "line", line)
    change(written, "hash", hashlib.sha256((before + line).encode()).hexdigest())
    code, said = first_bad(written)
    assert (code, f"entry {ENTRY + 1}:" in said) == (1, True), said


def test_a_wholly_rewritten_end_is_found_by_what_the_hall_remembers(written: Hall):
    """Somebody who chains anew to the end still disagrees with the hall's own row."""
    line = written.database.sql("SELECT line FROM journal WHERE entry_no = 19")[0][0].replace("accepted", "promised")
    before = written.database.sql("SELECT hash FROM journal WHERE entry_no = 18")[0][0]
    change(written, "line", line, 19)
    change(written, "hash", hashlib.sha256((before + line).encode()).hexdigest(), 19)
    assert first_bad(written)[0] == 1


def test_a_changed_hash_is_found(written: Hall):
    change(written, "hash", "f" * 64)
    code, said = first_bad(written)
    assert (code, f"entry {ENTRY}:" in said) == (1, True), said


def test_a_removed_line_is_found(written: Hall):
    written.database.sql("DELETE FROM journal WHERE entry_no = :n", n=ENTRY)
    assert first_bad(written) == (1, f"hall main: entry {ENTRY}: is missing; entry {ENTRY + 1} comes next\n")


def test_a_cut_off_end_is_found(written: Hall):
    written.database.sql("DELETE FROM journal WHERE entry_no >= 18")
    code, said = first_bad(written)
    assert (code, "entry 18:" in said) == (1, True), said


def test_an_emptied_journal_is_found(written: Hall):
    written.database.sql("DELETE FROM journal")
    code, said = first_bad(written)
    assert (code, "entry 1:" in said) == (1, True), said


def test_a_changed_column_beside_the_line_is_found(written: Hall):
    kept = written.database.sql('SELECT "at", act, ticket, "window" FROM journal WHERE entry_no = :n', n=ENTRY)[0]
    right = dict(zip(("at", "act", "ticket", "window"), kept, strict=True))
    for column, value in (("at", 1), ("act", "voided"), ("ticket", "0" * 32), ("ticket", None), ("window", 7)):
        change(written, column, value)
        code, said = first_bad(written)
        assert (code, f"entry {ENTRY}:" in said) == (1, True), (column, said)
        change(written, column, right[column])
        assert first_bad(written)[0] == 0


def test_nonsense_for_a_line_is_found(written: Hall):
    """Even under a hash that fits it."""
    before = written.database.sql("SELECT hash FROM journal WHERE entry_no = :n", n=ENTRY - 1)[0][0]
    for line in ("", "{}", "[]", "null", "not json", json.dumps({"no": ENTRY}), "\ufffd"):
        change(written, "line", line)
        change(written, "hash", hashlib.sha256((before + line).encode()).hexdigest())
        code, said = first_bad(written)
        assert (code, f"entry {ENTRY}:" in said) == (1, True), said


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("line", "CAST(line AS BLOB)"),
        ("line", "CAST(x'ff' AS TEXT)"),
        ("hash", "zeroblob(32)"),
        ("at", "'nine'"),
        ("line", "x''"),
    ],
)
def test_what_is_of_another_kind_in_sqlite_is_found(
    start: Start, sqlite_database: Database, column: str, value: str
) -> None:
    """SQLite keeps anything in any column; the entry is named all the same, and so is none before it."""
    hall = start(sqlite_database)
    for business in "AABA":
        hall.kiosk.take(business)
    with hall.database.engine().begin() as db:
        db.execute(text(f"UPDATE journal SET {column} = {value} WHERE entry_no = {ENTRY}"))  # noqa: S608 -- our own two words
    status, said = first_bad(hall)
    assert status == 1
    assert said.startswith(f"hall main: entry {ENTRY}: ")
