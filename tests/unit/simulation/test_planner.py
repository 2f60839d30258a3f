"""The planner: what it tells and recommends, and the same answer for the same question."""

import math

import pytest

from simulation import plan_problems, planner
from simulation.history.kinds import read
from simulation.plan_wish import BadWishError, Wish, text, wish
from simulation.routes import SAMPLE


def test_a_plan_of_the_sample_says_the_same_twice_and_more_windows_wait_less():
    asked = Wish(levels=(5, 8), days=10)
    told: list[tuple[str, int, int]] = []
    history = read(SAMPLE)
    result = planner.plan(history, asked, lambda *step: told.append(step))
    assert result == planner.plan(history, asked, lambda *_: None)
    few, many = result["levels"]
    assert few["wait_all_p90_s"]["mean"] > many["wait_all_p90_s"]["mean"]
    assert few["customers"] == many["customers"]  # the same visitors come, however many windows there are
    assert told[-1] == ("simulating", 44, 44)
    assert [done for _, done, _ in told] == list(range(1, 45))
    assert result["recorded"]["n"] == 1158
    assert result["again"]["customers"] == 3 * 1158
    assert result["arrivals"][0]["quarter"] == "08:00"
    assert "service-exponential" in result["assumed"]
    assert {each["kind"] for each in result["cleaning"] if each["rows"]} >= {"year-one-too-late", "day-without-tickets"}


def test_levels_left_open_lie_around_what_was_recorded():
    history = read(SAMPLE)
    assert planner.default_levels(planner.demand(history)) == (2, 3, 4, 5, 6, 7, 8)


def test_a_wish_is_read_from_json_and_from_a_form():
    assert wish({}) == Wish()
    assert wish({"target_minutes": 15, "share": 0.8, "levels": [4, 3]}) == Wish(900, 0.8, (3, 4))
    assert wish({"target_minutes": "15", "share": "0.8", "levels": "3,4", "days": "20"}) == Wish(900, 0.8, (3, 4), 20)
    assert text({"office": ""}, "office") is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"target_minutes": 0}, "target_minutes"),
        ({"target_minutes": "soon"}, "target_minutes"),
        ({"target_minutes": math.nan}, "target_minutes"),
        ({"target_minutes": True}, "target_minutes"),
        ({"target_minutes": [1]}, "target_minutes"),
        ({"target_minutes": 10**400}, "target_minutes"),
        ({"share": 1}, "share"),
        ({"days": 15}, "days"),
        ({"days": 1e9}, "days"),
        ({"days": "x"}, "days"),
        ({"levels": [0]}, "levels"),
        ({"levels": [61]}, "levels"),
        ({"levels": list(range(1, 14))}, "levels"),
        ({"levels": "3,x"}, "levels"),
        ({"levels": [[3]]}, "levels"),
        ({"levels": {"3": 1}}, "levels"),
        ({"levels": "9" * 5000}, "levels"),
    ],
)
def test_a_wish_that_cannot_be_granted_names_its_field(said: dict[str, object], field: str):
    with pytest.raises(BadWishError) as refused:
        wish(said)
    assert refused.value.field == field


def test_a_text_must_be_a_short_text():
    for value in (3, "x" * 101, ["a"]):
        with pytest.raises(BadWishError):
            text({"office": value}, "office")


def test_every_problem_has_its_sentence_in_every_language():
    codes = {language: plan_problems.sentences(language) for language in ("zh-Hans", "zh-Hant", "en")}
    assert codes["zh-Hans"].keys() == codes["zh-Hant"].keys() == codes["en"].keys()
    assert set(plan_problems.STATUS) <= codes["en"].keys()
    document = plan_problems.document("wrong-columns", {"missing": "date"}, "en")
    assert (document["status"], "date" in document["detail"]) == (422, True)
    assert plan_problems.sentences("fr") == codes["zh-Hans"]
