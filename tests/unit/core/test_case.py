"""The case over days: papers, the promise and its clock, hand-over, the end, and what a manager must look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from queue_server.core import case as cases
from queue_server.core.business import Business, Item, Paper
from queue_server.core.calendar import Calendar
from queue_server.core.case import Case
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.ticket import Act, State
from tests.unit.core.small_hall import NINE, text, ticket

CALENDAR = Calendar(frozenset({"2026-11-25"}), {"2026-11-28": 2})
TUESDAY, FRIDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)
OPEN = Case("k1", "C0DE", "A", "new", "li", NINE)
PROMISED = replace(OPEN, promised_on="2026-11-27")
STOPPED = replace(PROMISED, stopped_on="2026-11-24")
ITEM = Item("new", text("new"), (Paper("photo", text("photo"), minor=True),), promise_days=2)
LIST = Item("new", text("new"), tuple(Paper(code, text(code)) for code in ("form", "licence", "photo")))
CLOSED = replace(OPEN, closed_at=NINE, outcome="completed")


def test_papers_are_asked_for_at_once_and_each_only_once() -> None:
    asked = cases.ask_papers(OPEN, LIST, ["form", "licence", "form"], "2026-12-01", TUESDAY)
    checked = {"photo": "2026-11-24"}
    assert asked == replace(OPEN, missing=("form", "licence"), return_by="2026-12-01", checked=checked, told=1)
    assert cases.papers_complete(asked) == replace(OPEN, checked=checked, told=1)


def test_what_was_in_order_keeps_the_day_it_was_looked_at() -> None:
    first = cases.ask_papers(OPEN, LIST, ["licence"], "2026-12-01", TUESDAY)
    again = cases.ask_papers(first, LIST, ["photo"], "2026-12-01", FRIDAY)
    assert again.checked == {"form": "2026-11-24", "licence": "2026-11-27"}
    assert again.told == 2


def asked_for(no: int, case: Case) -> Entry:
    return Entry(no, NINE, "main", cases.PAPERS_ASKED, "x", "staff:li", facts={"case": dict(cases.as_facts(case))})


def test_the_slip_tells_the_asking_that_stands() -> None:
    first = cases.ask_papers(OPEN, LIST, ["licence"], "2026-12-01", TUESDAY)
    second = cases.ask_papers(first, LIST, ["photo"], "2026-12-01", FRIDAY)
    told = [asked_for(1, first), asked_for(2, second), asked_for(3, second)]
    assert cases.told_as(second, told).no == 3, "the second time was taken back and done again"
    assert cases.told_as(first, told).no == 1, "and here only taken back"
    for nothing, entries in ((cases.papers_complete(first), told), (first, told[1:])):
        with pytest.raises(Refusal) as refused:
            cases.told_as(nothing, entries)
        assert refused.value.code == "no-slip"


def test_a_reason_is_given_for_what_is_missing() -> None:
    cases.check_reasons(["form", "photo"], ["photo"])
    with pytest.raises(Refusal) as refused:
        cases.check_reasons(["form"], ["photo"])
    assert (refused.value.code, refused.value.facts) == ("unknown-paper", {"paper": "photo"})


def test_a_promise_runs_over_working_days() -> None:
    assert cases.promise(OPEN, TUESDAY, 2, CALENDAR) == PROMISED


def test_a_promise_once_given_stands() -> None:
    assert cases.promise(PROMISED, FRIDAY, 9, CALENDAR) == PROMISED


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
    ("known", "business", "outcome", "served", "closes"),
    [
        (OPEN, "A", "completed", (), "completed"),
        (OPEN, "A", "certificate-handed-over", (), "certificate-handed-over"),
        (OPEN, "A", "referred", (), None),
        (OPEN, "A", "papers-missing", (), None),
        (None, "A", "completed", (), None),
        (OPEN, "B", "completed", (), None),
        (CLOSED, "A", "completed", (), None),
        (OPEN, "A", "completed", (("new", "completed"), ("copy", "referred")), "completed"),
        (OPEN, "A", "completed", (("new", "referred"), ("copy", "completed")), None),
        (OPEN, "A", "completed", (("copy", "completed"),), None),
        (OPEN, "A", "referred", (("new", "completed"),), "completed"),
        (replace(OPEN, item=None), "A", "completed", (("copy", "completed"),), "completed"),
    ],
)
def test_a_finish_closes_the_case_whose_matter_is_done(
    known: Case | None, business: str, outcome: str, served: tuple[tuple[str, str], ...], closes: str | None
) -> None:
    assert cases.ended_as(known, business, outcome, served) == closes


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: cases.stop_clock(OPEN, TUESDAY), "no-promise"),
        (lambda: cases.stop_clock(STOPPED, TUESDAY), "clock-stopped"),
        (lambda: cases.run_clock(PROMISED, TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.run_clock(OPEN, TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.run_clock(replace(OPEN, stopped_on="2026-11-24"), TUESDAY, CALENDAR), "clock-runs"),
        (lambda: cases.hand_over(OPEN, "li"), "same-owner"),
        (lambda: cases.ask_papers(CLOSED, LIST, [], "2026-12-01", TUESDAY), "case-closed"),
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
        (replace(PROMISED, stopped_on="2026-11-27"), MONDAY, ()),
        (replace(PROMISED, stopped_on="2026-11-30"), MONDAY, ("overdue",)),
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


def test_a_promise_is_near_from_two_working_days_before_its_day_on() -> None:
    before = replace(PROMISED, promised_on="2026-11-30")
    assert [cases.near(before, day, CALENDAR) for day in (TUESDAY, FRIDAY, MONDAY)] == [False, True, True]
    assert cases.near(PROMISED, TUESDAY, CALENDAR)
    assert not cases.near(OPEN, MONDAY, CALENDAR)


def test_the_days_left_stand_still_with_the_clock() -> None:
    assert [cases.days_left(STOPPED, day, CALENDAR) for day in (TUESDAY, FRIDAY, MONDAY)] == [2, 2, 2]
    assert cases.days_left(replace(PROMISED, stopped_on="2026-11-30"), MONDAY, CALENDAR) == -2
    runs = cases.run_clock(STOPPED, MONDAY, CALENDAR)
    assert cases.days_left(runs, MONDAY, CALENDAR) == 2, "and go on from there"


def test_only_minor_papers_may_be_owed_and_not_beyond_the_promise() -> None:
    minor, major = Paper("photo", text("photo"), minor=True), Paper("licence", text("licence"))
    cases.owed([minor], FRIDAY, PROMISED)
    cases.owed([minor], MONDAY, OPEN)
    for papers, due, code in (([minor, major], FRIDAY, "paper-not-minor"), ([minor], MONDAY, "due-too-late")):
        with pytest.raises(Refusal) as refused:
            cases.owed(papers, due, PROMISED)
        assert refused.value.code == code
    assert refused.value.facts == {"day": "2026-11-27"}


def test_what_is_accepted_on_promise_has_one_and_all_its_papers_are_known() -> None:
    assert cases.on_promise(ITEM, ["photo"]) == [ITEM.papers[0]]
    for item, missing, code in ((replace(ITEM, promise_days=None), [], "no-promise"), (ITEM, ["x"], "unknown-paper")):
        with pytest.raises(Refusal) as refused:
            cases.on_promise(item, missing)
        assert refused.value.code == code


def test_a_visit_goes_on_with_its_case_or_opens_one_of_its_own() -> None:
    assert cases.goes_on(OPEN, "A", None) == OPEN
    assert cases.goes_on(replace(OPEN, item=None), "A", "renew") == replace(OPEN, item="renew")
    assert cases.goes_on(OPEN, "A", "new") == OPEN
    assert cases.goes_on(replace(CLOSED, item=None), "A", "renew") is None, "it is about nothing any more"
    assert cases.goes_on(CLOSED, "A", CLOSED.item) == CLOSED
    assert cases.goes_on(OPEN, "A", "renew") is None, "another item is another matter"
    assert cases.goes_on(OPEN, "B", "new") is None, "sent on to another business"
    assert cases.goes_on(None, "A", "new") is None


def test_who_is_put_aside_overnight_goes_on_with_a_case_that_is_open() -> None:
    assert cases.goes_on_overnight(OPEN, "A", "new") == OPEN
    assert cases.goes_on_overnight(CLOSED, "A", "new") is None
    assert cases.goes_on_overnight(OPEN, "B", None) is None
    assert cases.goes_on_overnight(None, "A", "new") is None


def test_who_names_no_item_is_here_for_the_one_chosen_that_of_the_case_or_the_only_one() -> None:
    one = Business("A", text("a"), items=(ITEM,))
    two = replace(one, items=(ITEM, replace(ITEM, code="copy")))
    about_copy = replace(OPEN, item="copy")
    assert cases.meant("new", about_copy, two) == "new"
    assert cases.meant(None, about_copy, two) == "copy"
    assert cases.meant(None, about_copy, replace(one, code="B")) == "new", "the case is of another business"
    for nothing in (None, replace(about_copy, item=None), replace(about_copy, closed_at=NINE)):
        assert cases.meant(None, nothing, two) is None
        assert cases.meant(None, nothing, one) == "new"


def test_an_accepted_item_has_a_case_where_days_pass_or_one_came_along() -> None:
    at_once = replace(ITEM, promise_days=None)
    assert cases.has_case("accepted", ITEM, None, "A")
    assert cases.has_case("accepted", at_once, OPEN, "A")
    assert not cases.has_case("accepted", at_once, None, "A")
    assert not cases.has_case("accepted", at_once, OPEN, "B"), "the case is of another business"
    assert not cases.has_case("accepted", replace(at_once, code="copy"), OPEN, "A"), "the case is of another item"
    assert not cases.has_case("completed", ITEM, OPEN, "A")


def test_of_several_items_the_accepted_one_has_the_case_and_a_second_needs_a_number_of_its_own() -> None:
    at_once = replace(ITEM, code="copy", promise_days=None)
    other = replace(ITEM, code="renew")
    about_copy = replace(OPEN, item="copy")
    assert cases.accepted_item(None, "A", [(at_once, "completed"), (ITEM, "accepted")]) == ITEM
    assert cases.accepted_item(None, "A", [(ITEM, "referred"), (at_once, "accepted")]) is None
    assert cases.accepted_item(None, "A", [(ITEM, "accepted"), (ITEM, "accepted"), (other, "referred")]) == ITEM
    assert cases.accepted_item(about_copy, "A", [(at_once, "accepted")]) == at_once
    assert cases.accepted_item(None, "A", []) is None
    for known, second in ((None, other), (about_copy, at_once)):
        with pytest.raises(Refusal) as refused:
            cases.accepted_item(known, "A", [(ITEM, "accepted"), (second, "accepted")])
        assert (refused.value.code, refused.value.facts) == ("one-case", {"item": second.code})


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", [Act.VOID, Act.REJOIN])
def test_who_is_put_aside_overnight_leaves_a_case(state: State, act: Act) -> None:
    assert cases.leaves_case(ticket(state), act) is (state is State.HELD and act is Act.VOID)


def test_papers_are_brought_by_the_day_said_or_so_many_working_days_ahead() -> None:
    assert cases.return_day(FRIDAY, TUESDAY, 2, CALENDAR) == FRIDAY
    assert cases.return_day(None, TUESDAY, 2, CALENDAR) == FRIDAY, "Wednesday is a holiday"
    with pytest.raises(Refusal) as refused:
        cases.return_day(TUESDAY, FRIDAY, 2, CALENDAR)
    assert refused.value.code == "day-past"


def test_a_return_is_in_time_until_the_end_of_the_slips_day() -> None:
    asked = replace(OPEN, return_by="2026-11-27")
    assert [cases.in_time(asked, day) for day in (TUESDAY, FRIDAY, MONDAY)] == [True, True, False]
    assert not cases.in_time(OPEN, TUESDAY)


def test_an_acceptance_completes_the_papers_and_lets_a_new_promise_run() -> None:
    asked = replace(OPEN, missing=("form",), return_by="2026-12-01")
    assert cases.accepted(asked, TUESDAY, 2, CALENDAR) == (PROMISED, "case-promised")
    assert cases.accepted(asked, TUESDAY, None, CALENDAR) == (OPEN, "case-papers-complete")
    assert cases.accepted(PROMISED, FRIDAY, 9, CALENDAR) == (PROMISED, "case-papers-complete")


def test_an_acceptance_lets_a_clock_run_on_that_stood() -> None:
    stopped = replace(PROMISED, stopped_on=TUESDAY.isoformat(), missing=("form",), return_by="2026-12-01")
    found, act = cases.accepted(stopped, FRIDAY, 9, CALENDAR)
    assert act == "case-papers-complete"
    assert found == cases.run_clock(replace(PROMISED, stopped_on=TUESDAY.isoformat()), FRIDAY, CALENDAR)
    assert found.stopped_on is None


def test_an_opening_taken_back_closes_the_case_and_nothing_came_of_it() -> None:
    assert cases.unopened(PROMISED, NINE + 1) == replace(OPEN, closed_at=NINE + 1, outcome="undone")


def test_the_entry_tells_the_whole_case() -> None:
    told = dict(cases.as_facts(replace(OPEN, missing=("form",))))
    assert told == {**vars(OPEN), "missing": ["form"]}
