"""A visitor's own page: public, for who has the token on the slip, on its day; everybody else learns nothing."""

import base64

from tests.running.client import API, refused
from tests.running.hall import Hall

DAY_MS = 86_400_000


def test_anyone_with_the_token_sees_the_ticket(hall: Hall):
    hall.kiosk.take("A")
    token = hall.kiosk.take("A", "elderly")["token"]
    hall.kiosk.take("Z", "elderly")
    reply = hall.nobody.ask(f"{API}/tickets/{token}")
    status = reply.json()
    assert reply.headers["Cache-Control"] == "no-store"
    assert (status["number"], status["state"], status["ahead"], status["window"]) == ("A002", "waiting", 0, None)
    assert (status["hall"], status["windows_open"]) == ("main", 12)
    assert set(status["names"]) == {"zh-Hans", "zh-Hant", "en"}
    hall.clerk.done(8, "next")
    status = hall.nobody.ask(f"{API}/tickets/{token}").json()
    assert (status["state"], status["ahead"], status["window"], status["calls"]) == ("called", None, 8, 1)


def test_people_ahead_grow_fewer(hall: Hall):
    tokens = [hall.kiosk.take("A")["token"] for _ in range(3)]
    ahead = [hall.nobody.ask(f"{API}/tickets/{token}").json()["ahead"] for token in tokens]
    assert ahead == [0, 1, 2]
    hall.clerk.done(1, "next")
    assert hall.nobody.ask(f"{API}/tickets/{tokens[2]}").json()["ahead"] == 1


def test_unknown_forged_and_another_day_are_one_answer(hall: Hall):
    token = hall.kiosk.take("A")["token"]
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    forged = [bytes([*raw[:16], *([0] * 16)]), bytes([raw[0] ^ 1, *raw[1:]]), bytes([*raw[:-1], raw[-1] ^ 1])]
    tried = [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in forged]
    tried += ["x", "0" * 43, token[:-1], token + "A", token + "==", "%00", "%F0%9F%98%80", "%ED%A0%80"]
    answers = {str(refused(hall.nobody.ask(f"{API}/tickets/{each}"), 404, "unknown-ticket")) for each in tried}
    assert hall.nobody.ask(f"{API}/tickets/{token}").status_code == 200
    hall.odds.ahead.value += DAY_MS
    answers.add(str(refused(hall.nobody.ask(f"{API}/tickets/{token}"), 404, "unknown-ticket")))
    assert len(answers) == 1


def test_who_guesses_is_stopped_after_sixty_misses(hall: Hall):
    token = hall.kiosk.take("A")["token"]
    codes = [hall.nobody.ask(f"{API}/tickets/guess{n}").status_code for n in range(125)]
    assert set(codes) == {404, 429}
    # A minute may end in between, and then sixty more are answered.
    assert 60 <= codes.count(404) <= 120
    assert codes[:60] == [404] * 60
    slowed = hall.nobody.ask(f"{API}/tickets/guess-again")
    if slowed.status_code == 429:
        assert int(slowed.headers["Retry-After"]) <= 60
    assert hall.nobody.ask(f"{API}/tickets/{token}").status_code == 200, "a hall's Wi-Fi is one address"
    assert hall.kiosk.ask("/healthz").status_code == 200


def test_one_slip_is_looked_at_sixty_times_a_minute(hall: Hall):
    one, other = hall.kiosk.take("A")["token"], hall.kiosk.take("A")["token"]
    codes = [hall.nobody.ask(f"{API}/tickets/{one}").status_code for _ in range(125)]
    assert codes[:60] == [200] * 60
    assert 60 <= codes.count(200) <= 120
    assert codes.count(429) == 125 - codes.count(200)
    assert hall.nobody.ask(f"{API}/tickets/{other}").status_code == 200, "another slip is another limit"
