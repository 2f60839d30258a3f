"""`onedoor theory-check`: the engines find what theory knows, and where they would not, it says so."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from queue_server.cli import main
from simulation.anchors import check as checking
from simulation.anchors.anchor import Formula
from simulation.anchors.check import Wish, check, halls
from simulation.anchors.cli import file_name
from simulation.anchors.formulas import formula_anchors
from simulation.anchors.steady import Steady
from simulation.cli import load

TEXT = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")
QUICK = (
    "M/M/10/10, load 10",
    "M/M/10+M, load 12",
    "B at one of two windows",
    "M/D/2, load 1.6",
    "M/G/1, load 0.8, cv 1.5",
)


def call(*words: object) -> Result:
    """Run `theory-check` with these words."""
    return CliRunner().invoke(main, ["theory-check", "--processes", "1", *map(str, words)])


@pytest.mark.parametrize("only", QUICK)
def test_the_kernel_finds_what_theory_knows(only: str):
    found = list(check(Wish(engines=("kernel",), seeds=2, precision=0.1, only=only)))
    assert len(found) >= 2
    assert all(row.holds and row.narrow and abs(row.z or 9) < 4 for row in found), found


def test_both_engines_tell_the_same_of_the_same_days_and_the_rows_are_one_document():
    said = json.loads(call("--seeds", 1, "--only", "M/M/10+M", "--json").stdout)["rows"]
    by = {engine: [row for row in said if row["engine"] == engine] for engine in ("kernel", "simpy")}
    assert [row["name"] for row in by["kernel"]] == [row["name"] for row in by["simpy"]]
    assert {row["replications"] for row in by["simpy"]} == {17}
    assert all(row["holds"] for row in said)
    assert {"name", "exact", "simulated", "half_width", "z", "engine", "seed"} <= set(said[0])


def test_every_formula_is_the_known_value_and_has_nothing_simulated():
    rows = [row for row in check(Wish(only="Halfin")) if row.simulated is None and row.z is None and row.holds]
    assert len(rows) == 5
    assert [anchor.name for anchor in formula_anchors() if not anchor.agrees] == []
    assert [anchor.name for anchors in halls().values() for anchor in anchors if not anchor.agrees] == []


@pytest.mark.parametrize(
    ("exact", "known", "agrees"),
    [
        (0.66873152414, "0.6687315241", True),
        (0.66873152426, "0.6687315241", False),
        (14, "14", True),
        (15, "14", False),
        (3.3, "", True),
        (float("inf"), "", False),
    ],
)
def test_a_formula_agrees_in_each_digit_known(exact: float, known: str, *, agrees: bool):
    assert Formula("it", exact, known).agrees is agrees


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One hall, whose exact value is taken for 3 % more than it is."""
    hall, (anchor, *_) = next((hall, found) for hall, found in halls().items() if hall.name == "M/M/10/10, load 10")
    monkeypatch.setattr(checking, "halls", lambda: {hall: [replace(anchor, exact=anchor.exact * 1.03, known="")]})
    return


@pytest.mark.usefixtures("wrong")
def test_what_is_off_is_told_and_ends_with_1():
    done = call("--engine", "kernel", "--seeds", 1, "--precision", 0.005, "--only", "M/M/10/10")
    assert done.exit_code == 1
    assert "OFF" in done.stdout
    assert "0 of 1 hold" in done.stdout


def test_a_hall_that_nobody_has_is_refused():
    done = call("--only", "G/G/7")
    assert (done.exit_code, "No hall's name holds G/G/7" in done.stderr) == (2, True)


def test_every_hall_is_a_scenario_of_its_own(tmp_path: Path):
    assert call("--scenarios", tmp_path).exit_code == 0
    assert {path.stem for path in tmp_path.iterdir()} == {file_name(hall.name) for hall in halls()}
    for hall in halls():
        assert load(str(tmp_path / f"{file_name(hall.name)}.json")) == hall.scenario()


def test_a_hall_whose_memory_is_longer_than_a_day_is_refused():
    with pytest.raises(ValueError, match="does not fit into a day"):
        _ = Steady("M/M/1, load 0.999", (0.999,), (1.0,), 1).unit_s


def test_the_table_in_the_docs_has_every_hall_with_its_exact_value():
    table = TEXT.partition("<!-- anchors:")[2].partition("<!-- end of anchors -->")[0]
    rows = [tuple(cell.strip() for cell in line.split("|")[1:3]) for line in table.splitlines()[3:]]
    assert rows == [
        (f"{hall.name}: {anchor.name}", f"{anchor.exact:.5g}") for hall, found in halls().items() for anchor in found
    ]
    assert all(abs(float(z)) < 4 for z in re.findall(r"\| (-?[\d.]+) \| [\d,]+ \|", table))
