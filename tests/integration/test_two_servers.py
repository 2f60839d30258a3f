"""Two server processes on one PostgreSQL are one hall."""

from tests.running.client import HALL, Client
from tests.running.crowd import Crowd, sound, together
from tests.running.database import Database
from tests.running.fixtures import Start


def test_two_servers_give_and_call_every_number_once(start: Start, postgres_database: Database):
    """Two kiosks and eight clerks on each of two servers, 400 numbers; at four windows somebody sits on either."""
    hall = start(postgres_database)
    second = hall.add_server()
    crowd = Crowd(kiosks=4, numbers_each=100)
    kiosks = [crowd.kiosk(hall.client(hall.tokens["kiosk"], server)) for server in (hall.server, second) * 2]
    places = [(hall.server, window) for window in range(1, 9)] + [(second, window) for window in range(5, 13)]
    clerks = [crowd.clerk(hall.client(hall.tokens["clerk"], server), window) for server, window in places]
    together(*kiosks, *clerks)
    assert len(crowd.numbers) == len(set(crowd.numbers)) == 400
    for prefix in "ACGZ":
        assert sorted(n for n in crowd.numbers if n[0] == prefix) == [f"{prefix}{n:03}" for n in range(1, 101)]
    assert len(crowd.called) == len(set(crowd.called)) == 400
    sound(hall)


def test_one_key_on_two_servers_acts_once(start: Start, postgres_database: Database):
    hall = start(postgres_database)
    second = hall.add_server()
    one, other = hall.client(hall.tokens["kiosk"]), hall.client(hall.tokens["kiosk"], second)
    answers: list[set[bytes]] = []
    for n in range(20):
        replies: list[bytes] = []

        def press(client: Client, key: str = f"the-same-key-{n}", into: list[bytes] = replies) -> None:
            into.append(client.tell(f"{HALL}/tickets", {"business": "A"}, key).content)

        together(lambda: press(one), lambda: press(other))
        answers.append(set(replies))
    assert all(len(each) == 1 for each in answers)
    assert len(hall.manager.every()) == 20
    sound(hall)


def test_what_one_server_writes_reaches_who_listens_to_the_other(start: Start, postgres_database: Database):
    hall = start(postgres_database)
    second = hall.add_server()
    socket = hall.socket(hall.tokens["kiosk"])
    held = socket.join()
    socket.beat()
    elsewhere = hall.client(hall.tokens["kiosk"], second)
    elsewhere.take("A")
    board = socket.board(held["version"] + 1)
    assert board["waiting"][0]["waiting"] == 1
    assert board["epoch"] == held["epoch"] == elsewhere.board()["epoch"]
