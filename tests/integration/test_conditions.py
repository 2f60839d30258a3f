"""What a manager does with the whole hall: suspend a business, move who waits, close early, evacuate, and back."""

from typing import Any

from queue_server.core.evacuation import Evacuation
from queue_server.core.journal import canonical
from queue_server.storage import conditions as stored
from tests.integration.test_missed import missed_at
from tests.running.client import API, HALL, refused
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.moments import HOUR_MS, MINUTE_MS, later
from tests.running.own_hall import go_to, monday
from tests.running.truth import acts, entries
from tests.running.visits import at_window, seated

NOTICE = {"zh-Hans": "系统维护，下午恢复", "zh-Hant": "系統維護，下午恢復", "en": "Under repair until the afternoon"}
NORMAL = {"suspended": {}, "closed_day": None, "evacuated": False, "evacuations": [], "open": True, "alarms": []}
CONDITIONS = f"{HALL}/conditions"


def stands(hall: Hall) -> dict[str, Any]:
    """How the hall stands."""
    now: dict[str, Any] = hall.kiosk.ask(CONDITIONS).json()
    return now


def test_a_suspended_business_gives_no_numbers_and_says_why_to_everybody(hall: Hall):
    socket = hall.socket(hall.tokens["kiosk"])
    socket.join()
    waiting = hall.kiosk.take("A")
    told = twice(hall, hall.manager, f"{HALL}/businesses/A/suspend", {"notice": NOTICE})
    assert told == {**NORMAL, "suspended": {"A": NOTICE}} == stands(hall)
    pushed = socket.board(entries(hall)[-1].no)
    assert pushed["suspended"] == {"A": NOTICE} == hall.kiosk.board()["suspended"]
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "business-suspended")
    assert problem["business"] == "A"
    assert hall.kiosk.take("B")["number"] == "B001", "the others go on"
    assert hall.nobody.ask(f"{API}/tickets/{waiting['token']}").json()["notice"] == NOTICE, "who waits reads it, too"
    hall.clerk.done(5, "next")
    assert hall.clerk.done(5, "finish", outcome="accepted")["id"] == waiting["id"], "and may still be served"
    refused(hall.manager.tell(f"{HALL}/businesses/A/suspend", {"notice": NOTICE}), 409, "already-suspended")
    assert twice(hall, hall.manager, f"{HALL}/businesses/A/resume") == NORMAL
    assert hall.kiosk.take("A")["number"] == "A002", "what was refused used no number"
    refused(hall.manager.tell(f"{HALL}/businesses/A/resume"), 409, "not-suspended")
    all_whole(hall)


def test_two_suspensions_are_two(hall: Hall):
    for business in "BA":
        hall.manager.tell(f"{HALL}/businesses/{business}/suspend", {"notice": NOTICE})
    assert list(stands(hall)["suspended"]) == ["A", "B"]
    hall.server.stop()
    hall.server.start()
    hall.manager.tell(f"{HALL}/businesses/A/resume")
    assert list(stands(hall)["suspended"]) == ["B"], "and it outlives the server"
    all_whole(hall)


def test_everybody_who_waits_is_moved_at_the_place_they_had(hall: Hall):
    first = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "item": "new"}).json()
    later(hall, MINUTE_MS)
    between = hall.kiosk.take("B")
    later(hall, MINUTE_MS)
    last = hall.kiosk.take("A", "elderly")
    called = hall.clerk.done(5, "next")
    assert called["id"] == last["id"]
    told = twice(hall, hall.manager, f"{HALL}/businesses/A/move-waiting", {"to": "B"})
    assert told == {"business": "A", "to": "B", "moved": 1}, "who is at a window stays there"
    moved = hall.manager.ticket(first["id"])
    assert (moved["business"], moved["place"], moved["number"]) == ("B", first["place"], first["number"])
    assert (moved["item"], moved["turn"]) == (None, 1), "an item of the other business would mean nothing there"
    assert [hall.clerk.done(window, "next")["id"] for window in (6, 7)] == [first["id"], between["id"]]
    assert twice(hall, hall.manager, f"{HALL}/businesses/A/move-waiting", {"to": "B"})["moved"] == 0
    refused(hall.manager.tell(f"{HALL}/businesses/A/move-waiting", {"to": "A"}), 422, "same-business")
    refused(hall.manager.tell(f"{HALL}/businesses/A/move-waiting", {"to": "Q"}), 422, "unknown-business")
    refused(hall.manager.tell(f"{HALL}/businesses/Q/move-waiting", {"to": "A"}), 422, "unknown-business")
    refused(hall.manager.tell(f"{HALL}/businesses/A/move-waiting"), 422, "invalid-body")
    assert acts(hall, first["id"]) == ["issued", "moved", "called"]
    all_whole(hall)


def test_a_suspended_business_takes_nobody_new_from_another_one(hall: Hall):
    at_window(hall, hall.clerk, 5)
    both = hall.kiosk.tell(f"{HALL}/tickets", {"business": "C", "later": ["B"]}).json()["id"]
    waiting = hall.kiosk.take("A")["id"]
    hall.manager.tell(f"{HALL}/businesses/B/suspend", {"notice": NOTICE})
    further = hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "later": ["C", "B"]})
    assert refused(further, 409, "business-suspended")["business"] == "B"
    for act in (
        hall.manager.tell(f"{HALL}/businesses/A/move-waiting", {"to": "B"}),
        hall.clerk.act(5, "transfer", business="B", note="请转办"),
        hall.clerk.act(5, "move", ticket=waiting, business="B"),
        hall.manager.tell(f"{HALL}/tickets/{waiting}/move", {"business": "B"}),
    ):
        assert refused(act, 409, "sent-to-suspended")["business"] == "B"
    assert [ticket["business"] for ticket in hall.manager.every(state="waiting")] == ["C", "A"]
    assert hall.clerk.done(6, "next")["id"] == both
    goes_on = hall.clerk.done(6, "finish", outcome="completed")
    assert (goes_on["business"], goes_on["state"]) == ("B", "waiting"), "what was planned before comes by itself"
    all_whole(hall)


def test_who_waits_for_a_suspended_business_is_moved_out_of_it_and_sent_on_within_it(hall: Hall):
    for _ in range(2):
        hall.kiosk.take("A")
    hall.manager.tell(f"{HALL}/businesses/A/suspend", {"notice": NOTICE})
    hall.clerk.done(5, "next")
    within = hall.clerk.done(5, "transfer", business="A", note="请到 6 号窗口", to_window=6)
    assert (within["business"], within["state"], within["tie"]) == ("A", "waiting", "w6")
    assert hall.manager.tell(f"{HALL}/businesses/A/move-waiting", {"to": "B"}).json()["moved"] == 2
    all_whole(hall)


def test_who_belongs_to_a_clerk_still_does_after_the_move(hall: Hall):
    """The tie is about the person who knows the visitor, not about the business."""
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    chen.done(5, "transfer", business="A", note="稍后再来找我", to_clerk="0105")
    assert hall.manager.tell(f"{HALL}/businesses/A/move-waiting", {"to": "B"}).json()["moved"] == 1
    (moved,) = hall.manager.every(state="waiting")
    assert (moved["business"], moved["tie"] is not None) == ("B", True)
    all_whole(hall)


def test_an_early_close_lets_who_waits_be_served_and_ends_with_the_day(hall: Hall):
    first = monday()
    go_to(hall, first, "15:00")
    ticket = hall.kiosk.take("A")
    told = twice(hall, hall.manager, f"{HALL}/close-early")
    assert told == {**NORMAL, "closed_day": str(first)}
    board = hall.kiosk.board()
    assert (board["open"], board["evacuated"]) == (False, False)
    assert refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-closed")["opens"] is None
    refused(hall.manager.tell(f"{HALL}/close-early"), 409, "already-closed")
    assert hall.clerk.done(5, "next")["id"] == ticket["id"]
    hall.clerk.done(5, "finish", outcome="accepted")
    go_to(hall, first, "23:00")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-closed")
    later(hall, 5 * HOUR_MS + MINUTE_MS)
    assert hall.kiosk.take("A")["number"] == "A001", "the next day is a day like any other"
    assert stands(hall) == NORMAL
    back = [e for e in entries(hall) if e.act in {"early-close-ended", "hall-resumed"}]
    assert [(e.act, e.by) for e in back] == [("early-close-ended", "timer")]
    refused(hall.manager.tell(f"{HALL}/back-to-normal"), 409, "not-closed")
    all_whole(hall)


def test_an_evacuation_gives_no_numbers_and_calls_nobody_and_keeps_every_place(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    here = at_window(hall, chen, 5)
    first, second = hall.kiosk.take("A"), hall.kiosk.take("B")
    hall.clerk.done(6, "next")
    refused(hall.manager.tell(f"{HALL}/back-to-normal"), 409, "not-closed")
    told = twice(hall, hall.manager, f"{HALL}/evacuate")
    since = next(e.at for e in entries(hall) if e.act == "hall-evacuated")
    assert told == {**NORMAL, "evacuated": True, "evacuations": [{"since": since, "until": None}]}
    board = hall.kiosk.board()
    assert (board["open"], board["evacuated"]) == (False, True)
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-evacuated")
    refused(hall.clerk.act(7, "next"), 409, "hall-evacuated")
    refused(hall.clerk.act(6, "recall"), 409, "hall-evacuated")
    refused(hall.clerk.act(6, "missed"), 409, "hall-evacuated")
    assert chen.act(5, "finish-next", outcome="completed").status_code == 204, (
        "what was done is finished, nobody called"
    )
    assert hall.manager.ticket(here["id"])["state"] == "finished"
    refused(hall.manager.tell(f"{HALL}/evacuate"), 409, "already-evacuated")
    later(hall, MINUTE_MS)
    told = twice(hall, hall.manager, f"{HALL}/back-to-normal")
    until = next(e.at for e in entries(hall) if e.act == "hall-resumed")
    assert told == stands(hall) == {**NORMAL, "evacuations": [{"since": since, "until": until}]}
    assert hall.clerk.done(7, "next")["id"] == second["id"]
    assert hall.manager.ticket(second["id"])["place"] == second["place"]
    assert hall.manager.ticket(first["id"])["state"] == "called"
    all_whole(hall)


def test_an_evacuation_goes_before_a_direct_call(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    hall.manager.tell(f"{HALL}/evacuate")
    refused(hall.clerk.act(5, "call-given", ticket=ticket, reason="先办"), 409, "direct-call-off")
    hall.manager.tell(f"{HALL}/close-early")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "hall-evacuated")
    back = hall.manager.tell(f"{HALL}/back-to-normal").json()
    assert (back["evacuated"], back["closed_day"]) == (False, None), "both end together"
    all_whole(hall)


def test_no_time_runs_out_during_an_evacuation_nor_by_a_restart_in_it(hall: Hall):
    go_to(hall, monday(), "09:00")
    late, aside = hall.kiosk.take("A")["id"], hall.kiosk.take("A")
    assert missed_at(hall, 1) == late
    held = hall.clerk.done(1, "next")["id"]
    assert held == aside["id"]
    hall.clerk.done(1, "start")
    hall.clerk.done(1, "hold", kind="awaiting")
    later(hall, 5 * MINUTE_MS)
    hall.manager.tell(f"{HALL}/evacuate")
    left = time_left(hall)
    later(hall, 2 * HOUR_MS)
    assert time_left(hall) == left, "nobody is told that it runs out"
    hall.server.stop()
    hall.server.start()
    later(hall, HOUR_MS)
    hall.manager.tell(f"{HALL}/back-to-normal")
    assert time_left(hall) == left
    assert hall.clerk.done(1, "rejoin", ticket=held)["place"] == aside["place"], "three hours later, at the old place"
    assert hall.clerk.done(1, "requeue", ticket=late)["state"] == "waiting"
    assert acts(hall, late)[-2:] == ["missed", "requeued"]
    all_whole(hall)


def time_left(hall: Hall) -> list[int]:
    """In minutes, as the window shows it: until when the missed may come back, and when the hold ends."""
    view = hall.clerk.view(1)
    ends = [each["until"] for each in view["missed"]] + [each["held_until"] for each in view["held"]]
    return [round((end - view["at"]) / MINUTE_MS) for end in ends]


def test_a_hall_that_was_evacuated_before_it_kept_since_when_is_so_still():
    old = stored.read('{"evacuated": true}')
    assert (old.evacuated, old.evacuations) == (True, (Evacuation(0),))
    assert stored.read(canonical(stored.facts(old))) == old
    assert stored.read('{"evacuated": false}').evacuations == ()


def test_only_a_manager_changes_how_the_hall_stands(hall: Hall):
    acts_of: dict[str, Any] = {
        f"{HALL}/businesses/A/suspend": {"notice": NOTICE},
        f"{HALL}/businesses/A/resume": {},
        f"{HALL}/businesses/A/move-waiting": {"to": "B"},
        f"{HALL}/close-early": {},
        f"{HALL}/evacuate": {},
        f"{HALL}/back-to-normal": {},
    }
    guide = hall.client(hall.token("guide"))
    for path, body in acts_of.items():
        for client in (hall.kiosk, hall.clerk, guide):
            refused(client.tell(path, body), 403, "wrong-role")
        refused(hall.nobody.tell(path, body), 401, "token-missing")
    for client in (hall.kiosk, hall.clerk, guide, hall.manager):
        assert client.ask(CONDITIONS).json() == NORMAL
    for business in ("Q", "%00", "a"):
        path = f"{HALL}/businesses/{business}"
        refused(hall.manager.tell(f"{path}/suspend", {"notice": NOTICE}), 422, "unknown-business")
        refused(hall.manager.tell(f"{path}/resume"), 409, "not-suspended")
    for wrong in ({"zh-Hans": ""}, {"en": "\x00"}, {"fr": "x"}, {"zh-Hant": "x" * 201}):
        body = {"notice": {**NOTICE, **wrong}}
        refused(hall.manager.tell(f"{HALL}/businesses/A/suspend", body), 422, "invalid-body")
    assert stands(hall) == NORMAL
    all_whole(hall)
