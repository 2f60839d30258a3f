"""A scenario out of its text, and what is wrong with a text that is none, field by field with its line."""

from collections.abc import Iterable
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulation.json_lines import line_of
from simulation.scenario import Scenario

LARGEST_FILE = 200 * 1024 * 1024
# Each line is looked for from the beginning, and more than so many mistakes nobody mends at once.
LINES_TOLD = 20


class Problem(NamedTuple):
    """What is wrong in one field of a document, and on which line of its text (None: of the document as a whole)."""

    where: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        said = f"{self.where}: {self.what}" if self.where else self.what
        return said if self.line is None else f"line {self.line}: {said}"


class BadScenario(ValueError):
    """A text that is not a scenario; `problems` names each field with what is wrong there."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read(text: str | bytes) -> Scenario:
    """The scenario that a JSON text tells; raises `BadScenario`."""
    try:
        return Scenario.model_validate_json(text)
    except ValidationError as wrong:
        said = text if isinstance(text, str) else text.decode(errors="replace")
        raise BadScenario(_problem(said, place, error) for place, error in enumerate(wrong.errors())) from None


def _problem(text: str, place: int, error: ErrorDetails) -> Problem:
    path, what = error["loc"], error["msg"].removeprefix("Value error, ")
    if error["type"] == "json_invalid":
        return Problem("", what)
    if error["type"] == "union_tag_not_found":
        what = "its kind is missing"
    # What the scenario as a whole finds wrong begins with the field that it is about.
    found = line_of(text, path or what.partition(": ")[0].split(".")) if place < LINES_TOLD else None
    return Problem(".".join(map(str, path)), what, found)
