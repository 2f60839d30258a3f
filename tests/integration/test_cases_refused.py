"""What a case refuses, each with its code, and that nothing was changed by it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.running.client import API, HALL, Client, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.own_hall import go_to, monday, own_file
from tests.running.visits import CASES, at_window, seated

DAY = timedelta(days=1)


def asked(hall: Hall, chen: Client) -> str:
    """The code of a case of chen's whose papers are incomplete."""
    at_window(hall, chen, 5)
    code: str = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    return code


def journal_ends(hall: Hall) -> int:
    """The number of the last entry."""
    last: int = hall.database.sql("SELECT max(entry_no) FROM journal WHERE act <> 'clock-differs'")[0][0]
    return last


def test_what_a_slip_refuses(hall: Hall):
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    good: dict[str, Any] = {"item": "new", "missing": ["licence"]}
    refused(chen.act(5, "papers-missing", **good), 409, "nobody-here")
    at_window(hall, chen, 5)
    at = journal_ends(hall)
    wrong: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
        ({"item": "none"}, "unknown-item", {"item": "none"}),
        ({"missing": ["licence", "none"]}, "unknown-paper", {"paper": "none"}),
        ({"return_by": "2027-02-30"}, "bad-date", {"day": "2027-02-30"}),
        ({"return_by": str(first - DAY)}, "day-past", {"day": str(first - DAY)}),
        ({"return_by": "tomorrow"}, "invalid-body", {"field": "return_by", "reason": "wrong-form"}),
        ({"missing": []}, "invalid-body", {"field": "missing", "reason": "too-few"}),
        ({"missing": ["licence"] * 21}, "invalid-body", {"field": "missing", "reason": "too-many"}),
        ({"missing": ["a\x00"]}, "unknown-paper", {}),
    ]
    for changed, code, facts in wrong:
        problem = refused(chen.act(5, "papers-missing", **{**good, **changed}), 422, code)
        assert facts.items() <= problem.items()
    refused(hall.person("wang0106").act(5, "papers-missing", **good), 403, "not-your-window")
    refused(hall.kiosk.act(5, "papers-missing", **good), 403, "wrong-role")
    assert journal_ends(hall) == at
    assert hall.manager.ask(CASES).json()["items"] == []
    all_whole(hall)


def test_what_an_acceptance_on_promise_refuses(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=own_file(tmp_path, items={"G/change": {"promise_days": None}}))
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    good: dict[str, Any] = {"item": "new", "missing": ["mandate"], "due": str(first + DAY)}
    refused(chen.act(5, "on-promise", **good), 409, "nobody-here")
    at_window(hall, chen, 5, business="G")
    at = journal_ends(hall)
    wrong: list[tuple[dict[str, Any], int, str, dict[str, Any]]] = [
        ({"item": "none"}, 422, "unknown-item", {"item": "none"}),
        ({"missing": ["mandate", "none"]}, 422, "unknown-paper", {"paper": "none"}),
        ({"missing": ["mandate", "seal"]}, 422, "paper-not-minor", {"paper": "seal"}),
        ({"due": str(first + 2 * DAY)}, 422, "due-too-late", {"day": str(first + DAY)}),
        ({"due": str(first - DAY)}, 422, "day-past", {"day": str(first - DAY)}),
        ({"due": "2027-02-30"}, 422, "bad-date", {"day": "2027-02-30"}),
        ({"missing": []}, 422, "invalid-body", {"field": "missing"}),
        ({"item": "change"}, 409, "no-promise", {}),
    ]
    for changed, status, code, facts in wrong:
        problem = refused(chen.act(5, "on-promise", **{**good, **changed}), status, code)
        assert facts.items() <= problem.items()
    assert journal_ends(hall) == at
    all_whole(hall)


def test_a_hall_without_such_an_outcome_has_no_slips(start: Start, database: Database, tmp_path: Path):
    hall = start(
        database, file=own_file(tmp_path, settings={"outcomes": ["accepted", "completed", "certificate-handed-over"]})
    )
    go_to(hall, monday(), "09:00")
    at_window(hall, hall.clerk, 5, business="G")
    good: dict[str, Any] = {"item": "new", "missing": ["mandate"]}
    refused(hall.clerk.act(5, "papers-missing", **good), 422, "unknown-outcome")
    refused(hall.clerk.act(5, "on-promise", **good, due=str(monday())), 422, "unknown-outcome")
    assert hall.manager.ask(CASES).json()["items"] == [], "and no case is left behind"
    all_whole(hall)


def test_what_a_finish_refuses(hall: Hall):
    at_window(hall, hall.clerk, 5, business="G")
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"served": [{"item": "none"}]}, "unknown-item", ""),
        ({"served": [{"item": "new", "outcome": "none"}]}, "unknown-outcome", ""),
        ({"served": [{"item": "new", "quantity": 0}]}, "invalid-body", "too-small"),
        ({"served": [{"item": "new", "quantity": 1000}]}, "invalid-body", "too-big"),
        ({"served": [{"item": "new"}] * 21}, "invalid-body", "too-many"),
        ({"served": [{}]}, "invalid-body", "missing"),
    ]
    for changed, code, reason in wrong:
        problem = refused(hall.clerk.act(5, "finish", outcome="completed", **changed), 422, code)
        assert problem.get("reason", "") == reason
    assert hall.clerk.view(5)["ticket"]["state"] == "serving"
    all_whole(hall)


def test_a_visit_leaves_one_case_that_of_the_item_that_was_accepted(hall: Hall):
    at_window(hall, hall.clerk, 5, item="new")
    both = [{"item": "new"}, {"item": "renew"}]
    problem = refused(hall.clerk.act(5, "finish", outcome="accepted", served=both), 409, "one-case")
    assert problem["item"] == "renew"
    assert hall.manager.ask(CASES).json()["items"] == [], "nothing is left of what was refused"
    one = [{"item": "new", "outcome": "referred"}, {"item": "renew", "outcome": "accepted"}]
    done = hall.clerk.done(5, "finish", outcome="referred", served=one)
    assert (done["outcome"], done["case"]["item"], done["case"]["promised_on"] is None) == ("referred", "renew", False)
    all_whole(hall)


def test_what_a_case_refuses_away_from_the_window(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    code = asked(hall, chen)
    path = f"{CASES}/{code}"
    to_wang = {"to_clerk": "0106", "reason": "调岗"}
    refused(chen.tell(f"{path}/hand-over", to_wang), 422, "unknown-clerk")
    refused(chen.tell(f"{path}/hand-over", {**to_wang, "to_clerk": "0105"}), 409, "same-owner")
    for wrong in ({"to_clerk": "0\x00"}, {"to_clerk": ""}, {"reason": ""}, {"reason": "\x00"}):
        refused(chen.tell(f"{path}/hand-over", {**to_wang, **wrong}), 422, "invalid-body")
    refused(chen.tell(f"{path}/stop-clock", {"reason": "现场核查"}), 409, "no-promise")
    refused(chen.tell(f"{path}/run-clock"), 409, "clock-runs")
    refused(chen.tell(f"{path}/close", {"outcome": "none"}), 422, "unknown-outcome")
    refused(chen.tell(f"{path}/stop-clock"), 422, "invalid-body")
    hall.kiosk.tell(f"{path}/tickets")
    chen.done(5, "next")
    chen.done(5, "finish", outcome="accepted")
    chen.tell(f"{path}/stop-clock", {"reason": "现场核查"})
    problem = refused(chen.tell(f"{path}/stop-clock", {"reason": "现场核查"}), 409, "clock-stopped")
    assert problem["day"] == chen.ask(path).json()["stopped_on"]
    assert chen.tell(f"{path}/close", {"outcome": "completed"}).status_code == 200
    for act, body in {
        "hand-over": {**to_wang, "to_clerk": "0105"},
        "stop-clock": {"reason": "x"},
        "run-clock": {},
        "close": {"outcome": "completed"},
        "tickets": {},
    }.items():
        assert refused(chen.tell(f"{path}/{act}", body), 409, "case-closed")["case"] == code
    all_whole(hall)


def test_a_case_closed_meanwhile_takes_no_papers(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    code = asked(hall, chen)
    hall.kiosk.tell(f"{CASES}/{code}/tickets")
    chen.done(5, "next")
    hall.manager.tell(f"{CASES}/{code}/close", {"outcome": "referred"})
    refused(chen.act(5, "papers-missing", item="new", missing=["licence"]), 409, "case-closed")
    refused(chen.act(5, "finish", outcome="accepted", served=[{"item": "new"}]), 409, "case-closed")
    assert chen.done(5, "finish", outcome="consultation")["state"] == "finished"
    all_whole(hall)


NO_CASE = ["2222222", "AAAAAAA", "x", "A" * 200, "%00", "A%00B", "%F0%9F%98%80", "'%20OR%20'1'%3D'1"]


def test_a_code_that_is_none(hall: Hall):
    for code in NO_CASE:
        none_of_it(hall, code)
    assert "Traceback" not in hall.server.said()
    all_whole(hall)


def none_of_it(hall: Hall, code: str) -> None:
    """Nothing can be done with a code that no case has, whatever it looks like."""
    refused(hall.manager.ask(f"{CASES}/{code}"), 404, "unknown-case")
    for act, body in {
        "hand-over": {"to_clerk": "0105", "reason": "x"},
        "stop-clock": {"reason": "x"},
        "run-clock": {},
        "close": {"outcome": "completed"},
        "tickets": {},
    }.items():
        reply = hall.manager.tell(f"{CASES}/{code}/{act}", body)
        assert reply.json()["code"] in ("unknown-case", "unknown-clerk"), reply.text


def test_who_may_do_what_with_a_case(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    path = f"{CASES}/{asked(hall, chen)}"
    guide = hall.client(hall.token("guide"))
    for client in (hall.kiosk, guide):
        refused(client.ask(CASES), 403, "wrong-role")
        refused(client.ask(path), 403, "wrong-role")
        for act in ("hand-over", "stop-clock", "run-clock", "close"):
            refused(client.tell(f"{path}/{act}"), 403, "wrong-role")
        assert client.tell(f"{path}/tickets").status_code == 201
    refused(hall.nobody.ask(path), 401, "token-missing")
    refused(hall.nobody.tell(f"{path}/tickets"), 401, "token-missing")
    refused(hall.manager.ask(CASES, params={"mine": "perhaps"}), 422, "invalid-query")
    refused(hall.kiosk.tell(f"{path}/tickets", {"priority": ["vip"]}), 422, "unknown-class")
    refused(hall.manager.ask(f"{API}/halls/none/cases"), 404, "unknown-hall")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "item": "none"}), 422, "unknown-item")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "later": ["Q"]}), 422, "unknown-business")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "later": ["B"] * 5}), 422, "invalid-body")
    all_whole(hall)
