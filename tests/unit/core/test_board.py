"""The board: the newest ten calls, recalls flagged, people ahead per business, and never a name."""

import pytest

from queue_server.core.board import NEWEST, AtWindow, Call, board
from tests.unit.core.small_hall import NINE, SECOND, small_hall

OPEN = (AtWindow(1, open=True, number=None, state=None),)


def call(no: int, window: int = 1, *, recall: bool = False) -> Call:
    """The call with this journal number."""
    return Call(no, f"A{no:03d}", "A", window, NINE + no * SECOND, recall)


def test_a_board_without_anything() -> None:
    shown = board(small_hall(), "e1", 7, NINE, [], {}, [])
    assert shown == {
        "hall": "main",
        "epoch": "e1",
        "version": 7,
        "at": NINE,
        "calls": [],
        "waiting": [{"business": code, "waiting": 0, "ahead": 0} for code in ("A", "B", "C")],
        "windows": [],
    }


def test_the_newest_ten_calls_stand_newest_first_whatever_order_they_come_in() -> None:
    for given in ([call(n) for n in range(1, 15)], [call(n) for n in (3, 9, 1, 14, 8, 2, 10, 4, 11, 5, 12, 6, 13, 7)]):
        shown = board(small_hall(), "e1", 1, NINE, given, {}, OPEN)["calls"]
        assert [c["id"] for c in shown] == list(range(14, 4, -1))
        assert len(shown) == NEWEST


def test_a_call_says_number_window_zone_and_moment() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(3), call(4, window=3)], {}, OPEN)["calls"]
    assert shown[1] == {
        "id": 3,
        "number": "A003",
        "business": "A",
        "window": 1,
        "zone": "1",
        "at": NINE + 3 * SECOND,
        "recall": False,
    }
    assert shown[0]["zone"] is None


def test_a_recall_is_a_call_of_its_own_and_says_so() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(5, recall=True), call(4)], {}, OPEN)["calls"]
    assert [(c["id"], c["recall"]) for c in shown] == [(5, True), (4, False)]


def test_a_call_at_a_window_the_hall_no_longer_has_is_still_told() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(1, window=99)], {}, OPEN)["calls"]
    assert (shown[0]["window"], shown[0]["zone"]) == (99, None)


@pytest.mark.parametrize(
    ("now_open", "ahead"),
    [((1, 2, 3), (9, 9, 2)), ((3,), (0, 0, 2)), ((1,), (9, 9, 0)), ((), (0, 0, 0))],
)
def test_people_ahead_are_counted_per_business_over_the_open_windows(
    now_open: tuple[int, ...], ahead: tuple[int, int, int]
) -> None:
    here = [AtWindow(n, n in now_open, None, None) for n in (1, 2, 3)]
    shown = board(small_hall(), "e1", 1, NINE, [], {"A": 4, "B": 5, "C": 2}, here)
    assert [w["waiting"] for w in shown["waiting"]] == [4, 5, 2]
    assert tuple(w["ahead"] for w in shown["waiting"]) == ahead


def test_windows_stand_in_order_with_what_they_do() -> None:
    here = [
        AtWindow(3, open=True, number="C001", state="serving"),
        AtWindow(1, open=True, number=None, state=None),
        AtWindow(2, open=False, number=None, state=None),
        AtWindow(4, open=True, number="A001", state="called"),
        # A window closed over its visitor still shows the visitor's number.
        AtWindow(5, open=False, number="A002", state="serving"),
    ]
    assert board(small_hall(), "e1", 1, NINE, [], {}, here)["windows"] == [
        {"window": 1, "state": "free", "number": None},
        {"window": 2, "state": "closed", "number": None},
        {"window": 3, "state": "serving", "number": "C001"},
        {"window": 4, "state": "calling", "number": "A001"},
        {"window": 5, "state": "serving", "number": "A002"},
    ]


def test_a_board_has_no_room_for_a_name() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(1)], {"A": 1}, OPEN)
    assert set(shown) == {"hall", "epoch", "version", "at", "calls", "waiting", "windows"}
    assert set(shown["calls"][0]) == {"id", "number", "business", "window", "zone", "at", "recall"}
    assert set(shown["waiting"][0]) == {"business", "waiting", "ahead"}
    assert set(shown["windows"][0]) == {"window", "state", "number"}
