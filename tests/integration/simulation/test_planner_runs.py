"""The planner over HTTP with its real process: a run to its end, a cancelled one, a lost one, all that is refused."""

import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulation.history.kinds import Wanted
from simulation.plan_folder import LOST_AFTER_S, PlanFolder
from simulation.plan_wish import MOST_DAYS, MOST_LEVELS, Wish
from simulation.plans import KEPT, MOST_AT_ONCE, Once, Plans
from simulation.routes import LARGEST_MB, SAMPLE, planner_routes

ENGLISH = {"Accept-Language": "en"}
RUNS = "/api/planner/runs"
# The first plan of a machine compiles the kernel, which takes a while where others work beside it.
PATIENCE_S = 240


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "plans"


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    return served(folder)


def served(
    folder: Path, *, manager: bool = True, journal: Callable[[str], Iterable[str]] = lambda _: []
) -> FlaskClient:
    app = Flask("hall")
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024  # the server's own limit for small messages
    app.register_blueprint(planner_routes(lambda: "lin" if manager else "", journal, folder))
    return app.test_client()


def follow(client: FlaskClient, run: dict[str, Any], until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    waited_until = time.monotonic() + PATIENCE_S
    while time.monotonic() < waited_until:
        said: dict[str, Any] = client.get(f"{RUNS}/{run['id']}", headers=ENGLISH).get_json()
        if until(said):
            return said
        time.sleep(0.1)
    pytest.fail(f"The run never came there: {said}")


def ended(run: dict[str, Any]) -> bool:
    return run["step"] in {"done", "failed", "cancelled"}


def upload(client: FlaskClient, content: bytes, **fields: str) -> Any:
    # Written by hand: the test client would put a large form into a temporary file and leave it open.
    part = '--limit\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    said = "".join(part.format(name, "") + value + "\r\n" for name, value in fields.items())
    body = (said + part.format("file", '; filename="log.csv"')).encode() + content + b"\r\n--limit--\r\n"
    return client.post(RUNS, data=body, content_type="multipart/form-data; boundary=limit", headers=ENGLISH)


def test_an_uploaded_file_is_planned_and_then_deleted(client: FlaskClient, folder: Path):
    reply = upload(client, gzip.compress(SAMPLE.read_bytes()), levels="5,8", days="10", target_minutes="30", queue="A")
    assert reply.status_code == 201
    run = follow(client, reply.get_json(), ended)
    assert (run["step"], run["result"]["target_s"]) == ("done", 1800)
    assert [each["windows"] for each in run["result"]["levels"]] == [5, 8]
    assert run["result"]["recommended"] in {8, None}
    assert run["result"]["source"] == "warsaw"
    assert not (folder / run["id"] / "input").exists()
    assert (folder / run["id"] / "log.txt").read_text(encoding="utf-8") == ""


def test_progress_is_told_and_a_cancelled_run_ends_at_once(client: FlaskClient, folder: Path):
    # As much as may be asked for, so that the run is still under way when it is to end.
    most = {"days": MOST_DAYS, "levels": [*range(1, MOST_LEVELS + 1)]}
    begun = client.post(RUNS, json={"source": "sample", **most}).get_json()
    # Asked before the first day is simulated: two hundred days take less time than somebody takes to press a key.
    busy = follow(client, begun, lambda run: run["step"] != "starting")
    assert 0 <= busy["done"] <= busy["total"]
    assert client.post(f"{RUNS}/{begun['id']}/cancel").status_code == 200
    asked_at = time.monotonic()
    assert follow(client, begun, ended)["step"] == "cancelled"
    assert time.monotonic() - asked_at < 10
    assert not (folder / begun["id"] / "input").exists()
    assert client.post(f"{RUNS}/{begun['id']}/cancel").get_json()["step"] == "cancelled"


def test_a_request_that_comes_again_finds_the_run_it_began(client: FlaskClient, folder: Path):
    asked = {"source": "sample", "levels": [5]}
    keyed = {**ENGLISH, "Idempotency-Key": "a-key-of-its-own"}
    begun = client.post(RUNS, json=asked, headers=keyed)
    again = client.post(RUNS, json=asked, headers=keyed)
    assert (again.status_code, again.get_json()["id"]) == (201, begun.get_json()["id"])
    other = client.post(RUNS, json={**asked, "levels": [6]}, headers=keyed)
    assert (other.status_code, other.get_json()["code"]) == (422, "key-reused")
    assert len(list(folder.iterdir())) == 1
    client.post(f"{RUNS}/{begun.get_json()['id']}/cancel")
    follow(client, begun.get_json(), ended)


def test_a_request_that_comes_again_before_its_history_is_here_is_told_to_wait(folder: Path):
    asked = {"source": "journal", "time_zone": "Asia/Shanghai"}
    keyed = {**ENGLISH, "Idempotency-Key": "a-key-of-its-own"}
    meanwhile: list[Any] = []

    def journal(_hall: str) -> Iterator[str]:
        # A long journal comes line by line, and whoever is impatient asks in the middle of it.
        meanwhile.append(client.post(RUNS, json=asked, headers=keyed))
        yield "{}"

    client = served(folder, journal=journal)
    begun = client.post(RUNS, json=asked, headers=keyed)
    assert [(each.status_code, each.get_json()["code"]) for each in meanwhile] == [(409, "planner-busy")]
    again = client.post(RUNS, json=asked, headers=keyed)
    assert (begun.status_code, again.get_json()["id"]) == (201, begun.get_json()["id"])
    follow(client, begun.get_json(), ended)


def test_what_only_the_run_finds_wrong_is_told_in_the_readers_language(client: FlaskClient):
    reply = upload(client, b'{"half": "an entry"}\n')
    run = follow(client, reply.get_json(), ended)
    assert (run["step"], run["problem"]["code"], run["problem"]["title"]) == ("failed", "no-visits", "No visits in it")
    chinese = client.get(f"{RUNS}/{run['id']}", headers={"Accept-Language": "zh-TW"}).get_json()
    assert chinese["problem"]["title"] == "沒有來訪記錄"


def test_the_halls_own_journal_is_asked_for_by_hall(folder: Path):
    asked: list[str] = []

    def journal(hall: str) -> list[str]:
        asked.append(hall)
        return ["{}"]

    reply = served(folder, journal=journal).post(
        RUNS, json={"source": "journal", "hall": "main", "time_zone": "Asia/Shanghai"}
    )
    assert (reply.status_code, asked) == (201, ["main"])
    follow(served(folder), reply.get_json(), ended)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty-file"),
        (b"\x00\x01\x02", 422, "not-text"),
        (b"\x1f\x8bno", 422, "broken-gzip"),
        (b"a,b\n1,2\n", 422, "unknown-kind"),
        (SAMPLE.read_bytes()[:300].replace(b"liczbaKlwKolejce", b"people"), 422, "wrong-columns"),
        (b"x" * (LARGEST_MB * 1024 * 1024 + 200_000), 413, "too-large"),
    ],
    ids=["empty", "binary", "gzip", "kind", "columns", "large"],
)
def test_a_bad_file_is_refused_at_once(client: FlaskClient, folder: Path, content: bytes, status: int, code: str):
    reply = upload(client, content)
    assert (reply.status_code, reply.get_json()["code"]) == (status, code)
    assert reply.content_type == "application/problem+json"
    assert reply.get_json().keys() >= {"type", "title", "detail", "status"}
    assert not list(folder.glob("*"))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed-json"),
        (b"[]", 400, "malformed-json"),
        (b"\xff", 400, "malformed-json"),
        (b"[" * 50_000, 400, "malformed-json"),
        (b"{}", 422, "file-missing"),
        (b'{"source": "elsewhere"}', 422, "bad-wish"),
        (b'{"source": ["sample"]}', 422, "bad-wish"),
        (b'{"source": "sample", "levels": [99]}', 422, "bad-wish"),
        (b'{"source": "sample", "office": 7}', 422, "bad-wish"),
        (b'{"source": "journal", "hall": {}}', 422, "bad-wish"),
        (b'{"source": "journal"}', 422, "no-visits"),
    ],
)
def test_a_bad_wish_is_refused_at_once(client: FlaskClient, body: bytes, status: int, code: str):
    reply = client.post(RUNS, data=body, content_type="application/json")
    assert (reply.status_code, reply.get_json()["code"]) == (status, code)


def test_only_managers_may_ask(folder: Path):
    stranger = served(folder, manager=False)
    calls = [("POST", RUNS), ("GET", f"{RUNS}/{'0' * 16}"), ("POST", f"{RUNS}/{'0' * 16}/cancel")]
    assert {stranger.open(path, method=method).status_code for method, path in calls} == {401}


@pytest.mark.parametrize("run_id", ["0" * 16, "..", "a-b", "%2e%2e"])
def test_an_unknown_run_is_not_found(client: FlaskClient, run_id: str):
    assert client.get(f"{RUNS}/{run_id}").status_code == 404


def test_a_run_whose_process_is_gone_has_failed(client: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch):
    plan = PlanFolder(folder / "lost")
    plan.path.mkdir(parents=True)
    plan.request.write_text("{}", encoding="utf-8")
    plan.say("simulating", 1, 2)
    assert client.get(f"{RUNS}/lost").get_json()["step"] == "simulating"
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + LOST_AFTER_S + 1)
    run = client.get(f"{RUNS}/lost").get_json()
    assert (run["step"], run["problem"]["code"]) == ("failed", "stopped")


def test_only_so_many_run_at_once_and_old_ones_are_cleared_away(client: FlaskClient, folder: Path):
    for number in range(KEPT + 5):
        plan = PlanFolder(folder / f"old{number}")
        plan.path.mkdir(parents=True)
        plan.request.write_text("{}", encoding="utf-8")
        plan.say("cancelled", 0, 0)
    for number in range(MOST_AT_ONCE):
        plan = PlanFolder(folder / f"busy{number}")
        plan.path.mkdir(parents=True)
        plan.request.write_text("{}", encoding="utf-8")
    reply = client.post(RUNS, json={"source": "sample"}, headers=ENGLISH)
    assert (reply.status_code, reply.get_json()["code"]) == (409, "planner-busy")
    assert len(list(folder.glob("old*"))) == KEPT - 1


def test_a_broken_run_says_so_and_keeps_its_log(folder: Path):
    plans = Plans(folder)
    # A wish that no page sends: the job itself must end with a state and a trace, never in silence.
    plan_id = plans.start(
        lambda path: path.write_bytes(SAMPLE.read_bytes()), Wanted(), Wish(levels=(0,)), Once("lin", "key", "digest")
    )
    plan = plans.find(plan_id)
    assert plan is not None
    waited_until = time.monotonic() + PATIENCE_S
    while not plan.state().final and time.monotonic() < waited_until:
        time.sleep(0.1)
    assert (plan.state().step, plan.state().code) == ("failed", "broken")
    assert "Traceback" in (plan.path / "log.txt").read_text(encoding="utf-8")
    assert json.loads(plan.request.read_text(encoding="utf-8"))["wish"]["levels"] == [0]
