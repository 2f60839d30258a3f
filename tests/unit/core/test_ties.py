"""Whose a visitor may be: no clerk or window that never serves the business, by profile or by the seat."""

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.seat import Seat
from queue_server.core.ties import check_able, tie_elsewhere
from tests.unit.core.small_hall import small_hall

HALL = small_hall()
EMPTY = Seat(open=True, clerk=None)
NOWHERE = {1: EMPTY, 2: EMPTY, 3: EMPTY}
# Window 1 does A and B; the second time its clerk does B alone.
AT_FIRST = {**NOWHERE, 1: Seat(open=True, clerk="li")}
ONLY_B = {**NOWHERE, 1: Seat(open=False, clerk="li", reluctance={"B": 0})}


@pytest.mark.parametrize(
    ("seats", "able", "serves"),
    [
        (NOWHERE, None, "ABC"),
        (NOWHERE, {"A": 0, "C": 0}, "AC"),
        (AT_FIRST, None, "AB"),
        (AT_FIRST, {"A": 0, "C": 0}, "A"),
        (ONLY_B, None, "B"),
    ],
)
def test_a_clerk_serves_what_the_profile_and_the_window_allow(
    seats: dict[int, Seat], able: dict[str, int] | None, serves: str
) -> None:
    for business in "ABC":
        kept = tie_elsewhere(HALL, seats, "cli", able, business)
        if business in serves:
            check_able(HALL, seats, "li", able, business)
            assert kept == "cli"
            continue
        with pytest.raises(Refusal) as refused:
            check_able(HALL, seats, "li", able, business)
        assert (refused.value.code, refused.value.facts) == ("clerk-not-there", {"business": business})
        assert kept is None


def test_a_tie_to_a_window_is_left_where_it_serves_the_other_business() -> None:
    assert tie_elsewhere(HALL, NOWHERE, None, None, "C") is None
    assert tie_elsewhere(HALL, NOWHERE, "w2", None, "A") == "w2"
    assert tie_elsewhere(HALL, NOWHERE, "w2", None, "C") is None
