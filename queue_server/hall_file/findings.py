"""What is wrong or doubtful in a hall file: where it stands, and one plain sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from queue_server.core.errors import BadValue, BadValues
from queue_server.hall_file.parts import HallPart, way_in_file

Way = tuple[str | int, ...]
HERE = (1, 1)
_KEY = "[key]"
# Where the core speaks of a business that stands before a colon.
_OF_A_KEY = ("unknown business", "which it does not serve")
_SINGULAR = {
    "businesses": "business",
    "windows": "window",
    "zones": "zone",
    "classes": "class",
    "groups": "group",
    "items": "item",
    "papers": "paper",
}
_SAID = {
    "string_type": "is a text",
    "string_too_short": "is not empty",
    "int_type": "is a whole number",
    "int_parsing": "is a whole number",
    "int_from_float": "is a whole number",
    "bool_type": "is yes or no",
    "bool_parsing": "is yes or no",
    "list_type": "is a list: lines that begin with a hyphen",
    "dict_type": "is a group of lines like `word: value`",
    "model_type": "is a group of lines like `word: value`",
}


class HallFileError(ValueError):
    """A hall file that cannot be used; the text says where and why, for the person who wrote it."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One sentence about a place in the file; what is not `wrong` is only doubtful."""

    line: int
    column: int
    what: str
    wrong: bool = True

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.what}"


class Mistake(NamedTuple):
    """What is wrong, and the way to it through the data; `of_key`: it is the word before the colon that is wrong."""

    way: Way
    what: str
    of_key: bool = False


def found(said: object, invalid: ValidationError) -> Iterator[Mistake]:
    """Every mistake in plain data."""
    for error in invalid.errors():
        way: Way = tuple(step for step in error["loc"] if step != _KEY)
        problem = (error.get("ctx") or {}).get("error")
        if isinstance(problem, BadValue):
            for bad in problem.every if isinstance(problem, BadValues) else (problem,):
                of_key = any(words in bad.what for words in _OF_A_KEY)
                yield Mistake((*way, *way_in_file(bad)), f"{bad}{_allowed(said, bad)}.", of_key)
        else:
            of_key = error["loc"][-1:] == (_KEY,) or error["type"] == "extra_forbidden"
            yield Mistake(way, _sentence(said, way, dict(error)), of_key)


def label(said: object, way: Way) -> str:
    """The words for a place in the file: `business C, item permit, promise_days`."""
    words: list[str] = []
    for step in way:
        within, said = said, _below(said, step)
        if isinstance(step, int):
            kind = words.pop() if words else ""
            part = said if isinstance(said, dict) else {}
            name = part.get("code", part.get("window"))
            number = f"number {step + 1}" if isinstance(within, list) else str(step)
            words.append(f"{_SINGULAR.get(kind, kind)} {name if isinstance(name, str | int) else number}".strip())
        else:
            words.append(step)
    return ", ".join(words)


def _below(said: object, step: str | int) -> object:
    if isinstance(said, dict):
        return said.get(step)
    return said[step] if isinstance(said, list) and isinstance(step, int) and step < len(said) else None


def _sentence(said: object, way: Way, error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "missing":
        inside = label(said, way[:-1])
        return f"{inside}: {way[-1]} is missing." if inside else f"{way[-1]} is missing."
    if kind == "extra_forbidden":
        return _unknown(said, way)
    where = label(said, way) or "the file"
    if kind == "literal_error":
        may = [*_literals(error)]
        near = _close(str(error["input"]), may)
        return f"{where}: {near}there may be {', '.join(may)}."
    if kind == "value_error":
        return f"{where}: {error['ctx']['error']}."
    return f"{where}: {_SAID.get(kind, error['msg'])}."


def _literals(error: Mapping[str, Any]) -> Iterator[str]:
    for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(", "):
        yield word.strip("'")


def _unknown(said: object, way: Way) -> str:
    inside = label(said, way[:-1])
    may = sorted(fields_at(way[:-1]))
    where = f"{inside}: " if inside else ""
    return f"{where}nothing is called {way[-1]} here; {_close(str(way[-1]), may)}there may be {', '.join(may)}."


def _close(word: str, may: Sequence[str]) -> str:
    near = get_close_matches(word, may, 1)
    return f"did you mean {near[0]}? Here " if near else ""


def fields_at(way: Way) -> set[str]:
    """The words that may stand at a place of the file."""
    model: type[BaseModel] | None = HallPart
    for step in way:
        if isinstance(step, int) or model is None:
            continue
        named = {field.alias or name: field for name, field in model.model_fields.items()}
        model = _model(named[step].annotation) if step in named else model
    return {field.alias or name for name, field in model.model_fields.items()} if model else set()


def _model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model(part)) is not None), None)


def _allowed(said: object, bad: BadValue) -> str:
    """What would be allowed instead, where only the file itself can tell."""
    for word, section in (("unknown business", "businesses"), ("unknown zone", "zones"), ("unknown group", "groups")):
        if word in bad.what:
            parts = _below(said, section)
            known = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
            codes = [str(part["code"]) for part in known if "code" in part]
            return f"; there are {', '.join(codes)}" if codes else f"; the file has no {section}"
    return ""
