"""A server that dies in the middle of a busy moment keeps all of it: ties, holds, pauses, calls, timers."""

from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.truth import whole


def test_what_was_going_on_goes_on_after_a_power_cut(hall: Hall):
    chen = hall.person("chen0105")
    chen.done(4, "sign-in")
    clerk = hall.clerk
    kept, spouse, tied, missed, serving = [hall.kiosk.take("A")["id"] for _ in range(5)]
    assert clerk.done(1, "next")["id"] == kept
    clerk.done(1, "hold", kind="papers-kept", note="副本在抽屉")
    assert clerk.done(1, "next")["id"] == spouse
    clerk.done(1, "hold", kind="awaiting", awaits=serving)
    assert clerk.done(1, "next")["id"] == tied
    clerk.done(1, "transfer", business="B", note="王静熟悉此件", to_clerk="0105")
    assert clerk.done(1, "next")["id"] == missed
    clerk.done(1, "more-time", ticket=missed)
    for _ in range(2):
        later(hall, 40 * SECOND_MS)
        clerk.done(1, "recall")
    clerk.done(1, "missed")
    assert clerk.done(2, "next")["id"] == serving
    clerk.done(2, "start")
    clerk.done(3, "pause", reason="system-down")
    clerk.done(6, "help")
    chen.done(4, "sign-out")
    tickets, board = hall.manager.every(), hall.kiosk.board()
    views = [clerk.view(window) for window in (1, 2, 3, 4, 6)]
    hall.server.kill()
    hall.server.start()
    assert hall.manager.every() == tickets
    again = hall.kiosk.board()
    assert {**again, "at": board["at"]} == board
    moving = {"at", "waiting", "next", "undo"}
    for before in views:
        after = clerk.view(before["window"])
        assert {k: v for k, v in after.items() if k not in moving} == {
            k: v for k, v in before.items() if k not in moving
        }
    whole(hall)
    # And everything goes its way: each hold, the way back from a miss, the tie that nobody came back for.
    assert clerk.done(1, "resume", ticket=kept)["state"] == "serving"
    clerk.done(2, "finish", outcome="accepted")
    assert hall.manager.ticket(spouse)["state"] == "waiting"
    assert clerk.done(5, "requeue", ticket=missed)["returns"] == 1
    later(hall, 15 * MINUTE_MS)
    assert soon(hall, tied, tie=None)["business"] == "B"
    clerk.done(3, "unpause")
    whole(hall)
