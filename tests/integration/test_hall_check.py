"""`onedoor hall check` and `schema`, which need no database: every mistake with its line, the shipped halls whole."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from queue_server import hall_file
from queue_server.cli import main


@pytest.mark.parametrize("file", [hall_file.DEFAULT, hall_file.LARGE], ids=["default", "large"])
def test_the_shipped_halls_are_whole(file: Path):
    said = CliRunner().invoke(main, ["hall", "check", str(file)])
    assert said.exit_code == 0, said.output
    assert "warning" not in said.output


def test_a_wrong_file_ends_with_every_mistake_and_its_line(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    text = hall_file.DEFAULT.read_text(encoding="utf-8").replace("time_zone:", "timezone:")
    file.write_text(text.replace('window: 12, zone: "3"', 'window: 12, zone: "4"'), encoding="utf-8")
    line = next(n for n, said in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "timezone" in said)
    said = CliRunner().invoke(main, ["hall", "check", str(file)])
    assert said.exit_code == 1
    assert f"{file}:{line}:1: nothing is called timezone here; did you mean time_zone?" in said.output
    assert "window 12: stands in unknown zone 4; there are 1, 2, 3." in said.output
    assert f"Error: {file} has 3 mistakes." in said.output
    for words in (["import", str(file)], ["check", str(tmp_path / "none.yaml")], ["check", str(tmp_path)]):
        ended = CliRunner().invoke(main, ["hall", *words])
        assert (ended.exit_code, isinstance(ended.exception, SystemExit)) == (1, True), ended.output


def test_the_schema_accepts_the_shipped_halls():
    jsonschema = pytest.importorskip("jsonschema")
    printed = CliRunner().invoke(main, ["hall", "schema"])
    schema = yaml.safe_load(printed.output)
    for file in (hall_file.DEFAULT, hall_file.LARGE):
        jsonschema.validate(hall_file.dump(hall_file.read(file)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"hall": "main"}, schema)


def test_the_commands_run_as_programs(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-c", "from queue_server.cli import main; main()", "hall", "check", str(hall_file.DEFAULT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "8 businesses, 12 windows" in ended.stdout) == (0, True), ended
