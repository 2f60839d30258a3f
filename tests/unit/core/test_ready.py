"""Windows that call by themselves: when one stands ready, which do, and whether the hall calls for them."""

from queue_server.core.conditions import Conditions, calls_on
from queue_server.core.ready import becomes_ready, calls_by_itself, idle
from queue_server.core.routing import Idle
from queue_server.core.seat import Seat
from tests.unit.core.small_hall import OUTSIDE, settings, small_hall
from tests.unit.core.test_routing import FIRST

BY_ITSELF = settings(auto_call=True)
FREE = Seat(open=True, clerk=None)
READY = Seat(open=True, clerk="li", ready_since=5, reluctance={"A": 3})


def test_a_call_that_found_nobody_makes_a_window_ready_once_where_the_hall_says_so() -> None:
    assert becomes_ready(BY_ITSELF, FREE)
    assert not becomes_ready(BY_ITSELF, READY)
    assert not becomes_ready(settings(), FREE)


def test_the_hall_calls_by_itself_where_it_says_so_and_nobody_leaves_it() -> None:
    assert calls_by_itself(BY_ITSELF, Conditions())
    assert not calls_by_itself(BY_ITSELF, Conditions(evacuations=OUTSIDE))
    assert not calls_by_itself(settings(), Conditions())


def test_idle_are_the_ready_windows_that_call_and_have_nobody_there() -> None:
    paused = Seat(open=True, clerk=None, paused="meal", ready_since=5)
    assert idle(small_hall(), {1: FREE, 2: paused, 3: READY}, lambda window: window == 3) == []
    found = idle(small_hall(), {1: READY, 2: FREE}, lambda window: window == 2)
    assert [(each.window.number, each.since, each.ties) for each in found] == [(1, 5, {"w1", "cli"})]
    assert found[0].window.reluctance == {"A": 3}, "as its clerk serves it"
    unnamed = Seat(open=True, clerk=None, ready_since=7)
    assert idle(small_hall(), {1: unnamed}, lambda _: False) == [Idle(FIRST, 7, frozenset({"w1"}))]


def test_after_a_service_the_next_is_called_unless_a_pause_or_an_evacuation_waited_for_its_end() -> None:
    assert calls_on(Conditions(), FREE)
    assert not calls_on(Conditions(), Seat(open=False, clerk=None)), "it only served on whose papers it keeps"
    assert not calls_on(Conditions(), Seat(open=True, clerk=None, paused="meal"))
    assert not calls_on(Conditions(evacuations=OUTSIDE), FREE)
