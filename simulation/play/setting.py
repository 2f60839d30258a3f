"""What is played: a scenario, perhaps at some of its windows only, and how far a hall's own rules agree with it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulation.play.link import PlayError
from simulation.scenario import Scenario

# What the simulation's visitors may do beside, and those of a play do not: its two days would be of different visitors.
_NOT_PLAYED = ("walking", "returning", "absent", "balking", "later")
_RANGE = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")


def windows_in(text: str) -> frozenset[int]:
    """The windows in `1-8,10`; raises `ValueError` with a sentence."""
    found: set[int] = set()
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"“{part.strip()}” names no windows; write them like 1-8,10.")
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last:
            raise ValueError(f"“{part.strip()}” names no windows: they count from 1, and a range runs upwards.")
        found.update(range(first, last + 1))
    return frozenset(found)


def at_windows(scenario: Scenario, wanted: frozenset[int] | None) -> Scenario:
    """The scenario at these of its windows alone; raises `ValueError` where it has none of them."""
    if wanted is None:
        return scenario
    desks = tuple(desk for desk in scenario.windows if desk.window in wanted)
    missing = sorted(wanted - {desk.window for desk in desks})
    if missing:
        raise ValueError(f"The scenario has no window {', '.join(map(str, missing))}.")
    return scenario.model_copy(update={"windows": desks})


def check_played(scenario: Scenario) -> None:
    """Raise `ValueError` with a sentence where visitors of the scenario do what is not played."""
    asked = [
        f"{part} (business {code})"
        for code, demand in scenario.businesses.items()
        for part in _NOT_PLAYED
        if getattr(demand, part)
    ]
    if asked:
        raise ValueError(
            f"A play has no {', '.join(asked)}, so it would be compared with a simulation of other visitors. "
            "Take these out of the scenario, or simulate it with onedoor simulate."
        )


def check(scenario: Scenario, hall: Mapping[str, Any]) -> None:
    """Raise `PlayError` where the hall lacks what the scenario needs."""
    kinds = (
        ("business", set(scenario.businesses), {each["code"] for each in hall["businesses"]}),
        ("window", {desk.window for desk in scenario.windows}, {each["window"] for each in hall["windows"]}),
        ("class", {each.code for each in scenario.classes}, {each["code"] for each in hall["classes"]}),
    )
    for kind, needed, there in kinds:
        if missing := sorted(map(str, needed - there)):
            raise PlayError(f"The hall has no {kind} {', '.join(missing)}, which the scenario needs.")


def differences(scenario: Scenario, hall: Mapping[str, Any]) -> list[str]:
    """In which rules the hall is not the scenario's, so that the simulation beside the play is of another hall."""
    return list(_differences(scenario, hall))


def _differences(scenario: Scenario, hall: Mapping[str, Any]) -> Iterator[str]:
    serves = {each["window"]: each["serves"] for each in hall["windows"]}
    for desk in scenario.windows:
        planned = {code: round(s * 1000) for code, s in desk.reluctance.items()}
        if {code: ms for code, ms in serves[desk.window].items() if code in scenario.businesses} != planned:
            yield f"window {desk.window} serves otherwise"
    head_starts = {each["code"]: each["head_start_ms"] for each in hall["classes"]}
    for each in scenario.classes:
        if head_starts[each.code] != round(each.head_start_s * 1000):
            yield f"class {each.code} has another head start"
