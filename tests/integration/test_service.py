"""A visitor's whole way through the hall, as programs drive it: take, call, recall, start, finish, missed, void."""

from tests.running.client import HALL, refused
from tests.running.hall import Hall

RECALL_GAP_MS = 20_000


def test_a_number_is_taken_called_and_served(hall: Hall):
    taken = hall.kiosk.take("A")
    assert taken["number"] == "A001"
    assert (taken["state"], taken["ahead"], taken["window"], taken["calls"]) == ("waiting", 0, None, 0)
    assert isinstance(taken["issued_at"], int)
    called = hall.clerk.done(3, "next")
    assert (called["id"], called["state"], called["window"], called["calls"]) == (taken["id"], "called", 3, 1)
    assert called["why"] == {"cause": "only", "reluctance_ms": 0, "passed": 0, "affinity_ms": 0}
    assert called["token"] is None
    recalled = hall.clerk.done(3, "recall")
    assert recalled["calls"] == 1, "a recall in the same breath is announced, not counted"
    started = hall.clerk.done(3, "start")
    assert started["state"] == "serving"
    assert started["started_at"] >= started["called_at"]
    finished = hall.clerk.done(3, "finish", outcome="accepted")
    assert (finished["state"], finished["outcome"]) == ("finished", "accepted")
    refused(hall.clerk.act(3, "finish", outcome="accepted"), 409, "nobody-here")


def test_finish_from_called_implies_start(hall: Hall):
    hall.kiosk.take("B")
    hall.clerk.done(1, "next")
    finished = hall.clerk.done(1, "finish", outcome="accepted")
    assert finished["started_at"] == finished["finished_at"]


def test_finish_next_is_one_act_with_two_entries(hall: Hall):
    first, second = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    assert hall.clerk.done(1, "finish-next", outcome="accepted")["id"] == second["id"]
    (finished, called) = hall.database.sql("SELECT act, line FROM journal ORDER BY entry_no DESC LIMIT 2")[::-1]
    assert (finished[0], called[0]) == ("finished", "called")
    states = {t["id"]: t["state"] for t in hall.manager.every()}
    assert states == {first["id"]: "finished", second["id"]: "called"}
    assert hall.clerk.act(1, "finish-next", outcome="accepted").status_code == 204
    assert {t["state"] for t in hall.manager.every()} == {"finished"}


def test_missed_needs_three_calls_that_count(hall: Hall):
    taken = hall.kiosk.take("C")
    hall.clerk.done(2, "next")
    problem = refused(hall.clerk.act(2, "missed"), 409, "too-few-calls")
    assert (problem["number"], problem["calls"], problem["needed"]) == ("C001", 1, 3)
    for calls in (2, 3):
        hall.odds.ahead.value += RECALL_GAP_MS
        assert hall.clerk.done(2, "recall")["calls"] == calls
    assert hall.clerk.done(2, "missed")["state"] == "missed"
    refused(hall.clerk.act(2, "recall"), 409, "nobody-here")
    view = hall.clerk.view(2)
    assert [(m["number"], m["business"]) for m in view["missed"]] == [("C001", "C")]
    voided = hall.manager.tell(f"{HALL}/tickets/{taken['id']}/void", {"reason": "went home"})
    assert voided.json()["state"] == "void"


def test_void_takes_a_ticket_from_queue_and_window(hall: Hall):
    waiting, here = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.clerk.tell(f"{HALL}/tickets/{waiting['id']}/void", {"reason": "left"})
    assert hall.clerk.done(1, "next")["id"] == here["id"]
    assert hall.clerk.tell(f"{HALL}/tickets/{here['id']}/void", {"reason": "left"}).json()["state"] == "void"
    assert hall.clerk.act(1, "next").status_code == 204
    refused(hall.clerk.tell(f"{HALL}/tickets/{here['id']}/void", {"reason": "again"}), 409, "wrong-state")


def test_a_window_calls_by_place_plus_reluctance(hall: Hall):
    ordinary, elderly, pick_up = hall.kiosk.take("A"), hall.kiosk.take("A", "elderly"), hall.kiosk.take("Z")
    assert (ordinary["ahead"], elderly["ahead"], pick_up["ahead"]) == (0, 0, 2)
    assert elderly["place"] == elderly["issued_at"] - 20 * 60_000
    at_nine = hall.clerk.done(9, "next")
    assert at_nine["id"] == elderly["id"], "ten minutes of reluctance do not outweigh a head start of twenty"
    assert at_nine["why"] == {"cause": "secondary", "reluctance_ms": 600_000, "passed": 1, "affinity_ms": 0}
    assert hall.clerk.done(10, "next")["id"] == pick_up["id"], "its own business comes before a later-needed A"
    assert hall.clerk.done(1, "next")["id"] == ordinary["id"]


def test_numbers_count_per_business_and_never_repeat(hall: Hall):
    numbers = [hall.kiosk.take(business)["number"] for business in "AAZGAZ"]
    assert numbers == ["A001", "A002", "Z001", "G001", "A003", "Z002"]


def test_a_window_is_seen_as_its_clerk_sees_it(hall: Hall):
    for business in "AAGZ":
        hall.kiosk.take(business)
    hall.clerk.done(9, "next")
    view = hall.clerk.view(9)
    assert (view["window"], view["state"], view["clerk"]) == (9, "open", None)
    assert view["ticket"]["business"] == "G"
    assert view["ticket"]["why"]["passed"] == 2
    assert [t["number"] for t in view["waiting"]] == ["Z001", "A001", "A002"]
    assert view["next"] == view["waiting"][0]
    assert view["next"]["waited_ms"] >= 0
    assert view["waiting_count"] == 3
    assert view["may_miss_at"] == view["ticket"]["called_at"] + RECALL_GAP_MS
    assert (view["calls_needed"], view["finished_today"]) == (2, 0)
    hall.clerk.done(9, "finish", outcome="accepted")
    view = hall.clerk.view(9)
    assert (view["ticket"], view["may_miss_at"], view["finished_today"]) == (None, None, 1)
