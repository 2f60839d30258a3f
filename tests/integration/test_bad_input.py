"""Whatever is sent is answered with a sentence: never a 500, nothing half done, and the hall goes on."""

import json
import socket
from typing import Any

from tests.running.client import API, HALL, new_key, refused
from tests.running.hall import Hall

DEEP = 30_000


def send(hall: Hall, body: bytes, path: str = f"{HALL}/tickets", **headers: str) -> Any:
    """A POST of raw bytes."""
    said = {"Idempotency-Key": new_key(), "Content-Type": "application/json", **headers}
    return hall.manager.post(f"{hall.manager.base}{path}", data=body, headers=said, timeout=30)


def test_what_is_not_a_json_object(hall: Hall):
    for body in (
        b"{",
        b"[]",
        b'["A"]',
        b'"A"',
        b"7",
        b"null",
        b"true",
        b"\xff\xfe",
        b'{"business": "A"',
        b"{'business': 'A'}",
        b'{"business": NaN}',
        b'{"business": 1e999}',
        b'{"business": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"[" * DEEP,
        b'{"business":' * (DEEP // 6),
        b"[" * DEEP + b"]" * DEEP,
        b'{"business": ' + b"9" * 5000 + b"}",
    ):
        refused(send(hall, body), 400, "malformed-json")
    assert send(hall, b"", f"{HALL}/windows/1/next").status_code == 204, "no body is an empty one"
    assert send(hall, b'{"business":"A"}', Content_Type="text/plain").status_code == 201
    assert len(hall.manager.every()) == 1
    assert "server-error" not in hall.server.said()


def test_too_much_is_refused_before_it_is_read(hall: Hall):
    huge = json.dumps({"business": "A", "x": "y" * 70_000}).encode()
    refused(send(hall, huge), 413, "too-large")
    refused(send(hall, huge, f"{API}/session"), 413, "too-large")
    assert hall.kiosk.take("A")["number"] == "A001"


ODD_TEXTS = ("\x00", "A\x00", "\u202e", "😀" * 4, "'; DROP TABLE tickets; --", "A" * 10_000)


def test_odd_text_is_no_business_no_class_no_outcome_and_no_name(hall: Hall):
    hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    for text in ODD_TEXTS:
        long = len(text) > 1000
        take = hall.kiosk.tell(f"{HALL}/tickets", {"business": text})
        refused(take, 422, "invalid-body" if long else take.json()["code"])
        assert hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", "priority": [text]}).status_code == 422
        assert hall.kiosk.tell(f"{HALL}/tickets", {"business": "A", text: 1}).status_code == 422
        assert hall.clerk.act(1, "finish", outcome=text).status_code == 422
        signed = hall.nobody.tell(f"{API}/session", {"name": text, "password": text})
        assert signed.status_code == (422 if long or "\x00" in text else 403), signed.text
    assert [t["state"] for t in hall.manager.every()] == ["called"]


def test_a_reason_is_kept_as_it_was_said(hall: Hall):
    said = "走了 😀 'quoted' \u202e \" \\ </script>"
    ticket = hall.kiosk.take("A")
    voided = hall.clerk.tell(f"{HALL}/tickets/{ticket['id']}/void", {"reason": said})
    assert voided.json()["state"] == "void"
    assert hall.database.sql("SELECT reason FROM tickets")[0][0] == said
    ticket = hall.kiosk.take("A")
    for reason in ("", "x" * 201, "nul\x00", 7, None):
        refused(hall.clerk.tell(f"{HALL}/tickets/{ticket['id']}/void", {"reason": reason}), 422, "invalid-body")
    assert hall.command("journal", "verify").exit_code == 0


ODD_PARTS = ("%00", "A%00", "%F0%9F%98%80", "%ED%A0%80", "%FF", "%27%22", "x" * 300, "1e1", "-1", "１")


def test_odd_paths_lead_nowhere(hall: Hall):
    for part in ODD_PARTS:
        leads_nowhere(hall, part)


def leads_nowhere(hall: Hall, part: str) -> None:
    """Wherever an address has a part of its own, this one is not there."""
    assert hall.manager.ask(f"{API}/halls/{part}/board").status_code == 404
    assert hall.manager.ask(f"{HALL}/windows/{part}").status_code == 404
    assert hall.manager.tell(f"{HALL}/windows/{part}/next").status_code == 404
    refused(hall.manager.tell(f"{HALL}/tickets/{part}/void", {"reason": "x"}), 404, "unknown-ticket")
    refused(hall.nobody.ask(f"{API}/tickets/{part}"), 404, "unknown-ticket")
    for query in (f"state={part}", f"after={part}", f"limit={part}", f"{part}=1"):
        if query != "limit=１":
            refused(hall.manager.ask(f"{HALL}/tickets?{query}"), 422, "invalid-query")


def test_one_bad_request_does_not_take_the_others_of_its_batch_along(hall: Hall):
    """Text that a database cannot hold is refused before it gets there."""
    replies = [hall.manager.tell(f"{HALL}/tickets/%00/void", {"reason": "x"}).status_code for _ in range(3)]
    assert replies == [404] * 3
    assert hall.kiosk.take("A")["number"] == "A001"
    assert "commit-failed" not in hall.server.said()


def test_odd_credentials_are_nobody(hall: Hall):
    for value in ("Bearer", "Bearer ", "Basic YTpi", "Bearer \u00ff\u00fe", "Bearer d.", "Bearer " + "x" * 5000):
        reply = hall.nobody.ask(f"{HALL}/board", headers={"Authorization": value.encode("latin-1")})
        refused(reply, 401, "token-missing")


def test_what_is_not_http_ends_there(hall: Hall):
    for said in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", hall.server.port), timeout=10) as raw:
            raw.sendall(said)
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(4096):
                pass
    assert hall.nobody.ask("/healthz").ok
