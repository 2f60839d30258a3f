"""The demo's play: `onedoor play` in a process of its own, started and stopped from the start page."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

import gevent

LOOK_S = 0.1
STOPS_S = 60.0


class Playing:
    """At most one play at a time; `words` say where it plays."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._process: subprocess.Popen[str] | None = None
        self._told: dict[str, Any] = {}
        self._report: dict[str, Any] | None = None
        self._trouble = ""

    def state(self) -> dict[str, Any]:
        """Whether a play runs, what it told last, and what came of the last one."""
        running = self._running()
        ended = {"report": self._report, "trouble": self._trouble} if not running else {}
        return {"running": running, "told": self._told, "report": None, "trouble": "", **ended}

    def start(self) -> None:
        """Begin a play, unless one runs."""
        if self._running():
            return
        self._told, self._report, self._trouble = {}, None, ""
        words = [sys.executable, "-m", "queue_server.cli", "play", *self._words, "--json", "--progress", "json"]
        # A session of its own: Ctrl-C stops the demo, and the demo then stops the play while its server still answers.
        self._process = subprocess.Popen(  # noqa: S603 -- our own program, words of our own making
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
        )
        for read, stream in ((self._read_progress, self._process.stderr), (self._read_report, self._process.stdout)):
            threading.Thread(target=read, args=(stream,), name="play", daemon=True).start()

    def ask_to_stop(self) -> None:
        """Let the play end; it sends everybody away first."""
        if self._process is not None and self._running():
            self._process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """Let the play end, and wait for it while the server goes on answering."""
        self.ask_to_stop()
        end = time.monotonic() + STOPS_S
        while self._running() and time.monotonic() < end:
            gevent.sleep(LOOK_S)
        if self._process is not None and self._running():
            self._process.kill()

    def _running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _read_progress(self, stream: IO[str]) -> None:
        for line in stream:
            try:
                self._told = {**self._told, **json.loads(line)}
            except ValueError:
                # No progress, so it is what the play has to say to a person.
                self._trouble += line

    def _read_report(self, stream: IO[str]) -> None:
        said = stream.read()
        self._report = json.loads(said) if said.strip() else None
