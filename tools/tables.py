"""Writes the tables of docs/ that tell what the code says, such as problems and settings (`python -m tools.tables`)."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from pydantic import BaseModel

import queue_server.app  # noqa: F401 -- fills the table of operations
from queue_server.api.operation import OPERATIONS, Operation
from queue_server.api.problems import STATUS
from queue_server.cli import main as onedoor
from queue_server.settings import ServerSettings
from queue_server.window_acts import WINDOW_ACTS

ROOT = Path(__file__).resolve().parent.parent
Words = tuple[str, ...]
SENTENCES = ROOT / "queue_server" / "languages" / "en.json"
REASONS = ROOT / "queue_server" / "api" / "languages" / "en.json"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown; a bar inside a cell is escaped."""
    lines = [head, ("---",) * len(head), *(tuple(cell.replace("|", r"\|") for cell in row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def problems() -> str:
    """Every code with its status and the sentence a reader of English gets; {…} are facts of the problem."""
    said = json.loads(SENTENCES.read_text(encoding="utf-8"))
    rows = [
        (f"`{code}`", str(status), f"{said[code]['title']}. {said[code]['detail']}")
        for code, status in sorted(STATUS.items(), key=lambda item: (item[1], item[0]))
    ]
    return _table(("code", "status", "when, and what to do"), rows)


def reasons() -> str:
    """Every reason why a field is wrong, and what a reader of English is told of it."""
    rows = [(f"`{reason}`", what) for reason, what in json.loads(REASONS.read_text(encoding="utf-8")).items()]
    return _table(("reason", "what"), rows)


def addresses() -> str:
    """Every address but those of the acts at a window: what it takes, answers, means, and for whom it is."""
    mine = [each for each in OPERATIONS if not (_AT_A_WINDOW in each.path and each.method == "POST")]
    rows = [
        (_asked(each), _answers(each.replies), ", ".join(sorted(each.roles)) or "anyone", each.meaning)
        for each in sorted(mine, key=lambda each: (each.path, each.method))
    ]
    return _table(("call", "answer", "roles", "meaning"), rows)


def acts() -> str:
    """Every act at a window with the body it takes and what it answers."""
    rows = [(f"`{name}`", _fields(act.body), _answers(act.replies)) for name, act in WINDOW_ACTS.items()]
    return _table(("act", "body", "answer"), rows)


_AT_A_WINDOW = "/windows/<window>/"


def _asked(operation: Operation) -> str:
    path = re.sub(r"<(\w+)>", r"{\1}", operation.path)
    query = "" if operation.query is None else "?" + "&".join(f"{name}=" for name in operation.query.model_fields)
    body = "" if operation.body is None else _fields(operation.body) + (" or `text/csv`" if operation.csv else "")
    return f"`{operation.method} {path}{query}`" + (f" {body}" if body else "")


def _fields(body: type[BaseModel]) -> str:
    """The fields of a body; those with a question mark may be left out."""
    names = [name if field.is_required() else f"{name}?" for name, field in body.model_fields.items()]
    return f"`{{{', '.join(names)}}}`" if names else ""


def _answers(replies: Mapping[int, type[BaseModel] | None]) -> str:
    said = sorted(replies.items(), key=lambda each: each[0])
    return " · ".join(str(status) if model is None else f"{status} `{model.__name__}`" for status, model in said)


def settings() -> str:
    """Every setting of the server with its variable, default and meaning."""
    prefix = ServerSettings.model_config["env_prefix"]
    rows = [
        (f"`{name}`", f"`{prefix}{name.upper()}`", _shown(field.default), _sentence(field.description or ""))
        for name, field in ServerSettings.model_fields.items()
    ]
    return _table(("setting", "in the environment", "default", "meaning"), rows)


def commands() -> str:
    """Every command with what it does and its options."""
    return "\n\n".join(_command(path, command) for path, command in walk(onedoor) if _has_its_own_text(command))


def walk(command: click.Command, path: Words = ("onedoor",)) -> Iterator[tuple[Words, click.Command]]:
    """Every command below and with this one, by its words."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            yield from walk(below, (*path, name))


def _has_its_own_text(command: click.Command) -> bool:
    return not isinstance(command, click.Group) or command.invoke_without_command


def _command(path: Words, command: click.Command) -> str:
    given = [p.human_readable_name.upper() for p in command.params if isinstance(p, click.Argument)]
    head = f"### `{' '.join([*path, *given])}`\n{(command.help or '').strip()}"
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if not options:
        return head
    rows = [(", ".join(f"`{o}`" for o in [*p.opts, *p.secondary_opts]), _default(p), _meaning(p)) for p in options]
    return f"{head}\n\n{_table(('option', 'default', 'meaning'), rows)}"


def _default(option: click.Option) -> str:
    if option.required:
        return "required"
    if option.is_flag:
        return "off"
    given = option.to_info_dict()["default"]
    setting = option.opts[-1].removeprefix("--").replace("-", "_")
    if given is None and setting in ServerSettings.model_fields:
        return f"the setting `{setting}`"
    return _shown("" if given is None else given)


def _meaning(option: click.Option) -> str:
    choices = f" One of {', '.join(map(str, option.type.choices))}." if isinstance(option.type, click.Choice) else ""
    return (option.help or "").strip() + choices


def _shown(value: object) -> str:
    return "none" if value in {"", None} else f"`{value}`"


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "…")) else ".")


# The documents, and the tables that stand in each between its marks.
TABLES: dict[str, dict[str, Callable[[], str]]] = {
    "docs/protocol.md": {"addresses": addresses, "acts": acts, "problems": problems, "reasons": reasons},
    "docs/operator.md": {"settings": settings, "commands": commands},
}


def written(name: str) -> str:
    """The document as it should be: everything between the marks written anew; raises `ValueError` without marks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for table, make in TABLES[name].items():
        begin, end = f"<!-- {table}: written by tools/tables.py -->\n", f"\n<!-- end of {table} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise ValueError(f"{name} has no place for the table of {table}")
        body = make()
        text = pattern.sub(lambda _, now=begin + body + end: now, text)  # type: ignore[misc]
    return text


def main() -> int:
    """Write all tables, or with `--check` only say which document is out of date (exit status 1)."""
    stale = [name for name in TABLES if (ROOT / name).read_text(encoding="utf-8") != written(name)]
    for name in stale:
        print(f"{name}: out of date" if "--check" in sys.argv[1:] else f"{name}: written anew")
        if "--check" not in sys.argv[1:]:
            (ROOT / name).write_text(written(name), encoding="utf-8", newline="\n")
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
