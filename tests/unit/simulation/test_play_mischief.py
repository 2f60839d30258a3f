"""Mischief in a play: who is odd and how, what a hall gives occasion for, and keys pressed twice."""

import pytest

from simulation.play import endings
from simulation.play.link import Answer
from simulation.play.mischief import KINDS, Mischief, twice


def oddly(per_mille: int, seed: str = "1-0") -> list[str | None]:
    hall = {"settings": {"max_calls": 3, "recall_gap_ms": 20_000}}
    mischief = Mischief(per_mille, seed, hall, frozenset("AC"))
    second = [number for number in range(1_000) if mischief.later(number, "A") == ["C"]]
    kinds = [mischief.kind_of(number) for number in range(1_000)]
    assert second == [number for number, kind in enumerate(kinds) if kind == "second"]
    return kinds


def test_without_mischief_nobody_is_odd_and_with_it_the_same_visitors_always_are():
    assert set(oddly(0)) == {None}
    assert oddly(100) == oddly(100)
    assert oddly(100) != oddly(100, "2-0")
    assert set(oddly(100)) == {None, *KINDS}
    assert 60 <= sum(kind is not None for kind in oddly(100)) <= 140


def pressed_twice(*answers: Answer) -> tuple[Answer, list[str]]:
    """What comes of two presses answered so, and the keys they had."""
    left, keys = list(answers), list[str]()

    def tell(key: str) -> Answer:
        keys.append(key)
        return left.pop(0)

    return twice(tell, "next")(), keys


def test_a_key_pressed_twice_must_have_one_answer():
    called = Answer(200, {"id": "a"}, 0.0, 0.1)
    answer, keys = pressed_twice(called, called._replace(came=0.2))
    assert answer == called
    assert keys[0] == keys[1]
    assert len(keys[0]) == 32
    broken, _ = pressed_twice(called, Answer(200, {"id": "b"}, 0.1, 0.2))
    assert not broken.well
    assert not broken.silent
    assert "two answers" in broken.body["detail"]


def test_an_answer_that_changed_nothing_is_not_remembered_so_the_second_may_act():
    nobody, called = Answer(204, {}, 0.0, 0.1), Answer(200, {"id": "a"}, 0.1, 0.2)
    assert pressed_twice(nobody, called)[0] == called


def paper(code: str, *, minor: bool = False) -> dict[str, object]:
    return {"code": code, "minor": minor}


def item(code: str, papers: list[dict[str, object]], promise_days: int | None = None) -> dict[str, object]:
    return {"code": code, "papers": papers, "promise_days": promise_days}


def test_papers_are_missing_only_where_an_item_has_some():
    hall = {"businesses": [{"code": "A", "items": [item("talk", []), item("new", [paper("form"), paper("map")])]}]}
    assert endings.missing(hall, "A") == {"item": "new", "missing": ["form", "map"]}
    assert endings.missing({"businesses": [{"code": "A", "items": []}]}, "A") is None


@pytest.mark.parametrize(
    ("papers", "days", "found"),
    [
        ([paper("form"), paper("photo", minor=True)], 5, {"item": "new", "missing": ["photo"], "due": "2026-03-03"}),
        ([paper("form"), paper("photo", minor=True)], None, None),
        ([paper("form")], 5, None),
    ],
)
def test_only_minor_papers_of_an_item_with_a_promise_are_promised(papers: list, days: int | None, found: object):
    hall = {"time_zone": "Asia/Shanghai", "businesses": [{"code": "A", "items": [item("new", papers, days)]}]}
    # 2026-03-01 at 18:00 UTC is the second of March there.
    assert endings.promise(hall, "A", 1_772_388_000_000) == found
