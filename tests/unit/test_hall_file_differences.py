"""What changes from one hall to another, said in sentences."""

from dataclasses import replace

import pytest

from queue_server import hall_file
from queue_server.core.business import Business, Group, Item, Paper
from queue_server.core.calendar import Calendar, Opening, Span
from queue_server.core.hall import Hall, Window
from queue_server.hall_file.differences import differences
from tests.unit.core.small_hall import HOUR, MINUTE, small_hall, text

HALL = small_hall()
A, B, C = HALL.businesses
ONE, TWO, THREE = HALL.windows
FORM, STAMP = Paper("form", text("form")), Paper("stamp", text("stamp"))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (HALL, []),
        (replace(HALL, time_zone="UTC"), ["time_zone Asia/Shanghai → UTC"]),
        (replace(HALL, names={**HALL.names, "en": "Hall"}), ["names: en hall → Hall"]),
        (
            replace(HALL, settings=replace(HALL.settings, max_calls=4, missed_timer=MINUTE, direct_call=True)),
            ["settings: max_calls 3 → 4", "settings: missed_timer nothing → 1 min", "settings: direct_call no → yes"],
        ),
        (
            replace(HALL, windows=(replace(ONE, reluctance={"A": 0, "B": 5 * MINUTE}), TWO, THREE)),
            ["window 1: reluctance for B 10 min → 5 min"],
        ),
        (
            replace(HALL, windows=(Window(1, {"A": 0, "C": MINUTE}, None), TWO, THREE, Window(4, {"A": 0}))),
            [
                "window 1: zone 1 → nothing",
                "window 1: serves B no longer",
                "window 1: serves C from now on, reluctance 1 min",
                "window 4 added",
            ],
        ),
        (
            replace(HALL, windows=(ONE, replace(TWO, not_before={"A": MINUTE}))),
            ["window 2: not_before nothing → {A: 1 min}", "window 3 removed"],
        ),
        (
            replace(HALL, businesses=(B, A, C, Business("DX", text("x")))),
            ["business DX added", "order of each business A, B, C → B, A, C"],
        ),
        (
            replace(HALL, groups=(Group("g", text("g")),), businesses=(replace(A, group="g", alarm=5), B, C)),
            ["business A: group nothing → g", "business A: alarm nothing → 5", "group g added"],
        ),
        (
            replace(HALL, opening=Opening({0: (Span(9 * HOUR, 12 * HOUR),)})),
            ["opening nothing → {hours: {monday: 09:00-12:00}, last_ticket: 0}"],
        ),
        (
            replace(HALL, calendar=Calendar(frozenset({"2026-10-01", "2026-10-02"}))),
            ["calendar nothing → {holidays: 2026-10-01 to 2026-10-02}"],
        ),
        (replace(HALL, profiles={"one": {"A": 0}}), ["profile one added"]),
    ],
)
def test_a_change_is_one_sentence(new: Hall, said: list[str]) -> None:
    assert differences(HALL, new) == said
    assert bool(differences(new, HALL)) == bool(said), "the way back is a change, too"


def test_the_papers_of_an_item_change_one_by_one() -> None:
    before = replace(HALL, businesses=(replace(A, items=(Item("new", text("new"), (FORM,), 5),)), B, C))
    after = replace(HALL, businesses=(replace(A, items=(Item("new", text("new"), (STAMP,), 6),)), B, C))
    assert differences(before, after) == [
        "business A: item new: promise_days 5 → 6",
        "business A: item new: paper form removed",
        "business A: item new: paper stamp added",
    ]


def test_hours_and_profiles_change_line_by_line() -> None:
    hours = Opening({0: (Span(9 * HOUR, 12 * HOUR),), 1: ()})
    before = replace(HALL, opening=hours, profiles={"one": {"A": 0, "B": 0}, "two": {}})
    later = Opening({0: (Span(9 * HOUR, 13 * HOUR),), 1: ()}, {}, MINUTE)
    after = replace(HALL, opening=later, profiles={"one": {"A": MINUTE}, "three": {}})
    assert differences(before, after) == [
        "opening: hours: monday 09:00-12:00 → 09:00-13:00",
        "opening: last_ticket 0 → 1 min",
        "profile one: reluctance for A 0 → 1 min",
        "profile one: serves B no longer",
        "profile two removed",
        "profile three added",
    ]


def test_the_shipped_halls_differ_in_everything() -> None:
    default, large = hall_file.read(hall_file.DEFAULT), hall_file.read(hall_file.LARGE)
    told = differences(default, large)
    assert "hall main → large" in told
    assert len(told) > 100
