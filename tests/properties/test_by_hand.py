"""Whatever a window did by hand, one visitor after the other, can be entered, and the replay of the journal is it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.acts import Wish, change, issue
from queue_server.core.by_hand import Line, acts, check, conflict
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry, line, parse, tickets
from queue_server.core.measures import busy_time, service_time, waiting_time
from queue_server.core.steps import Told
from queue_server.core.ticket import State
from tests.unit.core.small_hall import MINUTE, NINE, small_hall, stamp

HALL = small_hall()
STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9), st.sampled_from("fms")), max_size=8)


def worked(steps: list[tuple[int, int, int, str]]) -> list[Line]:
    """Visitor after visitor: idle, on the way, at the window (minutes); finished, missed, finished without a start."""
    at, lines = NINE, []
    for number, (idle, way, here, how) in enumerate(steps):
        called = at + idle * MINUTE
        came = called + way * MINUTE
        at = came + here * MINUTE
        ended = {"missed_at": at} if how == "m" else {"finished_at": at, "started_at": came if how == "f" else None}
        lines.append(Line(f"t{number}", called, outcome=None if how == "m" else "completed", **ended))
    return lines


@given(STEPS)
def test_what_was_done_in_order_is_entered_as_it_was(steps: list[tuple[int, int, int, str]]) -> None:
    lines = worked(steps)
    now = max([NINE, *(moment for one in lines for moment in one.moments)])
    check(lines, NINE, now)
    journal: list[Entry] = []
    last = {}
    for number, one in enumerate(lines):
        ticket, entry = issue(HALL, Wish("A"), one.ticket, number + 1, len(journal) + 1, stamp(), 0)
        journal.append(entry)
        assert conflict(one, ticket, 1, {"A"}) is None
        for act, at in acts(one, ticket):
            told = Told(window=1, clerk="c1", outcome=one.outcome, calls=HALL.settings.max_calls)
            ticket, entry = change(HALL, ticket, act, len(journal) + 1, stamp(now), told, None, at)
            journal.append(entry)
        last[ticket.id] = ticket
        assert waiting_time(ticket) == (one.called_at or 0) - NINE
        assert (service_time(ticket) or 0) <= now - NINE
        assert (ticket.state is State.FINISHED) == (one.finished_at is not None)
        assert conflict(one, ticket, 1, {"A"}) == "taken", "nothing is entered twice"
    assert [entry.at for entry in journal if entry.act != "issued"] == [now] * sum(e.act != "issued" for e in journal)
    assert tickets(parse(line(entry)) for entry in journal) == last
    # One visitor at a time: the window was never busier than the time that passed.
    assert busy_time(journal, now)[1] == sum((one.moments[-1] - one.moments[0] for one in lines), 0)


@given(STEPS, st.data())
def test_a_line_before_the_one_before_is_refused(steps: list[tuple[int, int, int, str]], data: st.DataObject) -> None:
    lines = worked(steps)
    if len(lines) < 2:
        return
    place = data.draw(st.integers(1, len(lines) - 1))
    before = lines[place - 1].moments[-1]
    late = Line(lines[place].ticket, before - 1, missed_at=before + MINUTE)
    with pytest.raises(Refusal) as refused:
        check([*lines[:place], late], NINE - MINUTE, before + MINUTE)
    assert (refused.value.code, refused.value.facts["line"]) == ("by-hand-order", place + 1)
