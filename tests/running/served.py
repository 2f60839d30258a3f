"""`onedoor serve` as an operator starts it, in a process of its own on a SQLite file."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.running.client import Client

ROOT = Path(__file__).resolve().parents[2]
STARTS_S = 40


class Served:
    """One SQLite file, and the server on it while there is one."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/show.db"
        self._log = folder / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> Client:
        """Start it, and give a manager's program that speaks to it."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                onedoor("serve", "--database", self.url, "--port", "0", *words), stdout=log, cwd=ROOT
            )
        end = time.monotonic() + STARTS_S
        while "http" not in (said := self._log.read_text(encoding="utf-8")):
            assert time.monotonic() < end
            assert self._process.poll() is None, said
            time.sleep(0.05)
        base = said.split("/display")[0].split()[-1]
        token = subprocess.run(
            onedoor("token", "create", "--database", self.url, "--role", "manager"),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout.strip()
        return Client(base, token)

    def refused(self, *words: str) -> str:
        """What it says when it does not start."""
        ran = subprocess.run(
            onedoor("serve", "--database", self.url, "--port", "0", *words),
            capture_output=True,
            text=True,
            check=False,
            timeout=STARTS_S,
            cwd=ROOT,
        )
        assert ran.returncode != 0
        return ran.stderr

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            assert self._process.wait(20) == 0
            self._process = None


def onedoor(*words: str) -> list[str]:
    """The command line of this checkout, when started in `ROOT`."""
    return [sys.executable, "-m", "queue_server.cli", *words]
