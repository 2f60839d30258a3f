"""Scenario documents: what is read, and which field is named when something is wrong."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from simulation.cli import SHIPPED, schema
from simulation.scenario import Scenario
from simulation.scenario_text import BadScenario, read

SHIPPED_FILES = sorted(SHIPPED.glob("*.json"))


def document(**changes: Any) -> dict[str, Any]:
    """A small scenario with some of its top fields changed."""
    return {
        "name": "small",
        "businesses": {
            "A": {
                "arrivals": {"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 3_600_000, "per_hour": 30}]},
                "service": {"kind": "exponential", "mean_s": 60},
            }
        },
        "windows": [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 7200]]}],
        **changes,
    }


def business(**changes: Any) -> dict[str, Any]:
    """The businesses of a scenario whose only one has some fields changed."""
    return {"A": {**document()["businesses"]["A"], **changes}}


def recorded(*days: list[int]) -> dict[str, Any]:
    return {"kind": "recorded", "days": list(days)}


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
def test_shipped_scenarios_are_read_and_hold_to_the_published_schema(path: Any):
    scenario = read(path.read_bytes())
    Draft202012Validator(schema()).validate(json.loads(path.read_text(encoding="utf-8")))
    assert read(scenario.model_dump_json()) == scenario


def test_there_are_shipped_scenarios():
    assert {path.stem for path in SHIPPED_FILES} >= {"mm10", "default_hall", "crowded_hall"}


def test_the_schema_is_itself_a_schema():
    Draft202012Validator.check_schema(schema())


def test_the_hall_of_a_scenario():
    classes = [{"code": "first", "head_start_s": 86400, "share": {"A": 0.5}}]
    hall = read(json.dumps(document(classes=classes))).hall
    assert hall.windows[0].reluctance == {"A": 0}
    assert hall.head_start(("first",)) == 86_400_000
    assert hall.settings.max_advance == 86_400_000


def test_how_many_come_on_a_day():
    assert read(json.dumps(document())).expected_a_day == 30
    assert read(json.dumps(document(businesses=business(arrivals=recorded([1, 2], []))))).expected_a_day == 1


def test_recorded_days_are_a_cycle():
    days = document(
        businesses=business(arrivals=recorded([1], [2], [])),
        windows=[{"window": 1, "reluctance": {"A": 0}, "days": [[[0, 1]], [], [[5, 6]]]}],
    )
    scenario = read(json.dumps(days))
    assert scenario.cycle == 3
    assert scenario.windows[0].open_on(5) == ((5, 6),)
    assert read(json.dumps(document())).cycle == 1


@pytest.mark.parametrize(
    ("wrong", "field", "what"),
    [
        (document(nome="x"), "nome", "Extra inputs"),
        (document(businesses={}), "businesses", "at least 1"),
        (document(businesses={"I": document()["businesses"]["A"]}), "", "business I: a prefix is"),
        (
            document(businesses=business(service={"kind": "exponential", "mean_s": 0})),
            "businesses.A.service",
            "greater",
        ),
        (document(businesses=business(service={"kind": "triangular"})), "businesses.A.service", "'triangular'"),
        (document(businesses=business(service={"kind": "weibull"})), "businesses.A.service.weibull.shape", "required"),
        (
            document(businesses=business(service={"kind": "weibull", "shape": 0, "scale_s": 9})),
            "businesses.A.service.weibull.shape",
            "greater than or equal to 0.1",
        ),
        (
            document(businesses=business(patience={"kind": "gamma", "mean_s": 9, "cv": 0})),
            "businesses.A.patience.gamma.cv",
            "greater than or equal to 0.001",
        ),
        (
            document(businesses=business(arrivals={"kind": "rates", "pieces": [], "day_cv": 3})),
            "businesses.A.arrivals.rates.day_cv",
            "less than or equal to 2",
        ),
        (document(businesses=business(later={"share": 0.5, "business": "A"})), "", "A is not another business"),
        (document(businesses=business(later={"share": 0.5, "business": "B"})), "", "B is not another business"),
        (document(businesses=business(later={"share": 2, "business": "B"})), "businesses.A.later.share", "less than"),
        (document(day_cv=-0.1), "day_cv", "greater than or equal to 0"),
        (document(businesses=business(arrivals=recorded([1])), day_cv=0.1), "", "day_cv: recorded days come as they"),
        (
            document(businesses=business(service={"kind": "empirical", "values_s": []})),
            "businesses.A.service",
            "least 1",
        ),
        (document(businesses=business(arrivals=recorded([-1]))), "businesses.A.arrivals", "greater than or equal"),
        (document(businesses=business(arrivals=recorded([99])), horizon_s=0.05), "", "99 lies at or after horizon_s"),
        (document(horizon_s=60), "", "businesses.A.arrivals.pieces: the last piece ends after horizon_s"),
        (document(warm_up_s=86400), "", "warm_up_s must be shorter"),
        (document(windows=[]), "windows", "at least 1"),
        (document(windows=[{"window": 1, "reluctance": {"A": 0}}]), "windows.0", "either schedule or days"),
        (document(windows=[{"window": 1, "reluctance": {"B": 0}, "schedule": []}]), "", "unknown business B"),
        (
            document(windows=[{"window": 1, "reluctance": {"A": -1}, "schedule": []}]),
            "windows.0.reluctance.A",
            "greater",
        ),
        (document(windows=[{"window": 1, "reluctance": {"A": 0}, "schedule": [[5, 5]]}]), "windows.0", "end after it"),
        (
            document(windows=[{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 9], [5, 12]]}]),
            "windows.0",
            "must not overlap",
        ),
        (document(windows=[document()["windows"][0]] * 2), "", "a number stands twice"),
        (document(classes=[{"code": "x", "head_start_s": 1, "share": {"Q": 1}}]), "", "Q is not a business"),
        (
            document(classes=[{"code": c, "head_start_s": 1, "share": {"A": 0.6}} for c in ("x", "y")]),
            "",
            "add up to more than 1",
        ),
        (document(start={"time_zone": "Moon/Base"}), "", "Moon/Base is not a known time zone"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], field: str, what: str):
    with pytest.raises(BadScenario) as bad:
        read(json.dumps(wrong))
    assert bad.value.problems[0][0].startswith(field)
    assert what in str(bad.value)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("businesses", "A", "service", "mean_s"), -1, 17),
        (("businesses", "A", "service", "kind"), "gamma", 15),
        (("businesses", "A", "arrivals", "pieces", 0, "per_hour"), "many", 11),
        (("businesses", "A", "arrivals", "pieces", 0, "end_ms"), 90_000_000, 10),
        (("windows", 0, "reluctance"), None, 24),
        (("windows", 0, "schedule"), [[5, 4]], 22),
        (("horizon_s",), 60, 7),
        (("nome",), "x", 35),
    ],
)
def test_a_mistake_is_found_on_its_line(path: tuple[str | int, ...], value: Any, line: int):
    """The document over 34 lines, one value to a line, with one of them wrong."""
    wrong: Any = document()
    inner = wrong
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    text = json.dumps(wrong, indent=1, ensure_ascii=False)
    with pytest.raises(BadScenario) as bad:
        read(text.encode())
    assert bad.value.problems[0].line == line, f"{bad.value}\n{text}"
    assert str(bad.value).startswith(f"line {line}: ")


def test_of_many_mistakes_the_first_have_their_lines():
    windows = [{"window": 0, "reluctance": {}, "schedule": []}] * 30
    with pytest.raises(BadScenario) as bad:
        read(json.dumps(document(windows=windows), indent=1))
    lines = [problem.line for problem in bad.value.problems]
    assert lines[:20] == [23 + 5 * place for place in range(20)]
    assert set(lines[20:]) == {None}


def test_pieces_in_disorder_and_backward_pieces_are_refused():
    def pieces(*spans: tuple[int, int]) -> dict[str, Any]:
        return {"kind": "rates", "pieces": [{"start_ms": a, "end_ms": b, "per_hour": 1} for a, b in spans]}

    for arrivals, what in [(pieces((5, 9), (0, 5)), "in order"), (pieces((5, 5)), "end_ms must lie after")]:
        with pytest.raises(BadScenario, match=what):
            read(json.dumps(document(businesses=business(arrivals=arrivals))))


def test_recorded_days_and_schedules_by_day_must_be_equally_many():
    windows = [{"window": 1, "reluctance": {"A": 0}, "days": [[], []]}]
    with pytest.raises(BadScenario, match="equally many"):
        read(json.dumps(document(businesses=business(arrivals=recorded([1])), windows=windows)))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", b"\xff"])
def test_what_is_not_a_document_is_refused(text: str | bytes):
    with pytest.raises(BadScenario):
        read(text)


def test_a_scenario_cannot_be_changed():
    scenario = Scenario.model_validate(document())
    with pytest.raises(ValueError, match="frozen"):
        scenario.name = "other"
