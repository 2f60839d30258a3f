"""What holds for every test: its marker by its folder, no sockets where none are needed, the browser to use."""

import os
import shutil
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

pytest_plugins = ["tests.running.fixtures"]

HERE = Path(__file__).parent
MARKED = {"integration", "e2e", "faults", "theory", "bench", "prove"}
OFFLINE = {"unit", "properties", "theory"}
# Begun last, these would run on alone while all other processes have nothing left to do.
LONGEST = ("statemachine", "theory")

# A machine under load is slow now and then, which says nothing about the code.
settings.register_profile("onedoor", deadline=None, print_blob=True)
settings.load_profile("onedoor")


def _folder(item: pytest.Item) -> str:
    """The folder right below tests/ in which a test stands."""
    inside = item.path.relative_to(HERE).parts
    return inside[0] if len(inside) > 1 else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test is what its folder says; the longest come first, all else as it was shuffled."""
    for item in items:
        if (folder := _folder(item)) in MARKED:
            item.add_marker(folder)
    items.sort(key=lambda item: _folder(item) not in LONGEST)


@pytest.fixture(autouse=True)
def offline(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick tests open no connection: what needs one is an integration test."""
    if _folder(request.node) in OFFLINE:

        def refuse(*_: object) -> NoReturn:
            pytest.fail("This test opens a connection; it belongs to tests/integration.")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket.socket, "bind", refuse)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that the set-up found; as root it runs without its sandbox, which root may not have."""
    path = os.environ.get("ONEDOOR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    # As the browser of a wall is started: a display may sound without a touch.
    wall = "--autoplay-policy=no-user-gesture-required"
    return {**browser_type_launch_args, "executable_path": path, "args": [*quiet, *as_root, "--no-first-run", wall]}
