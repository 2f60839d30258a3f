"""What `verify` finds in a journal: change, deletion, insertion, reorder, wrong columns, time running back."""

from collections.abc import Iterable

import pytest

from queue_server.core.journal import START, Bad, Entry, Stored, chain, line, verify
from tests.unit.core.small_hall import NINE, SECOND

Row = tuple[int, int, str, str]
BROKEN = "the line does not match its hash"
COLUMNS = "the columns beside the line say something else"


def entry(no: int, at: int, hall: str = "main") -> Entry:
    """An entry that tells nothing but when it is."""
    return Entry(no=no, at=at, hall=hall, act="window-opened", act_id=f"a{no}", by="li", window=1)


def chained(entries: Iterable[Entry | str]) -> list[Row]:
    """Rows soundly chained; a text stands for a line that is no entry."""
    rows: list[Row] = []
    previous = START
    for place, each in enumerate(entries, start=1):
        text = each if isinstance(each, str) else line(each)
        previous = chain(previous, text)
        at = NINE if isinstance(each, str) else each.at
        rows.append((place if isinstance(each, str) else each.no, at, text, previous))
    return rows


SOUND = chained(entry(no, NINE + no * SECOND) for no in range(1, 7))


def found(rows: Iterable[Stored]) -> list[Bad]:
    """All that does not hold."""
    return list(verify(rows, "main"))


def test_a_sound_journal_and_an_empty_one_hold() -> None:
    assert found(SOUND) == []
    assert found([]) == []
    assert found(chained([entry(1, NINE), entry(2, NINE)])) == []


def test_a_changed_line_is_found_and_only_that_one() -> None:
    rows = list(SOUND)
    rows[2] = (3, rows[2][1], rows[2][2].replace('"li"', '"lo"'), rows[2][3])
    assert found(rows) == [Bad(3, BROKEN)]


def test_a_changed_line_with_a_hash_of_its_own_breaks_the_next() -> None:
    rows = list(SOUND)
    text = rows[2][2].replace('"li"', '"lo"')
    rows[2] = (3, rows[2][1], text, chain(rows[1][3], text))
    assert found(rows) == [Bad(4, BROKEN)]


@pytest.mark.parametrize("digest", ["", "0" * 64, "号" * 64])
def test_a_changed_hash_is_found(digest: str) -> None:
    rows = list(SOUND)
    rows[2] = (*rows[2][:3], digest)
    assert found(rows) == [Bad(3, BROKEN), Bad(4, BROKEN)]


@pytest.mark.parametrize("gone", range(5))
def test_a_deleted_line_is_found(gone: int) -> None:
    rows = SOUND[:gone] + SOUND[gone + 1 :]
    assert found(rows) == [Bad(gone + 1, f"is missing; entry {gone + 2} comes next")]


def test_deleted_lines_are_found_even_when_the_rest_is_numbered_anew() -> None:
    rest = [entry(no, NINE + (no + 1) * SECOND) for no in range(3, 6)]
    rows = SOUND[:2] + [(e.no, e.at, line(e), old[3]) for e, old in zip(rest, SOUND[3:], strict=True)]
    assert found(rows)[0] == Bad(3, BROKEN)


@pytest.mark.parametrize("place", range(6))
def test_an_inserted_line_is_found(place: int) -> None:
    extra = entry(place + 1, NINE + (place + 1) * SECOND)
    before = START if place == 0 else SOUND[place - 1][3]
    text = line(extra).replace('"li"', '"lo"')
    rows = [*SOUND[:place], (place + 1, extra.at, text, chain(before, text)), *SOUND[place:]]
    assert found(rows)[0] == Bad(place + 2, f"is missing; entry {place + 1} comes next")


@pytest.mark.parametrize("place", range(5))
def test_two_lines_in_each_others_place_are_found(place: int) -> None:
    rows = list(SOUND)
    rows[place], rows[place + 1] = rows[place + 1], rows[place]
    assert found(rows)[0].entry_no == place + 1
    # Also when they take each other's numbers.
    one, two = SOUND[place], SOUND[place + 1]
    rows[place], rows[place + 1] = (one[0], *two[1:]), (two[0], *one[1:])
    assert found(rows)[0] == Bad(place + 1, BROKEN)


@pytest.mark.parametrize("at", [NINE, NINE + 2 * SECOND, NINE + 4 * SECOND])
def test_a_moment_beside_the_line_that_disagrees_with_it_is_found(at: int) -> None:
    rows = list(SOUND)
    rows[2] = (3, at, *rows[2][2:])
    assert found(rows)[0] == Bad(3, COLUMNS)


def test_a_line_that_says_another_number_is_found() -> None:
    rows = chained([entry(1, NINE), entry(5, NINE)])
    assert found([rows[0], (2, *rows[1][1:])]) == [Bad(2, COLUMNS)]


def test_a_line_of_another_hall_is_found() -> None:
    assert found(chained([entry(1, NINE), entry(2, NINE, hall="other")])) == [Bad(2, COLUMNS)]


def test_a_line_that_is_no_entry_is_found_though_it_is_chained() -> None:
    assert found(chained([entry(1, NINE), "{}"])) == [Bad(2, "is not an entry")]


def test_time_that_runs_back_is_found() -> None:
    rows = chained([entry(1, NINE), entry(2, NINE - 1), entry(3, NINE)])
    assert found(rows) == [Bad(2, "time runs back")]


def test_every_fault_is_named_in_order() -> None:
    rows = list(SOUND)
    rows[1] = (*rows[1][:2], rows[1][2] + " ", rows[1][3])
    del rows[3]
    assert found(rows) == [Bad(2, BROKEN), Bad(4, "is missing; entry 5 comes next")]


@pytest.mark.parametrize(("column", "value"), [(1, "nine"), (2, b"{}"), (2, None), (3, bytes(32))])
def test_what_is_no_moment_no_text_or_no_hash_is_found_and_the_walk_goes_on(column: int, value: object) -> None:
    rows: list[Stored] = list(SOUND)
    rows[2] = (*rows[2][:column], value, *rows[2][column + 1 :])  # type: ignore[assignment]  # that is the fault
    assert found(rows)[0] == Bad(3, "cannot be read: what is stored is no moment, no text or no hash")
