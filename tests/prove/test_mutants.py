"""Whether a test notices when the rules' code is changed: a thousand small changes, counted (`make prove`)."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICED = 0.85
PATIENCE_S = 40 * 60


@pytest.mark.skipif(sys.platform == "win32", reason="the changes are tried in forked processes")
def test_a_test_notices_when_a_rule_is_changed(tmp_path: Path) -> None:
    # In a copy: the changed rules must never stand where somebody could run them.
    copy = tmp_path / "onedoor"
    left_out = shutil.ignore_patterns("node_modules", "web", "web_dist", "__pycache__", ".*")
    for room in ("queue_server", "tests"):
        shutil.copytree(ROOT / room, copy / room, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", copy)

    _mutmut(copy, "run")
    _mutmut(copy, "export-cicd-stats")

    told = json.loads((copy / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    left = _mutmut(copy, "results")
    # A change that ran for ever was noticed, too.
    noticed = told["killed"] + told["timeout"]
    print(f"\n{noticed} of {told['total']} changes were noticed: {noticed / told['total']:.1%}\n{left}")  # noqa: T201
    assert told["total"] > 500
    assert noticed / told["total"] >= NOTICED, left


def _mutmut(copy: Path, *command: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "mutmut", *command],
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout
