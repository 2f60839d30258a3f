"""Scenarios as they are told: Chinese text files with 假如/当/那么, and the steps that each line finds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROWS = Path(__file__).parent / "rows"
_DAY = "(?:下下|下)?周[一二三四五六日]"
_KINDS = {
    "who": "[甲乙丙丁戊己庚辛]",
    "people": "[甲乙丙丁戊己庚辛](?:、[甲乙丙丁戊己庚辛])*",
    "clerk": "陈静|王敏|李强",
    "day": _DAY,
    "days": f"{_DAY}(?:、{_DAY})*",
    "states": r"\S+",
    "clock": r"\d{2}:\d{2}",
    "window": r"\d+",
    "windows": r"\d+(?:、\d+)*",
    "count": r"\d+",
}
_STEP = re.compile(r"(假如|当|那么|并且)\s*(.+)")
Do = Callable[..., None]


@dataclass(frozen=True)
class Scenario:
    """One scenario of a row; `waits` names the function that the product does not have yet."""

    id: str
    row: str
    title: str
    waits: str | None
    steps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A sentence that is understood, and what it does."""

    says: re.Pattern[str]
    do: Do


STEPS: list[Step] = []


def step(sentence: str) -> Callable[[Do], Do]:
    """What a sentence does; `{who}` and the like stand for what the text says there, `{…}` in 「」 for any words."""

    def spell(found: re.Match[str]) -> str:
        name = found[1]
        return f"(?P<{name}>{_KINDS.get(name.rstrip('2'), '[^「」]+')})"

    def keep(do: Do) -> Do:
        STEPS.append(Step(re.compile(re.sub(r"\{(\w+)\}", spell, sentence)), do))
        return do

    return keep


def find(said: str) -> tuple[Step, dict[str, str]]:
    """The one step that a line means."""
    found = [(each, match.groupdict()) for each in STEPS if (match := each.says.fullmatch(said))]
    assert len(found) == 1, f"{said}: {len(found)} steps understand it"
    return found[0]


def read(file: Path) -> list[Scenario]:
    """The scenarios of one row: 领域 names it, 场景 begins each, 等 says what a scenario waits for."""
    row, waits = "", None
    scenarios: list[Scenario] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        name, _, rest = said.partition("：")
        if name == "领域":
            row = rest
        elif name == "等":
            waits = rest
        elif name == "场景":
            scenarios.append(Scenario(f"{file.stem}-{len(scenarios) + 1}", row, rest, waits))
            waits = None
        else:
            found = _STEP.fullmatch(said)
            assert found, f"{file.name}:{number}: a step begins with 假如, 当, 那么 or 并且"
            scenarios[-1].steps.append(found[2].strip().rstrip("。"))
    return scenarios


def every() -> list[Scenario]:
    """All scenarios, row by row."""
    return [scenario for file in sorted(ROWS.glob("*.feature")) for scenario in read(file)]


def numbers(said: str) -> list[int]:
    """The numbers of a list such as 1、2."""
    return [int(each) for each in said.split("、")]


def words(said: str) -> list[str]:
    """The words of a list such as 申请表、公章."""
    return said.split("、")


Facts = dict[str, Any]
