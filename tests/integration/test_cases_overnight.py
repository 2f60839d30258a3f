"""Cases that open or end by themselves: who was put aside overnight, and what is taken back within ten seconds."""

from datetime import timedelta

from tests.running.client import refused
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.own_hall import go_to, monday
from tests.running.truth import acts, entries
from tests.running.visits import CASES, at_window, entered, seated

DAY = timedelta(days=1)


def test_who_is_put_aside_when_the_day_ends_comes_back_with_a_case(hall: Hall):
    first = monday()
    go_to(hall, first, "16:30")
    chen = seated(hall, "chen0105", 5)
    ticket = at_window(hall, chen, 5, item="new")
    chen.done(5, "hold", kind="papers-kept", note="原件在柜里")
    waiting = hall.kiosk.take("A")
    go_to(hall, first + DAY, "08:59")
    soon(hall, ticket["id"], state="void")
    soon(hall, waiting["id"], state="void")
    found = hall.manager.ask(CASES).json()["items"]
    assert len(found) == 1, "who only waited has no case"
    case = found[0]
    assert (case["business"], case["item"], case["missing"]) == ("A", "new", [])
    assert case["owner"]["number"] == "0105", "the clerk who took the first question"
    opened = next(e for e in entries(hall) if e.act == "case-opened")
    assert (opened.by, opened.ticket, opened.window) == ("timer", ticket["id"], None)
    assert acts(hall, ticket["id"])[-1] == "voided"
    chen.done(5, "sign-in")
    back = hall.kiosk.tell(f"{CASES}/{case['code']}/tickets").json()
    assert (entered(back), back["item"]) == (0, "new"), "without a slip there is no date, and no head start"
    assert chen.done(5, "next")["id"] == back["id"]
    chen.done(5, "start")
    told = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]
    assert told["code"] == case["code"], "the case goes on"
    all_whole(hall)


def test_who_waits_for_another_when_the_day_ends_has_a_case_whichever_ticket_ends_first(hall: Hall):
    first = monday()
    go_to(hall, first, "16:30")
    clerks = {5: seated(hall, "chen0105", 5), 6: seated(hall, "wang0106", 6)}
    tickets = {window: at_window(hall, clerk, window)["id"] for window, clerk in clerks.items()}
    go_to(hall, first + DAY, "03:45")
    clerks[5].done(5, "hold", kind="awaiting", awaits=tickets[6])
    clerks[6].done(6, "hold", kind="awaiting", awaits=tickets[5])
    go_to(hall, first + DAY, "04:01")
    for ticket in tickets.values():
        soon(hall, ticket, state="void")
        assert acts(hall, ticket)[-3:] == ["held", "case-opened", "voided"]
    owners = [case["owner"]["number"] for case in hall.manager.ask(CASES).json()["items"]]
    assert sorted(owners) == ["0105", "0106"]
    all_whole(hall)


def test_who_is_put_aside_overnight_with_a_case_that_was_closed_meanwhile_gets_another(hall: Hall):
    first = monday()
    go_to(hall, first, "16:30")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    chen.done(5, "next")
    hall.manager.tell(f"{CASES}/{code}/close", {"outcome": "referred"})
    chen.done(5, "hold", kind="papers-kept")
    go_to(hall, first + DAY, "08:59")
    soon(hall, back["id"], state="void")
    found = hall.manager.ask(CASES).json()["items"]
    assert [(case["code"] == code, case["item"], case["owner"]["number"]) for case in found] == [(False, "new", "0105")]
    assert hall.kiosk.tell(f"{CASES}/{found[0]['code']}/tickets").status_code == 201
    assert hall.manager.ask(f"{CASES}/{code}").json()["outcome"] == "referred"
    all_whole(hall)


def test_a_case_without_an_item_gets_the_one_that_is_found_out(hall: Hall):
    first = monday()
    go_to(hall, first, "16:30")
    ticket = at_window(hall, hall.clerk, 5)
    hall.clerk.done(5, "hold", kind="papers-with-visitor")
    go_to(hall, first + DAY, "09:00")
    soon(hall, ticket["id"], state="void")
    case = hall.manager.ask(CASES, params={"troubles": "yes"}).json()["items"][0]
    assert (case["item"], case["troubles"]) == (None, ["ownerless"])
    hall.kiosk.tell(f"{CASES}/{case['code']}/tickets")
    hall.clerk.done(5, "next")
    done = hall.clerk.done(5, "finish", outcome="accepted", served=[{"item": "renew"}])
    assert (done["case"]["item"], done["case"]["promised_on"] is not None) == ("renew", True)
    assert hall.manager.ask(f"{CASES}/{case['code']}").json()["item"] == "renew"
    all_whole(hall)


def test_whoever_is_sent_on_with_a_case_gets_a_case_of_their_own_there(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    hall.kiosk.tell(f"{CASES}/{code}/tickets")
    chen.done(5, "next")
    chen.done(5, "transfer", business="G", note="先办代码证")
    hall.clerk.done(6, "next")
    other = hall.clerk.done(6, "papers-missing", item="new", missing=["seal"])["case"]
    assert (other["code"] != code, other["business"], other["missing"]) == (True, "G", ["seal"])
    assert hall.manager.ask(f"{CASES}/{code}").json()["missing"] == ["licence"], "the first waits for its own papers"
    all_whole(hall)


def test_an_undone_slip_takes_its_case_back(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    ticket = at_window(hall, chen, 5)
    case = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]
    assert chen.view(5)["undo"]["number"] == ticket["number"]
    back = chen.done(5, "undo")
    assert (back["id"], back["state"], back["window"]) == (ticket["id"], "serving", 5)
    assert hall.manager.ask(CASES).json()["items"] == [], "its code may have been read, so it is closed, not unopened"
    assert hall.manager.ask(f"{CASES}/{case['code']}").json()["outcome"] == "undone"
    refused(hall.kiosk.tell(f"{CASES}/{case['code']}/tickets"), 409, "case-closed")
    again = chen.done(5, "papers-missing", item="new", missing=["licence", "staff-list"])["case"]
    assert again["code"] != case["code"]
    all_whole(hall)


def test_an_undone_second_visit_gives_the_case_back_as_it_was(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    slip = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]
    before = chen.ask(f"{CASES}/{slip['code']}").json()
    hall.kiosk.tell(f"{CASES}/{slip['code']}/tickets")
    chen.done(5, "next")
    chen.done(5, "start")
    done = chen.done(5, "finish", outcome="accepted")
    assert done["case"]["promised_on"] is not None
    assert chen.done(5, "undo")["state"] == "serving"
    assert chen.ask(f"{CASES}/{slip['code']}").json() == before
    all_whole(hall)


def test_what_has_gone_on_since_is_not_undone(hall: Hall):
    """The visitor has the slip already and is back with it, or a colleague has the case: neither may be pulled away."""
    chen = seated(hall, "chen0105", 5)
    seated(hall, "wang0106", 6)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    assert chen.view(5)["undo"] is None
    refused(chen.act(5, "undo"), 409, "undo-overtaken")
    chen.done(5, "next")
    chen.done(5, "papers-missing", item="new", missing=["licence"])
    hall.manager.tell(f"{CASES}/{code}/hand-over", {"to_clerk": "0106", "reason": "转给小王"})
    refused(chen.act(5, "undo"), 409, "undo-overtaken")
    assert hall.manager.ask(f"{CASES}/{code}").json()["closed_at"] is None
    assert hall.manager.ticket(back["id"])["state"] == "finished"
    all_whole(hall)


def test_after_ten_seconds_a_slip_stands(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    chen.done(5, "papers-missing", item="new", missing=["licence"])
    later(hall, 11 * SECOND_MS)
    refused(chen.act(5, "undo"), 409, "undo-too-late")
    later(hall, MINUTE_MS)
    assert len(hall.manager.ask(CASES).json()["items"]) == 1
    all_whole(hall)
