"""Brings a fresh checkout to a state that runs: .venv, the locked packages, the built pages, OneDoor itself.

Run by whatever python3 there is, perhaps an old one, so it stays with the standard library and plain syntax. Each step
leaves a stamp in .venv of what it was made from; a step whose stamp still fits is not taken again.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
_UNREACHABLE = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Read timed out",
    "ProxyError",
    "SSLError",
    "Connection refused",
    "Temporary failure in name resolution",
    "Network is unreachable",
)


def stop(sentence: str) -> NoReturn:
    """End with a sentence for a person."""
    sys.exit("\nOneDoor: " + sentence)


def say(sentence: str) -> None:
    """Tell what is happening, at once."""
    print(sentence, flush=True)


def _fits(python: str) -> bool:
    """Whether this command is a Python that is new enough (a version manager's empty shim is none)."""
    test = "import sys; sys.exit(sys.version_info < {})".format(OLDEST)  # noqa: UP032 (read by an old Python too)
    try:
        return subprocess.run([python, "-c", test], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def choose_python() -> str:
    """The Python to work with: the one running this, or a newer one beside it."""
    for python in (sys.executable, "python3.13", "python3.12", "python3.11", "python3.14"):
        if _fits(python):
            return python
    have = "%d.%d" % sys.version_info[:2]  # noqa: UP031 (read by an old Python too)
    stop(
        f"Python 3.11 or newer is needed; python3 here is {have}. "
        "Debian 12, Ubuntu 24.04 and what came after have it: sudo apt install python3 python3-venv",
    )


def _has_moved() -> bool:
    """Whether the folder was moved since .venv was made: its commands would look for Python in the old place."""
    made = VENV / "pyvenv.cfg"
    # A .venv without it was left half deleted, and is made anew as if it had been moved.
    lines = made.read_text(encoding="utf-8").splitlines() if made.exists() else ["command = "]
    made_by = [line for line in lines if line.startswith("command = ")]
    return bool(made_by) and not made_by[0].endswith(str(VENV))


def make_venv() -> None:
    """Make .venv, and on Debian as root also the module it takes, which Debian keeps in a package of its own."""
    if PYTHON.exists() and _fits(str(PYTHON)) and not _has_moved():
        return
    python = choose_python()
    say(f"Making .venv with {python} …")
    call = [python, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(call, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        from machine import apt_install  # noqa: PLC0415 (needed only here, and only where Debian is)

        version = subprocess.check_output(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], text=True
        )
        package = f"python{version.strip()}-venv"
        if apt_install(package):
            made = subprocess.run(call, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            stop(
                f"Python's venv module is missing or broken. On Debian or Ubuntu: sudo apt install {package}\n"
                + made.stdout
                + made.stderr,
            )


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _is_done(step: str, digest: str) -> bool:
    stamp = VENV / f".{step}"
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest


def _done(step: str, digest: str) -> None:
    (VENV / f".{step}").write_text(digest, encoding="ascii")


def install_packages() -> None:
    """Install what requirements.lock names, each checked by its hash."""
    digest = _digest(LOCK.read_bytes(), (VENV / "pyvenv.cfg").read_bytes())
    if _is_done("packages", digest):
        return
    total = sum(1 for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line and line[0].isalnum())
    say(f"Installing about {total} Python packages (a few minutes the first time) …")
    # The lock is whole, so nothing is left to resolve. An older pip that resolves all the same reaches for a newer
    # release than the locked one where a package is asked for with an extra, and then refuses it for want of a hash.
    _pip(["install", "--no-deps", "--require-hashes", "-r", str(LOCK)], total)
    _check_packages()
    _done("packages", digest)


def _check_packages() -> None:
    """Stop when a package's own wishes are not met: then the lock lacks something."""
    checked = subprocess.run([str(PYTHON), "-m", "pip", "check"], capture_output=True, text=True, check=False)
    if checked.returncode != 0:
        stop("requirements.lock does not fit together; `make lock` writes it anew. pip says:\n" + checked.stdout)


def install_onedoor() -> None:
    """Build the pages where everybody can see it, then put OneDoor itself into .venv, as it stands in this folder."""
    subprocess.run([str(PYTHON), str(ROOT / "tools" / "pages.py"), "build"], check=True)
    digest = _digest((ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode())
    if _is_done("onedoor", digest):
        return
    say("Installing OneDoor …")
    # Its build parts are in the lock already, so nothing unlocked is fetched.
    _pip(["install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], 0)
    _done("onedoor", digest)


def _pip(arguments: list[str], total: int) -> None:
    """Run pip, with a line for every ten packages and one when it unpacks; its own words only when it fails."""
    call = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments, "--progress-bar", "off"]
    started, fetched, words = time.monotonic(), 0, []
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as pip:
        for line in pip.stdout or ():
            words.append(line)
            if line.startswith("Collecting ") and total:
                fetched += 1
                if fetched % 10 == 0:
                    say(f"  {fetched} of about {total} fetched, {time.monotonic() - started:.0f} s")
            if line.startswith("Installing collected packages") and total:
                say("  unpacking them (up to a minute) …")
    if pip.returncode != 0:
        text = "".join(words)
        if any(sign in text for sign in _UNREACHABLE):
            stop(
                "the Python package index cannot be reached. Check the network, or pip's own settings for a proxy "
                "or an index near you, then start again.",
            )
        stop("pip could not install the packages. It said:\n" + "".join(words[-25:]))


def main() -> None:
    """All steps in order; `test` also brings the browser and the font the browser tests need."""
    started = time.monotonic()
    os.chdir(ROOT)
    make_venv()
    install_packages()
    try:
        install_onedoor()
    except subprocess.CalledProcessError:
        stop("the pages are not built, see above; start again when that is mended.")
    if "test" in sys.argv[1:]:
        from machine import bring_browser, bring_font  # noqa: PLC0415 (not needed for `make run`)

        bring_font()
        (VENV / ".chromium").write_text(bring_browser(PYTHON), encoding="utf-8")
    if time.monotonic() - started > 5:  # noqa: PLR2004 (what is quick needs no words)
        say(f"Ready after {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
