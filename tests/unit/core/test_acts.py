"""One act: the ticket afterwards and the one entry that tells it."""

import pytest

from queue_server.core.acts import Entering, Stamp, Wish, change, day_of, issue
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, State, Ticket
from tests.unit.core.small_hall import DAY, HOUR, MINUTE, NINE, small_hall, stamp, ticket

HALL = small_hall()


def take(wish: Wish, at: int = NINE, running: int = 1, no: int = 1) -> tuple[Ticket, Entry]:
    """A number taken in the small hall."""
    return issue(HALL, wish, "t1", running, no, stamp(at), ahead=3)


def test_the_day_is_the_halls_own() -> None:
    assert day_of(HALL, NINE) == "2026-11-24"
    assert day_of(HALL, NINE + DAY - 5 * HOUR - 1) == "2026-11-24"
    assert day_of(HALL, NINE + DAY - 5 * HOUR) == "2026-11-25"


def test_an_issue_makes_a_waiting_ticket() -> None:
    made, _ = take(Wish("B", (), "en"), running=1000, no=17)
    assert made == Ticket(
        id="t1",
        number="B1000",
        business="B",
        day="2026-11-24",
        language="en",
        priority=(),
        state=State.WAITING,
        issued_at=NINE,
        place=NINE,
        base=NINE,
        entered=17,
        entered_at=NINE,
        queued_at=NINE,
        ahead_at_issue=3,
    )


def test_its_entry_tells_the_whole_ticket() -> None:
    made, entry = take(Wish("A", ("elderly",)), no=5)
    told = dict(entry.set or {})
    assert (entry.no, entry.at, entry.hall, entry.act, entry.act_id, entry.by) == (
        5,
        NINE,
        "main",
        "issued",
        "act1",
        "kiosk",
    )
    assert (entry.ticket, entry.window, entry.facts) == ("t1", None, None)
    assert told == {**vars(made), "priority": ["elderly"], "later": []}
    assert made.language == "zh-Hans"


def test_grounds_said_twice_count_once_and_the_largest_places_the_ticket() -> None:
    made, _ = take(Wish("A", ("guide", "elderly", "guide")))
    assert made.priority == ("guide", "elderly")
    assert (made.place, made.base) == (NINE - 20 * MINUTE, NINE)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish("Q"), "unknown-business"),
        (Wish("A", ("nobody",)), "unknown-class"),
        (Wish("Q", ("nobody",)), "unknown-business"),
        (Wish("A", item="new"), "unknown-item"),
        (Wish("A", later=("B", "Q")), "unknown-business"),
    ],
)
def test_what_the_hall_does_not_have_is_refused(wish: Wish, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        take(wish)
    assert refused.value.code == code


def test_a_change_tells_only_what_changed() -> None:
    now = Stamp(NINE + MINUTE, "act2", "li")
    after, entry = change(HALL, ticket(), Act.CALL, 2, now, Told(window=1), {"why": {"cause": "only"}})
    assert (after.state, after.window, after.called_at) == (State.CALLED, 1, NINE + MINUTE)
    assert entry == Entry(
        no=2,
        at=NINE + MINUTE,
        hall="main",
        act="called",
        act_id="act2",
        by="li",
        ticket="t1",
        window=1,
        set={
            "state": "called",
            "window": 1,
            "called_at": NINE + MINUTE,
            "counted_at": NINE + MINUTE,
            "calls": 1,
        },
        facts={"why": {"cause": "only"}},
    )


def test_a_recall_that_does_not_count_is_an_entry_without_a_change() -> None:
    called, _ = change(HALL, ticket(), Act.CALL, 2, stamp(), Told(window=1))
    after, entry = change(HALL, called, Act.RECALL, 3, stamp(NINE + 1))
    assert after == called
    assert (entry.act, entry.set, entry.window, entry.ticket) == ("recalled", None, 1, "t1")


def test_the_outcome_and_the_reason_travel_into_the_entry() -> None:
    serving = ticket(State.SERVING, window=1, called_at=NINE, started_at=NINE, calls=1)
    done, entry = change(HALL, serving, Act.FINISH, 3, stamp(NINE + 1), Told(outcome="accepted"))
    assert entry.set == {"state": "finished", "finished_at": NINE + 1, "outcome": "accepted"}
    assert (entry.act, entry.window, done.outcome) == ("finished", 1, "accepted")
    gone, entry = change(HALL, ticket(), Act.VOID, 3, stamp(NINE + 1), Told(reason="left"))
    assert entry.set == {"state": "void", "finished_at": NINE + 1, "reason": "left"}
    assert (entry.act, entry.window, gone.reason) == ("voided", None, "left")


def test_a_change_refuses_what_the_step_refuses() -> None:
    with pytest.raises(Refusal, match="wrong-state"):
        change(HALL, ticket(), Act.START, 2, stamp())


def test_who_leaves_a_window_leaves_it_in_the_entry_that_was_made_there() -> None:
    serving = ticket(State.SERVING, window=1, called_at=NINE, started_at=NINE, calls=1)
    told = Told(window=1, place=NINE, entered=3, business="B")
    after, entry = change(HALL, serving, Act.TRANSFER, 3, stamp(NINE + 1), told)
    assert (after.window, entry.window, (entry.set or {})["window"]) == (None, 1, None)
    held, entry = change(HALL, serving, Act.VOID, 3, stamp(NINE + 1), Told(reason="left"))
    assert (held.window, entry.window) == (1, 1)


@pytest.mark.parametrize(
    ("state", "act"),
    [(State.HELD, Act.VOID), (State.MISSED, Act.VOID), (State.HELD, Act.GRADE), (State.FINISHED, Act.MARK_TIMING)],
)
def test_what_is_done_elsewhere_with_who_has_left_a_window_is_no_act_of_that_window(state: State, act: Act) -> None:
    before = ticket(state, window=1, called_at=NINE, started_at=NINE, calls=1)
    told = {"reason": "left", "priority": ("elderly",), "place": NINE}
    after, entry = change(HALL, before, act, 3, stamp(NINE + 1), Told(**told))
    assert (after.window, entry.window) == (1, None)
    assert change(HALL, before, act, 3, stamp(NINE + 1), Told(window=2, **told))[1].window == 2


def test_the_outcome_of_a_turn_that_goes_on_stands_in_its_entry() -> None:
    serving = ticket(State.SERVING, window=1, called_at=NINE, started_at=NINE, calls=1, later=("B",))
    told = Told(place=NINE, entered=3, outcome="accepted")
    after, entry = change(HALL, serving, Act.NEXT_TURN, 3, stamp(NINE + 1), told, {"quantity": 2})
    assert (after.outcome, entry.facts) == (None, {"quantity": 2, "outcome": "accepted"})
    assert change(HALL, serving, Act.NEXT_TURN, 3, stamp(NINE + 1), told)[1].facts == {"outcome": "accepted"}


def test_a_number_for_several_businesses_and_papers_checked_before() -> None:
    made, _ = take(Wish("A", later=("B", "C"), reviewed=True))
    assert (made.later, made.reviewed, made.item) == (("B", "C"), True, None)


def test_who_is_booked_or_comes_back_enters_where_the_cause_says() -> None:
    at = Entering(NINE - 5 * MINUTE, NINE - MINUTE, "cli", "C1", NINE + MINUTE)
    made, entry = issue(HALL, Wish("A", ("elderly",)), "t1", 1, 7, stamp(), 0, at)
    assert (made.place, made.base, made.tie, made.case, made.callable_from) == (
        at.place,
        at.base,
        "cli",
        "C1",
        NINE + MINUTE,
    )
    assert (made.entered, made.entered_at, made.queued_at) == (7, NINE, NINE)
    assert (entry.set or {})["callable_from"] == NINE + MINUTE
