"""The hall's own journal: written by the core's own acts, read back as visits; dirt counted by kind."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from queue_server.core import acts
from queue_server.core.acts import Stamp, Wish
from queue_server.core.business import Business
from queue_server.core.hall import Hall, PriorityClass, Window
from queue_server.core.journal import Entry, line
from queue_server.core.seat import CLOSED, OPENED
from queue_server.core.steps import NOTHING, Told
from queue_server.core.ticket import PAST, Act
from queue_server.core.words import names
from simulation.history import journal
from simulation.history.kinds import kind_of
from simulation.history.recorded import NotReadable, Recorded

NINE = 1_767_574_800_000  # 5 January 2026, 9:00 in Shanghai
MINUTE = 60_000
SAME = names("甲", "甲", "A")
HALL = Hall(
    "main",
    SAME,
    "Asia/Shanghai",
    (Business("A", SAME),),
    (Window(1, {"A": 0}),),
    (),
    (PriorityClass("elderly", SAME, 0),),
)


def history() -> list[Entry]:
    """One visitor served with all keys, one with one key, one who left, one still waiting; the window closes at ten."""
    entries: list[Entry] = [Entry(1, NINE, "main", OPENED, "o", "w", window=1)]

    def take(running: int, at: int, *grounds: str) -> acts.Ticket:
        ticket, entry = acts.issue(
            HALL,
            Wish("A", grounds),
            f"{running:032x}",
            running,
            len(entries) + 1,
            Stamp(NINE + at * MINUTE, "a", "k"),
            0,
        )
        entries.append(entry)
        return ticket

    def do(ticket: acts.Ticket, act: Act, at: int, told: Told = NOTHING) -> acts.Ticket:
        after, entry = acts.change(HALL, ticket, act, len(entries) + 1, Stamp(NINE + at * MINUTE, "a", "w"), told)
        entries.append(entry)
        return after

    first, second, third = take(1, 0, "elderly"), take(2, 1), take(3, 2)
    first = do(first, Act.CALL, 5, Told(window=1))
    first = do(first, Act.START, 6)
    do(first, Act.FINISH, 16, Told(outcome="accepted"))
    second = do(second, Act.CALL, 16, Told(window=1))
    do(second, Act.FINISH, 20, Told(outcome="accepted"))
    do(third, Act.VOID, 30, Told(reason="left"))
    take(4, 40)
    entries.append(Entry(len(entries) + 1, NINE + 60 * MINUTE, "main", CLOSED, "c", "w", window=1))
    return entries


def written(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return path


def counted(recorded: Recorded) -> dict[str, int]:
    return {each.kind: each.rows for each in recorded.cleaning if each.rows}


def test_every_ticket_becomes_a_visit(tmp_path: Path):
    path = written(tmp_path / "log", map(line, history()))
    assert kind_of(path) == "journal"
    recorded = journal.read(path)
    served, quick, left, waiting = recorded.visits
    assert (served.called_at, served.service_ms, served.priority) == (NINE + 5 * MINUTE, 10 * MINUTE, ("elderly",))
    assert (quick.started_at, quick.service_ms) == (quick.called_at, 4 * MINUTE)
    assert (left.called_at, left.left_at) == (None, NINE + 30 * MINUTE)
    assert (waiting.called_at, waiting.left_at) == (None, None)
    assert counted(recorded) == {"start-not-pressed": 1, "still-open-at-the-end": 1}
    assert recorded.service["A"].mean_s == pytest.approx(7 * 60)


def test_of_a_service_with_a_wrong_timing_only_the_wait_is_learned(tmp_path: Path):
    entries = [each for each in history() if each.act not in {OPENED, CLOSED}]
    forgotten = next(each.ticket for each in entries if each.window == 1 and each.at == NINE + 16 * MINUTE)
    wrong = {"timing_wrong": True}
    mark = Entry(99, NINE + 50 * MINUTE, "main", PAST[Act.MARK_TIMING], "m", "w", ticket=forgotten, set=wrong)
    recorded = journal.read(written(tmp_path / "log", map(line, [*entries, mark])))
    served = next(v for v in recorded.visits if v.called_at == NINE + 5 * MINUTE)
    assert (served.started_at, served.finished_at, served.service_ms) == (None, None, None)
    assert served.waited_ms == 5 * MINUTE
    assert [s.present for s in recorded.staffing] == pytest.approx([4 / 15])


def test_windows_count_where_the_hall_served(tmp_path: Path):
    staffing = journal.read(written(tmp_path / "log", map(line, history()))).staffing
    assert [(s.at, s.present, s.busy) for s in staffing] == [(NINE, 1.0, 1), (NINE + 15 * MINUTE, 1.0, 1)]


def test_without_opening_entries_staffing_is_read_off_the_services(tmp_path: Path):
    quiet = [each for each in history() if each.act not in {OPENED, CLOSED}]
    staffing = journal.read(written(tmp_path / "log", map(line, quiet))).staffing
    assert [s.present for s in staffing] == pytest.approx([10 / 15, 5 / 15])


def test_dirt_is_counted_by_kind(tmp_path: Path):
    lines = [line(each) for each in history()]
    broken = json.loads(lines[4])
    del lines[2]
    lines.insert(3, "not json")
    lines.append(json.dumps({**broken, "no": 99, "at": NINE, "ticket": "f" * 32}))
    recorded = journal.read(written(tmp_path / "log", ["", *lines]))
    assert counted(recorded) == {
        "unreadable-row": 1,
        "no-such-ticket-state": 3,
        "numbers-missing": 1 + 99 - len(history()) - 1,
        "time-runs-back": 1,
        "still-open-at-the-end": 1,
    }


def test_a_journal_without_visits_and_a_strange_time_zone_are_refused(tmp_path: Path):
    path = written(tmp_path / "log", [line(history()[0])])
    with pytest.raises(NotReadable, match="no-visits"):
        journal.read(path)
    with pytest.raises(NotReadable, match="unknown-time-zone"):
        journal.read(path, "Mars/Olympus")
