"""Socket.IO: who may connect, the board on joining and after each change, and acts that answer as HTTP does."""

import random
from typing import Any

import pytest
import socketio

from tests.running.client import new_key
from tests.running.hall import Hall
from tests.running.socket import Refused, Socket


def same(board: dict[str, Any]) -> dict[str, Any]:
    """A board without the moment at which it was read."""
    return {name: value for name, value in board.items() if name != "at"}


def test_joining_is_answered_with_the_board(hall: Hall):
    hall.kiosk.take("A")
    assert same(hall.socket(hall.tokens["kiosk"]).join()) == same(hall.kiosk.board())


def test_a_call_reaches_who_has_joined(hall: Hall):
    socket = hall.socket(hall.tokens["kiosk"])
    joined = socket.join()
    hall.kiosk.take("A")
    called = hall.clerk.done(5, "next")
    board = socket.board(joined["version"] + 2)
    assert same(board) == same(hall.kiosk.board())
    assert (board["epoch"], board["calls"][0]["number"], board["calls"][0]["window"]) == (
        joined["epoch"],
        called["number"],
        5,
    )


def test_who_has_not_joined_hears_nothing(hall: Hall):
    stranger, member = hall.socket(hall.tokens["kiosk"]), hall.socket(hall.tokens["kiosk"])
    version = member.join()["version"]
    hall.kiosk.take("A")
    member.board(version + 1)
    assert stranger.boards.empty()


def test_a_heartbeat_tells_epoch_and_version(hall: Hall):
    socket = hall.socket(hall.tokens["kiosk"])
    board = socket.join()
    beat = socket.beat()
    assert (beat["hall"], beat["epoch"], beat["version"]) == ("main", board["epoch"], board["version"])
    assert isinstance(beat["at"], int)


def test_what_was_pushed_last_is_what_a_fresh_fetch_gives(hall: Hall):
    """The state a client holds after all pushes equals the state it would fetch, and versions only grow."""
    socket, chance = hall.socket(hall.tokens["kiosk"]), random.Random(20261123)
    held = socket.join()
    for _ in range(60):
        if chance.random() < 0.5:
            hall.kiosk.take(chance.choice("ABGZ"))
        else:
            window, act = (
                chance.randint(1, 3),
                chance.choice(["next", "recall", "start", "finish-next", "finish", "missed"]),
            )
            hall.clerk.act(window, act, **({"outcome": "accepted"} if "finish" in act else {}))
    last = hall.kiosk.board()
    seen = [held["version"]]
    while held["version"] < last["version"]:
        held = socket.boards.get(timeout=20)
        seen.append(held["version"])
        assert held["epoch"] == last["epoch"]
    assert same(held) == same(last)
    assert seen == sorted(set(seen)), "versions only grow"


def test_an_act_is_answered_as_over_http(hall: Hall):
    socket = hall.socket(hall.tokens["clerk"])
    for business in "AAB":
        hall.kiosk.take(business)
    keys = {}
    for act, body in (
        ("next", {}),
        ("recall", {}),
        ("start", {}),
        ("finish-next", {"outcome": "accepted"}),
        ("finish", {"outcome": "accepted"}),
    ):
        keys[act] = new_key()
        answer = socket.act(2, act, keys[act], **body)
        over_http = hall.clerk.act(2, act, keys[act], **body)
        assert (
            (answer["status"], answer["body"]) == (over_http.status_code, over_http.json()) == (200, answer["body"])
        ), act
    key = new_key()
    http_first = hall.clerk.act(2, "next", key)
    assert socket.act(2, "next", key) == {"status": 200, "body": http_first.json()}
    key = new_key()
    assert socket.act(2, "finish-next", key, outcome="accepted") == {"status": 204, "body": None}
    hall.kiosk.take("A")
    assert socket.act(2, "finish-next", key, outcome="accepted") == {"status": 204, "body": None}
    assert hall.clerk.act(2, "finish-next", key, outcome="accepted").status_code == 204


def test_a_refused_act_is_the_same_problem_as_over_http(hall: Hall):
    socket, kiosk = hall.socket(hall.tokens["clerk"]), hall.socket(hall.tokens["kiosk"])
    key = new_key()
    reply = hall.clerk.act(3, "start", key)
    assert socket.act(3, "start", key) == {"status": 409, "body": reply.json()}
    message = {"key": key, "hall": "main", "act": "next", "window": 1}
    cases: list[tuple[Socket, Any, int, str]] = [
        (kiosk, {**message, "hall": "none"}, 404, "unknown-hall"),
        (kiosk, {**message, "window": 99}, 404, "unknown-window"),
        (kiosk, message, 403, "wrong-role"),
        (socket, {**message, "key": "has space"}, 422, "key-missing"),
        (socket, {**message, "key": 12345678}, 422, "key-missing"),
        (socket, {**message, "act": "dance"}, 422, "unknown-act"),
        (socket, {**message, "act": ["next"]}, 422, "unknown-act"),
        (socket, {**message, "colour": "red"}, 422, "invalid-body"),
        (socket, {**message, "act": "finish", "outcome": "\ud800"}, 400, "malformed-json"),
        (socket, {**message, "act": "finish", "outcome": "\x00"}, 409, "nobody-here"),
        (socket, {**message, "hall": {"a": 1}}, 404, "unknown-hall"),
        (socket, {**message, "window": True}, 404, "unknown-window"),
        (socket, ["next"], 400, "malformed-json"),
        (socket, "next", 400, "malformed-json"),
        (socket, None, 400, "malformed-json"),
    ]
    for who, said, status, code in cases:
        answer = who.call("act", said)
        assert (answer["status"], answer["body"]["code"]) == (status, code), said
    assert kiosk.join("none")["code"] == "unknown-hall"
    for said in (None, [], "main", {"hall": 1}, {"hall": "main", "more": 1}):
        assert kiosk.call("join", said)["code"] in ("invalid-body", "malformed-json"), said
    assert kiosk.join()["hall"] == "main", "the connection has survived all that"


def test_a_clerk_acts_over_the_socket_by_session(hall: Hall):
    chen = hall.person("chen")
    socket = hall.socket(client=chen)
    assert socket.act(4, "next", new_key())["body"]["code"] == "not-your-window"
    key = new_key()
    seated = socket.act(4, "sign-in", key)
    assert seated["body"]["clerk"] == {"name": "chen 静", "number": "chen"}
    assert chen.act(4, "sign-in", key).json() == seated["body"]
    hall.kiosk.take("A")
    assert socket.act(4, "next", new_key())["status"] == 200
    assert socket.join()["windows"][3]["state"] == "calling"


def test_who_has_no_good_token_is_refused(hall: Hall):
    tokens: list[Any] = ["wrong", "", "d.x", "\ud800", 7, ["a"], None]
    for auth in (*({"token": token} for token in tokens), None, "token", []):
        with pytest.raises(Refused):
            _connect(hall, {}, auth)
    assert hall.socket(hall.tokens["kiosk"]).join()["hall"] == "main"
    assert "Traceback" not in hall.server.said()


def test_a_foreign_origin_is_refused_and_a_missing_one_with_a_session(hall: Hall):
    chen = hall.person("chen")
    cookie = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in chen.cookies)}
    token = {"token": hall.tokens["clerk"]}
    foreign = {"Origin": "https://elsewhere.example"}
    # By polling, because a WebSocket client names an origin by itself.
    with pytest.raises(Refused):
        _connect(hall, {**cookie, **foreign}, None)
    with pytest.raises(Refused):
        _connect(hall, foreign, token)
    with pytest.raises(Refused):
        _connect(hall, cookie, None)
    _connect(hall, {**cookie, "Origin": hall.server.base}, None)
    _connect(hall, {}, token)


def test_the_display_page_joins_and_does_not_act(hall: Hall):
    page = hall.nobody.ask("/display/main").text
    token = page[page.index('"token": "') + 10 :]
    display = hall.socket(token[: token.index('"')])
    assert display.join()["hall"] == "main"
    assert display.act(1, "next", new_key())["body"]["code"] == "wrong-role"


def _connect(hall: Hall, headers: dict[str, str], auth: Any) -> None:
    client = socketio.Client(reconnection=False)
    client.connect(hall.server.base, auth=auth, headers=headers, transports=["polling"], wait_timeout=20)
    client.disconnect()
