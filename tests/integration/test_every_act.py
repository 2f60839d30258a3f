"""Every act of the table over HTTP and over the socket: the same answer, repeated to the byte, restart or not."""

import json
from typing import Any

import pytest

from queue_server.window_acts import WINDOW_ACTS
from tests.running.client import Client, new_key
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall, hall_with
from tests.running.moments import SECOND_MS, later
from tests.running.truth import whole

# The acts on items and their papers need a hall with checklists; tests of cases look after them.
OF_CASES = {"papers-missing", "on-promise"}
Pressed = tuple[str, dict[str, Any], str, int, bytes]


class Day:
    """A short day of one clerk in which every act is pressed at least once, over HTTP or the socket by turns."""

    def __init__(self, hall: Hall, clerk: Client, *, socket_first: bool) -> None:
        self.hall = hall
        self.clerk = clerk
        self.socket = hall.socket(client=clerk)
        self.socket_first = socket_first
        self.pressed: list[Pressed] = []

    def press(self, act: str, **body: Any) -> Any:
        """One act at window 5, which is answered alike on both ways."""
        key = new_key()
        if self.socket_first:
            answer = self.socket.act(5, act, key, **body)
            reply = self.clerk.act(5, act, key, **body)
        else:
            reply = self.clerk.act(5, act, key, **body)
            answer = self.socket.act(5, act, key, **body)
        said = json.loads(reply.content) if reply.content else None
        assert answer == {"status": reply.status_code, "body": said}, act
        assert reply.ok, (act, reply.text)
        self.pressed.append((act, body, key, reply.status_code, reply.content))
        return said

    def serve(self) -> str:
        """Somebody comes and is served."""
        self.hall.kiosk.take("A")
        ticket: str = self.press("next")["id"]
        self.press("start")
        return ticket

    def through(self) -> None:
        """All of it."""
        hall, press = self.hall, self.press
        press("sign-in")
        press("help")
        press("help-ended")
        press("close")
        press("open")
        press("pause", reason="short-break")
        press("unpause")
        ticket = self.serve()
        press("hold", kind="papers-kept", note="副本在抽屉")
        press("resume", ticket=ticket)
        press("hold", kind="papers-with-visitor")
        press("rejoin", ticket=ticket)
        press("call-given", ticket=ticket, reason="材料已补齐")
        press("transfer", business="B", note="请转办", to_window=6)
        press("undo")
        press("finish", outcome="accepted")
        press("mark-timing", ticket=ticket)
        other = hall.kiosk.take("C")["id"]
        press("more-time", ticket=other)
        press("move", ticket=other, business="D")
        press("grade", ticket=other, priority=["elderly"])
        press("next")
        for _ in range(2):
            later(hall, 40 * SECOND_MS)
            press("recall")
        press("missed")
        press("requeue", ticket=other)
        press("next")
        assert press("finish-next", outcome="accepted") is None
        by_hand = {
            "ticket": hall.kiosk.take("A")["id"],
            "called_at": (at := hall.kiosk.board()["at"]),
            "missed_at": None,
        }
        press("by-hand", since=at, lines=[{**by_hand, "finished_at": at, "outcome": "completed"}])
        press("sign-out")

    def again(self) -> None:
        """Every press repeated, in any way, is answered to the byte as it was."""
        for act, body, key, status, content in self.pressed:
            reply = self.clerk.act(5, act, key, **body)
            assert (reply.status_code, reply.content) == (status, content), act


@pytest.mark.parametrize("socket_first", [False, True], ids=["http-first", "socket-first"])
def test_every_act_is_answered_alike_and_repeated_to_the_byte(
    start: Start, database: Database, tmp_path: Any, *, socket_first: bool
):
    hall = start(database, file=hall_with(tmp_path, direct_call=True))
    day = Day(hall, hall.person("chen0105"), socket_first=socket_first)
    day.through()
    assert {act for act, *_ in day.pressed} == set(WINDOW_ACTS) - OF_CASES
    entries = hall.database.sql("SELECT count(*) FROM journal")[0][0]
    tickets = hall.manager.every()
    day.again()
    hall.server.stop()
    hall.server.start()
    day.again()
    assert hall.database.sql("SELECT count(*) FROM journal")[0][0] == entries, "what is repeated is not done again"
    assert hall.manager.every() == tickets
    whole(hall)
