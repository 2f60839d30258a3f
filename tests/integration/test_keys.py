"""Idempotency: the same request acts once and is answered alike, whatever happens in between."""

import threading
from typing import Any

from tests.running.client import HALL, new_key, refused
from tests.running.hall import Hall


def test_a_repeated_take_is_the_same_number_to_the_byte(hall: Hall):
    body, key = {"business": "A", "priority": ["elderly", "pregnant"], "language": "zh-Hant"}, new_key()
    hall.kiosk.take("A")
    first = hall.kiosk.tell(f"{HALL}/tickets", body, key)
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    again = hall.kiosk.tell(f"{HALL}/tickets", body, key)
    assert (again.status_code, again.content) == (201, first.content)
    assert first.json()["ahead"] == again.json()["ahead"] == 0
    assert len(hall.manager.every()) == 2
    in_another_order = {"language": "zh-Hant", "priority": ["elderly", "pregnant"], "business": "A"}
    assert hall.kiosk.tell(f"{HALL}/tickets", in_another_order, key).content == first.content


def test_every_act_is_repeated_to_the_byte(hall: Hall):
    hall.kiosk.take("A", "elderly")
    hall.kiosk.take("B")
    done = []
    for name, body in (
        ("next", {}),
        ("recall", {}),
        ("start", {}),
        ("finish-next", {"outcome": "accepted"}),
        ("finish", {"outcome": "accepted"}),
    ):
        key = new_key()
        done.append((name, body, key, hall.clerk.act(2, name, key, **body)))
    for name, body, key, first in done:
        again = hall.clerk.act(2, name, key, **body)
        assert (again.status_code, again.content) == (first.status_code, first.content), name
        assert first.status_code == 200, first.text
    assert {t["state"] for t in hall.manager.every()} == {"finished"}


def test_answers_hold_across_a_restart(hall: Hall):
    key, body = new_key(), {"business": "E"}
    first = hall.kiosk.tell(f"{HALL}/tickets", body, key)
    epoch = hall.kiosk.board()["epoch"]
    hall.server.stop()
    hall.server.start()
    again = hall.kiosk.tell(f"{HALL}/tickets", body, key)
    assert (again.status_code, again.content) == (201, first.content)
    assert hall.kiosk.board()["epoch"] == epoch
    assert hall.kiosk.take("E")["number"] == "E002"


def test_a_key_belongs_to_one_request_of_one_caller(hall: Hall):
    key = new_key()
    hall.kiosk.take("A", key=key)
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "B"}, key), 422, "key-reused")
    assert hall.clerk.take("A", key=key)["number"] == "A002", "another caller's key is another key"
    key = new_key()
    hall.clerk.done(1, "next")
    first = hall.clerk.act(1, "recall", key)
    assert first.status_code == 200
    refused(hall.clerk.act(2, "recall", key), 422, "key-reused")
    refused(hall.clerk.act(1, "start", key), 422, "key-reused")


def test_a_key_is_one_to_128_printable_characters(hall: Hall):
    for key in ("", "k" * 129, "has space", "钥匙钥匙".encode().decode("latin-1"), "tab\tinside"):
        refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, key), 422, "key-missing")
    assert hall.manager.every() == []
    for key in ("k", "~!#$%&'*+-.^_`|", "k" * 128):
        hall.kiosk.take("A", key=key)


def test_a_refusal_and_an_empty_queue_are_not_remembered(hall: Hall):
    key = new_key()
    refused(hall.clerk.act(1, "start", key), 409, "nobody-here")
    assert hall.clerk.act(1, "next", new := new_key()).status_code == 204
    hall.kiosk.take("A")
    assert hall.clerk.act(1, "next", new).status_code == 200, "nobody waited then, somebody does now"
    assert hall.clerk.act(1, "start", key).status_code == 200, "refused then, possible now"


def test_a_finish_without_successor_is_remembered(hall: Hall):
    hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    key = new_key()
    assert hall.clerk.act(1, "finish-next", key, outcome="accepted").status_code == 204
    hall.kiosk.take("A")
    again = hall.clerk.act(1, "finish-next", key, outcome="accepted")
    assert (again.status_code, again.content) == (204, b"")
    assert len(hall.clerk.every(state="waiting")) == 1, "the repeated press called nobody"


def test_one_key_pressed_sixteen_times_at_once_acts_once(hall: Hall):
    key, replies = new_key(), []
    clients = [hall.client(hall.tokens["kiosk"]) for _ in range(16)]
    gate = threading.Barrier(len(clients))

    def press(client: Any) -> None:
        gate.wait()
        replies.append(client.tell(f"{HALL}/tickets", {"business": "C"}, key))

    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 16
    assert {(r.status_code, r.content) for r in replies} == {(201, replies[0].content)}
    assert len(hall.manager.every()) == 1


def test_what_is_older_than_two_days_is_forgotten(hall: Hall):
    key = new_key()
    hall.kiosk.take("A", key=key)
    hall.odds.ahead.value += 49 * 3_600_000
    hall.kiosk.take("A")
    assert hall.database.sql("SELECT count(*) FROM requests")[0][0] == 1
