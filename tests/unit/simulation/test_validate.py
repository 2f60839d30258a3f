"""Recorded days judged by simulated ones: true where the method is true, and where it is not, it says so."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from click.testing import CliRunner, Result

from queue_server.cli import main
from simulation import journal_file
from simulation.history import kinds
from simulation.history.localtime import utc_ms
from simulation.history.recorded import NotReadable, Recorded, Service, Staffed, Visit
from simulation.validation import judge
from simulation.validation.validate import validate
from simulation.validation.visits import Visits
from tests.unit.simulation.halls import scenario_of

ZONE = ZoneInfo("Asia/Shanghai")
NINE_MS = 9 * 3_600_000
RATES = {"kind": "rates", "pieces": [{"start_ms": NINE_MS, "end_ms": 13 * 3_600_000, "per_hour": 45}]}
HALL = scenario_of(
    {"A": RATES, "B": RATES},
    5,
    service={"kind": "lognormal", "mean_s": 180, "cv": 0.7},
    patience={"kind": "exponential", "mean_s": 900},
)


def journal(path: Path, seed: int) -> Path:
    """Ten days of the hall as a live hall would export them; its windows are in it."""
    journal_file.write(HALL, seed, 10, path)
    return path


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("journals")
    return [journal(folder / f"{seed}.jsonl", seed) for seed in (1, 2)]


def call(*words: object) -> Result:
    """Run `validate` with these words."""
    return CliRunner().invoke(main, ["validate", *map(str, words)])


def test_days_of_a_hall_whose_windows_are_recorded_are_where_they_should_be(journals: list[Path]):
    """Fitted to some days and judged on others, of which nobody but the hall itself knows more."""
    fitted, held_out = map(kinds.read, journals)
    found = validate(fitted, held_out, target_s=120)
    assert found.held_out
    assert len(found.judged_on) == len(found.fitted_on) == 10
    assert set(found.hours) == {"09:00", "10:00", "11:00", "12:00"}
    assert set(found.businesses) == {"A", "B"}
    assert {name: told.inside for name, told in found.overall.items()} == dict.fromkeys(judge.FIGURES, True)
    told = found.overall["wait_all_mean_s"]
    assert told.simulated == pytest.approx(told.recorded, rel=0.25)
    assert all((share or 0) >= 0.8 for share in found.coverage.values()), found.coverage
    assert found.queue["10:30"].recorded is not None
    assert max((told.simulated or 0) for told in found.queue.values()) > 0.5


def test_days_that_were_staffed_otherwise_are_told_from_what_was_recorded(journals: list[Path]):
    fitted, held_out = map(kinds.read, journals)
    fewer = replace(held_out, staffing=tuple(replace(each, present=each.present - 1) for each in held_out.staffing))
    found = validate(fitted, fewer, rounds=10, target_s=120)
    told = found.overall["wait_all_mean_s"]
    assert (told.simulated or 0) > 1.5 * (told.recorded or 0)
    assert told.inside is False
    assert (found.coverage["hours"] or 0) < 0.5


def test_the_same_seed_gives_the_same_document(journals: list[Path]):
    said = call(*journals[:1], "--rounds", 5, "--json").stdout
    assert said == call(*journals[:1], "--rounds", 5, "--json").stdout
    told = json.loads(said)
    assert (told["held_out"], told["fitted_on"] == told["judged_on"], told["rounds"]) == (False, True, 5)
    assert set(told["overall"]["abandoned"]) == {"recorded", "simulated", "low", "high", "inside"}


def test_the_validation_for_a_person(journals: list[Path]):
    text = call(journals[0], "--holdout", journals[1], "--rounds", 5).stdout
    assert "judged: other days than they were fitted to" in text
    assert "by business: wait_all_mean_s" in text
    assert "Ranges that hold what was recorded: overall " in text
    assert "the very days they were fitted to" in call(journals[0], "--rounds", 2).stdout


def history(*visits: Visit, staffed: bool = True) -> Recorded:
    """One window on one Monday from nine to ten."""
    staffing = tuple(Staffed(utc_ms(date(2026, 1, 5), 9 * 3600 + q * 900, ZONE), 1.0) for q in range(4))
    facts: dict[str, Any] = {"staffing": staffing if staffed else ()}
    return Recorded("made-up", "Asia/Shanghai", len(visits), (date(2026, 1, 5),), visits, names={}, cleaning=(),
                    wait_meaning="", service={code: Service(60.0, 0.0, 1) for code in "AB"}, **facts)  # fmt: skip


def visit(second: int, business: str = "A", wait: int | None = 0) -> Visit:
    came = utc_ms(date(2026, 1, 5), 9 * 3600 + second, ZONE)
    return Visit(came, business, called_at=None if wait is None else came + wait * 1000)


def test_a_business_never_seen_and_a_wait_never_told_are_counted():
    fitted = history(visit(0), visit(10))
    found = validate(fitted, history(visit(0), visit(30, wait=None), visit(5, "B")), rounds=2)
    assert (found.visits, found.never_seen, found.unknown_wait) == (2, {"B": 1}, 1)
    # The second comes 30 s after the first, who is served for a minute; nothing in it is left to chance.
    told = found.overall["wait_all_mean_s"]
    assert (told.recorded, told.simulated, told.low, told.high) == (0, 15, 15, 15)
    assert told.inside is False
    assert (found.hours, found.coverage["hours"]) == ({}, None)


def test_logs_that_tell_too_little_are_refused():
    absurd = replace(history(visit(0)), staffing=(Staffed(visit(0).arrived_at, 5_000.0),))
    for other, code in (
        (history(visit(0, "B")), "no-common-business"),
        (history(visit(0), staffed=False), "no-windows"),
        (absurd, "too-many-windows"),
    ):
        with pytest.raises(NotReadable, match=code):
            validate(history(visit(0)), other, rounds=2)


def test_a_range_is_that_of_one_further_round():
    chance = np.random.Generator(np.random.Philox(3))
    held = sum(bool(judge.beside(chance.normal(50, 9), chance.normal(50, 9, 10)).inside) for _ in range(1_000))
    assert 930 <= held <= 970
    assert judge.beside(np.nan, np.array([1.0, 3.0])).inside is None
    assert judge.beside(2.0, np.array([1.0, np.nan])).simulated is None
    assert judge.coverage([]) is None


def test_who_waits_at_a_moment_came_before_it_and_is_called_after_it():
    at, wait = np.array([0, 1_700_000, 1_800_000]), np.array([1_800_000, 200_000, 0])
    none = np.zeros(3, dtype=np.int64)
    found = judge.queue(Visits(at, none, wait, none), [Visits(at, none, wait, none)] * 2, days=1)
    assert {at: told.recorded for at, told in found.items()} == {"00:00": 1, "00:30": 1}


@pytest.mark.parametrize("text", ["", "one,two\n1,2\n"])
def test_what_is_no_history_ends_with_2(tmp_path: Path, text: str):
    path = tmp_path / "data"
    path.write_text(text, encoding="utf-8")
    done = call(path)
    assert (done.exit_code, "cannot be validated" in done.stderr) == (2, True)
