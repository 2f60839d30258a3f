"""The order at one instant, and hall time that never runs back."""

from queue_server.core.moment import Order, hall_time


def test_at_one_instant_finishes_come_first_and_leavings_last() -> None:
    assert [o.name for o in sorted(Order)] == ["FINISH", "WINDOW", "TIMER", "ARRIVAL", "CALL", "LEAVING"]


def test_equal_kinds_go_by_their_id() -> None:
    events = [(Order.CALL, 1), (Order.TIMER, 9), (Order.FINISH, 2), (Order.FINISH, 1), (Order.LEAVING, 0)]
    assert sorted(events) == [events[3], events[2], events[1], events[0], events[4]]


def test_hall_time_is_the_clock_but_never_before_the_last_entry() -> None:
    assert [hall_time(100, clock) for clock in (99, 100, 101)] == [100, 100, 101]
