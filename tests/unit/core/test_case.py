"""The case over days: papers, the promise and its clock, hand-over, the end, and what a manager must look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from queue_server.core import case as cases
from queue_server.core.business import Paper
from queue_server.core.calendar import Calendar
from queue_server.core.case import Case
from queue_server.core.errors import Refusal
from tests.unit.core.small_hall import NINE, text

CALENDAR = Calendar(frozenset({"2026-11-25"}), {"2026-11-28": 2})
TUESDAY, FRIDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)
OPEN = Case("k1", "C0DE", "A", "new", "li", NINE)
PROMISED = replace(OPEN, promised_on="2026-11-27")
STOPPED = replace(PROMISED, stopped_on="2026-11-24")
CLOSED = replace(OPEN, closed_at=NINE, outcome="completed")


def test_papers_are_asked_for_at_once_and_each_only_once() -> None:
    asked = cases.ask_papers(OPEN, ["form", "licence", "form"], "2026-12-01")
    assert asked == replace(OPEN, missing=("form", "licence"), return_by="2026-12-01")
    assert cases.papers_complete(asked) == OPEN


def test_a_promise_runs_over_working_days() -> None:
    assert cases.promise(OPEN, TUESDAY, 2, CALENDAR) == PROMISED


def test_a_promise_once_given_stands() -> None:
    assert cases.promise(PROMISED, FRIDAY, 9, CALENDAR) == PROMISED


def test_a_case_is_about_the_item_that_was_known_first() -> None:
    assert cases.about(replace(OPEN, item=None), "renew") == replace(OPEN, item="renew")
    assert cases.about(OPEN, "renew") == OPEN


def test_nothing_is_asked_for_a_day_that_is_over() -> None:
    cases.not_past(TUESDAY, TUESDAY)
    with pytest.raises(Refusal) as refused:
        cases.not_past(TUESDAY, FRIDAY)
    assert (refused.value.code, refused.value.facts) == ("day-past", {"day": "2026-11-24"})


def test_a_clock_that_stood_gives_its_working_days_back() -> None:
    assert cases.stop_clock(PROMISED, TUESDAY) == STOPPED
    # It stood on Thursday and Friday, so Friday's promise becomes Monday's: Saturday is worked.
    assert cases.run_clock(STOPPED, FRIDAY, CALENDAR) == replace(PROMISED, promised_on="2026-11-30")
    assert cases.run_clock(STOPPED, TUESDAY, CALENDAR) == PROMISED


def test_a_case_is_handed_over_and_closed_with_nothing_left_open() -> None:
    assert cases.hand_over(OPEN, "wang") == replace(OPEN, owner="wang")
    everything = replace(STOPPED, missing=("form",), return_by="2026-12-01")
    ended = cases.close(everything, NINE + 1, "completed")
    assert ended == replace(PROMISED, closed_at=NINE + 1, outcome="completed")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: cases.stop_clock(OPEN, TUESDAY), "no-promise"),
        (lambda: cases.stop_clock(STOPPED, TUESDAY), "clock-stopped"),
        (lambda: cases.run_clock(PROMISED, TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.run_clock(OPEN, TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.run_clock(replace(OPEN, stopped_on="2026-11-24"), TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.hand_over(OPEN, "li"), "same-owner"),
        (lambda: cases.ask_papers(CLOSED, [], "2026-12-01"), "case-closed"),
        (lambda: cases.papers_complete(CLOSED), "case-closed"),
        (lambda: cases.promise(CLOSED, TUESDAY, 2, CALENDAR), "case-closed"),
        (lambda: cases.stop_clock(CLOSED, TUESDAY), "case-closed"),
        (lambda: cases.run_clock(CLOSED, TUESDAY, CALENDAR), "case-closed"),
        (lambda: cases.hand_over(CLOSED, "wang"), "case-closed"),
        (lambda: cases.close(CLOSED, NINE, "completed"), "case-closed"),
    ],
)
def test_what_a_case_refuses(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("case", "today", "found"),
    [
        (OPEN, MONDAY, ()),
        (replace(OPEN, owner=None), MONDAY, ("ownerless",)),
        (replace(OPEN, owner="gone"), MONDAY, ("ownerless",)),
        (PROMISED, FRIDAY, ()),
        (PROMISED, MONDAY, ("overdue",)),
        (STOPPED, MONDAY, ()),
        (replace(OPEN, return_by="2026-11-27"), FRIDAY, ()),
        (replace(OPEN, return_by="2026-11-27"), MONDAY, ("papers-overdue",)),
        (replace(CLOSED, owner=None, promised_on="2026-11-01", return_by="2026-11-01"), MONDAY, ()),
    ],
)
def test_what_a_manager_must_look_at(case: Case, today: date, found: tuple[str, ...]) -> None:
    assert cases.troubles(case, today, ["li", "wang"]) == found


def test_the_days_left_of_a_promise() -> None:
    left = [cases.days_left(PROMISED, day, CALENDAR) for day in (TUESDAY, FRIDAY, MONDAY)]
    assert left == [2, 0, -2]
    assert cases.days_left(OPEN, TUESDAY, CALENDAR) is None


def test_only_minor_papers_may_be_owed_and_not_beyond_the_promise() -> None:
    minor, major = Paper("photo", text("photo"), minor=True), Paper("licence", text("licence"))
    cases.owed([minor], FRIDAY, FRIDAY)
    for papers, due, code in (([minor, major], FRIDAY, "paper-not-minor"), ([minor], MONDAY, "due-too-late")):
        with pytest.raises(Refusal) as refused:
            cases.owed(papers, due, FRIDAY)
        assert refused.value.code == code


def test_the_entry_tells_the_whole_case() -> None:
    told = dict(cases.as_facts(replace(OPEN, missing=("form",))))
    assert told == {**vars(OPEN), "missing": ["form"]}
