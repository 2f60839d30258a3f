"""Two plans on the same visitors: shared luck goes out of the difference, and its interval holds what it should."""

import json
from pathlib import Path
from statistics import fmean, variance

import pytest
from click.testing import CliRunner, Result

from queue_server.cli import main
from simulation.compare import Difference, Enough, UnlikeHalls, compare
from simulation.executors import Executor
from simulation.experiment import run
from simulation.scenario import Scenario
from tests.unit.simulation.halls import recorded, scenario_of

RATES = {"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 7_200_000, "per_hour": 100}]}


def with_windows(count: int, mean_s: float = 90) -> Scenario:
    """The same visitors at so many windows, served so long."""
    return scenario_of({"A": RATES}, count, service={"kind": "exponential", "mean_s": mean_s})


THREE, FOUR, QUICKER = with_windows(3), with_windows(4), with_windows(3, mean_s=85)


def test_a_plan_does_not_differ_from_itself():
    found = compare(THREE, THREE, days=10, seed=1)
    assert found.overall["wait_mean_s"].difference == found.overall["wait_mean_s"].half_width == 0
    assert found.overall["wait_mean_s"].saved is None
    assert not found.overall["wait_mean_s"].is_clear


def test_each_plan_has_the_figures_of_its_own_report():
    found = compare(THREE, FOUR, days=12, seed=3)
    for name, of in (("first", THREE), ("second", FOUR)):
        alone = run(of, days=12, seed=3)
        for figure, told in found.overall.items():
            assert getattr(told, name) == getattr(alone.overall, figure)
        assert getattr(found.businesses["A"]["wait_p90_s"], name) == alone.businesses["A"].wait_p90_s
        assert getattr(found.kinds["ordinary"]["wait_p90_s"], name) == alone.kinds["ordinary"].wait_p90_s
    told = found.overall["wait_mean_s"]
    assert told.difference == pytest.approx((told.second or 0) - (told.first or 0))


def test_the_same_visitors_save_days_and_the_interval_holds_the_true_difference():
    """By what it says itself, and by how much the differences of forty experiments really spread."""
    found = [compare(THREE, QUICKER, days=20, seed=seed).overall["wait_mean_s"] for seed in range(40)]
    same = [told.difference or 0 for told in found]
    first, second = ([getattr(told, name) for told in found] for name in ("first", "second"))
    other = [b - a for a, b in zip(first, second[1:] + second[:1], strict=True)]
    told_saving, real_saving = fmean(told.saved or 0 for told in found), variance(other) / variance(same)
    assert real_saving > 5
    assert told_saving == pytest.approx(real_saving, rel=0.6)
    true = compare(THREE, QUICKER, days=4_000, seed=99).overall["wait_mean_s"].difference or 0
    assert 0.85 <= fmean(abs((told.difference or 0) - true) <= (told.half_width or 0) for told in found) <= 1


def test_it_ends_once_the_interval_of_the_difference_is_narrow():
    found = compare(THREE, FOUR, days=5_000, seed=1, enough=Enough("wait_p90_s", 30))
    assert found.reached is True
    assert 30 <= found.days < 5_000
    assert (found.overall["wait_p90_s"].half_width or 99) <= 30
    again = compare(THREE, FOUR, days=found.days, seed=1, executor=Executor(threads=2))
    assert (again.overall, again.reached) == (found.overall, None)
    assert compare(THREE, FOUR, days=35, seed=1, enough=Enough("wait_p90_s", 0.1)).reached is False


def test_recorded_days_are_compared_round_by_round():
    days = (recorded([0, 1], [0, 1, 2]), recorded([0, 1], [0, 1, 2], [0]))
    two, three = (scenario_of({"A": day}) for day in days)
    found = compare(two, three, days=12, seed=1)
    assert (found.replications, found.days_per_replication, found.days) == (2, 6, 12)


def test_where_nothing_was_measured_nothing_differs():
    nobody = scenario_of({"A": recorded([])})
    assert compare(nobody, THREE, days=3, seed=1).overall["wait_p90_s"].difference is None
    assert compare(nobody, nobody, days=3, seed=1).overall["abandoned"] == Difference(None, None, None, None, None)


def test_halls_without_a_common_business_are_refused():
    with pytest.raises(UnlikeHalls):
        compare(THREE, scenario_of({"B": RATES}), days=1, seed=1)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = [tmp_path / "three.json", tmp_path / "four.json", tmp_path / "other.json"]
    for path, of in zip(made, (THREE, FOUR, scenario_of({"B": RATES})), strict=True):
        path.write_text(of.model_dump_json(), encoding="utf-8")
    return [str(path) for path in made]


def call(*words: object) -> Result:
    """Run `compare` with these words."""
    return CliRunner().invoke(main, ["compare", *map(str, words), "--processes", "1"])


def test_the_comparison_for_a_person_and_as_json(files: list[str]):
    said = json.loads(call(*files[:2], "--days", 40, "--json").stdout)
    told = said["overall"]["wait_mean_s"]
    assert told["difference"] + told["half_width"] < 0
    assert said["reached"] is None
    text = call(*files[:2], "--half-width", 20).stdout
    assert "The interval is narrow enough." in text
    assert "days saved" in text
    assert "The interval is still wider" in call(*files[:2], "--days", 30, "--half-width", 0.01).stdout
    assert "(none sure)" in call(files[0], files[0], "--days", 3).stdout


def test_what_cannot_be_compared_ends_with_2(files: list[str]):
    done = call(files[0], files[2])
    assert (done.exit_code, "have no business in common" in done.stderr) == (2, True)
    assert call(files[0], "nothing.json").exit_code == 2
    assert call(*files[:2], "--half-width", 0).exit_code == 2
