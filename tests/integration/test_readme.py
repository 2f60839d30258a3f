"""Every command of the README, run as written, in the order in which it stands there."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")
PATIENCE_S = 60
# Commands that run until they are stopped; the others end by themselves.
STAYS = ("make run", ".venv/bin/onedoor serve", ".venv/bin/onedoor kiosk")

pytestmark = pytest.mark.integration


def commands() -> list[str]:
    """The README's commands, a line each."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.splitlines() if line.strip()]


class Running:
    """Commands that stay, with what they print; all of them end with the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, command: str) -> list[str]:
        """Start one and give the addresses it prints, once it has printed any."""
        said = self.folder / f"said-{len(self.started)}.txt"
        with said.open("wb") as out:
            process = subprocess.Popen(
                ["bash", "-c", command], cwd=self.folder, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.started.append(process)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and process.poll() is None:
            found = ADDRESS.findall(said.read_text(encoding="utf-8"))
            if found:
                # What is told in one go may arrive in two reads.
                time.sleep(0.5)
                return ADDRESS.findall(said.read_text(encoding="utf-8"))
            time.sleep(0.2)
        pytest.fail(f"{command}\n{said.read_text(encoding='utf-8')}")

    def stop(self) -> None:
        """End them all, by the process group each was started in."""
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A folder that looks like a checkout, and what runs in it."""
    for name in (".venv", "simulation", "Makefile", "tools", "README.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    running = Running(tmp_path)
    yield running
    running.stop()


def test_every_command_of_the_readme_runs(running: Running, postgres_url: str) -> None:
    """In order, each doing what the text says: what stays answers at its address, what ends says so with status 0."""
    ran = 0
    for command in commands():
        if command in ("make run", "make test"):
            continue
        real = command.replace("postgresql://onedoor@127.0.0.1:5432/onedoor", postgres_url)
        # The folder is no whole checkout: what is packed is the checkout itself, and the wheel lands in the folder.
        real = real.replace(" -w wheels .", f" -w wheels {ROOT}")
        if command.startswith(STAYS):
            for address in running.start(real):
                answer(address)
        else:
            done = subprocess.run(["bash", "-c", real], cwd=running.folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
        ran += 1
    assert ran >= 10
    # The file that is to be carried over has the name by which the text calls it.
    [wheel] = (running.folder / "wheels").iterdir()
    assert f'"{wheel.name}[kiosk]"' in (ROOT / "README.md").read_text(encoding="utf-8")


def test_make_run_serves_a_hall(tmp_path: Path) -> None:
    """`make run` prints full addresses, the kiosk's first, each answers with a page; a second run finds its hall."""
    running = Running(tmp_path)
    make = f'make -C {ROOT} --no-print-directory run ARGS="--data {tmp_path}/data --port 0 --kiosk-port 0"'
    try:
        first = running.start(make)
        assert len(first) == 6
        for address in first:
            assert "text/html" in answer(address)
        assert 'id="facts"' in page(first[0])
        assert "/display/" in first[1]
        running.stop()
        again = running.start(make)
        assert len(again) == 6
        assert "text/html" in answer(again[0])
    finally:
        running.stop()


def test_make_test_is_what_it_says() -> None:
    """`make test` runs this suite and the pages' tests (looked at, not run again from inside itself)."""
    assert shutil.which("make")
    said = subprocess.run(["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "pytest" in said
    assert "vitest" in said


def answer(address: str) -> str:
    """The content type of a page that answers 200."""
    with urllib.request.urlopen(address, timeout=20) as reply:  # noqa: S310 -- loopback, started just above
        assert reply.status == 200
        return str(reply.headers["Content-Type"])


def page(address: str) -> str:
    """The page itself."""
    with urllib.request.urlopen(address, timeout=20) as reply:  # noqa: S310 -- as above
        return str(reply.read().decode())
