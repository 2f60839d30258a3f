"""Cases at a real server: papers asked at once, the return, the promise and its clock, who is responsible."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.running.client import HALL
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.moments import MINUTE_MS, later
from tests.running.own_hall import go_to, monday, own_file
from tests.running.truth import entries
from tests.running.visits import CASES, at_window, entered, seated

DAY = timedelta(days=1)


@pytest.fixture
def official(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall whose calendar has Wednesday to Friday off and works on the Sunday after in their place."""
    first = monday()
    calendar = {
        "holidays": [f"{first + 2 * DAY} to {first + 4 * DAY}"],
        "make_up": {str(first + 6 * DAY): "friday"},
    }
    return start(database, file=own_file(tmp_path, calendar=calendar))


def test_everything_missing_is_told_at_once_and_the_visitor_comes_back_to_the_same_clerk(official: Hall):
    hall, first = official, monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, item="new")
    body = {"item": "new", "missing": ["licence", "calibration", "licence"]}
    slip = twice(hall, chen, f"{HALL}/windows/5/papers-missing", body)
    assert (slip["state"], slip["outcome"]) == ("finished", "papers-missing")
    case = slip["case"]
    assert (case["missing"], case["business"], case["item"]) == (["licence", "calibration"], "A", "new")
    # Five working days from Monday: Tuesday, the Sunday worked, Monday, Tuesday, Wednesday.
    assert case["return_by"] == str(first + 9 * DAY)
    read = chen.ask(f"{CASES}/{case['code']}").json()
    assert read["owner"] == {"name": "chen0105 静", "number": "0105"}
    assert (read["missing"], read["promised_on"], read["troubles"]) == (["licence", "calibration"], None, [])
    assert chen.ask(f"{CASES}/{case['code'].lower()[:3]}-{case['code'][3:]}").json() == read, "as people type it"
    go_to(hall, first + 9 * DAY, "15:00")
    chen.done(5, "sign-in")
    hall.kiosk.take("A")
    later(hall, 11 * MINUTE_MS)
    back = twice(hall, hall.kiosk, f"{CASES}/{case['code']}/tickets", {"language": "en"}, 201)
    assert (entered(back), back["business"], back["item"], back["language"]) == (20 * MINUTE_MS, "A", "new", "en")
    assert back["tie"] is not None
    assert hall.clerk.done(6, "next")["number"] == "A001", (
        "another window leaves the returner to its clerk for ten minutes"
    )
    hall.kiosk.take("A")
    called = chen.done(5, "next")
    assert (called["id"], called["why"]["cause"]) == (back["id"], "own")
    assert chen.view(5)["case"]["code"] == case["code"]
    chen.done(5, "start")
    done = chen.done(5, "finish", outcome="accepted")
    assert (done["case"]["missing"], done["case"]["return_by"], done["case"]["code"]) == ([], None, case["code"])
    assert done["case"]["promised_on"] is not None
    all_whole(hall)


def test_after_the_slips_date_there_is_no_head_start_but_still_the_same_clerk(hall: Hall):
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    until = str(first + 3 * DAY)
    slip = chen.done(5, "papers-missing", item="new", missing=["licence"], return_by=until)["case"]
    assert slip["return_by"] == until
    go_to(hall, first + 3 * DAY, "23:30")
    assert entered(hall.kiosk.tell(f"{CASES}/{slip['code']}/tickets").json()) == 20 * MINUTE_MS
    go_to(hall, first + 4 * DAY, "09:00")
    late = hall.kiosk.tell(f"{CASES}/{slip['code']}/tickets").json()
    assert (entered(late), late["tie"] is not None) == (0, True)
    elderly = hall.kiosk.tell(f"{CASES}/{slip['code']}/tickets", {"priority": ["elderly"]}).json()
    assert entered(elderly) == 20 * MINUTE_MS, "what everybody may claim stays"
    assert hall.manager.ask(f"{CASES}/{slip['code']}").json()["troubles"] == ["papers-overdue"]
    all_whole(hall)


def test_grounds_and_a_return_are_not_added_up(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets", {"priority": ["elderly", "disabled"]}).json()
    assert entered(back) == 20 * MINUTE_MS
    graded = chen.done(5, "grade", ticket=back["id"], priority=[])
    assert entered(graded) == 20 * MINUTE_MS, "the head start of the return is no ground that is taken away"
    all_whole(hall)


def test_a_promise_is_counted_in_the_official_working_days(official: Hall):
    hall, first = official, monday()
    go_to(hall, first + DAY, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, business="B", item="reissue")
    done = twice(hall, chen, f"{HALL}/windows/5/finish", {"outcome": "accepted"})
    # Five working days from Tuesday: the Sunday that is worked, then Monday to Thursday.
    assert done["case"]["promised_on"] == str(first + 10 * DAY)
    code = done["case"]["code"]
    assert chen.ask(f"{CASES}/{code}").json()["days_left"] == 5
    go_to(hall, first + 6 * DAY, "09:00")
    assert hall.clerk.ask(f"{CASES}/{code}").json()["days_left"] == 4
    go_to(hall, first + 11 * DAY, "09:00")
    assert hall.clerk.ask(f"{CASES}/{code}").json()["days_left"] == -1
    assert [each["code"] for each in troubled(hall)] == [code]
    assert troubled(hall)[0]["troubles"] == ["overdue"]
    all_whole(hall)


def troubled(hall: Hall) -> list[dict[str, Any]]:
    """What a manager must look at."""
    found: list[dict[str, Any]] = hall.manager.ask(CASES, params={"troubles": "yes"}).json()["items"]
    return found


def test_the_clock_of_a_promise_stands_still_for_working_days(official: Hall):
    hall, first = official, monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, business="G", item="new")
    code = chen.done(5, "finish", outcome="accepted")["case"]["code"]
    path = f"{CASES}/{code}"
    assert chen.ask(path).json()["promised_on"] == str(first + DAY)
    stopped = twice(hall, chen, f"{path}/stop-clock", {"reason": "现场核查"})
    assert (stopped["stopped_on"], stopped["code"]) == (str(first), code)
    go_to(hall, first + 7 * DAY, "09:00")
    assert troubled(hall) == [], "a clock that stands makes nothing overdue"
    runs = twice(hall, hall.manager, f"{path}/run-clock")
    # One day was left when it stopped, and one is left now: the Tuesday of the week after.
    assert (runs["stopped_on"], runs["promised_on"]) == (None, str(first + 8 * DAY))
    assert "现场核查" not in "".join(line for (line,) in hall.database.sql("SELECT line FROM journal"))
    go_to(hall, first + 9 * DAY, "09:00")
    twice(hall, chen, f"{path}/stop-clock", {"reason": "现场核查"})
    assert [each["troubles"] for each in troubled(hall)] == [["overdue"]], "stopped too late it stays overdue"
    all_whole(hall)


def test_an_acceptance_on_promise_has_minor_papers_due_within_the_promise(official: Hall):
    hall, first = official, monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, business="G", item="new")
    body = {"item": "new", "missing": ["mandate"], "due": str(first + DAY)}
    slip = twice(hall, chen, f"{HALL}/windows/5/on-promise", body)
    case = slip["case"]
    assert slip["outcome"] == "accepted-on-promise"
    assert (case["missing"], case["return_by"], case["promised_on"]) == (
        ["mandate"],
        str(first + DAY),
        str(first + DAY),
    )
    acts = [e.act for e in entries(hall) if e.case is not None]
    assert acts == ["case-opened", "case-promised", "case-papers-asked"]
    back = hall.kiosk.tell(f"{CASES}/{case['code']}/tickets").json()
    assert entered(back) == 20 * MINUTE_MS, "the supplement comes back as a return"
    chen.done(5, "next")
    done = chen.done(5, "finish", outcome="accepted")["case"]
    assert (done["missing"], done["return_by"], done["promised_on"]) == ([], None, str(first + DAY))
    all_whole(hall)


def test_a_second_acceptance_on_promise_keeps_to_the_first_promise(hall: Hall):
    """A promise once given is not made later by a second visit; what is brought later is due within it, too."""
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, business="B", item="new")
    slip = chen.done(5, "on-promise", item="new", missing=["procedures"], due=str(first + 2 * DAY))["case"]
    go_to(hall, first + 14 * DAY, "09:00")
    chen.done(5, "sign-in")
    hall.kiosk.tell(f"{CASES}/{slip['code']}/tickets")
    chen.done(5, "next")
    late = date.fromisoformat(slip["promised_on"]) + DAY
    reply = chen.act(5, "on-promise", item="new", missing=["procedures"], due=str(late))
    assert (reply.status_code, reply.json()["code"], reply.json()["day"]) == (422, "due-too-late", slip["promised_on"])
    again = chen.done(5, "on-promise", item="new", missing=["procedures"], due=slip["promised_on"])["case"]
    assert (again["promised_on"], again["return_by"]) == (slip["promised_on"], slip["promised_on"])
    all_whole(hall)


def test_who_took_the_first_question_stays_responsible_until_it_is_handed_over(hall: Hall):
    chen, wang = seated(hall, "chen0105", 5), seated(hall, "wang0106", 6)
    at_window(hall, chen, 5)
    chen.done(5, "transfer", business="B", note="先问到我，请接着办", to_window=6)
    wang.done(6, "next")
    wang.done(6, "start")
    slip = wang.done(6, "papers-missing", item="new", missing=["licence"])["case"]
    path = f"{CASES}/{slip['code']}"
    assert wang.ask(path).json()["owner"]["number"] == "0105", "who was asked first, not who found it out"
    mine = chen.ask(CASES, params={"mine": "yes"}).json()["items"]
    assert [each["code"] for each in mine] == [slip["code"]]
    assert wang.ask(CASES, params={"mine": "yes"}).json()["items"] == []
    assert hall.clerk.ask(CASES, params={"mine": "yes"}).json()["items"] == [], "a program has none of its own"
    twice(hall, chen, f"{path}/hand-over", {"to_clerk": "0106", "reason": "调岗"})
    assert wang.ask(path).json()["owner"]["number"] == "0106"
    handed = [e for e in entries(hall) if e.act == "case-handed-over"]
    assert [(e.facts or {})["note"] is not None for e in handed] == [True]
    back = hall.kiosk.tell(f"{path}/tickets").json()
    assert wang.done(6, "next")["id"] == back["id"], "and comes back to whoever is responsible now"
    closed = twice(hall, hall.manager, f"{path}/close", {"outcome": "completed"})
    assert (closed["outcome"], closed["missing"]) == ("completed", [])
    assert closed["closed_at"] is not None
    assert hall.manager.ask(CASES).json()["items"] == []
    assert hall.manager.ask(path).json()["closed_at"] == closed["closed_at"], "its code still tells what became of it"
    all_whole(hall)


def test_what_is_nobodys_or_late_is_listed(hall: Hall):
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    for item, window, clerk in (("new", 5, chen), ("new", 6, hall.clerk)):
        at_window(hall, clerk, window, business="G", item=item)
        clerk.done(window, "finish", outcome="accepted")
    at_window(hall, chen, 5, business="A")
    chen.done(5, "papers-missing", item="new", missing=["licence"], return_by=str(first))
    assert [each["troubles"] for each in troubled(hall)] == [["ownerless"]], "a program cannot be responsible"
    assert [each["promised_on"] for each in hall.manager.ask(CASES).json()["items"]] == [str(first + DAY)] * 2 + [None]
    view = chen.view(5)["promises"]
    assert [each["business"] for each in view] == ["G"], "a promise that is near stands on its owner's screen"
    go_to(hall, first + 2 * DAY, "09:00")
    hall.kiosk.take("A")
    assert [each["troubles"] for each in troubled(hall)] == [["overdue"], ["ownerless", "overdue"], ["papers-overdue"]]
    all_whole(hall)


def test_items_really_served_are_told_with_quantity_outcome_and_whether_the_one_key_was_left_alone(hall: Hall):
    at_window(hall, hall.clerk, 5, business="G", item="new")
    served = [{"item": "change", "quantity": 20}, {"item": "new", "quantity": 2, "outcome": "consultation"}]
    twice(hall, hall.clerk, f"{HALL}/windows/5/finish", {"outcome": "completed", "served": served})
    at_window(hall, hall.clerk, 5, business="G", item="new")
    hall.clerk.done(5, "finish", outcome="consultation")
    at_window(hall, hall.clerk, 5, business="G")
    hall.clerk.done(5, "finish", outcome="completed")
    told = [e.facts for e in entries(hall) if e.act == "finished"]
    assert told[0] == {
        "outcome": "completed",
        "served": [
            {"item": "change", "quantity": 20, "outcome": "completed"},
            {"item": "new", "quantity": 2, "outcome": "consultation"},
        ],
        "by_default": True,
    }
    assert told[1:] == [{"outcome": "consultation", "by_default": False}, {"outcome": "completed"}]
    assert hall.manager.ask(CASES).json()["items"] == [], "what is done on the spot needs no case"
    all_whole(hall)


def test_several_businesses_are_one_visit_with_a_case_for_each_that_needs_one(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    body = {"business": "A", "item": "new", "later": ["G", "Z"]}
    ticket = twice(hall, hall.kiosk, f"{HALL}/tickets", body, 201)
    assert ticket["later"] == ["G", "Z"]
    assert chen.done(5, "next")["id"] == ticket["id"]
    chen.done(5, "start")
    later(hall, MINUTE_MS)
    gone_on = chen.done(5, "finish", outcome="accepted")
    assert (gone_on["state"], gone_on["business"], gone_on["later"], gone_on["turn"]) == ("waiting", "G", ["Z"], 2)
    assert (gone_on["item"], gone_on["place"], gone_on["number"]) == (None, ticket["place"], ticket["number"])
    first = gone_on["case"]["code"]
    hall.kiosk.take("G")
    assert hall.clerk.done(6, "next")["id"] == ticket["id"], "by the place of the visit, before who came later"
    second = hall.clerk.done(6, "papers-missing", item="new", missing=["seal"])
    assert (second["state"], second["business"]) == ("waiting", "Z")
    assert second["case"]["code"] != first
    cases = {each["code"]: each for each in hall.manager.ask(CASES).json()["items"]}
    assert cases[second["case"]["code"]]["owner"]["number"] == "0105", "the first who was asked in this visit"
    assert hall.clerk.done(7, "next")["id"] == ticket["id"]
    last = hall.clerk.done(7, "finish", outcome="certificate-handed-over")
    assert (last["state"], last["later"], last["turn"], last["case"]) == ("finished", [], 3, None)
    all_whole(hall)
