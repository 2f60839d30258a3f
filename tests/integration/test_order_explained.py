"""The order explained at a real server: who may still pass a ticket, why another was called first, also by token."""

from pathlib import Path
from typing import Any

import pytest

from queue_server import hall_file
from queue_server.storage import plans
from tests.running.client import API, HALL, Client, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.moments import HOUR_MS, MINUTE_MS, later
from tests.running.own_hall import own_file
from tests.running.visits import CASES, at_window, seated

# Before max_advance and the reluctance of the hall's secondary windows, nobody new passes for good.
ADVANCE_MS, SECONDARY_MS, TIE_MS = 60 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS


def passing(client: Client, ticket: dict[str, Any]) -> dict[str, Any]:
    """Who may still pass a ticket; the visitor herself is told the same."""
    reply = client.ask(f"{HALL}/tickets/{ticket['id']}/passing")
    assert reply.status_code == 200, reply.text
    own = client.ask(f"{API}/tickets/{ticket['token']}/passing")
    assert (own.status_code, own.content, own.headers["Cache-Control"]) == (200, reply.content, "no-store")
    told: dict[str, Any] = reply.json()
    return told


def before(client: Client, ticket: dict[str, Any], number: str) -> dict[str, Any]:
    """Why a number was called before a ticket; the visitor herself is told the same."""
    reply = client.ask(f"{HALL}/tickets/{ticket['id']}/before", params={"number": number})
    assert reply.status_code == 200, reply.text
    own = client.ask(f"{API}/tickets/{ticket['token']}/before", params={"number": number})
    assert own.content == reply.content
    told: dict[str, Any] = reply.json()
    return told


def cause(told: dict[str, Any]) -> tuple[str, int]:
    """The cause, and what it made up (whole minutes)."""
    return told["cause"], round(told["ms"] / MINUTE_MS)


def only(hall: Hall, *windows: int) -> None:
    """Only these windows are open."""
    for window in set(range(1, 13)) - set(windows):
        hall.clerk.done(window, "close")


def test_who_may_pass_now_and_until_when_anybody_may(hall: Hall):
    only(hall, 5)
    hall.kiosk.take("A")
    me = hall.kiosk.take("A")
    behind = hall.kiosk.take("B")
    told = passing(hall.clerk, me)
    assert (told["ahead"], told["may_pass"], told["at_least"]) == (1, 0, False)
    assert told["until"] == me["place"] + SECONDARY_MS + ADVANCE_MS
    assert passing(hall.clerk, behind)["ahead"] == 2
    later(hall, MINUTE_MS)
    elderly = hall.kiosk.take("A", "elderly")
    assert passing(hall.clerk, me)["ahead"] == 2, "who has passed already stands before"
    assert passing(hall.clerk, elderly)["ahead"] == 0
    all_whole(hall)


def test_a_window_whose_main_work_is_another_may_pass(hall: Hall):
    """Windows 9 to 12 are for codes and pick-up first: a code that came later passes me there, for ten minutes."""
    only(hall, 9)
    me = hall.kiosk.take("A")
    for _ in range(2):
        hall.kiosk.take("G")
    told = passing(hall.manager, me)
    assert (told["ahead"], told["may_pass"]) == (0, 2)
    hall.clerk.done(9, "close")
    hall.clerk.done(5, "open")
    assert passing(hall.manager, me)["may_pass"] == 0, "no window that is open prefers them"
    all_whole(hall)


def test_who_belongs_to_a_clerk_passes_there(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    only(hall, 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    hall.kiosk.tell(f"{CASES}/{code}/tickets")
    me = hall.kiosk.take("A")
    assert passing(hall.clerk, me)["ahead"] == 1
    tied = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    told = passing(hall.clerk, {**tied})
    assert told["until"] == tied["place"] + SECONDARY_MS + TIE_MS + ADVANCE_MS, "a tie may hold somebody back, too"
    all_whole(hall)


def test_only_who_waits_can_be_passed(hall: Hall):
    me = hall.kiosk.take("A")
    hall.clerk.done(5, "next")
    for path in (f"{HALL}/tickets/{me['id']}/passing", f"{API}/tickets/{me['token']}/passing"):
        assert refused(hall.clerk.ask(path), 409, "not-waiting")["number"] == me["number"]
    all_whole(hall)


def test_first_come_and_head_start(hall: Hall):
    first = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    me = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    elderly = hall.kiosk.take("A", "elderly")
    for window in (5, 6):
        hall.clerk.done(window, "next")
    told = before(hall.clerk, me, elderly["number"])
    assert cause(told) == ("head-start", 19)
    assert (told["number"], told["window"]) == (elderly["number"], 5)
    assert cause(before(hall.clerk, me, first["number"])) == ("place", 1)
    hall.clerk.done(7, "next")
    assert cause(before(hall.clerk, me, first["number"])) == ("place", 1), "it can be asked afterwards, too"
    all_whole(hall)


def test_main_work_tie_and_not_here(start: Start, database: Database, tmp_path: Path):
    windows = [
        {"window": 1, "serves": {"A": 0, "G": "10 min"}},
        {"window": 2, "serves": {"G": 0}},
        {"window": 3, "serves": dict.fromkeys("BCDEFZ", 0)},
    ]
    hall = start(database, file=own_file(tmp_path, windows=windows))
    code = hall.kiosk.take("G")
    later(hall, MINUTE_MS)
    permit = hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    assert cause(before(hall.clerk, code, permit["number"])) == ("main-work", 10)
    hall.clerk.done(2, "next")
    waiting = hall.kiosk.take("A")
    hall.clerk.done(1, "finish", outcome="completed")
    hall.clerk.done(2, "finish", outcome="completed")
    other = hall.kiosk.take("G")
    hall.clerk.done(2, "next")
    assert cause(before(hall.clerk, waiting, other["number"])) == ("not-here", 0), "window 2 never serves A"
    all_whole(hall)


def test_a_tie_and_who_was_not_waiting(hall: Hall):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    later(hall, 5 * MINUTE_MS)
    me = hall.kiosk.take("A", "elderly")
    assert hall.clerk.done(6, "next")["id"] == me["id"], "the other came earlier, but is chen's for ten minutes"
    told = before(hall.clerk, back, me["number"])
    assert cause(told)[0] == "tie"
    assert chen.done(5, "next")["id"] == back["id"]
    hall.clerk.done(6, "hold", kind="papers-with-visitor")
    next_one = hall.kiosk.take("A")
    hall.clerk.done(6, "next")
    assert cause(before(hall.clerk, me, next_one["number"])) == ("not-waiting", 0), "I was put aside then"
    hall.clerk.done(6, "rejoin", ticket=me["id"])
    assert cause(before(hall.clerk, me, next_one["number"])) == ("not-waiting", 0), "and still was when I am back"
    assert hall.clerk.done(7, "next")["id"] == me["id"]
    assert cause(before(hall.clerk, me, next_one["number"])) == ("not-waiting", 0)
    all_whole(hall)


def test_the_order_is_explained_as_the_hall_was_then(hall: Hall, tmp_path: Path):
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    later(hall, 5 * MINUTE_MS)
    me = hall.kiosk.take("A", "elderly")
    assert hall.clerk.done(5, "next")["id"] == back["id"], "a program calls, but chen sits there"
    told = before(hall.clerk, me, back["number"])
    assert cause(told) == ("head-start", 5), "without being back in time they would stand behind me"
    hall.clerk.done(5, "finish", outcome="completed")
    chen.done(5, "sign-out")
    assert before(hall.clerk, me, back["number"]) == told, "though chen has left"
    file = own_file(tmp_path, windows=[{"window": 6, "serves": dict.fromkeys("ABCDEFGZ", 0)}])
    with hall.database.engine().begin() as db:
        plans.keep(db, plans.Plan(hall_file.read(file), 1, 1, "administrator"))
    later(hall, MINUTE_MS)
    hall.kiosk.take("B")
    assert len(hall.database.sql("SELECT * FROM windows")) == 1
    assert before(hall.clerk, me, back["number"]) == told, "though the window is gone"
    all_whole(hall)


def test_a_direct_call_says_so(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=own_file(tmp_path, settings={"direct_call": True}))
    me, given = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.clerk.done(5, "call-given", ticket=given["id"], reason="陪同人员赶车")
    assert cause(before(hall.clerk, me, given["number"])) == ("direct", 0)
    all_whole(hall)


def test_a_call_that_was_taken_back_is_none(hall: Hall):
    first, me = hall.kiosk.take("A"), hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    hall.clerk.done(5, "next")
    hall.clerk.done(5, "undo")
    refused(ask_before(hall.clerk, me["id"], first["number"]), 409, "not-called-before")
    hall.clerk.done(6, "next")
    told = before(hall.clerk, me, first["number"])
    assert (told["window"], told["cause"]) == (6, cause(told)[0])
    all_whole(hall)


def test_what_the_question_refuses(hall: Hall):
    me = hall.kiosk.take("A")
    other = hall.kiosk.take("A")
    problem = refused(ask_before(hall.clerk, me["id"], other["number"]), 409, "not-called-before")
    assert (problem["number"], problem["other"]) == (other["number"], me["number"])
    refused(ask_before(hall.clerk, me["id"], me["number"]), 409, "not-called-before")
    assert refused(ask_before(hall.clerk, me["id"], "A777"), 404, "unknown-number")["number"] == "A777"
    for number in ("a001", "A1", "A001\x00", ""):
        refused(ask_before(hall.clerk, me["id"], number), 422, "invalid-query")
    for ticket in ("0" * 32, "x", "%00"):
        refused(ask_before(hall.clerk, ticket, "A001"), 404, "unknown-ticket")
        refused(hall.clerk.ask(f"{HALL}/tickets/{ticket}/passing"), 404, "unknown-ticket")
    for token in ("x", me["token"][:-1] + ("A" if me["token"][-1] != "A" else "B")):
        refused(hall.nobody.ask(f"{API}/tickets/{token}/passing"), 404, "unknown-ticket")
        refused(hall.nobody.ask(f"{API}/tickets/{token}/before", params={"number": "A001"}), 404, "unknown-ticket")
    refused(hall.kiosk.ask(f"{HALL}/tickets/{me['id']}/passing"), 403, "wrong-role")
    refused(hall.nobody.ask(f"{HALL}/tickets/{me['id']}/passing"), 401, "token-missing")
    hall.clerk.done(5, "next")
    refused(ask_before(hall.clerk, other["id"], other["number"]), 409, "not-called-before")
    refused(ask_before(hall.clerk, me["id"], other["number"]), 409, "not-called-before")
    later(hall, 30 * HOUR_MS)
    hall.kiosk.take("B")
    refused(hall.nobody.ask(f"{API}/tickets/{me['token']}/passing"), 404, "unknown-ticket")
    all_whole(hall)


def ask_before(client: Client, ticket: str, number: str) -> Any:
    """Ask why a number was called first."""
    return client.ask(f"{HALL}/tickets/{ticket}/before", params={"number": number})


@pytest.mark.parametrize("role", ["clerk", "manager", "guide"])
def test_who_explains_the_order(hall: Hall, role: str):
    """Those whom visitors ask: the clerk, the manager and the guide."""
    first, me = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.clerk.done(5, "next")
    client = hall.client(hall.token(role))
    assert cause(before(client, me, first["number"]))[0] in ("place", "entered-first")
    assert passing(client, me)["ahead"] == 0


def test_the_question_is_not_asked_without_end(hall: Hall):
    """A phone that asks in a loop is slowed down; 125 questions fall into at most two minutes' allowances of 60."""
    me = hall.kiosk.take("A")
    replies = [hall.nobody.ask(f"{API}/tickets/{me['token']}/passing") for _ in range(125)]
    slowed = [reply for reply in replies if reply.status_code != 200]
    assert len(slowed) >= 5
    for reply in slowed:
        assert refused(reply, 429, "too-many-requests")["detail"]
        assert reply.headers["Retry-After"] == "60"
    all_whole(hall)
