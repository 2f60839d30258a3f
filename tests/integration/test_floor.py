"""The hall at one look, the guide who walks in it, and questions that were answered without a number."""

from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from queue_server.core.ticket import State
from tests.running.client import HALL, Client, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.moments import HOUR_MS, MINUTE_MS, SECOND_MS, later, soon
from tests.running.own_hall import go_to, monday, own_file
from tests.running.visits import at_window, seated

NOTHING = dict.fromkeys(("business", "window", "since", "helps"))


def floor(client: Client) -> dict[str, Any]:
    """The hall at one look."""
    reply = client.ask(f"{HALL}/floor")
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


def window(told: dict[str, Any], number: int) -> dict[str, Any]:
    """One window of the look."""
    return next(each for each in told["windows"] if each["window"] == number)


def test_every_window_and_queue_and_whether_the_numbers_add_up(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    served = at_window(hall, chen, 5)
    chen.done(5, "help")
    hall.kiosk.take("B")
    called = hall.clerk.done(6, "next")
    hall.clerk.done(7, "pause", reason="meal")
    hall.clerk.done(8, "close")
    first = hall.kiosk.take("C")
    later(hall, 3 * MINUTE_MS)
    for _ in range(2):
        hall.kiosk.take("C")
    hall.clerk.void(hall.kiosk.take("D")["id"], "走了")
    told = floor(hall.manager)
    assert len(told["windows"]) == 12
    mine = window(told, 5)
    assert (mine["state"], mine["help"], mine["number"], mine["doing"]) == ("open", True, served["number"], "serving")
    assert mine["clerk"] == {"name": "chen0105 静", "number": "0105"}
    assert (mine["started_at"], mine["zone"]) == (served["started_at"], "2")
    assert (window(told, 6)["doing"], window(told, 6)["called_at"]) == ("called", called["called_at"])
    assert (window(told, 7)["state"], window(told, 7)["paused"]) == ("paused", "meal")
    assert (window(told, 8)["state"], window(told, 8)["number"]) == ("closed", None)
    queues = {each["business"]: each for each in told["queues"]}
    assert [queues[code]["waiting"] for code in "ABCD"] == [0, 0, 3, 0]
    assert queues["C"]["longest_ms"] == told["at"] - first["issued_at"] >= 3 * MINUTE_MS
    sums = told["reconciliation"]
    assert (sums["issued"], sums["adds_up"]) == (6, True)
    states = {**dict.fromkeys((s.value for s in State), 0), "serving": 1, "called": 1, "waiting": 3, "void": 1}
    assert sums["by_state"] == states
    all_whole(hall)


def test_every_state_is_counted_and_each_day_by_itself(hall: Hall):
    go_to(hall, monday(), "09:00")
    for ending in ("hold", "finish", "missed"):
        hall.kiosk.take("A")
        hall.clerk.done(5, "next")
        if ending == "hold":
            hall.clerk.done(5, "hold", kind="papers-with-visitor")
        elif ending == "finish":
            hall.clerk.done(5, "finish", outcome="completed")
        else:
            for _ in range(2):
                later(hall, 21 * SECOND_MS)
                hall.clerk.done(5, "recall")
            hall.clerk.done(5, "missed")
    last = hall.kiosk.take("A")
    sums = floor(hall.manager)["reconciliation"]
    assert {state: many for state, many in sums["by_state"].items() if many} == {
        "held": 1,
        "finished": 1,
        "missed": 1,
        "waiting": 1,
    }
    assert (sums["issued"], sums["adds_up"]) == (4, True)
    later(hall, 24 * HOUR_MS)
    soon(hall, last["id"], state="void")
    hall.kiosk.take("B")
    sums = floor(hall.manager)["reconciliation"]
    assert (sums["issued"], sums["by_state"]["waiting"], sums["by_state"]["void"]) == (1, 1, 0)
    assert sums["off"] == {}
    hall.database.sql("UPDATE tickets SET day = '2001-01-01' WHERE number = 'B001'")
    sums = floor(hall.manager)["reconciliation"]
    assert (sums["adds_up"], sums["off"]) == (False, {"B": 1}), "what does not add up is not hidden"


def test_the_floor_says_what_is_most_wrong_which_act_helps_and_what_waits_for_one(hall: Hall):
    go_to(hall, monday(), "09:00")
    assert floor(hall.manager)["first"] == {**NOTHING, "kind": "calm"}
    assert floor(hall.manager)["todo"] == []
    chen = seated(hall, "chen0105", 5)
    chen.done(5, "pause", reason="meal")
    seated(hall, "wang0104", 6)
    at = window(floor(hall.manager), 5)["since"]
    visitor = hall.kiosk.take("C")
    moved = hall.kiosk.take("A")
    hall.manager.tell(f"{HALL}/tickets/{moved['id']}/move", {"business": "C"})
    later(hall, 15 * MINUTE_MS)
    told = floor(hall.manager)
    helps = {"act": "unpause", "window": 5}
    assert told["first"] == {"kind": "pause", "business": "C", "window": 5, "since": at, "helps": helps}
    listed = [(each["kind"], each["window"]) for each in told["todo"]]
    assert listed == [("pause", 5), ("silent", 6)]
    assert (told["reconciliation"]["adds_up"], told["reconciliation"]["off"]) == (True, {}), "moved, not lost"
    queue = next(each for each in told["queues"] if each["business"] == "C")
    serving = [each["window"] for each in told["windows"] if "C" in each["serves"] and each["state"] == "open"]
    assert (queue["windows"], queue["alarm"]) == (len(serving), None)
    hall.clerk.done(6, "help")
    told = floor(hall.manager)
    assert (told["first"]["kind"], told["first"]["helps"]) == ("help", {"act": "help-ended", "window": 6})
    hall.clerk.done(6, "next")
    for _ in range(2):
        later(hall, 21 * SECOND_MS)
        hall.clerk.done(6, "recall")
    hall.clerk.done(6, "missed")
    assert "missed" not in [each["kind"] for each in floor(hall.manager)["todo"]], "there is time yet"
    later(hall, 25 * MINUTE_MS)
    missed = floor(hall.manager)["todo"][-1]
    assert (missed["kind"], missed["ticket"], missed["number"]) == ("missed", visitor["id"], visitor["number"])
    assert missed["until"] - missed["since"] == 30 * MINUTE_MS
    hall.manager.tell(f"{HALL}/evacuate")
    assert floor(hall.manager)["first"] == {**NOTHING, "kind": "evacuated"}
    all_whole(hall)


def test_an_alarm_tells_its_limit_and_the_window_that_would_help(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=own_file(tmp_path, businesses={"C": {"alarm": 2}}))
    for number in (9, 6, 4):
        hall.clerk.done(number, "pause", reason="meal")
    for _ in range(2):
        hall.kiosk.take("C")
    # The hall's writer looks at the queues within a second.
    end = monotonic() + 5
    while not (told := floor(hall.manager))["todo"] and monotonic() < end:
        sleep(0.05)
    # Window 9 has stood longest, but C is not its main work.
    assert (told["first"]["kind"], told["first"]["helps"]) == ("alarm", {"act": "unpause", "window": 6})
    assert [(each["kind"], each["business"]) for each in told["todo"]] == [("alarm", "C")]
    queue = next(each for each in told["queues"] if each["business"] == "C")
    assert (queue["alarm"], queue["windows"]) == (2, 9)
    all_whole(hall)


def test_consultations_are_counted_by_day_and_their_words_stay_out_of_the_journal(hall: Hall):
    guide = hall.client(hall.token("guide"))
    path = f"{HALL}/consultations"
    asked = {"business": "A", "note": "问营业执照经营范围怎么写"}
    assert twice(hall, guide, path, asked, 201) == {"business": "A", "today": 1}
    assert twice(hall, hall.clerk, path, {}, 201) == {"business": None, "today": 2}
    told = floor(guide)
    assert (told["consultations"], told["reconciliation"]["issued"]) == (2, 0), "a question is no number"
    assert asked["note"] not in "".join(line for (line,) in hall.database.sql("SELECT line FROM journal"))
    refused(guide.tell(path, {"business": "Q"}), 422, "unknown-business")
    for wrong in ({"note": ""}, {"note": "\x00"}, {"note": "x" * 201}, {"business": ""}, {"who": "x"}):
        refused(guide.tell(path, wrong), 422, "invalid-body")
    refused(hall.kiosk.tell(path, {}), 403, "wrong-role")
    refused(hall.nobody.tell(path, {}), 401, "token-missing")
    assert floor(guide)["consultations"] == 2, "what was refused is not counted"
    later(hall, 24 * HOUR_MS)
    assert guide.tell(path, {}).json()["today"] == 1
    all_whole(hall)


GRANTED = {"elderly": "self", "pregnant": "guide", "serviceman": "window"}


@pytest.fixture
def graded(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall where a guide says who is pregnant, and a window who is a service member."""
    return start(
        database, file=own_file(tmp_path, classes={code: {"granted_by": who} for code, who in GRANTED.items()})
    )


@pytest.mark.parametrize("signed_in", [False, True], ids=["program", "person"])
def test_a_guide_walks_in_the_hall(graded: Hall, *, signed_in: bool):
    hall = graded
    guide = hall.person("lin0009", "guide") if signed_in else hall.client(hall.token("guide"))
    taken = twice(hall, guide, f"{HALL}/tickets", {"business": "A", "priority": ["pregnant"]}, 201)
    assert taken["priority"] == ["pregnant"]
    ticket = f"{HALL}/tickets/{taken['id']}"
    refused(guide.tell(f"{HALL}/tickets", {"business": "A", "priority": ["serviceman"]}), 403, "may-not-grant")
    problem = refused(guide.tell(f"{ticket}/grade", {"priority": ["pregnant", "serviceman"]}), 403, "may-not-grant")
    assert (problem["priority"], problem["granted_by"]) == ("serviceman", "window")
    graded_now = twice(hall, guide, f"{ticket}/grade", {"priority": ["elderly"]})
    assert graded_now["priority"] == ["elderly"]
    assert twice(hall, guide, f"{ticket}/more-time")["more_time"] is True
    moved = twice(hall, guide, f"{ticket}/move", {"business": "B"})
    assert (moved["business"], moved["place"]) == ("B", graded_now["place"])
    hall.clerk.done(5, "next")
    hall.clerk.done(5, "hold", kind="papers-with-visitor")
    assert twice(hall, guide, f"{ticket}/rejoin")["state"] == "waiting"
    hall.clerk.done(5, "next")
    for _ in range(2):
        later(hall, 41 * SECOND_MS)
        hall.clerk.done(5, "recall")
    hall.clerk.done(5, "missed")
    assert twice(hall, guide, f"{ticket}/requeue")["state"] == "waiting"
    assert window(floor(guide), 5)["number"] is None
    for path in ("windows/5", "journal", "cases"):
        refused(guide.ask(f"{HALL}/{path}"), 403, "wrong-role")
    for path in ("windows/5/next", "evacuate", f"tickets/{taken['id']}/void", f"tickets/{taken['id']}/mark-timing"):
        refused(guide.tell(f"{HALL}/{path}"), 403, "wrong-role")
    all_whole(hall)


def test_who_may_grant_which_class(graded: Hall):
    hall = graded
    may = {
        "kiosk": {"self"},
        "guide": {"self", "guide"},
        "clerk": set(GRANTED.values()),
        "manager": set(GRANTED.values()),
    }
    for role, granted in may.items():
        client = hall.client(hall.token(role))
        for code, by in GRANTED.items():
            reply = client.tell(f"{HALL}/tickets", {"business": "A", "priority": [code]})
            if by in granted:
                assert reply.status_code == 201, (role, code)
            else:
                assert refused(reply, 403, "may-not-grant")["granted_by"] == by
    facts = hall.kiosk.ask(HALL).json()["classes"]
    assert {each["code"]: each["granted_by"] for each in facts if each["code"] in GRANTED} == GRANTED
    all_whole(hall)


def test_what_an_act_on_a_ticket_refuses(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    guide = hall.client(hall.token("guide"))
    path = f"{HALL}/tickets/{ticket}"
    refused(guide.tell(f"{path}/grade", {"priority": ["vip"]}), 422, "unknown-class")
    refused(guide.tell(f"{path}/grade"), 422, "invalid-body")
    refused(guide.tell(f"{path}/move", {"business": "Q"}), 422, "unknown-business")
    refused(guide.tell(f"{path}/rejoin"), 409, "wrong-state")
    refused(guide.tell(f"{path}/requeue"), 409, "wrong-state")
    refused(hall.manager.tell(f"{path}/mark-timing"), 409, "wrong-state")
    for act in ("grade", "move", "rejoin"):
        refused(hall.kiosk.tell(f"{path}/{act}"), 403, "wrong-role")
    for none in ("0" * 32, "x", "%00"):
        for act, body in {"move": {"business": "B"}, "more-time": {}, "requeue": {}, "rejoin": {}}.items():
            refused(guide.tell(f"{HALL}/tickets/{none}/{act}", body), 404, "unknown-ticket")
    at_window(hall, hall.clerk, 5, "B")
    refused(hall.clerk.tell(f"{path}/mark-timing"), 403, "wrong-role")
    all_whole(hall)
