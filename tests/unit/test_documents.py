"""What the documents must say because the code says it: problem codes, settings, commands and their options."""

import ast
import json
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest

from queue_server.api.problems import STATUS
from queue_server.cli import main
from queue_server.core.words import LANGUAGES
from queue_server.settings import ServerSettings
from tools.tables import ROOT, TABLES, walk, written

SERVER = ROOT / "queue_server"
SENTENCES = {name: json.loads((SERVER / "languages" / f"{name}.json").read_text("utf-8")) for name in LANGUAGES}
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
OPERATOR = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
# Whoever takes a code and makes a refusal of it, and where in its arguments the code stands.
TAKES_A_CODE = {"Refusal": 0, "Refused": 0, "validate": 2, "document": 0}
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=path.name)))


def _calls(path: Path) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Every call that is given a problem code, and the expression that is the code."""
    for node in _nodes(path):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = TAKES_A_CODE.get(name)
            if place is not None and len(node.args) > place:
                yield node, node.args[place]


def _texts(nodes: Iterable[ast.AST]) -> set[str]:
    """What looks like a code among these nodes."""
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def _codes(path: Path, expression: ast.expr) -> set[str]:
    """The codes that an expression can be: those in it, and those in what its names are set to in that module."""
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    found = _texts(ast.walk(expression))
    for node in _nodes(path) if names else []:
        if isinstance(node, ast.Assign) and {t.id for t in node.targets if isinstance(t, ast.Name)} & names:
            found |= _texts(ast.walk(node.value))
    return found


def _raised() -> dict[str, set[str]]:
    """Every code that some module of the server names where it refuses, with the modules."""
    found: dict[str, set[str]] = {}
    for path in SERVER.rglob("*.py"):
        for _, expression in _calls(path):
            for code in _codes(path, expression):
                found.setdefault(code, set()).add(path.relative_to(ROOT).as_posix())
    return found


def _fields(text: str) -> set[str]:
    """The facts that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_tell_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == written(name), "run: python -m tools.tables"


def test_every_code_has_a_sentence_in_every_language_and_no_sentence_is_left_over() -> None:
    for language, said in SENTENCES.items():
        assert set(said) == set(STATUS), language
        for code, sentence in said.items():
            assert set(sentence) == {"title", "detail"}, (language, code)
            assert all(text.strip() for text in sentence.values()), (language, code)


def test_a_sentence_names_the_same_facts_in_every_language() -> None:
    for code in STATUS:
        named = {language: _fields(said[code]["detail"]) for language, said in SENTENCES.items()}
        assert len({frozenset(fields) for fields in named.values()}) == 1, (code, named)
        assert all(_fields(said[code]["title"]) == set() for said in SENTENCES.values()), code


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_code_stands_in_the_protocol_with_its_status(code: str) -> None:
    assert f"| `{code}` | {STATUS[code]} |" in PROTOCOL


def test_every_code_that_is_raised_has_a_status() -> None:
    raised = _raised()
    assert {code: modules for code, modules in raised.items() if code not in STATUS} == {}
    # One raised by the core, one handed on by name, one looked up: the search itself sees them all.
    assert {"too-few-calls", "invalid-body", "unknown-path"} <= set(raised)


def test_every_code_with_a_status_is_named_by_somebody() -> None:
    everywhere = {
        text for path in SERVER.rglob("*.py") if path != SERVER / "api" / "problems.py" for text in _texts(_nodes(path))
    }
    assert set(STATUS) - everywhere == set()


def test_every_refusal_brings_the_facts_that_its_sentence_names() -> None:
    for path in SERVER.rglob("*.py"):
        for call, expression in _calls(path):
            if not (isinstance(expression, ast.Constant) and getattr(call.func, "id", "") == "Refusal"):
                continue
            brought = {keyword.arg for keyword in call.keywords}
            assert _fields(SENTENCES["en"][expression.value]["detail"]) <= brought, (path.name, expression.value)


@pytest.mark.parametrize("name", ServerSettings.model_fields)
def test_every_setting_stands_in_the_operators_guide(name: str) -> None:
    field = ServerSettings.model_fields[name]
    row = re.search(rf"^\| `{name}` \| `ONEDOOR_{name.upper()}` \| (.*) \| (.*) \|$", OPERATOR, flags=re.MULTILINE)
    assert row is not None
    assert row[1] == (f"`{field.default}`" if field.default != "" else "none")
    assert (field.description or "")[1:] in row[2]


@pytest.mark.parametrize("path", [path for path, command in walk(main) if not isinstance(command, click.Group)])
def test_every_command_and_option_stands_in_the_operators_guide(path: tuple[str, ...]) -> None:
    command = dict(walk(main))[path]
    section = re.search(rf"^### `{' '.join(path)}[` ].*?(?=^### |\Z)", OPERATOR, flags=re.MULTILINE | re.DOTALL)
    assert section is not None
    assert command.help, "a command says what it does"
    for option in (p for p in command.params if isinstance(p, click.Option)):
        assert option.help, f"{option.name} says nothing"
        assert all(f"`{word}`" in section[0] for word in option.opts), option.name
