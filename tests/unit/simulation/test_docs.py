"""docs/simulation.md: its commands run as written (with few days), and no field or figure is left out."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from queue_server.cli import main
from simulation.report import Figures
from simulation.scenario import Scenario

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "simulation.md").read_text(encoding="utf-8")


def test_every_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "simulation").symlink_to(ROOT / "simulation")
    monkeypatch.chdir(tmp_path)
    lines = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 7
    for line in lines:
        words = shlex.split(re.sub(r"--days \d+", "--days 2", line))
        assert words.pop(0) == "onedoor"
        if words[0] == "simulate":
            words += ["--processes", "1"] + ([] if "--days" in words else ["--days", "2"])
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, f"{line}\n{done.output}"
        assert done.output


def test_every_field_and_figure_is_explained():
    named = set(re.findall(r"`(\w+)`", TEXT))
    assert not {name for name in Scenario.model_fields if name != "name"} - named
    figures = {field.name for field in fields(Figures) if "half_width" not in field.name}
    assert not figures - named
