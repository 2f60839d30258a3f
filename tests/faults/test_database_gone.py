"""PostgreSQL drops its connections, or goes away and comes back: refused meanwhile, nothing lost, no restart."""

import threading
import time

from tests.running.client import HALL, new_key, refused
from tests.running.crowd import sound, together
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall

HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def stubborn(hall: Hall, numbers: list[str], stop: threading.Event) -> None:
    """Take numbers, each under its key until it is answered."""
    client = hall.client(hall.tokens["kiosk"])
    while not stop.is_set():
        key = new_key()
        while (reply := client.tell(f"{HALL}/tickets", {"business": "A"}, key)).status_code != 201:
            refused(reply, 503, "storage-unavailable")
        numbers.append(reply.json()["number"])


def test_hung_up_connections_are_opened_again(start: Start, postgres_database: Database):
    hall, numbers, stop = start(postgres_database), [], threading.Event()

    def hang_up() -> None:
        try:
            for _ in range(6):
                time.sleep(0.2)
                hall.database.sql(HANG_UP)
        finally:
            stop.set()

    together(hang_up, *(lambda: stubborn(hall, numbers, stop) for _ in range(3)))
    assert len(numbers) == len(set(numbers)) > 6
    assert sorted(numbers) == [t["number"] for t in hall.manager.every()]
    sound(hall)


def test_a_database_that_waits_for_somebody_else_stops_only_acts(start: Start, postgres_database: Database):
    """Another connection holds the hall's row: acts wait for it, reads and sockets do not."""
    hall = start(postgres_database)
    socket = hall.socket(hall.tokens["kiosk"])
    socket.join()
    answers: list[int] = []
    waiting = threading.Thread(target=lambda: answers.append(hall.clerk.take("A")["issued_at"]))
    with hall.database.engine().begin() as db:
        db.exec_driver_sql("SELECT * FROM halls FOR UPDATE")
        waiting.start()
        for _ in range(5):
            assert hall.nobody.ask("/healthz").ok
            assert socket.join()["version"] == 13
            time.sleep(0.05)
        assert answers == []
    waiting.join(20)
    assert len(answers) == 1
    sound(hall)
