"""Files as they come: empty, binary, packed, broken, too large, of no known kind."""

import gzip
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from simulation.history import kinds
from simulation.history.localtime import quarter_of_day, seconds_of, utc_ms
from simulation.history.recorded import NotReadable
from simulation.history.rows import LONGEST_LINE, lines
from simulation.history.tally import Tally

WARSAW_HEADER = b"name,time,date,liczbaCzynnychStan,nazwaGrupy,literaGrupy,liczbaKlwKolejce,aktualnyNumer\n"
CASES = [
    (b"", "empty-file"),
    (b"\n\n\n", "empty-file"),
    (b"\n" * 500, "empty-file"),
    (b"\x00\x01\x02\x03", "not-text"),
    (b"\xff\xfe\x41\x00", "not-text"),
    (b"caf\xe9,x\n1,2\n", "not-text"),
    (b"x" * (LONGEST_LINE + 10), "not-text"),
    (b"\x1f\x8bnot really", "broken-gzip"),
    (gzip.compress(WARSAW_HEADER + bytes(range(65, 91)) * 999)[:-20], "broken-gzip"),
    (gzip.compress(b""), "empty-file"),
    (b"a,b,c\n1,2,3\n", "unknown-kind"),
    (b"<html></html>", "unknown-kind"),
    (b'{"a": 1}\n', "no-visits"),
    (WARSAW_HEADER.replace(b",aktualnyNumer", b""), "wrong-columns"),
    (WARSAW_HEADER, "no-visits"),
    (b"[" * 100_000, "unknown-kind"),
    (b"{" * 100_000, "no-visits"),
    (b'{"a":' + b"[" * 100_000, "no-visits"),
]


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(NotReadable) as refused:
        kinds.read(path)
    return refused.value.code


@pytest.mark.parametrize(("content", "code"), CASES, ids=[f"{i}-{code}" for i, (_, code) in enumerate(CASES)])
def test_what_cannot_be_read_is_refused_with_its_own_code(tmp_path: Path, content: bytes, code: str):
    assert refusal(tmp_path / "log", content) == code


def test_a_packed_file_may_not_unfold_without_end(tmp_path: Path):
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(b"0123456789\n" * 10_000))
    with pytest.raises(NotReadable, match="too-large"):
        list(lines(path, largest=50_000))


def test_plain_and_packed_read_alike_and_a_byte_order_mark_is_no_text(tmp_path: Path):
    content = "\ufeffa\tb\r\nc".encode()
    (tmp_path / "plain").write_bytes(content)
    (tmp_path / "packed").write_bytes(gzip.compress(content))
    assert list(lines(tmp_path / "plain")) == list(lines(tmp_path / "packed")) == ["a\tb", "c"]


def test_a_kind_of_dirt_must_be_declared():
    with pytest.raises(KeyError):
        Tally({"a": "kept"}).note("b")


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:60", "9:00:61", "-1:00", "9:0x", "1:2:3:4", "٣:٠٠"])
def test_times_of_day_are_strict(text: str):
    with pytest.raises(ValueError, match=r".*"):
        seconds_of(text)


def test_quarters_are_local():
    zone = ZoneInfo("Europe/Warsaw")
    for day in (date(2020, 1, 7), date(2020, 7, 7)):
        assert quarter_of_day(utc_ms(day, 8 * 3600 + 16 * 60, zone), zone) == 33
