"""Demand fitted to a history: families and their distances, censored patience, rates by weekday, and the way back."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy import stats

from queue_server.cli import main
from simulation.draws import customers
from simulation.experiment import run
from simulation.fit.curve import Curve
from simulation.fit.days import by_weekday, day_spread
from simulation.fit.document import document, patience_family, scenario, service
from simulation.fit.families import fit
from simulation.fit.rates import ordinary_days, rates
from simulation.history.localtime import utc_ms
from simulation.history.recorded import NotReadable, Recorded, Service, Staffed, Visit
from tests.unit.simulation.halls import scenario_of

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 1, 5)
CHANCE = np.random.Generator(np.random.Philox(5))
WARSAW = Path(__file__).parents[3] / "simulation" / "samples" / "warsaw_mokotow_2_2020.csv"


def test_the_curve_is_that_of_the_textbook():
    """Freireich's 21 patients (1963), with the curve as every textbook prints it."""
    curve = Curve([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
    assert curve._at.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve._over.tolist() == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert [curve.quantile(share) for share in (0.1, 0.15, 0.2, 0.5, 0.56)] == [6, 7, 10, 23, None]
    assert Curve([1, 2, 3, 4]).quantile(0.5) == 2
    assert Curve([1, 2, 3, 4]).distance(lambda at: at / 4) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("family", "drawn"),
    [
        ("exponential", CHANCE.exponential(300, 4_000)),
        ("lognormal", CHANCE.lognormal(5.5, 0.7, 4_000)),
        ("gamma", CHANCE.gamma(4, 75, 4_000)),
        ("weibull", 300 * CHANCE.weibull(2.5, 4_000)),
    ],
)
def test_the_family_that_the_durations_come_from_is_found(family: str, drawn: np.ndarray):
    found = {each.family: each for each in fit(drawn.tolist())}
    mine, best = found[family], fit(drawn.tolist())[0]
    # The exponential is a gamma and a Weibull, too, so these may be as likely, but never by much.
    assert mine.aic <= best.aic + 4
    assert mine.ks < 0.025
    assert all(fitted == pytest.approx(seen, rel=0.12) for share, seen, fitted in mine.qq if share >= 0.1)
    if "mean_s" in mine.numbers:
        assert mine.numbers["mean_s"] == pytest.approx(drawn.mean(), rel=0.03)
    others = [each.ks for each in found.values() if each.family == ("gamma" if family == "lognormal" else "lognormal")]
    assert others[0] > mine.ks


def test_patience_that_the_call_cut_short_is_counted_rightly():
    patience, wait = CHANCE.exponential(200, 4_000), CHANCE.exponential(100, 4_000)
    left, called = patience[patience < wait], wait[wait <= patience]
    (found,) = [each for each in fit(left.tolist(), called.tolist()) if each.family == "exponential"]
    assert found.numbers["mean_s"] == pytest.approx(200, rel=0.08)
    assert left.mean() < 80, "what those who left waited is no patience"


@pytest.mark.parametrize("ended", [[], [5.0] * 9, [0.0] * 50])
def test_too_little_is_not_fitted(ended: list[float]):
    assert fit(ended) == ()


def days_of(counts: list[int], skip: int = 1) -> list[Visit]:
    """So many visits a day at nine, day after day or with days between."""
    return [
        Visit(utc_ms(MONDAY + timedelta(days=skip * k), 9 * 3600 + n % 3600, ZONE), "A")
        for k, count in enumerate(counts)
        for n in range(count)
    ]


def test_rates_are_of_each_weekday_and_a_holiday_is_not_one_of_them():
    visits = days_of([40, 20, 44, 18, 4], skip=7) + days_of([0, 12, 0, 0, 0, 0, 0, 0, 14])
    days = ordinary_days(visits, ZONE)
    assert [day.isoformat() for day in days] == [
        "2026-01-05", "2026-01-06", "2026-01-12", "2026-01-13", "2026-01-19", "2026-01-26",
    ]  # fmt: skip
    found = rates(visits, days, ZONE)
    assert (found.weekdays["mon"].days, found.weekdays["tue"].days) == (4, 2)
    assert sum(found.weekdays["mon"].by_quarter) == (40 + 20 + 44 + 18) / 4
    assert found.weekdays["tue"].by_quarter[36] == 13


def test_what_chance_alone_does_is_told_from_busy_and_quiet_days():
    by_chance = days_of(CHANCE.poisson(100, 84).tolist())
    found = rates(by_chance, ordinary_days(by_chance, ZONE), ZONE)
    assert found.dispersion == pytest.approx(1, abs=0.45)
    assert (found.day_cv or 0) < 0.08
    busy = days_of(CHANCE.poisson(100 * CHANCE.gamma(16, 1 / 16, 168)).tolist())
    found = rates(busy, ordinary_days(busy, ZONE), ZONE)
    assert found.day_cv == pytest.approx(0.25, abs=0.05)
    assert (found.dispersion or 0) > 4
    assert rates(days_of([5]), [MONDAY], ZONE)[1:] == (None, None)


def history(visits: list[Visit], **more: Any) -> Recorded:
    """A made-up hall with one window from nine to ten."""
    staffing = tuple(Staffed(utc_ms(MONDAY, 9 * 3600 + q * 900, ZONE), 1.0) for q in range(4))
    facts: dict[str, Any] = {"staffing": staffing, "service": {"A": Service(60.0, None, 1)}, **more}
    return Recorded("made-up", "Asia/Shanghai", len(visits), (MONDAY,), tuple(visits), names={}, cleaning=(),
                    wait_meaning="", **facts)  # fmt: skip


def test_an_ordinary_day_as_a_scenario():
    made = scenario(history(days_of([30])), "mon", 60)
    assert made.expected_a_day == pytest.approx(30)
    assert [desk.schedule for desk in made.windows] == [((9 * 3600.0, 86400.0),)]
    assert made.businesses["A"].service.kind == "exponential"
    assert run(made, days=3, seed=1).customers > 50


@pytest.mark.parametrize(
    ("more", "weekday", "code"),
    [
        ({}, "tue", "no-such-day"),
        ({"staffing": ()}, None, "no-windows"),
        ({"staffing": (Staffed(utc_ms(MONDAY, 9 * 3600, ZONE), 1_000.0),)}, None, "too-many-windows"),
        ({"service": {}}, None, "no-service"),
        ({"service": {"A": Service(0.0, None, 1)}}, None, "no-service"),
    ],
)
def test_what_the_log_does_not_tell_is_refused(more: dict[str, Any], weekday: str | None, code: str):
    with pytest.raises(NotReadable) as refused:
        scenario(history(days_of([30]), **more), weekday)
    assert refused.value.code == code


def test_measured_services_are_a_family_where_one_is_near_and_else_themselves():
    def measured(seconds: np.ndarray) -> str:
        visits = [Visit(0, "A", service_ms=round(each * 1000)) for each in seconds]
        return service(history(visits), "A", visits).kind

    # Exactly as the law has them, as by chance an exponential may look like the gamma that it is, too.
    share = (np.arange(800) + 0.5) / 800
    assert measured(stats.expon.ppf(share, scale=200)) == "exponential"
    assert measured(stats.lognorm.ppf(share, 0.6, scale=150)) == "lognormal"
    assert measured(stats.gamma.ppf(share, 3, scale=60)) == "gamma"
    assert measured(stats.weibull_min.ppf(share, 3.5, scale=300)) == "weibull"
    assert measured(np.repeat([30.0, 600.0], 400)) == "empirical"


def test_patience_is_a_family_where_one_is_near_and_else_the_curve():
    def waited(patience: np.ndarray, wait: np.ndarray) -> str:
        visits = [
            Visit(0, "A", called_at=round(w * 1000)) if w < p else Visit(0, "A", left_at=round(p * 1000))
            for p, w in zip(patience, wait, strict=True)
        ]
        found = patience_family(visits)
        return "" if found is None else found.kind

    chance = np.random.Generator(np.random.Philox(6))
    wait = chance.exponential(300, 1500)
    assert waited(300 * chance.weibull(3.5, 1500), wait) == "weibull"
    assert waited(np.where(chance.random(1500) < 0.5, 30.0, 900.0), wait) == "empirical"
    # Where few leave no family is far off the little that is seen of the curve, so near must be nearer.
    assert waited(np.where(chance.random(1500) < 0.04, 30.0, 90_000.0), wait) == "empirical"
    assert waited(np.full(1500, 1e6), wait) == ""


def test_what_businesses_have_in_common_is_told_from_what_is_their_own():
    chance = np.random.Generator(np.random.Philox(7))
    busy, own = chance.gamma(25, 1 / 25, 400), chance.gamma(11.1, 1 / 11.1, 400)
    counts = {"A": chance.poisson(30 * busy), "B": chance.poisson(30 * busy * own)}
    of = {code: [Visit(visit.arrived_at, code) for visit in days_of(each.tolist())] for code, each in counts.items()}
    days = [MONDAY + timedelta(days=k) for k in range(400)]
    found = day_spread(of, by_weekday(days), ZONE)
    assert found.hall == pytest.approx(0.2, abs=0.035)
    assert found.own["A"] < 0.09
    assert found.own["B"] == pytest.approx(0.3, abs=0.05)
    alone = day_spread({"B": of["B"]}, [days], ZONE)
    assert (alone.hall, alone.own["B"]) == (0, pytest.approx(0.365, abs=0.05))
    assert day_spread(of, [[day] for day in days], ZONE) == (0, {"A": 0, "B": 0})


def test_a_scenario_has_days_as_busy_and_quiet_as_the_history():
    """A history whose weeks are busy and quiet: the days of its scenario spread as far about the same mean."""
    chance = np.random.Generator(np.random.Philox(8))
    counts = chance.poisson(80 * chance.gamma(16, 1 / 16, 210)).tolist()
    nine = [utc_ms(MONDAY + timedelta(days=k), 9 * 3600, ZONE) for k in range(210)]
    told = history(days_of(counts), staffing=tuple(Staffed(at, 1.0) for at in nine))
    assert document(told)["businesses"]["A"]["own_day_cv"] == pytest.approx(0.25, abs=0.04)
    for weekday in (None, "tue"):
        made = scenario(told, weekday)
        drawn = np.array([len(customers(made, 3, day)) for day in range(300)])
        beyond = max(0.0, drawn.var() - drawn.mean()) ** 0.5 / drawn.mean()
        assert beyond == pytest.approx(0.25, abs=0.05)


def call(*words: object) -> Result:
    """Run `fit` with these words."""
    return CliRunner().invoke(main, ["fit", *map(str, words)])


def test_a_hall_is_found_again_in_the_journal_that_it_wrote(tmp_path: Path):
    """Fifteen simulated days, exported as a live hall's journal, and fitted: rates, service and patience come back."""
    rate = {"kind": "rates", "pieces": [{"start_ms": 9 * 3_600_000, "end_ms": 13 * 3_600_000, "per_hour": 60}]}
    hall = scenario_of({"A": rate}, 5, service={"kind": "lognormal", "mean_s": 290, "cv": 0.5},
                       patience={"kind": "exponential", "mean_s": 600})  # fmt: skip
    path, journal, fitted, again = (tmp_path / name for name in ("hall.json", "journal", "fit.json", "again.json"))
    path.write_text(hall.model_dump_json(), encoding="utf-8")
    assert CliRunner().invoke(main, ["simulate", str(path), "--days", "15", "--journal", str(journal)]).exit_code == 0
    done = call(journal, "-o", fitted, "--scenario", again)
    assert done.exit_code == 0, done.output
    told = json.loads(fitted.read_text(encoding="utf-8"))["businesses"]["A"]
    assert told["weekdays"]["mon"]["per_hour"][40] == pytest.approx(60, rel=0.4)
    assert told["dispersion"] < 2.5
    (best, *_) = told["service"]["families"]
    assert (best["family"], best["ks"] < 0.03) == ("lognormal", True)
    assert best["numbers"] == {"mean_s": pytest.approx(290, rel=0.04), "cv": pytest.approx(0.5, rel=0.1)}
    patience = {each["family"]: each for each in told["patience"]["families"]}
    assert patience["exponential"]["numbers"]["mean_s"] == pytest.approx(600, rel=0.25)
    assert "lognormal, KS 0.0" in done.stdout
    assert CliRunner().invoke(main, ["scenario", "check", str(again)]).exit_code == 0


def test_counts_alone_say_what_they_cannot_tell(tmp_path: Path):
    done = call(WARSAW, "-o", tmp_path / "fit.json")
    assert "The data cannot tell: arrival-to-the-minute" in done.stdout
    told = json.loads((tmp_path / "fit.json").read_text(encoding="utf-8"))
    assert told["businesses"]["A"]["service"]["families"] == []
    assert sum(each["rows"] for each in told["cleaning"]) > 0


@pytest.mark.parametrize("text", ["", "one,two\n1,2\n", "{}\n"])
def test_what_is_no_history_ends_with_2(tmp_path: Path, text: str):
    path = tmp_path / "data"
    path.write_text(text, encoding="utf-8")
    done = call(path, "-o", tmp_path / "fit.json")
    assert done.exit_code == 2
    assert "cannot be fitted" in done.stderr
    assert not (tmp_path / "fit.json").exists()
