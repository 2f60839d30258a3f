"""Random halls, random presses: the four guarantees, ends that stay, windows, numbers, sums and the journal."""

from collections import Counter

from hypothesis import given

from queue_server.core.journal import parse, tickets, verify
from queue_server.core.measures import reconciliation
from queue_server.core.numbering import day_end
from queue_server.core.ticket import FINAL
from queue_server.core.timers import next_timer
from tests.properties.drawn import Press, Story, stories
from tests.properties.hall_in_memory import HallInMemory, opened
from tests.properties.naive import (
    check_call,
    check_nothing_is_overdue,
    check_numbers,
    check_places,
    check_windows,
    the_call,
)
from tests.properties.profiles import DAYS


def check_press(queue: HallInMemory, press: Press) -> None:
    """What holds across one press and right after it."""
    queue.now += press.later
    queue.fire()
    check_nothing_is_overdue(queue)
    before, waiting, written = dict(queue.tickets), queue.waiting(), len(queue.entries)
    queue.press(press._replace(later=0))
    called = the_call(before, queue.tickets)
    if called is not None:
        check_call(queue.hall, waiting, called)
    for ticket_id, ticket in before.items():
        assert ticket.state not in FINAL or queue.tickets[ticket_id] == ticket
    if len(queue.entries) == written:
        assert queue.tickets == before
    check_windows(queue)
    check_sums(queue)


def check_sums(queue: HallInMemory) -> None:
    """Issued is the sum over the states: for the hall and for each business, from the numbers given out."""
    every = queue.tickets.values()
    assert reconciliation(every, sum(queue.running.values())).adds_up
    given_out: Counter[str] = Counter()
    for (business, _), last in queue.running.items():
        given_out[business] += last
    for business in queue.hall.businesses:
        told = reconciliation([t for t in every if t.business == business.code], given_out[business.code])
        assert told.adds_up
        waiting = sum(t.business == business.code for t in queue.waiting())
        assert told.by_state["waiting"] == waiting


def check_story(story: Story) -> None:
    """All that holds in any hall, whatever is pressed."""
    queue = opened(story)
    for press in story.presses():
        check_press(queue, press)
    check_places(queue.hall, queue.tickets.values())
    check_numbers(queue.entries)
    # The journal tells the same tickets, also when it is read back from its lines, and its chain holds.
    assert tickets(queue.entries) == queue.tickets
    assert tickets(parse(text) for _, _, text, _ in queue.rows) == queue.tickets
    assert list(verify(queue.rows, queue.hall.id)) == []
    check_night(queue)


def check_night(queue: HallInMemory) -> None:
    """When the last day is over every ticket has ended, and no timer is left."""
    zone, starts = queue.hall.time_zone, queue.hall.settings.day_starts
    queue.now = max([queue.now, *(day_end(t.day, zone, starts) for t in queue.tickets.values())])
    queue.fire()
    assert all(t.state in FINAL for t in queue.tickets.values())
    assert all(next_timer(t, queue.hall) is None for t in queue.tickets.values())
    assert all(t.finished_at is not None for t in queue.tickets.values())
    check_sums(queue)


@DAYS
@given(stories)
def test_whatever_is_pressed_the_hall_keeps_its_word(story: Story) -> None:
    check_story(story)
