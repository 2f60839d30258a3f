"""All anchors by both engines, three seeds each, and the table of docs/simulation.md as it is printed."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from queue_server.cli import main

TEXT = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")


@pytest.mark.prove
def test_every_anchor_holds_by_both_engines():
    done = CliRunner().invoke(main, ["theory-check", "--json"])
    rows = json.loads(done.stdout)["rows"]
    assert [row for row in rows if not row["holds"]] == []
    assert done.exit_code == 0
    played = [row for row in rows if row["simulated"] is not None]
    assert all(abs(row["z"]) < 4 for row in played)
    assert {row["engine"] for row in played} == {"kernel", "simpy"}
    assert all(row["narrow"] for row in played if row["engine"] == "kernel")
    assert all(sum(other["name"] == row["name"] for other in played) == 6 for row in played)


@pytest.mark.prove
def test_the_table_in_the_docs_is_what_the_command_prints():
    mark = re.search(r"<!-- anchors: written by onedoor (.*?) -->\n(.*?)\n<!-- end of anchors -->", TEXT, re.DOTALL)
    assert mark is not None
    done = CliRunner().invoke(main, shlex.split(mark[1]))
    assert (done.exit_code, done.stdout.strip()) == (0, mark[2])
