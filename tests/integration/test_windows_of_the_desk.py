"""The window at a real server: open, close, pause, resume, help, two people at one, and what each refuses."""

import pytest

from tests.running.client import Client, refused
from tests.running.crowd import together
from tests.running.hall import Hall
from tests.running.truth import entries, whole


def board_state(hall: Hall, window: int) -> str:
    """What the hall's displays show of a window."""
    state: str = hall.kiosk.board()["windows"][window - 1]["state"]
    return state


def test_a_window_closes_and_opens(hall: Hall):
    closed = hall.clerk.done(4, "close")
    assert closed == {"window": 4, "state": "closed", "paused": None, "help": False}
    assert (board_state(hall, 4), hall.clerk.view(4)["state"]) == ("closed", "closed")
    refused(hall.clerk.act(4, "close"), 409, "window-closed")
    refused(hall.clerk.act(4, "next"), 409, "window-closed")
    refused(hall.clerk.act(4, "pause", reason="meal"), 409, "window-closed")
    assert hall.clerk.done(4, "open")["state"] == "open"
    assert board_state(hall, 4) == "free"
    assert refused(hall.clerk.act(4, "open"), 409, "window-open")["window"] == 4
    told = [(e.act, e.window) for e in entries(hall) if e.no > 13]
    assert told == [("window-closed", 4), ("window-opened", 4)]
    whole(hall)


def test_a_window_pauses_with_a_reason_and_resumes(hall: Hall):
    hall.kiosk.take("A")
    paused = hall.clerk.done(4, "pause", reason="meal")
    assert paused == {"window": 4, "state": "paused", "paused": "meal", "help": False}
    assert (board_state(hall, 4), hall.clerk.view(4)["paused"]) == ("paused", "meal")
    assert refused(hall.clerk.act(4, "next"), 409, "window-paused")["window"] == 4
    refused(hall.clerk.act(4, "pause", reason="meal"), 409, "window-paused")
    assert hall.clerk.done(4, "unpause")["state"] == "open"
    refused(hall.clerk.act(4, "unpause"), 409, "not-paused")
    assert refused(hall.clerk.act(4, "pause", reason="nap"), 422, "unknown-reason")["reason"] == "nap"
    refused(hall.clerk.act(4, "pause"), 422, "invalid-body")
    assert hall.clerk.done(4, "next")["number"] == "A001"
    whole(hall)


def test_a_pause_during_a_service_begins_with_its_end(hall: Hall):
    hall.kiosk.take("A")
    hall.kiosk.take("A")
    hall.clerk.done(4, "next")
    hall.clerk.done(4, "start")
    refused(hall.clerk.act(4, "close"), 409, "window-busy")
    hall.clerk.done(4, "pause", reason="short-break")
    assert board_state(hall, 4) == "serving", "whoever is there is served to the end"
    assert hall.clerk.act(4, "finish-next", outcome="accepted").status_code == 204
    assert [t["state"] for t in hall.manager.every()] == ["finished", "waiting"], "finished, and nobody called"
    assert board_state(hall, 4) == "paused"
    hall.clerk.done(4, "unpause")
    assert hall.clerk.done(4, "next")["number"] == "A002"
    whole(hall)


def test_help_is_asked_for_and_comes(hall: Hall):
    chen, manager = hall.person("chen0105"), hall.person("li0001", "manager")
    chen.done(4, "sign-in")
    assert chen.done(4, "help")["help"] is True
    assert hall.clerk.view(4)["help"] is True
    refused(chen.act(4, "help"), 409, "help-asked")
    assert manager.done(4, "help-ended")["help"] is False, "whoever comes says so, wherever they sit"
    refused(manager.act(4, "help-ended"), 409, "no-help-asked")
    refused(manager.act(4, "help"), 403, "not-your-window")
    whole(hall)


@pytest.mark.parametrize("act", ["open", "close", "pause", "unpause", "undo", "missed", "recall", "start"])
def test_only_who_sits_there_acts_there(hall: Hall, act: str):
    chen, wang = hall.person("chen0105"), hall.person("wang0207")
    wang.done(4, "sign-in")
    body = {"reason": "meal"} if act == "pause" else {}
    assert refused(chen.act(4, act, **body), 403, "not-your-window")["window"] == 4
    refused(hall.kiosk.act(4, act, **body), 403, "wrong-role")
    whole(hall)


def test_a_manager_opens_closes_and_pauses_any_window(hall: Hall):
    chen, manager = hall.person("chen0105"), hall.person("li0001", "manager")
    chen.done(4, "sign-in")
    assert manager.done(4, "pause", reason="system-down")["paused"] == "system-down"
    assert manager.done(4, "unpause")["state"] == "open"
    assert manager.done(4, "close")["state"] == "closed"
    assert manager.done(4, "open")["state"] == "open"
    assert hall.clerk.view(4)["clerk"]["number"] == "0105", "whoever sits there still does"
    refused(manager.act(4, "next"), 403, "not-your-window")
    whole(hall)


def test_two_people_are_never_at_one_window(hall: Hall):
    people = [hall.person(f"clerk{n:04}") for n in range(4)]
    replies: list[int] = []

    def sit(person: Client) -> None:
        replies.append(person.act(4, "sign-in").status_code)

    together(*[lambda person=person: sit(person) for person in people])
    assert sorted(replies) == [200, 409, 409, 409]
    seats = hall.database.sql("SELECT clerk FROM windows WHERE clerk IS NOT NULL")
    assert len(seats) == 1
    whole(hall)


def test_one_person_is_never_at_two_windows(hall: Hall):
    chen = hall.person("chen0105")
    chen.done(4, "sign-in")
    assert refused(chen.act(5, "sign-in"), 409, "clerk-elsewhere")["window"] == 4
    assert chen.done(4, "sign-in")["clerk"]["number"] == "0105", "to sit down twice is to sit there"
    refused(hall.person("wang0207").act(4, "sign-in"), 409, "window-taken")
    whole(hall)
