"""What a hall refuses to be made of, and what it refuses to be asked for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from queue_server.core.business import Business, Item, Paper
from queue_server.core.calendar import Span
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.hall import GRANTERS, PriorityClass, Window, Zone
from queue_server.core.settings import Settings
from queue_server.core.words import LANGUAGES, names
from tests.unit.core.small_hall import MINUTE, small_hall, text

HALF = {"zh-Hans": "厅", "en": "hall"}


def test_names_are_in_the_three_languages() -> None:
    assert dict(names("厅", "廳", "hall")) == dict(zip(LANGUAGES, ("厅", "廳", "hall"), strict=True))


@pytest.mark.parametrize("code", ["A", "Z", "AB", "HJ", "NP"])
def test_a_prefix_is_one_or_two_capital_letters(code: str) -> None:
    assert Business(code, text("x"), text("note")).code == code


@pytest.mark.parametrize("code", ["", "a", "I", "O", "AO", "ABC", "A1", "Ä", "A\n", " A"])
def test_any_other_prefix_is_refused(code: str) -> None:
    with pytest.raises(BadValue, match="without I and O"):
        Business(code, text("x"))


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: Business("A", HALF), "business A"),
        (lambda: Business("A", text("x"), HALF), "note of business A"),
        (lambda: Zone("1", HALF), "zone 1"),
        (lambda: PriorityClass("elderly", HALF, 0), "class elderly"),
        (lambda: small_hall(names=HALF), "hall"),
        (lambda: small_hall(names={**HALF, "zh-Hant": " "}), "hall"),
    ],
)
def test_a_text_missing_in_one_language_is_refused(make: Callable[[], Any], where: str) -> None:
    with pytest.raises(BadValue) as bad:
        make()
    assert (bad.value.where, bad.value.what) == (where, "no text in zh-Hant")
    assert str(bad.value) == f"{where}: no text in zh-Hant"


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_window_number_fits_on_its_plate(number: int) -> None:
    with pytest.raises(BadValue, match="between 1 and 999"):
        Window(number, {})


def test_a_window_number_of_one_or_three_digits_is_fine() -> None:
    assert [Window(n, {}).number for n in (1, 999)] == [1, 999]


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Window(1, {"A": -1}), "reluctance for A is negative"),
        (lambda: PriorityClass("Elderly", text("x"), 0), "small letters"),
        (lambda: PriorityClass("-x", text("x"), 0), "small letters"),
        (lambda: PriorityClass("x" * 33, text("x"), 0), "small letters"),
        (lambda: PriorityClass("x", text("x"), -1), "head start is negative"),
        (lambda: Settings(max_calls=0), "at least one call"),
        (lambda: Settings(day_starts=-1), "within a day"),
        (lambda: Settings(day_starts=24 * 60 * MINUTE), "within a day"),
        (lambda: Settings(recall_gap=-1), "recall_gap: is negative"),
        (lambda: Settings(return_within=-1), "return_within: is negative"),
        (lambda: Settings(max_advance=-1), "max_advance: is negative"),
        *[
            (lambda name=name: Settings(**{name: -1}), f"{name}: is negative")
            for name in ("max_returns", "affinity", "affinity_release", "hold_timer", "undo_within")
        ],
        (lambda: Settings(return_behind=0), "behind at least one"),
        (lambda: Settings(pause_reasons=()), "at least one reason"),
        (lambda: Settings(voice=("cmn", "fr")), "each of cmn, yue, en at most once"),
        (lambda: Settings(voice=("en", "en")), "each of cmn, yue, en at most once"),
        (lambda: Settings(volume=101), "volume: lies between 0 and 100"),
        (lambda: Settings(volume=-1), "volume: lies between 0 and 100"),
        (lambda: Window(1, {"A": 0}, None, {"B": 0}), "not_before names B, which it does not serve"),
        (lambda: Window(1, {"A": 0}, None, {"A": -1}), "not_before for A is negative"),
        (lambda: PriorityClass("x", text("x"), 0, "visitor"), "granted by one of self, guide, window"),
        (lambda: Settings(missed_timer=0), "positive duration, or off"),
        (lambda: Settings(outcomes=()), "at least one outcome"),
        (lambda: small_hall(id="Main"), "hall: a code is small letters"),
        (lambda: small_hall(time_zone="Asia/Nowhere"), "Asia/Nowhere is not a known time zone"),
        (lambda: small_hall(time_zone=""), "not a known time zone"),
        (lambda: small_hall(time_zone="../etc/passwd"), "not a known time zone"),
        (lambda: small_hall(businesses=()), "at least one business"),
        (lambda: small_hall(windows=()), "at least one window"),
        (lambda: small_hall(windows=(Window(1, {"A": 0}), Window(1, {"B": 0}))), "a number stands twice"),
        (lambda: small_hall(windows=(Window(1, {"Y": 0, "X": 0}),)), "window 1: serves unknown business X"),
        (lambda: small_hall(windows=(Window(1, {"A": 0}, "9"),)), "stands in unknown zone 9"),
        (lambda: small_hall(zones=(Zone("1", text("x")), Zone("1", text("y")))), "zone: a code stands twice"),
        (lambda: small_hall(classes=(PriorityClass("x", text("x"), 0),) * 2), "class: a code stands twice"),
        (
            lambda: small_hall(classes=(PriorityClass("x", text("x"), 61 * MINUTE),)),
            "head start is longer than max_advance",
        ),
    ],
)
def test_what_makes_no_hall_is_refused(make: Callable[[], Any], what: str) -> None:
    with pytest.raises(BadValue, match=what):
        make()


@pytest.mark.parametrize(("most", "unfit"), [(30, []), (29, ["return_head_start: is longer than max_advance"])])
def test_a_new_hall_has_no_return_that_passes_more_than_anybody_may(most: int, unfit: list[str]) -> None:
    hall = small_hall(settings=Settings(return_head_start=30 * MINUTE, max_advance=most * MINUTE))
    assert [f"{bad.where}: {bad.what}" for bad in hall.unfit()] == unfit


@pytest.mark.parametrize("codes", [("A", "AB"), ("AB", "A"), ("A", "A")])
def test_no_prefix_begins_another(codes: tuple[str, str]) -> None:
    with pytest.raises(BadValue, match="beginning of another"):
        small_hall(businesses=tuple(Business(c, text(c)) for c in codes), windows=(Window(1, {}),))


def test_prefixes_may_share_a_letter() -> None:
    pair = (Business("AB", text("x")), Business("AC", text("y")))
    assert small_hall(businesses=pair, windows=(Window(1, {}),)).businesses == pair


def test_the_largest_allowed_values_are_allowed() -> None:
    assert small_hall(classes=(PriorityClass("x", text("x"), 60 * MINUTE),)).head_start(("x",)) == 60 * MINUTE
    assert Settings(recall_gap=0, return_within=0, max_advance=0, missed_timer=1, day_starts=0).max_calls == 3


def test_quiet_hours_begin_with_their_first_moment_and_end_before_their_last() -> None:
    noon = Settings(quiet=(Span(12 * 60 * MINUTE, 13 * 60 * MINUTE),))
    assert [noon.is_quiet(wall * MINUTE) for wall in (719, 720, 779, 780)] == [False, True, True, False]


def test_a_business_is_found_by_its_prefix() -> None:
    assert small_hall().business("B").names["en"] == "permits"


def test_an_unknown_business_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        small_hall().business("Q" * 20)
    assert (refused.value.code, refused.value.facts) == ("unknown-business", {"business": "Q" * 16})


def test_a_window_is_found_by_its_number() -> None:
    assert small_hall().window(2).reluctance["B"] == 0


def test_an_unknown_window_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        small_hall().window(4)
    assert (refused.value.code, refused.value.facts) == ("unknown-window", {"window": 4})
    assert str(refused.value) == "unknown-window"


def test_the_largest_head_start_counts_and_none_are_added_up() -> None:
    hall = small_hall()
    assert hall.head_start(()) == 0
    assert hall.head_start(("guide",)) == MINUTE
    assert hall.head_start(("guide", "elderly")) == 20 * MINUTE


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        small_hall().head_start(("elderly", "q" * 40))
    assert (refused.value.code, refused.value.facts) == ("unknown-class", {"priority": "q" * 32})


def test_items_and_papers_are_found_by_their_codes() -> None:
    papers = (Paper("form", text("form")), Paper("photo", text("photo"), minor=True))
    business = Business("D", text("d"), items=(Item("new", text("new")), Item("change", text("change"), papers)))
    assert business.item("change").paper("photo").minor
    for ask, code in ((business.item, "unknown-item"), (business.item("change").paper, "unknown-paper")):
        with pytest.raises(Refusal) as refused:
            ask("q" * 40)
        assert refused.value.code == code
        assert list(refused.value.facts.values()) == ["q" * 32]


@pytest.mark.parametrize(
    ("granted_by", "refused_to"),
    [("self", set()), ("guide", {"self"}), ("window", {"self", "guide"})],
)
def test_a_class_is_granted_by_who_may_and_by_those_above(granted_by: str, refused_to: set[str]) -> None:
    hall = small_hall(
        classes=(PriorityClass("x", text("x"), 0, granted_by), PriorityClass("y", text("y"), 0, "window"))
    )
    for granter in GRANTERS:
        if granter not in refused_to:
            hall.check_granted(("x",), granter)
            continue
        with pytest.raises(Refusal) as refused:
            hall.check_granted(("x",), granter)
        assert (refused.value.code, refused.value.facts) == (
            "may-not-grant",
            {"priority": "x", "granted_by": granted_by},
        )
    hall.check_granted((), "self")


def test_only_what_is_new_among_the_grounds_must_be_granted() -> None:
    guide = replace(small_hall().classes[1], granted_by="guide")
    hall = small_hall(classes=(small_hall().classes[0], guide))
    hall.check_regraded(("guide",), ("guide", "elderly"), "self")
    hall.check_regraded(("guide",), (), "self")
    with pytest.raises(Refusal) as refused:
        hall.check_regraded((), ("guide",), "self")
    assert refused.value.code == "may-not-grant"


def test_a_visit_is_about_what_was_really_served_first_or_else_about_what_was_chosen() -> None:
    business = replace(small_hall().businesses[0], items=(Item("new", text("new")), Item("renew", text("renew"))))
    assert business.main_item("new", ["renew", "new"]) is business.items[1]
    assert business.main_item("new", []) is business.items[0]
    assert business.main_item(None, []) is None
