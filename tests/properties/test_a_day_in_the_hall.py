"""Random halls, random presses: the four guarantees, exact undo, ends that stay, sums, times and the journal."""

from collections import Counter

import pytest
from hypothesis import given

from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry, parse, tickets, verify
from queue_server.core.measures import busy_time, open_time, reconciliation, service_time
from queue_server.core.numbering import business_day, day_end
from queue_server.core.steps import gap
from queue_server.core.ticket import FINAL, Hold, State, Ticket
from queue_server.core.timers import next_timer
from queue_server.core.turns import turns
from tests.properties.drawn import Press, Story, stories
from tests.properties.guarantees import check_can_pass
from tests.properties.hall_in_memory import HallInMemory, opened
from tests.properties.observer import Observer
from tests.properties.presses import press
from tests.properties.profiles import DAYS


def check_press(observer: Observer, what: Press) -> None:
    """What holds across one press and right after it."""
    queue = observer.queue
    observer.pass_time(what.later)
    queue.fire()
    observer.catch_up()
    check_nothing_is_overdue(observer)
    before = dict(queue.tickets)
    refused = press(queue, what)
    new = observer.catch_up()
    if refused is not None:
        assert (new, queue.tickets) == ([], before)
    if new and new[0].act == "undone":
        check_undone(queue, new)
    for waiting in queue.callable_now()[what.luck % 5 :: 5]:
        check_can_pass(queue, waiting, observer.promises)
    check_windows(queue)
    check_sums(queue)


def check_undone(queue: HallInMemory, new: list[Entry]) -> None:
    """An act is undone whole, and its undoing cannot itself be undone."""
    undone = [no for entry in new for no in (entry.facts or {})["undoes"]]
    acts = {entry.act_id for entry in queue.entries if entry.no in undone}
    assert sorted(undone) == [entry.no for entry in queue.entries if entry.act_id in acts]
    assert new[0].window is not None
    with pytest.raises(Refusal, match="nothing-to-undo"):
        queue.take_back(new[0].window)


def check_windows(queue: HallInMemory) -> None:
    """Never two tickets at one window, and who waits is at none."""
    for number in queue.seats:
        assert len(queue.at_window(number)) <= 1
    for ticket in queue.tickets.values():
        if ticket.state is State.WAITING:
            assert (ticket.window, ticket.hold, ticket.calls, ticket.missed_at) == (None, None, 0, None)
        elif ticket.state not in FINAL:
            assert ticket.window is not None
            assert (ticket.hold is not None) == (ticket.state is State.HELD)


def check_nothing_is_overdue(observer: Observer) -> None:
    """Once the timers have fired, nobody stands where a timer should have taken them away."""
    queue = observer.queue
    for ticket in queue.tickets.values():
        if ticket.state not in FINAL:
            assert not overdue(observer, ticket)
            assert business_day(queue.now, queue.hall.time_zone, queue.hall.settings.day_starts) == ticket.day


def overdue(observer: Observer, ticket: Ticket) -> list[str]:
    """What should have happened to this ticket by now."""
    settings, now = observer.queue.hall.settings, observer.queue.now
    since_call = now - (ticket.counted_at or now)
    wait = settings.missed_timer
    found = {
        "callable": ticket.callable_from is not None and ticket.callable_from <= now,
        "tie": ticket.tie is not None and observer.away(ticket) >= settings.affinity_release,
    }
    if ticket.state is State.CALLED:
        slow = 2 if ticket.more_time else 1
        assert gap(ticket, settings) == settings.recall_gap * slow
        enough = ticket.calls >= settings.max_calls
        found = {"missed": wait is not None and enough and since_call >= wait * slow}
    elif ticket.state is State.MISSED:
        spent = ticket.returns >= settings.max_returns
        undone = now > (ticket.missed_at or 0) + settings.undo_within
        found = {"return": undone and (spent or now >= (ticket.missed_at or 0) + settings.return_within)}
    elif ticket.state is State.HELD:
        ends = ticket.hold is not Hold.PAPERS_KEPT and ticket.held_until is not None
        found = {"hold": ends and now >= (ticket.held_until or 0)}
    elif ticket.state is State.SERVING:
        found = {}
    return [what for what, true in found.items() if true]


def check_sums(queue: HallInMemory) -> None:
    """Issued is the sum over the states, from the numbers given out; and for each business over its own tickets."""
    every = queue.tickets.values()
    told = reconciliation(every, sum(queue.running.values()))
    assert told.adds_up
    for state in State:
        assert told.by_state[state.value] == len(queue.in_state(state))


def check_times(observer: Observer) -> None:
    """The figures are those of somebody with a watch, and nothing undone is in them."""
    queue = observer.queue
    begun = turns(queue.entries)
    assert begun == turns(effective(queue.entries))
    assert len(begun) == sum(ticket.turn for ticket in queue.tickets.values())
    served = service_of(queue.entries)
    for turn in begun:
        if (told := service_time(turn)) is not None:
            assert told == served.get((turn.id, turn.turn), 0)
    assert open_time(queue.entries, queue.now) == observer.open_for
    assert busy_time(queue.entries, queue.now) == +observer.busy_for


def effective(entries: list[Entry]) -> list[Entry]:
    """The journal as if nothing that was undone had ever been done."""
    undone = {no for entry in entries if entry.act == "undone" for no in (entry.facts or {})["undoes"]}
    return [entry for entry in entries if entry.no not in undone and entry.act != "undone"]


def service_of(entries: list[Entry]) -> dict[tuple[str, int], int]:
    """How long (ms) each turn was served at a window: every stretch from a start, or a resume, to what ended it."""
    served: Counter[tuple[str, int]] = Counter()
    turn: Counter[str] = Counter()
    since: dict[str, int] = {}
    for entry in effective(entries):
        if entry.ticket is None:
            continue
        if entry.act in {"started", "resumed"}:
            since[entry.ticket] = entry.at
        elif entry.act not in {"timing-marked", "priority-changed"} and entry.ticket in since:
            served[entry.ticket, turn[entry.ticket] + 1] += entry.at - since.pop(entry.ticket)
        turn[entry.ticket] += entry.act in {"transferred", "turn-finished"}
    return served


def check_numbers(entries: list[Entry]) -> None:
    """Per prefix and day the numbers given out are 1, 2, 3 … in order; none comes twice on one day; days go forward."""
    counted: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    last_day = ""
    for told in (entry.set or {} for entry in entries if entry.act == "issued"):
        series = (told["business"], told["day"])
        counted[series] += 1
        assert int(told["number"].removeprefix(told["business"])) == counted[series]
        assert (told["day"], told["number"]) not in seen
        seen.add((told["day"], told["number"]))
        assert told["day"] >= last_day
        last_day = told["day"]


def check_story(story: Story) -> None:
    """All that holds in any hall, whatever is pressed."""
    queue = opened(story)
    observer = Observer(queue)
    for what in story.presses():
        check_press(observer, what)
    check_times(observer)
    check_numbers(queue.entries)
    # The journal tells the same tickets, also when it is read back from its lines, and its chain holds.
    assert tickets(queue.entries) == queue.tickets
    assert tickets(parse(text) for _, _, text, _ in queue.rows) == queue.tickets
    assert list(verify(queue.rows, queue.hall.id)) == []
    check_night(observer)


def check_night(observer: Observer) -> None:
    """When the last day is over every ticket has ended, and no timer is left."""
    queue = observer.queue
    zone, starts = queue.hall.time_zone, queue.hall.settings.day_starts
    night = max([queue.now, *(day_end(t.day, zone, starts) for t in queue.tickets.values())])
    observer.pass_time(night - queue.now)
    queue.fire()
    observer.catch_up()
    assert all(t.state in FINAL for t in queue.tickets.values())
    assert all(next_timer(t, queue.hall) is None for t in queue.tickets.values())
    assert all(t.finished_at is not None for t in queue.tickets.values())
    check_sums(queue)


@DAYS
@given(stories)
def test_whatever_is_pressed_the_hall_keeps_its_word(story: Story) -> None:
    check_story(story)
