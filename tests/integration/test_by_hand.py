"""What a window did by hand without a link, entered afterwards at a real server: as it happened, never over others."""

from pathlib import Path
from typing import Any

from queue_server.core.measures import service_time, waiting_time, walking_time
from queue_server.core.turns import turns
from simulation.history import journal as recorded
from tests.running.client import HALL, new_key, refused
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, later
from tests.running.truth import acts, entries, whole

A_MINUTE, WINDOW = MINUTE_MS, 5


def cut_off(hall: Hall, *numbers: str) -> tuple[int, list[dict[str, Any]]]:
    """When the link of window 5 broke (hall time), after these numbers were taken; half an hour later it is back."""
    taken = [hall.kiosk.take(business) for business in numbers]
    since = hall.kiosk.board()["at"]
    later(hall, 30 * A_MINUTE)
    return since, taken


def line(ticket: dict[str, Any], since: int, **minutes: int) -> dict[str, Any]:
    """A line of which the moments are minutes after the link broke."""
    told: dict[str, Any] = {f"{name}_at": since + at * A_MINUTE for name, at in minutes.items()}
    return {"ticket": ticket["id"], **told, **({"outcome": "completed"} if "finished" in minutes else {})}


def enter(hall: Hall, since: int, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    """Enter a list, which must be taken; what became of each line."""
    told: list[dict[str, Any]] = hall.clerk.done(WINDOW, "by-hand", since=since, lines=[*lines])["lines"]
    return told


def stands(told: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """State and conflict of each line."""
    return [(one["state"], one["conflict"]) for one in told]


def test_three_worked_by_hand_are_entered_as_they_happened(hall: Hall, tmp_path: Path):
    hall.kiosk.take("A")
    there = hall.clerk.done(WINDOW, "next")
    board = hall.kiosk.board()["calls"]
    since, (first, second, third) = cut_off(hall, "A", "A", "B")
    told = enter(
        hall,
        since,
        line(there, since, started=0, finished=2),
        line(first, since, called=3, started=4, finished=9),
        line(second, since, called=10, missed=11),
        line(third, since, called=12, started=13),
    )
    assert stands(told) == [("finished", None), ("finished", None), ("missed", None), ("serving", None)]
    assert [one["number"] for one in told] == [each["number"] for each in (there, first, second, third)]
    assert hall.kiosk.board()["calls"] == board, "nobody is called by a display for what is past"
    shown = hall.kiosk.board()["windows"][WINDOW - 1]
    assert (shown["window"], shown["state"], shown["number"]) == (WINDOW, "serving", third["number"])
    seen = hall.clerk.view(WINDOW)
    assert (seen["ticket"]["id"], seen["ticket"]["why"]["cause"], seen["undo"]) == (third["id"], "by-hand", None)
    assert refused(hall.clerk.act(WINDOW, "undo"), 409, "nothing-to-undo")
    measured = {turn.id: turn for turn in turns(entries(hall))}
    one = measured[first["id"]]
    assert one.called_at == since + 3 * A_MINUTE
    assert waiting_time(one) == since + 3 * A_MINUTE - first["issued_at"]
    assert (walking_time(one), service_time(one)) == (A_MINUTE, 5 * A_MINUTE)
    for entry in entries(hall)[-9:-1]:
        assert (entry.facts or {})["by_hand"] is True
        assert entry.happened < since + 14 * A_MINUTE < entry.at, "recorded now, happened then"
    assert hall.manager.ask(f"{HALL}/floor").json()["reconciliation"]["adds_up"]
    (tmp_path / "journal.jsonl").write_bytes(hall.manager.ask(f"{HALL}/journal").content)
    planned = next(v for v in recorded.read(tmp_path / "journal.jsonl").visits if v.called_at == one.called_at)
    assert (planned.service_ms, planned.window) == (5 * A_MINUTE, WINDOW), "the planner reads it as it happened, too"
    whole(hall)
    hall.clerk.done(WINDOW, "finish", outcome="completed")
    assert acts(hall, third["id"]) == ["issued", "called", "started", "finished"]


def test_what_is_entered_twice_is_answered_alike_and_done_once(hall: Hall):
    since, (first,) = cut_off(hall, "A")
    body = {"since": since, "lines": [line(first, since, called=1, finished=2)]}
    key = new_key()
    told = hall.clerk.act(WINDOW, "by-hand", key, **body)
    known = len(entries(hall))
    again = hall.clerk.act(WINDOW, "by-hand", key, **body)
    socket = hall.socket(hall.tokens["clerk"]).act(WINDOW, "by-hand", key, **body)
    assert (again.status_code, again.content) == (200, told.content)
    assert socket == {"status": 200, "body": told.json()}
    assert stands(enter(hall, since, *body["lines"])) == [("finished", "taken")], "under a new key it is overtaken"
    assert len(entries(hall)) == known + 1


def test_what_the_hall_went_on_with_is_told_and_left_alone(hall: Hall):
    since, (served, back, gone, fine) = cut_off(hall, "A", "A", "A", "A")
    assert hall.clerk.done(6, "next")["id"] == served["id"]
    assert hall.clerk.done(7, "next")["id"] == back["id"]
    hall.clerk.done(7, "hold", kind="papers-with-visitor")
    hall.clerk.done(7, "rejoin", ticket=back["id"])
    hall.clerk.void(gone["id"], "走了")
    before = [hall.manager.ticket(ticket["id"]) for ticket in (served, back, gone)]
    lines = [line(each, since, called=n * 2, finished=n * 2 + 1) for n, each in enumerate((served, back, gone, fine))]
    told = enter(hall, since, *lines)
    assert stands(told) == [("called", "taken"), ("waiting", "came-later"), ("void", "taken"), ("finished", None)]
    assert (told[0]["window"], told[1]["window"]) == (6, None)
    assert [hall.manager.ticket(ticket["id"]) for ticket in (served, back, gone)] == before
    closing = entries(hall)[-1]
    assert (closing.act, closing.window, closing.ticket) == ("by-hand-entered", WINDOW, None)
    said = (closing.facts or {})["lines"]
    assert said[0]["said"] == {k: v for k, v in lines[0].items() if k != "ticket"}, "what was overtaken is on record"
    assert "said" not in said[3]
    whole(hall)


def test_a_number_called_by_hand_is_explained_as_such(hall: Hall):
    since, (first, second, third) = cut_off(hall, "A", "A", "A")
    assert hall.clerk.done(6, "next")["id"] == first["id"]
    enter(hall, since, line(third, since, called=5, finished=9))
    why = hall.manager.ask(f"{HALL}/tickets/{second['id']}/before", params={"number": third["number"]}).json()
    assert (why["cause"], why["window"], why["at"]) == ("by-hand", WINDOW, since + 5 * A_MINUTE)
    other = hall.manager.ask(f"{HALL}/tickets/{first['id']}/before", params={"number": third["number"]}).json()
    assert other["cause"] == "by-hand", "it was called by hand before the other one was called by the order"
    last = hall.manager.ask(f"{HALL}/tickets/{third['id']}/before", params={"number": first["number"]})
    refused(last, 409, "not-called-before")


def test_what_cannot_have_happened_is_refused_whole(hall: Hall):
    since, (one, two) = cut_off(hall, "A", "A")
    known = len(entries(hall))
    early = [line(one, since, called=-1, finished=1)]
    late = [line(one, since, called=1, finished=40)]
    crossed = [line(one, since, called=2, finished=3), line(two, since, called=1, finished=4)]
    for lines, code in ((early, "by-hand-too-early"), (late, "by-hand-not-yet"), (crossed, "by-hand-order")):
        problem = refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=lines), 422, code)
        assert problem["line"] == len(lines)
    assert len(entries(hall)) == known


def test_nobody_is_missed_by_hand_before_three_calls_were_possible(hall: Hall):
    since, (first, second) = cut_off(hall, "A", "A")
    early = {**line(second, since, called=3), "missed_at": since + 3 * A_MINUTE + 39_000}
    body = [line(first, since, called=1, finished=2), early]
    assert refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=body), 409, "too-few-calls")["calls"] == 2
    assert hall.manager.ticket(first["id"])["state"] == "waiting", "the whole list was refused"
    early["missed_at"] += 1_000
    assert stands(enter(hall, since, *body)) == [("finished", None), ("missed", None)]
    stamped = hall.manager.ticket(second["id"])["missed_at"]
    assert stamped == entries(hall)[-1].at, "before nobody could let this visitor in again"
    later(hall, 29 * A_MINUTE)
    assert hall.clerk.done(WINDOW, "requeue", ticket=second["id"])["state"] == "waiting"


def test_who_is_at_the_window_and_not_on_the_list_is_ended_first(hall: Hall):
    since, (there, first) = cut_off(hall, "A", "A")
    assert hall.clerk.done(WINDOW, "next")["id"] == there["id"]
    entered = line(first, since, called=1, finished=2)
    refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=[entered]), 409, "window-busy")
    refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=[line(there, since, called=1)]), 409, "window-busy")
    hall.clerk.done(WINDOW, "finish", outcome="completed")
    assert stands(enter(hall, since, entered)) == [("finished", None)]


def test_who_was_called_again_after_the_list_says_they_left_is_ended_first(hall: Hall):
    hall.kiosk.take("A")
    there = hall.clerk.done(WINDOW, "next")
    since, (first,) = cut_off(hall, "A")
    hall.clerk.done(WINDOW, "recall")
    later(hall, A_MINUTE)
    lines = [line(there, since, started=1, finished=2), line(first, since, called=3, started=4, finished=5)]
    refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=lines), 409, "window-busy")
    assert acts(hall, first["id"]) == ["issued"]
    assert stands(enter(hall, since, lines[0])) == [("called", "came-later")]
    hall.clerk.done(WINDOW, "finish", outcome="completed")
    assert stands(enter(hall, since, *lines)) == [("finished", "taken"), ("finished", None)]
    whole(hall)


def test_only_who_sits_there_enters_it_and_only_what_is_known(hall: Hall):
    since, (first,) = cut_off(hall, "A")
    one = line(first, since, called=1, finished=2)
    refused(hall.person("chen0105").act(WINDOW, "by-hand", since=since, lines=[one]), 403, "not-your-window")
    refused(hall.kiosk.act(WINDOW, "by-hand", since=since, lines=[one]), 403, "wrong-role")
    unknown = {**line(first, since, called=3, finished=4), "ticket": "0" * 32}
    refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=[one, unknown]), 404, "unknown-ticket")
    refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=[{**one, "outcome": "sung"}]), 422, "unknown-outcome")
    for wrong in ({**one, "missed_at": one["called_at"]}, {**one, "outcome": None}):
        problem = refused(hall.clerk.act(WINDOW, "by-hand", since=since, lines=[wrong]), 422, "invalid-body")
        assert (problem["field"], problem["reason"]) == ("lines.0", "not-together")
    assert hall.manager.ticket(first["id"])["state"] == "waiting"


def test_the_list_to_be_kept_is_whom_the_window_would_call(hall: Hall):
    hall.kiosk.take("A")
    elder = hall.kiosk.take("B", "elderly")
    for _ in range(40):
        hall.kiosk.take("C")
    kept = hall.clerk.ask(f"{HALL}/windows/{WINDOW}/call-list").json()
    assert (kept["window"], len(kept["items"])) == (WINDOW, 42)
    assert [each["id"] for each in kept["items"]][:8] == [each["id"] for each in hall.clerk.view(WINDOW)["waiting"]]
    assert kept["items"][0] == {
        "id": elder["id"],
        "number": elder["number"],
        "business": "B",
        "item": None,
        "priority": ["elderly"],
        "reviewed": False,
        "queued_at": elder["queued_at"],
        "more_time": False,
    }


def test_nobody_is_missed_by_hand_while_the_hall_was_evacuated_but_who_was_served_was(hall: Hall):
    taken = [hall.kiosk.take("A"), hall.kiosk.take("A")]
    since = hall.kiosk.board()["at"]
    assert hall.manager.tell(f"{HALL}/evacuate").status_code == 200
    later(hall, 30 * A_MINUTE)
    assert hall.manager.tell(f"{HALL}/back-to-normal").status_code == 200
    missed, served = line(taken[0], since, called=3, missed=6), line(taken[1], since, called=7, started=8, finished=9)
    assert stands(enter(hall, since, missed, served)) == [("waiting", "outside"), ("finished", None)]
    assert hall.clerk.done(WINDOW, "next")["id"] == taken[0]["id"], "it waits where it waited"
    whole(hall)
