"""The hash chain: whatever single byte of whatever line changes, and whatever line goes, comes or moves, is found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.journal import START, Bad, Entry, chain, line, parse, verify
from tests.properties.profiles import BOUNDED

Row = tuple[int, int, str, str]
texts = st.text(st.characters(codec="utf-8"), max_size=8)
plain = st.none() | st.booleans() | st.integers() | texts
facts = st.none() | st.dictionaries(texts, plain | st.lists(plain, max_size=3), max_size=3)


@st.composite
def journals(draw: st.DrawFn) -> list[Row]:
    """A sound journal of up to eight entries with any facts."""
    rows: list[Row] = []
    at, previous = draw(st.integers(0, 2**42)), START
    for no in range(1, draw(st.integers(1, 8)) + 1):
        at += draw(st.integers(0, 10_000))
        entry = Entry(no, at, "main", "called", draw(texts), draw(texts), draw(st.none() | texts), 1, set=draw(facts))
        text = line(entry)
        assert parse(text) == entry
        previous = chain(previous, text)
        rows.append((no, at, text, previous))
    return rows


def found(rows: list[Row]) -> list[Bad]:
    """All that does not hold."""
    return list(verify(rows, "main"))


def with_another_byte(text: str, place: int, other: int) -> str | None:
    """The line with one byte changed; None where no text has those bytes, which no database would give back."""
    raw = bytearray(text.encode("utf-8"))
    raw[place % len(raw)] ^= other
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def check_byte(rows: list[Row], line_no: int, place: int, other: int) -> None:
    """A changed byte is found, and named at its line."""
    no, at, text, digest = rows[line_no % len(rows)]
    changed = with_another_byte(text, place, other)
    if changed is not None:
        assert found([(no, at, changed, digest) if row[0] == no else row for row in rows])[0].entry_no == no


@BOUNDED
@given(journals(), st.integers(0, 7), st.integers(0), st.integers(1, 255))
def test_any_changed_byte_in_any_line_is_found(rows: list[Row], line_no: int, place: int, other: int) -> None:
    assert found(rows) == []
    check_byte(rows, line_no, place, other)


def test_every_byte_of_every_line_of_one_journal() -> None:
    rows: list[Row] = []
    for no in range(1, 4):
        text = line(
            Entry(no, no, "main", "called", f"a{no}", "李", "t1", 1, set={"state": "called"}, facts={"原因": "号"})
        )
        rows.append((no, no, text, chain(rows[-1][3] if rows else START, text)))
    assert found(rows) == []
    for row in rows:
        for place in range(len(row[2].encode())):
            # Its last bit keeps most of them text, its first makes most of them none.
            for other in (1, 2, 32, 128):
                check_byte(rows, row[0] - 1, place, other)


@BOUNDED
@given(journals(), st.integers(0, 7), st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_any_changed_digit_of_a_hash_is_found(rows: list[Row], line_no: int, place: int, digit: str) -> None:
    no, at, text, digest = rows[line_no % len(rows)]
    changed = digest[:place] + digit + digest[place + 1 :]
    bad = found([(no, at, text, changed) if row[0] == no else row for row in rows])
    assert [b.entry_no for b in bad][:1] == ([] if changed == digest else [no])


@BOUNDED
@given(journals(), st.integers(0, 7), texts)
def test_a_line_told_anew_with_a_hash_of_its_own_breaks_the_next(rows: list[Row], line_no: int, by: str) -> None:
    place = line_no % len(rows)
    no, at, text, digest = rows[place]
    anew = line(replace(parse(text), by=by))
    before = rows[place - 1][3] if place else START
    bad = found([*rows[:place], (no, at, anew, chain(before, anew)), *rows[place + 1 :]])
    # Nothing follows the last line: that is why the hall remembers the last hash.
    assert [b.entry_no for b in bad] == ([] if anew == text or place == len(rows) - 1 else [no + 1])
    assert digest == chain(before, text)


@BOUNDED
@given(journals(), st.integers(0, 7), st.integers(0, 7))
def test_a_line_gone_or_moved_is_found(rows: list[Row], from_no: int, to_no: int) -> None:
    one, two = from_no % len(rows), to_no % len(rows)
    rest = [row for row in rows if row[0] != one + 1]
    # The last line alone can go unseen here: that is why the hall remembers where its journal ends.
    assert (found(rest) == []) == (one == len(rows) - 1)
    moved = [*rest[:two], rows[one], *rest[two:]]
    assert (found(moved) == []) == (one == two)
    # Also when the moved lines are numbered anew and the columns beside them stay.
    numbered = [(no, *row[1:]) for no, row in enumerate(moved, start=1)]
    assert (found(numbered) == []) == (one == two)
