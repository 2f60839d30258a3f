"""Check-in at the kiosk by a code: a booking, a pre-review, a case; refusals in words; an answer that was lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.agent import Agent, KioskSettings
from tests.running.booked import BOOKINGS, DAY, at, book, bookable
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.own_hall import go_to, monday
from tests.running.visits import at_window, seated
from tests.running.wire import Wire

pytestmark = pytest.mark.integration


@pytest.fixture
def booked_hall(start: Start, sqlite_database: Database, tmp_path: Path) -> Hall:
    """A hall that can be booked, on Monday at eight."""
    return bookable(start, sqlite_database, tmp_path)


@pytest.fixture
def wire(booked_hall: Hall) -> Iterator[Wire]:
    """The wire between kiosk and server."""
    between = Wire(booked_hall.server.base)
    yield between
    between.close()


@pytest.fixture
def touch(booked_hall: Hall, wire: Wire) -> Iterator[FlaskClient]:
    """The kiosk's own small server."""
    agent = Agent(KioskSettings(wire.url, booked_hall.tokens["kiosk"]))
    agent.follower.look()
    agent.start()
    yield agent.app.test_client()
    agent.stop()


def press(touch: FlaskClient, key: str, code: str, language: str = "en") -> Any:
    return touch.put(f"/kiosk/presses/{key}-of-the-visitor", json={"code": code, "language": language})


def test_a_booking_is_checked_in_once_and_keeps_what_was_reviewed(booked_hall: Hall, touch: FlaskClient, wire: Wire):
    hall = booked_hall
    code = book(hall.clerk, at("09:30"), item="new", reviewed=True).json()["code"]
    go_to(hall, monday(), "09:25")
    wire.lose_answers = 1
    # Typed in small letters and in groups, as it may stand in a message.
    said = press(touch, "first", f"{code[:3]}-{code[3:]}".lower(), "zh-Hant")
    assert (said.status_code, said.json["ticket"]["number"], said.json["ticket"]["later"]) == (200, "A001", [])
    ticket = hall.manager.every()[0]
    assert (ticket["item"], ticket["language"], ticket["reviewed"]) == ("new", "zh-Hant", True)
    again = press(touch, "second", code)
    assert (again.status_code, again.json["code"]) == (409, "booking-over")
    assert "cancelled or has run out" in again.json["detail"]
    assert wire.lose_answers == 0
    assert len(hall.manager.every()) == 1
    all_whole(hall)


def test_a_booking_of_another_day_says_which(booked_hall: Hall, touch: FlaskClient):
    hall = booked_hall
    code = book(hall.clerk, at("09:30", 1)).json()["code"]
    for language, words in {"zh-Hans": "请那天来", "zh-Hant": "請那天來", "en": "Come on that day"}.items():
        said = press(touch, f"other-day-{language}", code, language)
        assert (said.status_code, said.json["code"]) == (409, "not-today")
        assert words in said.json["detail"]
        assert str(monday() + DAY) in said.json["detail"]


def test_a_cancelled_booking_is_over(booked_hall: Hall, touch: FlaskClient):
    code = book(booked_hall.clerk, at("09:30")).json()["code"]
    assert booked_hall.clerk.tell(f"{BOOKINGS}/{code}/cancel", {}).status_code == 200
    said = press(touch, "cancelled", code)
    assert (said.status_code, said.json["code"]) == (409, "booking-over")


def test_who_comes_back_with_a_case_gets_a_number_of_it_until_it_is_closed(booked_hall: Hall, touch: FlaskClient):
    hall = booked_hall
    go_to(hall, monday(), "09:05")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    case = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    said = press(touch, "back-again", case)
    assert said.status_code == 200
    number = said.json["ticket"]["number"]
    ticket = next(each for each in hall.manager.every() if each["number"] == number)
    assert ticket["tie"], "it belongs to whoever is responsible for the case"
    assert press(touch, "back-again", case).json["ticket"]["number"] == number
    called = chen.done(5, "next")
    assert called["number"] == number
    chen.done(5, "finish", outcome="completed")
    closed = press(touch, "after-all", case)
    assert (closed.status_code, closed.json["code"]) == (409, "case-closed")
    all_whole(hall)


def test_a_code_that_nobody_has_is_no_number(booked_hall: Hall, touch: FlaskClient):
    for key, code in {"no-such-code": "2345678", "no-code-at-all": "ABC"}.items():
        said = press(touch, key, code)
        assert (said.status_code, said.json["code"]) == (404, "unknown-code")
    for nr, code in enumerate(["", "A" * 17, "../tickets", 7]):
        said = touch.put(f"/kiosk/presses/bad-code-of-nr-{nr}", json={"code": code, "language": "en"})
        assert said.status_code == 400
    assert booked_hall.manager.every() == []


def test_a_code_without_a_server_waits_for_it(touch: FlaskClient, booked_hall: Hall, wire: Wire):
    code = book(booked_hall.clerk, at("09:30")).json()["code"]
    wire.cut = True
    said = press(touch, "no-server", code)
    assert (said.status_code, said.json["code"]) == (503, "no-server")
    wire.cut = False
    assert press(touch, "no-server", code).json["ticket"]["number"] == "A001"
