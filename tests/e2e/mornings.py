"""Mornings that are worth a picture: a hall with people in it, one at the console, one that needs its manager."""

import time

from tests.e2e.shared_hall import RECALL_GAP_S, SharedHall
from tests.running.moments import MINUTE_MS, later
from tests.running.own_hall import go_to, monday

MORNING = "CCGCAZEGCAGZCBGECAZGFACGDECZAGC"


def crowd(hall: SharedHall) -> None:
    """A morning's visitors: some served, some called, the rest waiting."""
    for n, code in enumerate(MORNING):
        hall.kiosk.take(code, *(("elderly",) if n % 9 == 4 else ()))
    for window in (1, 2, 3, 4, 6, 7, 9, 11):
        hall.clerk.done(window, "next")
        hall.clerk.done(window, "start")


def busy_morning(hall: SharedHall) -> None:
    """What a clerk finds in the lists: somebody sent on with notes, somebody put aside, somebody who did not come."""
    colleague = hall.add_clerk()
    client = hall.client()
    client.sign_in(colleague.name, colleague.password)
    client.done(8, "sign-in")
    for kind, note in (
        ("papers-with-visitor", "去复印检验报告"),
        ("awaiting", None),
        (None, "缺检验报告复印件 1 份，已出告知单；营业执照已核对，不用再看。"),
    ):
        client.done(8, "next")
        client.done(8, "start")
        if kind is None:
            client.done(8, "transfer", business="C", note=note, to_window=5)
        else:
            client.done(8, "hold", kind=kind, note=note)
    hall.clerk.done(10, "next")
    for _ in range(2):
        time.sleep(RECALL_GAP_S + 0.2)
        hall.clerk.done(10, "recall")
    hall.clerk.done(10, "missed")


def busy_hall(hall: SharedHall) -> tuple[str, str]:
    """A morning that needs its manager; gives a number that waits and one that was called before it."""
    go_to(hall, monday(), "09:05")
    for window in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11):
        person = hall.add_clerk()
        client = hall.client()
        client.sign_in(person.name, person.password)
        client.done(window, "sign-in")
    hall.clerk.done(12, "close")
    crowd(hall)
    later(hall, 4 * MINUTE_MS)
    hall.clerk.done(10, "pause", reason="back-office")
    for window in (1, 2, 3):
        hall.clerk.done(window, "finish", outcome="accepted")
        hall.clerk.done(window, "next")
    for window in (1, 2):
        hall.clerk.done(window, "start")
    later(hall, 9 * MINUTE_MS)
    waits = hall.kiosk.take("C")
    hall.clerk.done(3, "start")
    later(hall, 8 * MINUTE_MS)
    called = hall.clerk.done(5, "next")
    later(hall, 40_000)
    return str(waits["number"]), str(called["number"])
