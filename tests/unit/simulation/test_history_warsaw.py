"""The Warsaw snapshots: arrivals from counts, mended dates, every kind of dirt, and the sample that comes along."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from simulation.history import warsaw
from simulation.history.kinds import Wanted, kind_of, read
from simulation.history.localtime import local, utc_ms
from simulation.history.recorded import NotReadable, Recorded
from simulation.history.warsaw_dates import real_dates, week_year

HEAD = (
    "name,time,date,status,czasObslugi,lp,idGrupy,liczbaCzynnychStan,"
    "nazwaGrupy,literaGrupy,liczbaKlwKolejce,aktualnyNumer"
)
ZONE = ZoneInfo("Europe/Warsaw")
SAMPLE = Path(warsaw.__file__).parents[1] / "samples" / "warsaw_mokotow_2_2020.csv"


def row(
    time: str, counters: int, waiting: int, number: str, day: str = "2020-01-07", queue: str = "A", office: str = "UD_X"
) -> str:
    return f"{office},{time},{day},1,10,3,471,{counters},{queue}: Name,{queue},{waiting},{number}"


def parsed(path: Path, *rows: str, **part: str) -> Recorded:
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return warsaw.read(path, **part)


def counted(recorded: Recorded) -> dict[str, int]:
    return {each.kind: each.rows for each in recorded.cleaning if each.rows}


def waits_min(recorded: Recorded) -> list[float]:
    return [(v.called_at - v.arrived_at) / 60_000 for v in recorded.visits if v.called_at is not None]


def test_arrivals_are_tickets_called_plus_the_change_in_people_waiting(tmp_path: Path):
    recorded = parsed(
        tmp_path / "log",
        row("08:00", 2, 0, ""),
        row("08:10", 2, 4, "A002"),
        row("08:20", 2, 2, "A005"),
        row("08:30", 2, 0, "A007"),
    )
    assert len(recorded.visits) == 7
    first_step = [v for v in recorded.visits if v.arrived_at < utc_ms(date(2020, 1, 7), 8 * 3600 + 600, ZONE)]
    assert len(first_step) == 6
    assert sum(v.called_at is not None for v in recorded.visits) == 7
    assert counted(recorded) == {}
    assert recorded.part == {"office": "UD_X", "queue": "A"}
    # Little's law: the waits add up to the people waiting over time, within what the spreading inside a step adds.
    assert sum(waits_min(recorded)) == pytest.approx(10 * (2 + 3 + 1), rel=0.25)


def test_service_is_counter_time_per_ticket_while_people_wait(tmp_path: Path):
    rows = [
        row("08:00", 2, 5, "A001"),
        row("08:10", 2, 5, "A003"),
        row("08:20", 4, 5, "A007"),
        row("08:30", 4, 0, "A012"),
    ]
    service = parsed(tmp_path / "log", *rows).service["A"]
    assert service.mean_s == pytest.approx((20 + 30) / 6 * 60)
    assert (service.cv, service.n) == (None, 6)


def test_staffing_is_the_counters_open_by_quarter_hour(tmp_path: Path):
    rows = [
        row("08:00", 2, 1, "A001"),
        row("08:10", 5, 1, "A002"),
        row("08:15", 1, 1, "A002"),
        row("08:30", 0, 0, "A003"),
    ]
    assert [s.present for s in parsed(tmp_path / "log", *rows).staffing] == pytest.approx([3.0, 1.0])


def test_december_of_a_week_year_is_mended_and_counted(tmp_path: Path):
    rows = [
        row("08:00", 1, 1, "A001", "2020-12-31"),
        row("08:05", 1, 0, "A001", "2020-12-31"),
        row("08:00", 1, 0, "A001", "2020-01-02"),
    ]
    recorded = parsed(tmp_path / "log", *rows)
    assert recorded.days == (date(2019, 12, 31), date(2020, 1, 2))
    assert counted(recorded)["year-one-too-late"] == 2


def test_december_at_the_end_of_a_year_is_left_alone():
    labels = [date(2020, 1, 2), date(2020, 12, 30)]
    assert week_year(labels) == {day: day for day in labels}


def test_a_clock_years_off_follows_the_other_offices():
    real = [date(2019, 12, 30), date(2020, 1, 2)]
    wrong = [date(2012, 2, 9), date(2012, 2, 10)]
    assert real_dates({"a": real, "b": real, "c": wrong}, "c") == (dict(zip(wrong, real, strict=True)), True)
    assert real_dates({"c": wrong}, "c") == ({day: day for day in wrong}, False)
    assert real_dates({"a": real, "b": real, "c": wrong[:1]}, "c")[1] is False


def test_each_kind_of_dirt_is_counted(tmp_path: Path):
    rows = [
        row("08:00", 1, 0, "A001"),
        row("08:05", 0, 3, "A001"),
        row("08:05", 0, 3, "A001"),
        row("08:10", 1, 120, "A001"),
        row("08:15", 1, 100, "A001"),
        row("08:45", 1, 100, "A003"),
        row("08:50", 1, 100, "A002"),
        row("08:55", 1, 100, "A901"),
        "UD_X,08:59",
        row("09:00", 1, -1, "A901"),
        row("08:00", 1, 0, "", "2020-01-06"),
    ]
    recorded = parsed(tmp_path / "log", *rows)
    assert counted(recorded) == {
        "unreadable-row": 2,
        "same-minute-twice": 1,
        "day-without-tickets": 1,
        "waiting-without-counter": 2,
        "queue-over-100": 1,
        "gap-over-15-min": 1,
        "number-went-back": 1,
        "number-jumped": 1,
        "vanished-uncalled": 20,
        "never-called": 100,
    }
    issued = 1 + 3 + 117 + 2 + 1
    assert len(recorded.visits) == issued


def test_a_new_series_of_numbers_goes_on_counting(tmp_path: Path):
    numbers = ["A048", "A050", "A001", "A003", "A004", "A006"]
    rows = [row(f"08:{5 * i:02d}", 9, 0, number) for i, number in enumerate(numbers)]
    recorded = parsed(tmp_path / "log", row("07:55", 9, 0, "A040"), *rows)
    # The first number counts as one jump; then 8 + 2 called, one that opens the new series, and 5 more.
    assert len(recorded.visits) == 1 + 8 + 2 + 1 + 5
    assert counted(recorded) == {"number-went-back": 1, "number-jumped": 1}


def test_the_most_crowded_queue_is_taken_unless_one_is_named(tmp_path: Path):
    rows = [
        row("08:00", 1, 3, "A001"),
        row("08:05", 1, 2, "A002"),
        row("08:00", 9, 1, "B001", queue="B"),
        row("08:05", 9, 0, "B002", queue="B"),
    ]
    path = tmp_path / "log"
    recorded = parsed(path, *rows)
    assert (recorded.part["queue"], recorded.choices["queue"]) == ("A", ("A", "B"))
    assert read(path, Wanted(queue="B")).part["queue"] == "B"
    for wanted, code in ((Wanted(queue="C"), "unknown-queue"), (Wanted(office="Y"), "unknown-office")):
        with pytest.raises(NotReadable, match=code):
            read(path, wanted)


def test_an_office_without_ticket_numbers_says_so(tmp_path: Path):
    with pytest.raises(NotReadable, match="no-ticket-numbers"):
        parsed(tmp_path / "log", row("08:00", 1, 3, "A001"), row("08:00", 1, 3, "", office="UD_Y"), office="UD_Y")
    with pytest.raises(NotReadable, match="no-visits"):
        parsed(tmp_path / "log", row("08:00", 1, 3, ""))


def test_the_sample_is_small_licensed_and_gives_its_published_figures():
    assert SAMPLE.stat().st_size < 300_000
    licence = (SAMPLE.parent / "README.md").read_text(encoding="utf-8")
    for needed in ("City of Warsaw", "2019-12-30 to 2020-01-10", "MIT", "Processed by us"):
        assert needed in licence
    assert kind_of(SAMPLE) == "warsaw"
    recorded = read(SAMPLE)
    assert (recorded.rows, recorded.part["queue"], len(recorded.days)) == (3750, "A", 8)
    called = [local(v.arrived_at, ZONE).date() for v in recorded.visits if v.called_at is not None]
    per_day = [called.count(day) for day in recorded.days]
    assert (min(per_day), max(per_day)) == (107, 203)
    assert 12 <= recorded.service["A"].mean_s / 60 <= 18
    assert counted(recorded) == {
        "year-one-too-late": 257,
        "day-without-tickets": 258,
        "queue-over-100": 36,
        "gap-over-15-min": 1,
    }
