"""What the tests need from the machine: a Chromium, a font with Chinese characters; taken from Debian when we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _may_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Install Debian packages when we are root on such a system; whether it worked."""
    if not _may_apt():
        return False
    print(f"Installing {' '.join(packages)} with apt (a minute or two) …", flush=True)
    around = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    calls = (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages])
    return all(
        subprocess.run(["apt-get", *call], env=around, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for call in calls
    )


def _runs(browser: str) -> bool:
    """Whether it starts at all: some systems have a command that only points at a shop."""
    try:
        call = [browser, "--version"]
        return subprocess.run(call, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _find_browser() -> str | None:
    named = os.environ.get("ONEDOOR_CHROMIUM")
    paths = [named] if named else [path for path in map(shutil.which, _BROWSERS) if path]
    return next((path for path in paths if path and _runs(path)), None)


def bring_browser(python: Path) -> str:
    """The path of a Chromium that runs: the one on PATH, else Debian's, else Playwright's own."""
    found = _find_browser()
    if found is None and apt_install("chromium"):
        found = _find_browser()
    if found is not None:
        return found
    print("Fetching Chromium with Playwright …", flush=True)
    more = ["--with-deps"] if _may_apt() else []
    subprocess.run([str(python), "-m", "playwright", "install", *more, "chromium"], check=False)
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    if not path or not _runs(path):
        sys.exit(
            "\nOneDoor: the browser tests need Chromium. Install it (Debian: sudo apt install chromium) and try again.",
        )
    return path


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout
    return bool(fonts.strip())


def bring_font() -> None:
    """A font with Chinese characters; only a wish, since our pages and slips bring their own."""
    if not _has_chinese_font() and not apt_install("fontconfig", "fonts-noto-cjk"):
        print("No Chinese font on this machine; the pages bring their own, so the tests go on.", flush=True)
