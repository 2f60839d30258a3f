"""A kiosk tells how its printer stands through everything: a server that is away, a token that may not, its own end."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.agent import Agent, KioskSettings
from kiosk.printer import printer_at
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.client import HALL
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.wire import Wire

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, Path(folder)) as hall:
        yield hall


@contextmanager
def kiosk(server: str, token: str, printer: str, name: str) -> Iterator[Agent]:
    agent = Agent(KioskSettings(server, token, printer=printer_at(printer), name=name))
    agent.start()
    try:
        yield agent
    finally:
        agent.stop()


def told(hall: Hall, name: str, trouble: str | None, within: float = 8.0) -> dict[str, Any]:
    """What staff read of a kiosk's printer, once it is this."""
    end = time.monotonic() + within
    while True:
        items = {each["kiosk"]: each for each in hall.manager.ask(f"{HALL}/printers").json()["items"]}
        if name in items and items[name]["trouble"] == trouble:
            found: dict[str, Any] = items[name]
            return found
        assert time.monotonic() < end, items
        time.sleep(0.03)


def test_what_happened_without_a_server_is_told_when_it_is_back(hall: Hall):
    wire = Wire(hall.server.base)
    try:
        with EscposPrinter() as emulator, kiosk(wire.url, hall.tokens["kiosk"], emulator.address, "cut off"):
            told(hall, "cut off", None)
            wire.cut = True
            emulator.fail("paper-out")
            time.sleep(1)
            told(hall, "cut off", None, within=0.5)
            wire.cut = False
            assert told(hall, "cut off", "printer-paper-out")["slips"] == []
    finally:
        wire.close()


def test_a_kiosk_that_ends_is_not_looked_for(hall: Hall):
    with kiosk(hall.server.base, hall.tokens["kiosk"], "screen", "for the day"):
        told(hall, "for the day", None)
    names = [each["kiosk"] for each in hall.manager.ask(f"{HALL}/printers").json()["items"]]
    assert "for the day" not in names


def test_a_token_that_may_not_is_named_once_and_slips_go_on(hall: Hall, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR), kiosk(hall.server.base, hall.tokens["clerk"], "screen", "a clerk's") as agent:
        end = time.monotonic() + 8
        while "wrong-role" not in caplog.text:
            assert time.monotonic() < end
            time.sleep(0.03)
        agent.printing.changed()
        touch = agent.app.test_client()
        agent.follower.look()
        taken = touch.put("/kiosk/presses/press-with-another-token", json={"business": "A", "language": "en"})
        assert taken.status_code == 200
    assert len([each for each in caplog.records if "wrong-role" in each.getMessage()]) == 1
