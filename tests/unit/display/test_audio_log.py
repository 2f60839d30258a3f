"""The audio log: lines come back as they were written, day by day, and old days go."""

from pathlib import Path

from structlog.testing import capture_logs

from display.audio_log import AudioLog, Line

SAID = Line(
    1, "e1", 7, "A012", 5, "", recall=False, outcome="said", language="cmn", text="请 A012", engine="clips", ms=9
)
UNSAID = Line(2, "e1", 8, "A013", 5, "", recall=True, outcome="no-screen")


def test_lines_come_back_in_order_by_day(tmp_path: Path):
    log = AudioLog(tmp_path / "main")
    assert (log.read("2026-11-25"), log.days()) == ([], [])
    log.write("2026-11-25", SAID)
    log.write("2026-11-25", UNSAID)
    log.write("2026-11-26", SAID)
    assert log.read("2026-11-25") == [SAID, UNSAID]
    assert log.days() == ["2026-11-25", "2026-11-26"]


def test_a_line_cut_off_by_a_loss_of_power_is_left_out_and_told(tmp_path: Path):
    log = AudioLog(tmp_path)
    log.write("2026-11-25", SAID)
    with (tmp_path / "2026-11-25.jsonl").open("a") as file:
        file.write('{"at": 3, "epo')
    with capture_logs() as told:
        assert log.read("2026-11-25") == [SAID]
        log.write("2026-11-25", UNSAID)
        assert log.read("2026-11-25") == [SAID, UNSAID]
    assert {line["event"] for line in told} == {"audio-log-line-not-read"}


def test_half_a_year_is_kept(tmp_path: Path):
    log = AudioLog(tmp_path)
    for nr in range(190):
        log.write(f"2026-{nr // 28 + 1:02}-{nr % 28 + 1:02}", SAID)
    assert len(log.days()) == 184
    assert log.days()[0] == "2026-01-07"
