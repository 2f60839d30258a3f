"""Every refusal: its status, its code, its sentence in three languages, and the order in which things are checked."""

import json
from pathlib import Path
from typing import Any

from queue_server.api.problems import STATUS
from tests.running.client import API, HALL, Client, refused
from tests.running.hall import Hall

LANGUAGES = Path(__file__).parents[2] / "queue_server" / "languages"


def test_checks_come_in_their_order(hall: Hall):
    """404 before 401 before 403 before the body: each caller learns only what is theirs to know."""
    worst = {"json": ["not an object"]}
    for path, code in (("none/windows/1/next", "unknown-hall"), ("main/windows/13/next", "unknown-window")):
        refused(hall.nobody.post(f"{hall.nobody.base}{API}/halls/{path}", timeout=10, **worst), 404, code)
    window = f"{HALL}/windows/1/next"
    refused(hall.nobody.post(f"{hall.nobody.base}{window}", timeout=10, **worst), 401, "token-missing")
    refused(hall.client("wrong").post(f"{hall.nobody.base}{window}", timeout=10, **worst), 401, "token-missing")
    refused(hall.kiosk.post(f"{hall.kiosk.base}{window}", timeout=10, **worst), 403, "wrong-role")
    refused(hall.clerk.post(f"{hall.clerk.base}{window}", timeout=10, **worst), 422, "key-missing")
    refused(hall.clerk.tell(window, ["not an object"]), 400, "malformed-json")
    refused(hall.clerk.ask("/api/v1/halls/none/board"), 404, "unknown-hall")
    refused(hall.nobody.ask(f"{HALL}/windows/0"), 404, "unknown-window")
    refused(hall.nobody.ask(f"{HALL}/windows/one"), 404, "unknown-window")
    refused(hall.nobody.ask("/nothing/here"), 404, "unknown-path")
    refused(hall.clerk.put(f"{hall.clerk.base}{window}", timeout=10), 405, "method-not-allowed")


def test_roles_may_do_what_the_table_says(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    asks = {
        f"{HALL}": {"kiosk", "clerk", "manager"},
        f"{HALL}/board": {"kiosk", "clerk", "manager"},
        f"{HALL}/tickets": {"clerk", "manager"},
        f"{HALL}/windows/1": {"clerk", "manager"},
        f"{HALL}/journal": {"manager"},
    }
    tells: dict[str, tuple[dict[str, Any], set[str]]] = {
        f"{HALL}/tickets": ({"business": "A"}, {"kiosk", "clerk", "manager"}),
        f"{HALL}/tickets/{ticket}/void": ({}, {"clerk", "manager"}),
        **{
            f"{HALL}/windows/1/{act}": ({}, {"clerk", "manager"})
            for act in ("next", "recall", "start", "missed", "finish")
        },
    }
    for role in ("kiosk", "clerk", "manager"):
        client: Client = getattr(hall, role)
        for path, may in asks.items():
            assert (client.ask(path).status_code == 403) == (role not in may), (role, path)
        for path, (body, may) in tells.items():
            assert (client.tell(path, body).status_code == 403) == (role not in may), (role, path)


def test_a_token_is_good_for_its_own_hall_alone(hall: Hall):
    refused(hall.client(hall.token("manager", "elsewhere")).ask(f"{HALL}/board"), 403, "wrong-role")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "missing"),
    ({"business": ""}, "too-short"),
    ({"business": 1}, "not-text"),
    ({"business": None}, "not-text"),
    ({"business": ["A"]}, "not-text"),
    ({"business": "A", "priority": "elderly"}, "not-a-list"),
    ({"business": "A", "priority": [1]}, "not-text"),
    ({"business": "A", "language": "fr"}, "not-one-of"),
    ({"business": "A", "colour": "red"}, "unknown-field"),
]


def test_a_wrong_body_is_named_by_its_field(hall: Hall):
    for body, reason in WRONG:
        problem = refused(hall.kiosk.tell(f"{HALL}/tickets", body), 422, "invalid-body")
        assert problem["field"].split(".")[0] == ([*body] or ["business"])[-1]
        assert problem["reason"] == reason


def test_what_is_wrong_with_a_field_is_said_in_the_readers_language(hall: Hall):
    for reader, said in {
        "zh-Hans": "“limit”不对：不能大于 1000。请改正后再查。",
        "zh-Hant": "「limit」不對：不能大於 1000。請改正後再查。",
        "en": "“limit” is not right: it must not be more than 1000. Correct it and ask again.",
    }.items():
        reply = hall.manager.ask(f"{HALL}/tickets", params={"limit": 1001}, headers={"Accept-Language": reader})
        problem = refused(reply, 422, "invalid-query")
        assert (problem["reason"], problem["limit"], problem["detail"]) == ("too-big", 1000, said)
    socket = hall.socket(hall.tokens["kiosk"])
    assert socket.call("join", {"hall": 7})["reason"] == "not-text"
    message = {"key": "a-key", "hall": "main", "window": 1, "act": "finish", "outcome": ""}
    body = hall.socket(hall.tokens["clerk"]).call("act", message)["body"]
    assert (body["field"], body["reason"], body["limit"]) == ("outcome", "too-short", 1)


def test_what_the_hall_does_not_have(hall: Hall):
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "Q"}), 422, "unknown-business")
    assert problem["business"] == "Q"
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "priority": ["vip"]}), 422, "unknown-class")
    hall.kiosk.take("A")
    refused(hall.clerk.act(1, "start"), 409, "nobody-here")
    hall.clerk.done(1, "next")
    refused(hall.clerk.act(1, "finish", outcome="unheard-of"), 422, "unknown-outcome")
    refused(hall.clerk.act(1, "finish"), 422, "invalid-body")
    assert refused(hall.clerk.act(1, "next"), 409, "window-busy")["window"] == 1
    hall.clerk.done(1, "start")
    assert refused(hall.clerk.act(1, "recall"), 409, "wrong-state")["number"] == "A001"
    refused(hall.clerk.act(1, "missed"), 409, "wrong-state")
    refused(hall.clerk.tell(f"{HALL}/tickets/{'0' * 32}/void", {"reason": "x"}), 404, "unknown-ticket")
    refused(hall.clerk.act(1, "sign-in"), 409, "persons-only")
    assert hall.manager.every()[0]["state"] == "serving", "what was refused changed nothing"


def test_a_closed_window_does_not_call(hall: Hall):
    hall.kiosk.take("A")
    hall.database.sql('UPDATE windows SET open = :no WHERE "window" = 4', no=False)
    refused(hall.clerk.act(4, "next"), 409, "window-closed")
    assert hall.kiosk.board()["windows"][3]["state"] == "closed"


def test_each_refusal_speaks_three_languages(hall: Hall):
    said = {
        name: json.loads((LANGUAGES / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("zh-Hans", "zh-Hant", "en")
    }
    assert all(set(texts) == set(STATUS) for texts in said.values())
    asked = {
        "zh-Hans": "zh-Hans",
        "zh-Hant": "zh-Hant",
        "en": "en",
        "zh-CN,zh;q=0.9": "zh-Hans",
        "zh-TW": "zh-Hant",
        "zh-HK,en;q=0.5": "zh-Hant",
        "en-GB": "en",
        "fr": "zh-Hans",
        "": "zh-Hans",
    }
    for accepted, language in asked.items():
        reply = hall.clerk.ask(f"{HALL}/windows/99", headers={"Accept-Language": accepted})
        problem = refused(reply, 404, "unknown-window")
        assert problem["title"] == said[language]["unknown-window"]["title"], accepted
        assert "99" in problem["detail"]


def test_a_problem_never_shows_more_than_it_was_told(hall: Hall):
    """Long nonsense comes back cut, and as text."""
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "<b>" + "x" * 13}), 422, "unknown-business")
    assert len(problem["business"]) <= 16
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "{title}{0}"}), 422, "unknown-business")
    assert "{title}{0}" in problem["detail"]
