"""Lists, boards and the hall as they are read: pages to their end, conditional reads, the journal as lines."""

import json

from queue_server.core.journal import chain, parse, tickets
from tests.running.client import HALL, refused
from tests.running.hall import Hall
from tests.running.truth import whole


def test_pages_go_on_until_next_is_null(hall: Hall):
    taken = [hall.kiosk.take(business)["id"] for business in "ABCABCA"]
    found, after, pages = [], None, 0
    while True:
        page = hall.manager.ask(f"{HALL}/tickets", params={"limit": 3, "after": after}).json()
        found += [t["id"] for t in page["items"]]
        after, pages = page["next"], pages + 1
        if after is None:
            break
    assert found == taken
    assert pages == 3
    whole = hall.manager.ask(f"{HALL}/tickets", params={"limit": 7}).json()
    assert (len(whole["items"]), whole["next"]) == (7, None)


def test_a_state_narrows_the_list(hall: Hall):
    for business in "AAA":
        hall.kiosk.take(business)
    hall.clerk.done(1, "next")
    assert [t["number"] for t in hall.clerk.every(state="called")] == ["A001"]
    assert [t["number"] for t in hall.clerk.every(state="waiting")] == ["A002", "A003"]
    assert hall.clerk.every(state="void") == []


def test_a_wrong_query_is_refused(hall: Hall):
    for query in (
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "1001"},
        {"limit": "ten"},
        {"limit": "9" * 30},
        {"limit": ""},
        {"after": "-1"},
        {"after": "x"},
        {"after": "9" * 16},
        {"state": "gone"},
        {"colour": "red"},
    ):
        problem = refused(hall.manager.ask(f"{HALL}/tickets", params=query), 422, "invalid-query")
        assert problem["field"] == next(iter(query))
    assert hall.manager.ask(f"{HALL}/tickets", params={"limit": 1000, "after": "9" * 15}).json() == {
        "items": [],
        "next": None,
    }


def test_the_hall_tells_what_it_is_made_of(hall: Hall):
    facts = hall.kiosk.ask(HALL).json()
    assert facts["hall"] == "main"
    assert set(facts["names"]) == {"zh-Hans", "zh-Hant", "en"}
    assert [b["code"] for b in facts["businesses"]] == [*"ABCDEFGZ"]
    assert [w["window"] for w in facts["windows"]] == [*range(1, 13)]
    assert facts["windows"][8]["serves"] == {"G": 0, "Z": 0, **dict.fromkeys("ABCDEF", 600_000)}
    assert [c["code"] for c in facts["classes"]] == ["elderly", "disabled", "pregnant", "serviceman"]
    assert facts["settings"] == {
        "max_calls": 3,
        "recall_gap_ms": 20_000,
        "return_within_ms": 1_800_000,
        "direct_call": False,
        "pause_reasons": ["short-break", "meal", "system-down", "back-office"],
    }
    assert "accepted" in facts["outcomes"]
    assert facts["public_url"] == ""


def test_the_board_shows_the_newest_ten_calls(hall: Hall):
    for _ in range(12):
        hall.kiosk.take("A")
    for window in range(1, 13):
        hall.clerk.done(window, "next")
    hall.clerk.done(12, "recall")
    board = hall.kiosk.board()
    assert [c["window"] for c in board["calls"]] == [12, 12, 11, 10, 9, 8, 7, 6, 5, 4]
    assert [c["recall"] for c in board["calls"]] == [True] + [False] * 9
    assert len({c["id"] for c in board["calls"]}) == 10
    assert board["calls"][0]["number"] == board["calls"][1]["number"]
    assert board["calls"][0]["zone"] == "3"
    assert {w["state"] for w in board["windows"]} == {"calling"}
    hall.kiosk.take("B")
    waiting = {w["business"]: w for w in hall.kiosk.board()["waiting"]}
    assert (waiting["A"]["waiting"], waiting["B"]["waiting"], waiting["A"]["ahead"]) == (0, 1, 1)


def test_an_unchanged_board_is_not_sent_again(hall: Hall):
    first = hall.kiosk.ask(f"{HALL}/board")
    tag = first.headers["ETag"]
    again = hall.kiosk.ask(f"{HALL}/board", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    hall.kiosk.take("A")
    changed = hall.kiosk.ask(f"{HALL}/board", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert changed.json()["version"] == first.json()["version"] + 1
    assert changed.json()["epoch"] == first.json()["epoch"]


def test_the_journal_as_lines_tells_the_same_as_the_tickets(hall: Hall):
    for business in "AAB":
        hall.kiosk.take(business, "pregnant")
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "finish-next", outcome="accepted")
    reply = hall.manager.ask(f"{HALL}/journal")
    assert reply.headers["Content-Type"].startswith("application/x-ndjson")
    lines = reply.text.splitlines()
    entries = [parse(line) for line in lines]
    assert [e.no for e in entries] == [*range(1, len(entries) + 1)]
    told = {t.id: (t.number, t.state.value, t.place, t.window) for t in tickets(entries).values()}
    assert told == {t["id"]: (t["number"], t["state"], t["place"], t["window"]) for t in hall.manager.every()}
    digest = "0" * 64
    for line, (stored,) in zip(lines, hall.database.sql("SELECT hash FROM journal ORDER BY entry_no"), strict=True):
        digest = chain(digest, line)
        assert digest == stored
        assert json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == line


def test_the_stored_tickets_are_what_the_journal_replays_to(hall: Hall):
    for business in "ABCA":
        hall.kiosk.take(business)
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    hall.clerk.done(2, "next")
    hall.clerk.done(2, "transfer", business="B", note="请转办", to_window=3)
    whole(hall)


def test_healthz_answers_anybody(hall: Hall):
    reply = hall.nobody.ask("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok", "halls": ["main"]})
