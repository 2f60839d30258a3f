"""The demo's start page lists every screen, its key plays a day, and Ctrl-C ends the play with the demo."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.running.demo import Demo

PATIENCE_S = 60


@pytest.fixture
def fast(tmp_path: Path) -> Iterator[Demo]:
    """A demo in which a day takes a minute and a half."""
    demo = Demo(tmp_path, "--speed", "600")
    yield demo
    assert demo.ctrl_c() == 0


def press(demo: Demo, key: str, origin: str | None = None) -> requests.Response:
    """The key on the start page, as a page of this origin would press it."""
    ours = demo.start_page.rstrip("/")
    return requests.post(f"{ours}/demo/play/{key}", headers={"Origin": origin or ours}, timeout=20)


def state(demo: Demo) -> dict[str, Any]:
    """How the play stands."""
    said: dict[str, Any] = requests.get(f"{demo.start_page}demo/play", timeout=20).json()
    return said


def until(demo: Demo, what: str, wanted: Any) -> dict[str, Any]:
    """The state once `what` is as wanted (a function of it or its value)."""
    end = time.monotonic() + PATIENCE_S
    while True:
        said = state(demo)
        if wanted(said[what]) if callable(wanted) else said[what] == wanted:
            return said
        assert time.monotonic() < end, said
        time.sleep(0.1)


def test_every_address_answers_and_the_start_page_names_them(fast: Demo):
    for address in fast.addresses:
        reply = requests.get(address, timeout=20)
        assert (reply.status_code, reply.headers["Content-Type"].split(";")[0]) == (200, "text/html"), address
    page = requests.get(fast.start_page, timeout=20).text
    assert f'"kiosk": "{fast.addresses[0]}"' in page
    assert '"speed": 600' in page
    nobody = requests.get(f"{fast.start_page}demo/phone", timeout=20, allow_redirects=False)
    assert (nobody.status_code, nobody.headers["Location"]) == (302, "/?no-number")


def test_a_day_is_played_in_the_fast_demo_and_stopped(fast: Demo):
    assert state(fast) == {"running": False, "told": {}, "report": None, "trouble": ""}
    for origin in ("http://127.0.0.1:1", "null"):
        assert press(fast, "start", origin).json()["code"] == "origin-refused"
    assert requests.post(f"{fast.start_page}demo/play/start", timeout=20).status_code == 403
    assert state(fast)["running"] is False
    assert press(fast, "start").json()["running"] is True
    assert press(fast, "start").status_code == 200, "a second press changes nothing"
    until(fast, "told", lambda told: told.get("served", 0) > 0)
    phone = requests.get(f"{fast.start_page}demo/phone", timeout=20)
    assert phone.status_code == 200
    assert "/t/" in phone.url
    press(fast, "stop")
    said = until(fast, "running", wanted=False)
    report = until(fast, "report", lambda told: told is not None)["report"]
    assert said["trouble"] == ""
    assert (report["stopped"], report["good"], report["errors"], report["speed"]) == (True, True, 0, 600)


def test_ctrl_c_at_the_demo_ends_the_play_too(tmp_path: Path):
    demo = Demo(tmp_path, "--speed", "600")
    press(demo, "start")
    until(demo, "told", lambda told: told.get("issued", 0) > 0)
    assert demo.ctrl_c() == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(demo.start_page, timeout=5)


def test_a_demo_in_real_time_is_left_alone_and_its_play_has_a_hall_of_its_own(tmp_path: Path):
    demo = Demo(tmp_path)
    try:
        press(demo, "start")
        told = until(demo, "told", lambda told: told.get("time"))["told"]
        assert told["server"] not in demo.start_page
        assert requests.get(f"{told['server']}/display/main", timeout=20).status_code == 200
        nobody = requests.get(f"{demo.start_page}demo/phone", timeout=20, allow_redirects=False)
        assert nobody.headers["Location"] == "/?no-number"
        press(demo, "stop")
        until(demo, "running", wanted=False)
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{told['server']}/display/main", timeout=5)
    finally:
        assert demo.ctrl_c() == 0
