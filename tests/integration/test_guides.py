"""What a guide's token may do: find a number, see who asks for help since when and end it, and nothing at a window."""

import pytest

from tests.running.client import HALL, Client, refused
from tests.running.hall import Hall
from tests.running.truth import whole


@pytest.fixture
def guide(hall: Hall) -> Client:
    """A guide of the hall."""
    return hall.client(hall.token("guide"))


def test_a_number_of_today_is_found_by_itself(hall: Hall, guide: Client):
    ids = {ticket["number"]: ticket["id"] for ticket in (hall.kiosk.take(business) for business in "AAB")}
    found = guide.ask(f"{HALL}/tickets", params={"number": "A002"}).json()
    assert ([each["id"] for each in found["items"]], found["next"]) == ([ids["A002"]], None)
    assert guide.every(number="A002", state="missed") == []
    assert guide.every(number="C001") == []
    assert len(guide.every()) == 3
    problem = refused(guide.ask(f"{HALL}/tickets", params={"number": "2"}), 422, "invalid-query")
    assert problem["field"] == "number"


def test_help_tells_since_when_and_a_guide_ends_it(hall: Hall, guide: Client):
    before = guide.ask(f"{HALL}/floor").json()
    assert all(window["help_since"] is None for window in before["windows"])
    hall.clerk.done(4, "help")
    asked = guide.ask(f"{HALL}/floor").json()
    hall.clerk.done(4, "pause", reason="meal")
    hall.clerk.done(4, "unpause")
    now = guide.ask(f"{HALL}/floor").json()
    calls = [window for window in now["windows"] if window["help"]]
    assert [call["window"] for call in calls] == [4]
    assert before["at"] <= calls[0]["help_since"] <= asked["at"], "since it was asked for, whatever happened since"
    assert guide.done(4, "help-ended")["help"] is False
    refused(guide.act(4, "help-ended"), 409, "no-help-asked")
    whole(hall)


@pytest.mark.parametrize("act", ["next", "help", "pause", "open", "finish"])
def test_a_guide_acts_at_no_window(guide: Client, act: str):
    refused(guide.act(4, act), 403, "wrong-role")
