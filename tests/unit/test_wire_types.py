"""The pages' types of the messages are those of the server."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_written_types_are_those_of_the_protocol() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / "wire_types.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
