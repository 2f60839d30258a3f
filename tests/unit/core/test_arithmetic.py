"""The rules' arithmetic on plain numbers: each sum as the rules state it."""

import pytest

from queue_server.core import arithmetic as a


@pytest.mark.parametrize(("head_start", "place"), [(0, 100), (20, 80), (60, 40), (61, 40)])
def test_a_head_start_reaches_back_but_not_beyond_the_most(head_start: int, place: int) -> None:
    assert a.head_start_place(100, head_start, 60) == place


@pytest.mark.parametrize(("last", "place"), [(70, 70), (40, 40), (39, 40), (110, 110)])
def test_a_place_that_is_kept_is_no_earlier_than_the_most(last: int, place: int) -> None:
    assert a.bounded_place(last, 100, 60) == place


def test_a_cost_is_the_place_with_reluctance_and_affinity() -> None:
    assert a.cost(100, 20, 3) == 123
    assert a.cost(100, 20) == 120


@pytest.mark.parametrize(("tied", "own", "added"), [(False, False, 0), (True, False, 7), (True, True, 0)])
def test_only_a_tie_to_somebody_else_costs(tied: bool, own: bool, added: int) -> None:  # noqa: FBT001
    assert a.tie_cost(7, tied, own) == added


@pytest.mark.parametrize(("ripe", "held"), [(0, True), (19, True), (20, False), (21, False)])
def test_a_window_holds_back_until_somebody_has_waited_so_long(ripe: int, held: bool) -> None:  # noqa: FBT001
    assert a.holds_back(ripe, 20) is held


@pytest.mark.parametrize(("away", "came", "ends"), [(50, 10, 65), (10, 50, 65), (50, 50, 65)])
def test_a_tie_ends_a_while_after_both_the_absence_and_the_coming_began(away: int, came: int, ends: int) -> None:
    assert a.release_at(away, came, 15) == ends
