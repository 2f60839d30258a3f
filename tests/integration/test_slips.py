"""The slip of a case at a real server: its content, its reasons beside the journal, when there is none."""

from datetime import timedelta
from typing import Any

import pytest

from tests.running.client import HALL
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.moments import HOUR_MS, later
from tests.running.own_hall import go_to, monday
from tests.running.visits import CASES, at_window, seated

DAY = timedelta(days=1)
REASON = "只写“厨房设备”，要写明“燃气灶具”。"


def told(hall: Hall, code: str, status: int = 200) -> dict[str, Any]:
    """What the slip of a case says."""
    reply = hall.clerk.ask(f"{CASES}/{code}/slip")
    assert reply.status_code == status, reply.text
    body: dict[str, Any] = reply.json()
    return body


def test_the_slip_names_everything_missing_and_why_and_to_whom_to_come_back(hall: Hall):
    first = monday()
    go_to(hall, first, "10:41")
    chen = seated(hall, "chen0105", 5)
    hall.kiosk.tell(f"{HALL}/tickets", {"business": "E", "item": "new", "language": "zh-Hant"})
    called = chen.done(5, "next")
    body = {"item": "new", "missing": ["licence", "test-report"], "reasons": [{"paper": "licence", "reason": REASON}]}
    case = chen.done(5, "papers-missing", **body)["case"]
    day = str(first)
    assert case["checked"] == dict.fromkeys(["application", "process", "policy-proof", "environment"], day)
    slip = told(hall, case["code"])
    missing = [(paper["code"], paper["names"]["zh-Hant"], paper["reason"]) for paper in slip.pop("missing")]
    assert missing == [("licence", "營業執照副本", REASON), ("test-report", "產品檢驗報告", None)]
    names = {key: slip.pop(key)["en"] for key in ("hall_names", "business_names", "item_names")}
    assert names["business_names"], names
    assert slip == {
        "kind": "papers-missing",
        "code": case["code"],
        "time_zone": "Asia/Shanghai",
        "language": "zh-Hant",
        "number": called["number"],
        "checked": 4,
        "return_by": case["return_by"],
        "promise_days": 30,
        "promised_on": None,
        "window": 5,
        "owner": {"name": "chen0105 静", "number": "0105"},
        "told": 1,
        "at": slip["at"],
    }
    assert REASON not in "".join(line for (line,) in hall.database.sql("SELECT line FROM journal"))
    all_whole(hall)


def test_a_second_time_keeps_what_was_in_order_and_an_undo_gives_the_first_slip_back(hall: Hall):
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, item="new")
    case = chen.done(
        5, "papers-missing", item="new", missing=["licence"], reasons=[{"paper": "licence", "reason": "过期"}]
    )["case"]
    later(hall, 24 * HOUR_MS)
    chen.done(5, "sign-in")
    hall.kiosk.tell(f"{CASES}/{case['code']}/tickets")
    chen.done(5, "next")
    again = chen.done(5, "papers-missing", item="new", missing=["calibration"])["case"]
    assert (again["told"], again["checked"]["licence"]) == (2, str(first + DAY))
    assert (again["checked"]["application"], told(hall, case["code"])["told"]) == (str(first), 2)
    assert told(hall, case["code"])["missing"][0]["reason"] is None
    chen.done(5, "undo")
    slip = told(hall, case["code"])
    assert [(paper["code"], paper["reason"]) for paper in slip["missing"]] == [("licence", "过期")]
    assert slip["told"] == 1
    chen.done(5, "finish", outcome="accepted")
    assert told(hall, case["code"], 409)["code"] == "no-slip"
    all_whole(hall)


def test_another_item_has_a_case_and_a_slip_of_its_own(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, item="new")
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    hall.kiosk.tell(f"{CASES}/{code}/tickets")
    chen.done(5, "next")
    other = chen.done(5, "papers-missing", item="instrument", missing=["trial-report"])["case"]
    assert (other["item"], other["code"] == code) == ("instrument", False)
    slip = told(hall, other["code"])
    assert (slip["item_names"]["zh-Hans"], slip["checked"]) == ("计量器具型式批准", 4)
    assert slip["missing"][0]["names"]["zh-Hans"] == "型式试验报告"
    assert [each["code"] for each in told(hall, code)["missing"]] == ["licence"], "the first case is as it was"
    all_whole(hall)


def test_on_promise_the_slip_says_what_is_owed_and_where_its_owner_sits_by_then(hall: Hall):
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    days = chen.ask(f"{HALL}/last-days", params={"business": "G", "item": "new"}).json()
    assert days == {"today": str(first), "return_by": str(first + 7 * DAY), "promised_on": str(first + DAY)}
    at_window(hall, chen, 5, business="G", item="new")
    owed = {"missing": ["mandate"], "reasons": [{"paper": "mandate", "reason": "要盖公章"}], "due": days["promised_on"]}
    case = chen.done(5, "on-promise", item="new", **owed)["case"]
    chen.done(5, "sign-out")
    chen.done(6, "sign-in")
    slip = told(hall, case["code"])
    assert (slip["kind"], slip["return_by"], slip["promised_on"], slip["window"]) == (
        "accepted-on-promise",
        str(first + DAY),
        str(first + DAY),
        6,
    )
    assert slip["missing"][0]["reason"] == "要盖公章"
    all_whole(hall)


@pytest.mark.parametrize("act", ["papers-missing", "on-promise"])
def test_a_reason_for_what_is_not_missing_is_refused(hall: Hall, act: str):
    go_to(hall, monday(), "09:00")
    at_window(hall, hall.clerk, 5, business="G", item="new")
    body = {"item": "new", "missing": ["mandate"], "reasons": [{"paper": "seal", "reason": "x"}]}
    more = {"due": str(monday())} if act == "on-promise" else {}
    reply = hall.clerk.act(5, act, **body, **more)
    assert (reply.status_code, reply.json()["code"]) == (422, "unknown-paper")
    reply = hall.clerk.act(5, act, **{**body, "reasons": [{"paper": "mandate", "reason": "x" * 201}]}, **more)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid-body")


def test_who_may_read_a_slip_and_of_what(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, item="new")
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    assert hall.kiosk.ask(f"{CASES}/{code}/slip").json()["code"] == "wrong-role"
    assert told(hall, "2222222", 404)["code"] == "unknown-case"
    reply = chen.ask(f"{HALL}/last-days", params={"business": "A", "item": "none"})
    assert (reply.status_code, reply.json()["code"]) == (422, "unknown-item")
