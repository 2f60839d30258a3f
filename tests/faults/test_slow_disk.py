"""A disk that takes its time stops nothing but the acts that wait for it."""

import threading
import time
from collections.abc import Callable

from tests.running.client import API, HALL, refused
from tests.running.crowd import sound, together
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.staff import PASSWORD

COMMIT_US = 20_000
SECONDS = 4.0


def p99(times: list[float]) -> float:
    """The time that at most one in a hundred exceeds."""
    return sorted(times)[int(len(times) * 0.99)]


def test_sockets_and_reads_answer_while_the_disk_is_slow(start: Start, sqlite_database: Database):
    """Two kiosks hammer, each commit blocks its native thread; who only asks is answered in between.

    The disk is slower here than any real one, so that what waits for it stands out on a machine busy with other things.
    """
    hall = start(sqlite_database)
    hall.odds.commit_us.value = 5 * COMMIT_US
    asked: list[float] = []
    joined: list[float] = []
    acts: list[float] = []
    end = time.monotonic() + SECONDS
    socket = hall.socket(hall.tokens["kiosk"])

    def again(work: Callable[[], object], into: list[float], pause: float = 0.0) -> Callable[[], None]:
        def run() -> None:
            while time.monotonic() < end:
                began = time.monotonic()
                work()
                into.append(time.monotonic() - began)
                threading.Event().wait(pause)

        return run

    kiosks = [hall.client(hall.tokens["kiosk"]) for _ in range(2)]
    together(
        *(again(lambda kiosk=kiosk: kiosk.take("A"), acts) for kiosk in kiosks),
        again(lambda: hall.nobody.ask("/healthz").json(), asked, 0.005),
        again(socket.join, joined, 0.005),
    )
    blocked = len(acts) / 2 * 5 * COMMIT_US / 1e6
    assert blocked > SECONDS / 4, "the disk was the bottleneck"
    assert min(acts) >= 5 * COMMIT_US / 1e6, "no number was given before its commit"
    # Were the event loop blocked, every answer would wait behind commits; a busy machine is slow by itself, though.
    assert p99(asked) < blocked / 5
    assert p99(joined) < blocked / 5
    assert sorted(asked)[len(asked) // 2] < min(acts), "half of all questions take less than the fastest act"
    assert sorted(joined)[len(joined) // 2] < min(acts)
    assert socket.beat()["hall"] == "main"
    assert "locked" not in hall.server.said()
    hall.odds.commit_us.value = 0
    sound(hall)


def test_acts_share_a_slow_commit(start: Start, sqlite_database: Database):
    """Sixteen kiosks at once: batches, so that sixteen numbers do not take sixteen commits."""
    hall = start(sqlite_database)
    hall.odds.commit_us.value = 5 * COMMIT_US
    kiosks = [hall.client(hall.tokens["kiosk"]) for _ in range(16)]
    began = time.monotonic()
    together(*(lambda kiosk=kiosk: [kiosk.take("A") for _ in range(5)] for kiosk in kiosks))
    assert time.monotonic() - began < 16 * 5 * 5 * COMMIT_US / 1e6 / 2
    hall.odds.commit_us.value = 0
    sound(hall)


def test_the_command_line_waits_its_turn(start: Start, sqlite_database: Database):
    """A token made beside a busy server on a slow disk: no 'database is locked', on either side."""
    hall = start(sqlite_database)
    hall.odds.commit_us.value = COMMIT_US
    stop = threading.Event()

    def busy() -> None:
        kiosk = hall.client(hall.tokens["kiosk"])
        while not stop.is_set():
            kiosk.take("A")

    def commands() -> None:
        try:
            for _ in range(3):
                made = hall.command("token", "create", "--role", "kiosk")
                assert made.exit_code == 0, made.output
                hall.client(made.output.strip()).take("B")
                checked = hall.command("journal", "verify")
                assert checked.exit_code == 0, checked.output
        finally:
            stop.set()

    together(busy, busy, commands)
    assert "locked" not in hall.server.said()
    hall.odds.commit_us.value = 0
    sound(hall)


def test_who_signs_in_waits_no_longer_than_an_act(start: Start, sqlite_database: Database):
    """Thirty callers keep the writer busy; a session shares a commit with their acts instead of competing with it.

    An act waits for the commit before its own and for its own; signing in is that and a few questions.
    """
    hall = start(sqlite_database)
    people = [f"clerk{n}" for n in range(8)]
    signed = {name: hall.person(name) for name in people}
    hall.odds.commit_us.value = COMMIT_US
    stop = threading.Event()
    acts: list[float] = []
    sessions: list[float] = []

    def timed(work: Callable[[], object], into: list[float]) -> None:
        began = time.monotonic()
        work()
        into.append(time.monotonic() - began)

    def busy() -> None:
        kiosk = hall.client(hall.tokens["kiosk"])
        while not stop.is_set():
            timed(lambda: kiosk.take("A"), acts)

    def clerks() -> None:
        try:
            while len(acts) < 60:
                stop.wait(0.01)
            for name in people:
                again = hall.client()
                timed(lambda name=name, again=again: again.sign_in(name, PASSWORD).raise_for_status(), sessions)
                timed(lambda name=name: signed[name].tell(f"{API}/session/end").raise_for_status(), sessions)
                refused(signed[name].ask(f"{HALL}/windows/1"), 401, "token-missing")
                assert again.ask(f"{HALL}/windows/1").ok
        finally:
            stop.set()

    together(*[busy] * 30, clerks)
    usual = sorted(acts)[len(acts) // 2]
    assert usual > COMMIT_US / 1e6, "the disk was the bottleneck"
    assert len(sessions) == 2 * len(people)
    assert sorted(sessions)[len(sessions) // 2] < 2 * usual
    assert max(sessions) < 4 * usual
    assert "locked" not in hall.server.said()
    hall.odds.commit_us.value = 0
    sound(hall)
