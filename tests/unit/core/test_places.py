"""Where a ticket is placed, one function per cause, and never further back than max_advance."""

import pytest

from queue_server.core import places
from tests.unit.core.small_hall import MINUTE, NINE, settings

HOUR_AT_MOST = settings(max_advance=60 * MINUTE)
AS_ISSUE = settings(transfer_as_issue=True, rejoin_as_issue=True)


def at(minutes: float) -> int:
    """So many minutes after nine."""
    return NINE + round(minutes * MINUTE)


@pytest.mark.parametrize(("head_start", "place"), [(0, 0), (20, -20), (60, -60), (90, -60)])
def test_an_issue_is_now_less_the_head_start(head_start: int, place: int) -> None:
    assert places.on_issue(NINE, head_start * MINUTE, HOUR_AT_MOST) == at(place)


@pytest.mark.parametrize(
    ("due", "head_start", "place"),
    [(-10, 0, -10), (10, 0, 0), (-10, 20, -20), (-30, 20, -30), (10, 20, -20), (-90, 0, -60), (0, 90, -60)],
)
def test_a_check_in_is_the_earlier_of_slot_and_number(due: int, head_start: int, place: int) -> None:
    assert places.on_check_in(NINE, at(due), head_start * MINUTE, HOUR_AT_MOST) == at(place)


@pytest.mark.parametrize("cause", [places.on_transfer, places.on_rejoin])
@pytest.mark.parametrize(("last", "place"), [(-30, -30), (-60, -60), (-61, -60), (0, 0)])
def test_a_transfer_or_a_return_from_a_hold_keeps_the_last_place(cause, last: int, place: int) -> None:  # noqa: ANN001
    assert cause(NINE, at(last), 20 * MINUTE, HOUR_AT_MOST) == at(place)


@pytest.mark.parametrize("cause", [places.on_transfer, places.on_rejoin])
def test_or_it_is_an_issue_now_where_the_hall_says_so(cause) -> None:  # noqa: ANN001
    assert cause(NINE, at(-30), 20 * MINUTE, AS_ISSUE) == at(-20)
    assert cause(NINE, at(-30), 90 * MINUTE, AS_ISSUE) == at(-60)


def test_each_of_the_two_has_a_setting_of_its_own() -> None:
    assert places.on_transfer(NINE, at(-30), 0, settings(rejoin_as_issue=True)) == at(-30)
    assert places.on_rejoin(NINE, at(-30), 0, settings(transfer_as_issue=True)) == at(-30)
    assert places.on_transfer(NINE, at(-30), 0, settings(transfer_as_issue=True), held=True) == at(-30)
    assert places.on_transfer(NINE, at(-30), 0, settings(rejoin_as_issue=True), held=True) == NINE


@pytest.mark.parametrize(
    ("own", "waiting", "place"),
    [
        (-30, [-20, -15, -10, -5], -10),
        (-30, [-20, -15, -10], -10),
        (-30, [-20, -15], -15),
        (-30, [-20], -20),
        (-30, [], 0),
        (-8, [-20, -15, -10, -5], -8),
        (-90, [-80, -75, -70, -65], -60),
    ],
)
def test_who_was_missed_stands_behind_the_kth_or_the_last(own: int, waiting: list[int], place: int) -> None:
    rules = settings(return_behind=3, max_advance=60 * MINUTE)
    assert places.on_requeue(NINE, at(own), [at(each) for each in waiting], rules) == at(place)


@pytest.mark.parametrize(
    ("base", "head_start", "place"),
    [(0, 20, -20), (0, 90, -60), (-30, 20, -30), (-30, 40, -40)],
)
def test_a_class_granted_places_by_the_moment_of_entering_or_by_what_it_had_without(
    base: int, head_start: int, place: int
) -> None:
    assert places.on_grade(NINE, at(base), at(base), head_start * MINUTE, 0, HOUR_AT_MOST) == at(place)


def test_a_class_granted_puts_nobody_back_who_stood_earlier_by_a_transfer() -> None:
    assert places.on_grade(NINE, at(-30), at(-50), 30 * MINUTE, 20 * MINUTE, HOUR_AT_MOST) == at(-50)


@pytest.mark.parametrize(("base", "place"), [(0, 0), (-30, -30)])
def test_a_class_withdrawn_leaves_what_the_ticket_had_without(base: int, place: int) -> None:
    assert places.on_grade(NINE, at(base), at(base - 20), 0, 20 * MINUTE, HOUR_AT_MOST) == at(place)


def test_a_class_withdrawn_moves_nobody_forward_who_came_back_behind_others() -> None:
    # Entered again at 9:30 behind the one of 9:25; of 30 minutes 20 are left, which would reach to 9:10.
    assert places.on_grade(at(30), at(25), at(25), 20 * MINUTE, 30 * MINUTE, HOUR_AT_MOST) == at(25)


def test_another_ground_of_the_same_head_start_changes_nothing() -> None:
    assert places.on_grade(NINE, NINE, at(-7), 20 * MINUTE, 20 * MINUTE, HOUR_AT_MOST) == at(-7)
