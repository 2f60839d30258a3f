"""A detour at a real server: sent to a colleague for one step and back to the first clerk, with the same number."""

from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, later
from tests.running.truth import acts, whole


def test_who_is_sent_away_for_one_step_comes_back_to_the_first_clerk(hall: Hall):
    chen, wang = hall.person("chen0105"), hall.person("wang0207")
    chen.done(1, "sign-in")
    wang.done(4, "sign-in")
    ticket = hall.kiosk.take("A")
    chen.done(1, "next")
    chen.done(1, "start")
    chen.done(1, "transfer", business="B", note="请核对检定证书，核完送回", to_window=4)
    assert wang.done(4, "next")["id"] == ticket["id"]
    first = wang.view(4)["owner"]
    assert first["number"] == "0105", "the window of the detour sees who is responsible"
    wang.done(4, "start")
    later(hall, MINUTE_MS)
    others = [hall.kiosk.take("A")["id"] for _ in range(2)]
    back = wang.done(4, "transfer", business="A", note="证书无误", to_clerk=first["number"])
    assert (back["number"], back["turn"], back["place"]) == (ticket["number"], 3, ticket["place"])
    assert hall.clerk.done(2, "next")["id"] == others[0], "no other window takes it, though it came first"
    again = chen.done(1, "next")
    assert (again["id"], again["why"]["cause"]) == (ticket["id"], "own"), "the first clerk calls it before all others"
    assert [note["text"] for note in chen.view(1)["notes"]] == ["请核对检定证书，核完送回", "证书无误"]
    chen.done(1, "start")
    assert chen.done(1, "finish", outcome="accepted")["state"] == "finished"
    told = acts(hall, ticket["id"])
    assert told == ["issued", *["called", "started", "transferred"] * 2, "called", "started", "finished"]
    whole(hall)
