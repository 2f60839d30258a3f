"""How printers stand, at a real server: a kiosk says it, staff read it and are told to; a silent kiosk is named."""

import queue
from typing import Any

import pytest

from queue_server import printers
from queue_server.printers import SILENT_S, Printers
from queue_server.protocol import PrinterBody
from tests.running.client import HALL, Client, refused
from tests.running.database import Database
from tests.running.hall import Hall

SLIP = {"number": "C036", "state": "failed", "reason": "printer-paper-out", "ago_ms": 1_000}
SAID: dict[str, Any] = {"kiosk": "东门 1", "trouble": "printer-paper-out", "ago_ms": 60_000, "slips": [SLIP]}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One kind of database is enough: none of this is stored."""
    return sqlite_database


def said(client: Client, **change: Any) -> Any:
    return client.tell(f"{HALL}/printers", {**SAID, **change})


def read(client: Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.ask(f"{HALL}/printers").json()["items"]
    return items


def test_staff_read_what_a_kiosk_says_and_are_told_when_it_changes(hall: Hall):
    assert read(hall.manager) == []
    socket = hall.socket(hall.tokens["manager"])
    told: queue.Queue[Any] = queue.Queue()
    socket.on("printers", told.put)
    socket.join()
    assert said(hall.kiosk).status_code == 204
    assert told.get(timeout=3) == {"hall": "main"}
    (printer,) = read(hall.clerk)
    (slip,) = printer.pop("slips")
    since, at = printer.pop("since"), slip.pop("at")
    assert printer == {"kiosk": "东门 1", "trouble": "printer-paper-out"}
    assert slip == {"number": "C036", "state": "failed", "reason": "printer-paper-out"}
    assert at - since == 59_000
    said(hall.kiosk)
    said(hall.kiosk, kiosk="2", trouble=None, slips=[])
    assert [(each["kiosk"], each["trouble"]) for each in read(hall.manager)] == [
        ("2", None), ("东门 1", "printer-paper-out")
    ]  # fmt: skip
    assert told.get(timeout=3) == {"hall": "main"}
    assert told.empty(), "what is said again as it was is no news"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kiosk": ""}, "kiosk"),
        ({"trouble": "Paper!"}, "trouble"),
        ({"ago_ms": -1}, "ago_ms"),
        ({"slips": [SLIP] * 9}, "slips"),
        ({"slips": [{**SLIP, "state": "lost"}]}, "slips.0.state"),
    ],
)
def test_what_is_no_report_is_refused(hall: Hall, change: dict[str, Any], field: str):
    problem = refused(said(hall.kiosk, **change), 422, "invalid-body")
    assert problem["field"] == field
    assert read(hall.manager) == []


def test_a_kiosk_that_is_switched_off_is_missed_by_nobody(hall: Hall):
    said(hall.kiosk)
    said(hall.kiosk, kiosk="2")
    assert said(hall.kiosk, leaving=True).status_code == 204
    assert [each["kiosk"] for each in read(hall.manager)] == ["2"]


def test_only_kiosks_speak_and_only_staff_read(hall: Hall):
    refused(said(hall.manager), 403, "wrong-role")
    refused(said(hall.nobody), 401, "token-missing")
    refused(hall.kiosk.ask(f"{HALL}/printers"), 403, "wrong-role")


def test_a_kiosk_that_is_not_heard_is_called_silent_and_later_forgotten(monkeypatch: pytest.MonkeyPatch):
    clock = [1_000.0]
    monkeypatch.setattr(printers.time, "monotonic", lambda: clock[0])
    known, body = Printers(), PrinterBody.model_validate(SAID)
    assert known.hear("main", body, 5_000_000)
    assert not known.hear("main", body, 5_004_000)
    assert known.every("other") == []
    clock[0] += SILENT_S + 1
    (silent,) = known.every("main")
    assert (silent["trouble"], silent["since"]) == ("kiosk-silent", 5_004_000)
    assert known.hear("main", body, 5_020_000), "a kiosk that is back is news"
    for number in range(printers._MOST + 5):
        known.hear("main", body.model_copy(update={"kiosk": f"k{number}"}), 5_020_000)
    assert len(known.every("main")) == printers._MOST
    clock[0] += printers.FORGOTTEN_S + 1
    assert known.every("main") == []
