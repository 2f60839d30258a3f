"""Groups, profiles, quotas, hours and dates of a hall: what is refused, all of it at once, and with the way to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from queue_server.core.booking import BookingRules
from queue_server.core.business import Business, Group, Item, Paper, Quota
from queue_server.core.calendar import DAY, Calendar, Opening, Span
from queue_server.core.conditions import Conditions, in_hall
from queue_server.core.errors import BadValue, BadValues, refuse
from queue_server.core.hall import Window
from queue_server.core.settings import Settings
from tests.unit.core.small_hall import HOUR, MINUTE, OUTSIDE, small_hall, text

NINE_TO_TWELVE, ONE_TO_FIVE = Span(9 * HOUR, 12 * HOUR), Span(13 * HOUR, 17 * HOUR)


def in_small_hall(*businesses: Business, **changes: Any) -> Any:
    """The small hall with these businesses before its own A, B, C."""
    own = small_hall()
    return small_hall(businesses=(*businesses, *own.businesses), **changes)


def test_a_hall_with_all_of_it_is_one() -> None:
    item = Item("new", text("new"), (Paper("form", text("form")),), 5, "accepted")
    opening = Opening({0: (NINE_TO_TWELVE, ONE_TO_FIVE)}, {"2026-10-01": ()}, 30 * MINUTE)
    quotas = (Quota(9, 0, HOUR), Quota(60))
    good = Business("DX", text("x"), None, (item,), quotas, opening, 3, "permits", BookingRules())
    assert [good.quotas_at(wall) for wall in (0, HOUR - 1, HOUR)] == [[0, 1], [0, 1], [1]]
    with pytest.raises(BadValue, match="in the order of the day"):
        replace(good, quotas=quotas[::-1])
    hall = in_small_hall(good, groups=(Group("permits", text("permits")),), profiles={"new-clerk": {"A": 0, "DX": 1}})
    assert hall.business("DX").item("new").paper("form").minor is False
    assert hall.profiles["new-clerk"]["DX"] == 1


@pytest.mark.parametrize(
    ("make", "what", "way"),
    [
        (lambda: Group("Permits", text("x")), "small letters", ("code",)),
        (lambda: Group("permits", {"en": "x"}), "no text in zh-Hans", ()),
        (
            lambda: in_small_hall(groups=(Group("g", text("x")),) * 2),
            "group: a code stands twice: g",
            ("groups", 1),
        ),
        (
            lambda: in_small_hall(Business("DX", text("x"), group="none")),
            "business DX: stands in unknown group none",
            ("businesses", 0, "group"),
        ),
        (
            lambda: in_small_hall(Business("DX", text("x"), items=(Item("new", text("x"), outcome="lost"),))),
            "has the outcome lost",
            ("businesses", 0, "items", 0, "outcome"),
        ),
        (
            lambda: in_small_hall(profiles={"One": {}}),
            "profile One: a code is small letters",
            ("profiles", "One"),
        ),
        (
            lambda: in_small_hall(profiles={"one": {"Q": 0}}),
            "profile one: names unknown business Q",
            ("profiles", "one", "Q"),
        ),
        (
            lambda: in_small_hall(profiles={"one": {"A": -1}}),
            "profile one: reluctance for A is negative",
            ("profiles", "one", "A"),
        ),
        (
            lambda: Business("A", text("x"), quotas=(Quota(1), Quota(2))),
            "each time band once",
            ("quotas",),
        ),
        (
            lambda: Business("A", text("x"), items=(Item("new", text("x")),) * 2),
            "an item stands twice",
            ("items", 1),
        ),
        (lambda: Business("A", text("x"), alarm=0), "at least one who waits", ("alarm",)),
        (lambda: Item("new", text("x"), (Paper("a", text("x")),) * 2), "a paper stands twice", ("papers", 1)),
        (lambda: Item("new", text("x"), promise_days=0), "at least one working day", ("promise_days",)),
        (lambda: Opening({7: ()}), "a weekday is 0", ("week",)),
        (lambda: Opening({1: (ONE_TO_FIVE, NINE_TO_TWELVE)}), "follow each other", ("week", 1)),
        (
            lambda: Opening({}, {"2026-10-01": (ONE_TO_FIVE, ONE_TO_FIVE)}),
            "follow each other",
            ("exceptions", "2026-10-01"),
        ),
        (lambda: Opening({}, {}, -1), "last_ticket: is negative", ("last_ticket",)),
        (lambda: Opening({}, {"20261001": ()}), "20261001 is not a date like 2026-10-01", ()),
        (lambda: Opening({}, {"soon": ()}), "soon is not a date", ()),
        (lambda: Calendar(frozenset({"2026-W40-4"})), "is not a date", ()),
        (lambda: Quota(-1), "is negative", ()),
        (lambda: Quota(1, DAY, DAY), "ends after it starts", ()),
        (lambda: Span(HOUR, HOUR), "end after they start", ()),
        (lambda: small_hall(id="Main"), "small letters", ("id",)),
        (lambda: Window(1, {"A": 0}, None, {"B": 0}), "which it does not serve", ("not_before", "B")),
    ],
)
def test_what_is_refused_says_where_it_is(make: Callable[[], Any], what: str, way: tuple[str | int, ...]) -> None:
    with pytest.raises(BadValue, match=what) as bad:
        make()
    assert bad.value.way == way


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadValues) as bad:
        Settings(max_calls=0, return_behind=0, recall_gap=-1)
    assert [each.where for each in bad.value.every] == ["max_calls", "return_behind", "recall_gap"]
    assert str(bad.value) == "max_calls: at least one call is made"
    windows = (Window(1, {"X": 0, "Y": 0}, "9"), Window(2, {}), Window(2, {}))
    with pytest.raises(BadValues) as hall:
        small_hall(windows=windows)
    assert [each.way for each in hall.value.every] == [
        ("windows", 2),
        ("windows", 0, "reluctance", "X"),
        ("windows", 0, "reluctance", "Y"),
        ("windows", 0, "zone"),
    ]


def test_nothing_wrong_is_no_refusal() -> None:
    refuse([])


def test_a_changed_hall_keeps_of_its_conditions_what_still_means_something() -> None:
    hall = small_hall(opening=Opening({}))
    notice = text("down")
    now = Conditions({"A": notice, "Q": notice}, "2026-11-24", evacuations=OUTSIDE, open=False, alarms=frozenset("BQ"))
    kept = in_hall(hall, now)
    assert kept == Conditions({"A": notice}, "2026-11-24", evacuations=OUTSIDE, open=False, alarms=frozenset("B"))
    assert in_hall(replace(hall, opening=None), now).open, "without hours nothing would ever open it again"
    assert in_hall(hall, kept) == kept
