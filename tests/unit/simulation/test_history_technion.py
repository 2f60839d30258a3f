"""The bank log: every kind of dirt in a small made-up file, and the real months against their published figures."""

import os
from pathlib import Path
from typing import Any

import pytest

from simulation.history import technion
from simulation.history.kinds import kind_of
from simulation.history.recorded import NotReadable, Recorded

HEAD = (
    "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\t"
    "q_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver"
)
NONE = "0:00:00"
REPOSITORY = Path(__file__).parents[3]
DATA = Path(os.environ.get("ONEDOOR_SHARED_DATA") or REPOSITORY.parent / "shared" / "data") / "technion_bank_1999"


def row(**said: object) -> str:
    facts = {
        "line": "AA0101",
        "call_id": 1,
        "customer_id": 7,
        "priority": 0,
        "type": "PS",
        "date": "990105",
        "vru_entry": "9:00:00",
        "vru_exit": "9:00:10",
        "vru_time": 10,
        "q_start": "9:00:10",
        "q_exit": "9:01:10",
        "q_time": 60,
        "outcome": "AGENT",
        "ser_start": "9:01:10",
        "ser_exit": "9:03:10",
        "ser_time": 120,
        "server": "FIRST",
    } | said
    return "\t".join(str(value) for value in facts.values())


def read(path: Path, *rows: str) -> Recorded:
    path.write_text("\r\n".join([HEAD, *rows, ""]), encoding="ascii", newline="")
    return technion.read(path)


def counted(recorded: Recorded) -> dict[str, int]:
    return {each.kind: each.rows for each in recorded.cleaning if each.rows}


def test_a_call_becomes_a_visit_in_utc_with_its_wait_and_service(tmp_path: Path):
    recorded = read(tmp_path / "log", row())
    (visit,) = recorded.visits
    assert visit.arrived_at == 915_519_610_000  # 5 January 1999, 9:00:10 in Jerusalem (UTC+2)
    assert visit.called_at is not None
    assert visit.called_at - visit.arrived_at == 60_000
    assert visit.service_ms == 120_000
    assert counted(recorded) == {}
    assert kind_of(tmp_path / "log") == "technion"


def test_only_calls_that_wanted_an_agent_are_visits(tmp_path: Path):
    phantom = row(outcome="PHANTOM")
    early = row(outcome="HANG", q_start=NONE, q_exit=NONE, q_time=0, ser_start=NONE, ser_exit=NONE, ser_time=0)
    late = row(outcome="HANG", ser_start=NONE, ser_exit=NONE, ser_time=0, server="NO_SERVER")
    recorded = read(tmp_path / "log", phantom, early, late)
    (visit,) = recorded.visits
    assert visit.called_at is None
    assert visit.left_at == visit.arrived_at + 60_000
    assert counted(recorded) == {"phantom": 1, "hung-up-before-queue": 1}


def test_times_wrap_at_midnight(tmp_path: Path):
    night = row(
        vru_entry="23:59:00",
        vru_exit="23:59:30",
        q_start="23:59:30",
        q_exit="0:00:30",
        ser_start="0:00:30",
        ser_exit="0:02:30",
    )
    over = row(
        vru_entry="23:58:00",
        vru_exit="23:58:30",
        q_start="23:58:30",
        q_exit="23:59:30",
        ser_start="23:59:30",
        ser_exit="0:01:30",
    )
    recorded = read(tmp_path / "log", night, over)
    assert counted(recorded) == {"service-crosses-midnight": 1, "queue-crosses-midnight": 1}
    for visit in recorded.visits:
        assert visit.called_at == visit.arrived_at + 60_000
        assert visit.finished_at == visit.arrived_at + 180_000


def test_a_clock_set_back_is_no_midnight(tmp_path: Path):
    recorded = read(tmp_path / "log", row(vru_exit="8:59:20", vru_time=-40, q_start="8:59:20", q_exit="9:00:20"))
    (visit,) = recorded.visits
    assert visit.arrived_at == 915_519_560_000
    assert visit.called_at == visit.arrived_at + 60_000
    assert counted(recorded) == {"clock-set-back": 1}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("front-end-over-500-s", {"vru_entry": "8:50:00", "vru_time": 610}),
        ("unknown-type", {"type": "AA"}),
        ("customer-unknown", {"customer_id": 0}),
        ("service-under-10-s", {"ser_exit": "9:01:15", "ser_time": 5}),
        ("served-without-server", {"server": "NO_SERVER"}),
        ("service-starts-1-2-s-early", {"ser_start": "9:01:08"}),
        ("service-starts-over-5-s-early", {"ser_start": "9:01:00"}),
        ("hung-up-with-service", {"outcome": "HANG"}),
    ],
)
def test_each_kind_of_dirt_is_counted_and_the_visit_kept(tmp_path: Path, kind: str, said: dict[str, object]):
    recorded = read(tmp_path / "log", row(**said))
    assert counted(recorded) == {kind: 1}
    assert len(recorded.visits) == 1


def test_a_service_without_times_is_kept_without_a_length(tmp_path: Path):
    recorded = read(tmp_path / "log", row(ser_start=NONE, ser_exit=NONE, ser_time=0))
    (visit,) = recorded.visits
    assert (visit.started_at, visit.service_ms) == (None, None)
    assert counted(recorded) == {"served-without-times": 1, "service-of-0-s": 1, "service-under-10-s": 1}


def test_a_service_that_starts_early_is_moved_whole(tmp_path: Path):
    (visit,) = read(tmp_path / "log", row(ser_start="9:01:08", ser_exit="9:03:08")).visits
    assert visit.started_at == visit.called_at
    assert visit.started_at is not None
    assert visit.finished_at == visit.started_at + 120_000


def test_a_server_at_two_calls_at_once_is_counted(tmp_path: Path):
    recorded = read(tmp_path / "log", row(), row(ser_start="9:02:00", ser_exit="9:04:00", q_exit="9:02:00"))
    assert counted(recorded) == {"server-overlaps-itself": 1}


@pytest.mark.parametrize(
    "bad",
    ["too\tfew", row(date="99011"), row(vru_entry="25:00:00"), row(outcome="SOLD"), row(ser_time="x"), row(type="")],
)
def test_an_unreadable_row_is_counted_not_dropped_in_silence(tmp_path: Path, bad: str):
    recorded = read(tmp_path / "log", row(), bad)
    assert counted(recorded) == {"unreadable-row": 1}
    assert (recorded.rows, len(recorded.visits)) == (2, 1)


def test_no_name_and_no_customer_number_leaves_the_reader(tmp_path: Path):
    recorded = read(tmp_path / "log", row(server="SOMEBODY", customer_id=9664491))
    assert "SOMEBODY" not in repr(recorded)
    assert "9664491" not in repr(recorded)
    assert recorded.visits[0].window == 1


def test_staffing_counts_who_serves_and_bridges_short_pauses(tmp_path: Path):
    later = row(server="FIRST", q_start="9:20:00", q_exit="9:21:00", ser_start="9:21:00", ser_exit="9:23:00")
    other = row(
        server="SECOND", q_start="9:20:00", q_exit="9:20:00", ser_start="9:20:00", ser_exit="9:30:00", ser_time=600
    )
    staffing = read(tmp_path / "log", row(), later, other).staffing
    assert [s.busy for s in staffing] == [1, 2]
    assert staffing[0].present == pytest.approx((15 * 60 - 70) / 900)
    assert staffing[1].present == pytest.approx((8 * 60 + 600) / 900)


def test_missing_columns_are_named(tmp_path: Path):
    path = tmp_path / "log"
    path.write_text(HEAD.replace("outcome", "result") + "\n" + row(), encoding="ascii")
    with pytest.raises(NotReadable) as refused:
        technion.read(path)
    assert (refused.value.code, refused.value.facts) == ("wrong-columns", {"missing": "outcome"})


PUBLISHED: dict[str, Any] = {
    "january": {
        "rows": 31_599,
        "days": 29,
        "visits": 30_161,
        "queued": 0.553,
        "left": 0.103,
        "wait": 37.7,
        "service": 183.5,
        "under 10": 0.056,
        "customer 0": 0.578,
        "dirt": {
            "phantom": 240,
            "service-crosses-midnight": 21,
            "queue-crosses-midnight": 1,
            "clock-set-back": 32,
            "front-end-over-500-s": 19,
            "unknown-type": 2,
            "served-without-times": 42,
            "service-of-0-s": 277,
            "served-without-server": 490,
            "hung-up-with-service": 82,
            "service-starts-1-2-s-early": 10_413,
            "service-starts-over-5-s-early": 94,
            "server-overlaps-itself": 394,
            "unreadable-row": 0,
        },
    },
    "february": {
        "rows": 33_344,
        "days": 28,
        "visits": 31_125,
        "queued": 0.580,
        "left": 0.127,
        "wait": 43.9,
        "service": 176.4,
        "under 10": 0.067,
        "customer 0": 0.590,
        "dirt": {
            "phantom": 278,
            "service-crosses-midnight": 16,
            "queue-crosses-midnight": 2,
            "clock-set-back": 23,
            "front-end-over-500-s": 17,
            "unknown-type": 0,
            "served-without-times": 50,
            "service-of-0-s": 85,
            "served-without-server": 491,
            "hung-up-with-service": 97,
            "service-starts-1-2-s-early": 10_749,
            "service-starts-over-5-s-early": 192,
            "server-overlaps-itself": 411,
            "unreadable-row": 0,
        },
    },
}


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the bank's log is not redistributed; set ONEDOOR_SHARED_DATA to its folder"
)
@pytest.mark.parametrize("month", ["january", "february"])
def test_the_real_months_give_their_published_figures(month: str):
    expected = PUBLISHED[month]
    path = DATA / f"{month}.txt.gz"
    recorded = technion.read(path)
    visits, dirt = recorded.visits, {each.kind: each.rows for each in recorded.cleaning}
    assert (recorded.rows, len(recorded.days), len(visits)) == (expected["rows"], expected["days"], expected["visits"])
    assert {kind: dirt[kind] for kind in expected["dirt"]} == expected["dirt"]
    ends = [(v, v.called_at if v.called_at is not None else v.left_at) for v in visits]
    waits = [end - v.arrived_at for v, end in ends if end is not None]
    served = [v for v in visits if v.called_at is not None]
    assert len(waits) == len(visits)
    assert min(waits) >= 0
    assert sum(waits) / len(waits) / 1000 == pytest.approx(expected["wait"], abs=0.05)
    assert sum(w > 0 for w in waits) / len(waits) == pytest.approx(expected["queued"], abs=0.0015)
    assert 1 - len(served) / len(visits) == pytest.approx(expected["left"], abs=0.0005)
    assert sum(v.service_ms or 0 for v in served) / len(served) / 1000 == pytest.approx(expected["service"], abs=0.05)
    assert dirt["service-under-10-s"] / len(served) == pytest.approx(expected["under 10"], abs=0.0005)
    assert dirt["customer-unknown"] / (recorded.rows - dirt["phantom"]) == pytest.approx(
        expected["customer 0"], abs=0.004
    )
    assert all(v.arrived_at <= v.called_at for v in served if v.called_at is not None)
