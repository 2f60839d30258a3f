"""A hall of its own for a play: a server process with a fast clock and a new database, gone when the play is over."""

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import requests

from simulation.play.link import PlayError
from simulation.scenario import Scenario

LOOPBACK = "127.0.0.1"
STARTS_S = 60.0
STOPS_S = 20.0
HALL = "main"


class OwnHall(NamedTuple):
    """A running server and a token with which a manager's program speaks to it."""

    base: str
    token: str


@contextmanager
def own_hall(scenario: Scenario | None, speed: int) -> Iterator[OwnHall]:
    """A server with the scenario's hall (None: the default hall) for as long as it is used; raises `PlayError`."""
    with tempfile.TemporaryDirectory(prefix="onedoor-play-") as folder:
        database = f"sqlite:///{(Path(folder) / 'play.db').as_posix()}"
        said = Path(folder) / "server.log"
        hall = []
        if scenario is not None:
            file = Path(folder) / "hall.yaml"
            # What is JSON is YAML, too.
            file.write_text(json.dumps(_document(scenario), ensure_ascii=False), encoding="utf-8")
            hall = ["--hall", str(file)]
        port = _free_port()
        command = ["serve", "--database", database, "--port", str(port), "--clock-speed", str(speed), *hall]
        with said.open("wb") as log:
            # A session of its own: Ctrl-C ends the play first, and the play then ends the server.
            server = subprocess.Popen(  # noqa: S603 -- our own program, words of our own making
                _onedoor(*command), stdout=log, stderr=log, start_new_session=True
            )
        try:
            base = f"http://{LOOPBACK}:{port}"
            _wait(base, server, said)
            yield OwnHall(base, _token(database))
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(STOPS_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _onedoor(*words: str) -> list[str]:
    return [sys.executable, "-m", "queue_server.cli", *words]


def _wait(base: str, server: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + STARTS_S
    while time.monotonic() < end and server.poll() is None:
        try:
            if requests.get(f"{base}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise PlayError(f"The server of the play did not start:\n{said.read_text(encoding='utf-8', errors='replace')}")


def _token(database: str) -> str:
    words = _onedoor("token", "create", "--database", database, "--role", "manager", "--name", "play")
    made = subprocess.run(  # noqa: S603 -- as above
        words, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise PlayError(f"The play's server gave no token: {made.stderr}")
    return made.stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _document(scenario: Scenario) -> dict[str, Any]:
    """The scenario's hall as a hall file says it."""
    hall = scenario.hall
    return {
        "hall": HALL,
        "names": dict(hall.names),
        "time_zone": hall.time_zone,
        "settings": {"max_advance": f"{hall.settings.max_advance} ms"},
        "classes": [
            {"code": each.code, "names": dict(each.names), "head_start": f"{each.head_start} ms"}
            for each in hall.classes
        ],
        "businesses": [{"code": each.code, "names": dict(each.names)} for each in hall.businesses],
        "windows": [
            {"window": each.number, "serves": {code: f"{ms} ms" for code, ms in each.reluctance.items()}}
            for each in hall.windows
        ],
    }
