"""Writes the tables of docs/ that tell what the code says: problems, settings, commands (`python -m tools.tables`)."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from queue_server.api.problems import STATUS
from queue_server.cli import main as onedoor
from queue_server.settings import ServerSettings

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
    "docs/protocol.md": {"problems": problems, "reasons": reasons},
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
