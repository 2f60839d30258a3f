"""docs/features.md and docs/order.md: the tests they name exist, the acts are acts, the table of scenarios is true."""

import ast
import re
from functools import cache

import pytest

from queue_server.window_acts import WINDOW_ACTS
from tests.scenarios.telling import Scenario, every
from tools.tables import ROOT

FEATURES = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
ORDER = (ROOT / "docs" / "order.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", FEATURES + ORDER)))
ROWS = dict(re.findall(r"^\| (\d+) \| (.*) \|$", FEATURES, flags=re.MULTILINE))
# What a queue hall is asked for that is no matter of displays, visitors' own pages, reports or many halls.
WANTED = {"6", *map(str, range(8, 29))}


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in named_in(path)


def test_every_row_is_there_and_named_by_a_test() -> None:
    assert {number for number in ROWS if number in WANTED} == WANTED
    assert [number for number in WANTED if "`tests/" not in ROWS[number]] == []
    assert len(re.findall(r"^\| [abcd] \| .* \| `tests/properties/", FEATURES, flags=re.MULTILINE)) == 4


def test_every_act_that_is_named_is_one() -> None:
    named = {
        act
        for said in re.findall(r"\bacts? ((?:`[a-z-]+`(?:, | and )?)+)", FEATURES)
        for act in re.findall(r"`([a-z-]+)`", said)
    }
    assert named >= {"next", "transfer", "undo"}
    assert named - set(WINDOW_ACTS) == set()


def test_the_table_of_scenarios_is_true() -> None:
    rows: dict[str, list[Scenario]] = {}
    for scenario in every():
        rows.setdefault(scenario.row, []).append(scenario)
    played = sum(scenario.waits is None for scenario in every())
    table = [
        f"| {number} {row} | {sum(s.waits is None for s in found)} | "
        f"{'；'.join(f'{s.title}：{s.waits}' for s in found if s.waits is not None) or '–'} |"
        for number, (row, found) in enumerate(rows.items(), 1)
    ]
    table.append(f"| all {len(rows)} | {played} | {len(every()) - played} |")
    said = FEATURES.partition("| field | played | waits for |\n|---|---|---|\n")[2].splitlines()
    assert said == table, "write this instead:\n" + "\n".join(table)
