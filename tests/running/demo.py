"""`onedoor demo` as `make run` starts it, with all its addresses."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from tests.running.served import ROOT, onedoor

ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+/\S*")
SCREENS = 6
STARTS_S = 40


class Demo:
    """A running demo; `addresses` are those it printed, the kiosk's first and the start page's last."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self._log = folder / "demo.log"
        command = onedoor("demo", "--data", str(folder / "data"), "--port", "0", "--kiosk-port", "0", *words)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, start_new_session=True)
        end = time.monotonic() + STARTS_S
        while len(self.addresses) < SCREENS:
            assert time.monotonic() < end, self._log.read_text(encoding="utf-8")
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
            time.sleep(0.05)
        self.start_page = self.addresses[-1]

    @property
    def addresses(self) -> list[str]:
        """What it has printed."""
        return ADDRESS.findall(self._log.read_text(encoding="utf-8"))

    def ctrl_c(self) -> int:
        """As a person at its terminal ends it; the exit status."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(90)
