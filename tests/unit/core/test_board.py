"""The board: the newest ten calls, recalls flagged, people ahead per business, and never a name."""

from dataclasses import replace

import pytest

from queue_server.core.board import NEWEST, AtWindow, Call, board
from queue_server.core.calendar import Opening, Span
from queue_server.core.conditions import Conditions
from tests.unit.core.small_hall import HOUR, NINE, OUTSIDE, SECOND, small_hall, text

NORMAL = Conditions()
STANDS = {"suspended", "open", "evacuated"}
OPEN = (AtWindow(1, "open", None, None),)


def call(no: int, window: int = 1, *, recall: bool = False) -> Call:
    """The call with this journal number."""
    return Call(no, f"A{no:03d}", "A", window, NINE + no * SECOND, recall)


def test_a_board_without_anything() -> None:
    shown = board(small_hall(), "e1", 7, NINE, [], {}, [], NORMAL, [])
    assert shown == {
        "hall": "main",
        "epoch": "e1",
        "version": 7,
        "at": NINE,
        "calls": [],
        "waiting": [{"business": code, "waiting": 0, "ahead": 0, "numbers": "given"} for code in ("A", "B", "C")],
        "windows": [],
        "suspended": {},
        "open": True,
        "evacuated": False,
    }


def test_the_newest_ten_calls_stand_newest_first_whatever_order_they_come_in() -> None:
    for given in ([call(n) for n in range(1, 15)], [call(n) for n in (3, 9, 1, 14, 8, 2, 10, 4, 11, 5, 12, 6, 13, 7)]):
        shown = board(small_hall(), "e1", 1, NINE, given, {}, OPEN, NORMAL, ["AB"])["calls"]
        assert [c["id"] for c in shown] == list(range(14, 4, -1))
        assert len(shown) == NEWEST


def test_a_call_says_number_window_zone_and_moment() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(3), call(4, window=3)], {}, OPEN, NORMAL, ["AB"])["calls"]
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
    shown = board(small_hall(), "e1", 1, NINE, [call(5, recall=True), call(4)], {}, OPEN, NORMAL, ["AB"])["calls"]
    assert [(c["id"], c["recall"]) for c in shown] == [(5, True), (4, False)]


def test_a_call_at_a_window_the_hall_no_longer_has_is_still_told() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(1, window=99)], {}, OPEN, NORMAL, ["AB"])["calls"]
    assert (shown[0]["window"], shown[0]["zone"]) == (99, None)


@pytest.mark.parametrize(
    ("now_open", "ahead"),
    [((1, 2, 3), (9, 9, 2)), ((3,), (0, 0, 2)), ((1,), (9, 9, 0)), ((), (0, 0, 0))],
)
def test_people_ahead_are_counted_per_business_over_the_open_windows(
    now_open: tuple[int, ...], ahead: tuple[int, int, int]
) -> None:
    here = [AtWindow(n, "open" if n in now_open else ("paused", "closed")[n % 2], None, None) for n in (1, 2, 3)]
    called = [w.reluctance for w in small_hall().windows if w.number in now_open]
    shown = board(small_hall(), "e1", 1, NINE, [], {"A": 4, "B": 5, "C": 2}, here, NORMAL, called)
    assert [w["waiting"] for w in shown["waiting"]] == [4, 5, 2]
    assert tuple(w["ahead"] for w in shown["waiting"]) == ahead


def test_who_may_not_be_called_yet_waits_but_is_ahead_of_nobody() -> None:
    here = [AtWindow(n, "open", None, None) for n in (1, 2, 3)]
    called = ["AB", "AB", "C"]
    shown = board(small_hall(), "e1", 1, NINE, [], {"A": 4, "C": 1}, here, NORMAL, called, {"A": 3})["waiting"]
    assert [(each["waiting"], each["ahead"]) for each in shown] == [(4, 3), (0, 3), (1, 0)]


def test_windows_stand_in_order_with_what_they_do() -> None:
    here = [
        AtWindow(3, "open", "C001", "serving"),
        AtWindow(1, "open", None, None),
        AtWindow(2, "closed", None, None),
        AtWindow(4, "open", "A001", "called"),
        # A window closed over its visitor still shows the visitor's number.
        AtWindow(5, "closed", "A002", "serving"),
        AtWindow(6, "paused", None, None),
    ]
    assert board(small_hall(), "e1", 1, NINE, [], {}, here, NORMAL, [])["windows"] == [
        {"window": 1, "state": "free", "number": None},
        {"window": 2, "state": "closed", "number": None},
        {"window": 3, "state": "serving", "number": "C001"},
        {"window": 4, "state": "calling", "number": "A001"},
        {"window": 5, "state": "serving", "number": "A002"},
        {"window": 6, "state": "paused", "number": None},
    ]


def test_a_board_has_no_room_for_a_name() -> None:
    shown = board(small_hall(), "e1", 1, NINE, [call(1)], {"A": 1}, OPEN, NORMAL, ["AB"])
    assert set(shown) == {"hall", "epoch", "version", "at", "calls", "waiting", "windows"} | STANDS
    assert set(shown["calls"][0]) == {"id", "number", "business", "window", "zone", "at", "recall"}
    assert set(shown["waiting"][0]) == {"business", "waiting", "ahead", "numbers"}
    assert set(shown["windows"][0]) == {"window", "state", "number"}


def test_a_board_says_what_is_suspended_and_whether_the_hall_is_open() -> None:
    def shown(stands: Conditions) -> tuple[object, ...]:
        told = board(small_hall(), "e1", 1, NINE, [], {}, OPEN, stands, ["AB"])
        return told["suspended"], told["open"], told["evacuated"]

    notice = text("the system is down")
    assert shown(Conditions(suspended={"C": notice, "A": notice})) == (
        {"A": dict(notice), "C": dict(notice)},
        True,
        False,
    )
    assert shown(Conditions(open=False)) == ({}, False, False)
    assert shown(Conditions(evacuations=OUTSIDE)) == ({}, False, True)
    # Closed early today, and not any more tomorrow.
    assert shown(Conditions(closed_day="2026-11-24")) == ({}, False, False)
    assert shown(Conditions(closed_day="2026-11-23")) == ({}, True, False)


def test_a_board_says_for_each_business_whether_numbers_are_given_or_why_not() -> None:
    def shown(stands: Conditions, at: int = NINE) -> list[str]:
        return [each["numbers"] for each in board(hall, "e1", 1, at, [], {}, OPEN, stands, ["AB"])["waiting"]]

    hours = Opening({day: (Span(9 * HOUR, 12 * HOUR),) for day in range(5)}, last_ticket=HOUR)
    a, b, c = small_hall().businesses
    hall = small_hall(opening=hours, businesses=(a, b, replace(c, opening=hours)))
    suspended = {"B": text("the system is down")}
    assert shown(NORMAL) == ["given", "given", "given"]
    assert shown(Conditions(suspended=suspended)) == ["given", "suspended", "given"]
    assert shown(Conditions(suspended=suspended), NINE + 2 * HOUR) == ["closed", "suspended", "given"]
    assert shown(Conditions(suspended=suspended, closed_day="2026-11-24")) == ["closed-early"] * 3
    assert shown(Conditions(suspended=suspended, evacuations=OUTSIDE)) == ["evacuated"] * 3
