"""What a changed hall may not lose: by tickets, clerks, cases and bookings that still need it."""

from dataclasses import replace
from typing import Any

import pytest

from queue_server.core.booking import BookingRules
from queue_server.core.business import Item
from queue_server.core.hall import Hall
from queue_server.core.in_use import Binding, InUse, Needed, Promised, businesses_less, needed
from queue_server.core.routing import tie_to_clerk, tie_to_window
from queue_server.core.seat import Seat
from tests.unit.core.small_hall import small_hall, text

EMPTY = Seat(open=True, clerk=None)
SAT = Seat(open=True, clerk="chen")
NOBODY = InUse([], {1: EMPTY, 2: EMPTY, 3: EMPTY})


def _hall(*items: str) -> Hall:
    """The small hall with these items in business A."""
    hall = small_hall()
    of_a = replace(hall.businesses[0], items=tuple(Item(code, text(code)) for code in items))
    return replace(hall, businesses=(of_a, *hall.businesses[1:]))


def _without(hall: Hall, *, business: str = "", window: int = 0, priority: str = "") -> Hall:
    serve = {w.number: {code: ms for code, ms in w.reluctance.items() if code != business} for w in hall.windows}
    return replace(
        hall,
        businesses=tuple(b for b in hall.businesses if b.code != business),
        windows=tuple(replace(w, reluctance=serve[w.number]) for w in hall.windows if w.number != window),
        classes=tuple(each for each in hall.classes if each.code != priority),
    )


def _ticket(**changes: Any) -> Binding:
    """A001, who waits for A and nothing else."""
    return Binding("A001", "A", (), None, (), "waiting", None, None, None)._replace(**changes)


def _by_tickets(new: Hall, *tickets: Binding, old: Hall | None = None) -> list[Needed]:
    return needed(old or _hall("new"), new, NOBODY._replace(tickets=tickets))


def test_what_nobody_needs_may_go():
    old = _hall("new", "change")
    new = _without(_hall("new"), business="C", window=3, priority="elderly")
    now = NOBODY._replace(tickets=[_ticket(item="new", priority=("guide",), window=1, state="called")])
    assert needed(old, new, now) == []
    assert businesses_less(old, _without(old, business="C")) == {"C"}


def test_a_business_is_needed_by_who_waits_for_it_now_or_later_and_named_once():
    first, second = _ticket(business="C", number="C001"), _ticket(later=("B", "C"))
    left = _without(_hall(), business="C")
    assert _by_tickets(left, first, second) == [Needed("business", "C", "tickets", ("C001", "A001"))]


def test_an_item_is_needed_unless_its_business_is_gone_altogether():
    waits = _ticket(item="new")
    assert _by_tickets(_hall("change"), waits) == [Needed("item", "new", "tickets", ("A001",))]
    gone = _without(_hall(), business="A")
    assert _by_tickets(gone, waits) == [Needed("business", "A", "tickets", ("A001",))]


def test_a_class_is_needed_by_who_was_granted_it():
    left = _without(_hall(), priority="elderly")
    waits = _ticket(priority=("guide", "elderly"))
    assert _by_tickets(left, waits) == [Needed("class", "elderly", "tickets", ("A001",))]


@pytest.mark.parametrize(
    "bound",
    [
        {"state": "called", "window": 3},
        {"state": "serving", "window": 3},
        {"state": "held", "window": 3, "hold": "papers-kept"},
        {"tie": tie_to_window(3)},
    ],
)
def test_a_window_is_needed_by_who_is_there_whose_papers_it_keeps_and_who_belongs_to_it(bound: dict[str, Any]):
    left = _without(_hall(), window=3)
    assert _by_tickets(left, _ticket(**bound)) == [Needed("window", "3", "tickets", ("A001",))]


@pytest.mark.parametrize(
    "free",
    [
        {"state": "held", "window": 3, "hold": "papers-with-visitor"},
        {"state": "waiting", "window": 3},
        {"state": "missed", "window": 3},
        {"state": "called", "window": None},
        {"tie": tie_to_clerk("3")},
        {"tie": tie_to_window(30)},
    ],
)
def test_a_window_is_not_needed_by_who_only_was_there(free: dict[str, Any]):
    assert _by_tickets(_without(_hall(), window=3), _ticket(**free)) == []


def test_who_needs_two_windows_names_both():
    left = _without(_without(_hall(), window=3), window=2)
    there = _ticket(state="serving", window=3, tie=tie_to_window(2))
    assert [each.name for each in _by_tickets(left, there)] == ["2", "3"]


def test_a_window_is_needed_by_the_clerk_who_sits_there():
    old = _hall()
    now = NOBODY._replace(seats={3: SAT, 2: SAT, 1: EMPTY})
    assert needed(old, _without(old, window=3), now) == [Needed("window", "3", "clerk")]
    assert needed(old, _without(old, window=1), now) == []


def test_a_business_is_needed_by_its_open_cases_and_bookings():
    old = _hall()
    promised = [Promised("7K2M", "C"), Promised("8XWQ", "B"), Promised("9DFT", "C")]
    left = _without(old, business="C")
    assert needed(old, left, NOBODY._replace(cases=promised)) == [Needed("business", "C", "cases", ("7K2M", "9DFT"))]
    assert needed(old, left, NOBODY._replace(bookings=promised[1:])) == [
        Needed("business", "C", "bookings", ("9DFT",)),
    ]
    assert needed(old, left, NOBODY._replace(bookings=promised[1:2])) == []


def _booked_hall(*items: str, booking: bool = True) -> Hall:
    """The small hall with these items in A, which can be booked or not."""
    hall = _hall(*items)
    of_a = replace(hall.businesses[0], booking=BookingRules() if booking else None)
    return replace(hall, businesses=(of_a, *hall.businesses[1:]))


def test_an_item_is_needed_by_its_open_cases_and_bookings():
    old, left = _booked_hall("new", "change"), _booked_hall("change")
    of_b = Promised("1B", "B", "new")
    waits = [Promised("7K2M", "A", "new"), Promised("8XWQ", "A", "change"), Promised("9DFT", "A"), of_b]
    assert businesses_less(old, left) == {"A"}
    assert needed(old, left, NOBODY._replace(cases=waits)) == [Needed("item", "new", "cases", ("7K2M",))]
    assert needed(old, left, NOBODY._replace(bookings=waits)) == [Needed("item", "new", "bookings", ("7K2M",))]
    gone = _without(left, business="A")
    assert needed(old, gone, NOBODY._replace(cases=waits[:1])) == [Needed("business", "A", "cases", ("7K2M",))]


def test_what_the_hall_lacked_before_keeps_nothing_waiting():
    old = _booked_hall(booking=False)
    lacks = Promised("7K2M", "A", "new", ("soldier",))
    assert needed(old, _without(old, business="C"), NOBODY._replace(cases=[lacks], bookings=[lacks])) == []


def test_a_class_is_needed_by_the_bookings_of_whoever_was_granted_it():
    old = _booked_hall()
    left = _without(old, priority="elderly")
    assert businesses_less(old, left) == {"A", "B", "C"}
    booked = [Promised("7K2M", "A", None, ("guide", "elderly")), Promised("8XWQ", "B", None, ("elderly",))]
    expected = [Needed("class", "elderly", "bookings", ("7K2M", "8XWQ"))]
    assert needed(old, left, NOBODY._replace(bookings=booked)) == expected


def test_the_booking_of_a_business_is_needed_as_long_as_bookings_stand():
    old, left = _booked_hall("new"), _booked_hall("new", booking=False)
    booked = [Promised("7K2M", "A", "new")]
    expected = [Needed("booking of business", "A", "bookings", ("7K2M",))]
    assert needed(old, left, NOBODY._replace(bookings=booked)) == expected
    assert needed(old, left, NOBODY._replace(cases=booked)) == []
    gone = _without(left, business="A")
    assert needed(old, gone, NOBODY._replace(bookings=booked)) == [Needed("business", "A", "bookings", ("7K2M",))]
