"""The core stands alone: it brings nothing in but the standard library, and reads neither the clock nor chance."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = sorted((ROOT / "queue_server" / "core").glob("*.py"))
MODULES = ["queue_server.core" if p.stem == "__init__" else f"queue_server.core.{p.stem}" for p in CORE]
OUTSIDE = {"flask", "sqlalchemy", "simpy", "gevent", "pydantic", "yaml", "click", "numpy", "socketio", "werkzeug"}

# What tells the time or makes chance, as it is called; whoever needs it brings it in as an argument.
CLOCKS = {"now", "utcnow", "today", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}
CHANCE = {"random", "secrets", "uuid"}
DOORS = {"open", "input", "print"}


def test_the_core_brings_nothing_in_but_the_standard_library() -> None:
    # What Python itself or an editable install loads at the start is not the core's doing.
    said = "import json, sys; before = set(sys.modules)\n"
    said += "".join(f"import {module}\n" for module in MODULES)
    said += "print(json.dumps(sorted(set(sys.modules) - before)))"
    ran = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert loaded & OUTSIDE == set()
    # Python's own record of how it was built has another name on each system.
    foreign = {n for n in loaded if n not in sys.stdlib_module_names and not n.startswith("_sysconfigdata")}
    assert foreign == {"queue_server"}
    assert [n for n in json.loads(ran.stdout) if n.startswith("queue_server.") and n not in MODULES] == []


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=path.name))


def _imported(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import; the name is empty where the whole module is imported."""
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _called(path: Path) -> Iterator[str]:
    """The last word of everything that is called: `now` of `datetime.now()`."""
    for node in _nodes(path):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


@pytest.mark.parametrize("path", CORE, ids=lambda p: p.stem)
def test_a_module_of_the_core_reads_no_clock_and_no_chance(path: Path) -> None:
    imported = set(_imported(path))
    # `datetime.time` is a time of day and harmless; the module `time` is a clock.
    assert [module for module, _ in imported if module.partition(".")[0] in CHANCE | {"time", "os", "threading"}] == []
    assert sorted(set(_called(path)) & (CLOCKS | DOORS)) == []


def test_the_check_itself_sees_a_clock(tmp_path: Path) -> None:
    told = tmp_path / "told.py"
    told.write_text("import time\nfrom datetime import datetime\ntime.time_ns()\ndatetime.now()\n", encoding="utf-8")
    assert ("time", "") in set(_imported(told))
    assert set(_called(told)) == {"time_ns", "now"}
