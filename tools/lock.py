"""Writes requirements.lock: every package of every extra, with hashes and without any address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEAD = "# Every Python package with its hashes, for all systems; written by `make lock` from pyproject.toml.\n"
EXTRAS = ("all", "test", "dev")


def main() -> int:
    """Resolve for all systems at once, from Python 3.11 on; the exit code of uv."""
    call = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes"]
    # One version of each for all Pythons, so that the same seed gives the same draws on each.
    call += ["--fork-strategy", "fewest"]
    call += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--quiet"]
    for extra in EXTRAS:
        call += ["--extra", extra]
    written = subprocess.run([sys.executable, "-m", *call], cwd=ROOT, capture_output=True, text=True, check=False)
    if written.returncode != 0:
        sys.stderr.write(written.stderr)
        return written.returncode
    if "://" in written.stdout:
        sys.stderr.write("The lock would hold an address; it was not written.\n")
        return 1
    LOCK.write_text(HEAD + written.stdout, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
