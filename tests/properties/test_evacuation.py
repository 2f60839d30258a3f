"""An evacuation is time that stands still: whatever ends, and whatever place is kept, is as if it had not been."""

from hypothesis import assume, given
from hypothesis import strategies as st

from queue_server.core import places
from queue_server.core.evacuation import Evacuation, Evacuations, put_off, reach
from queue_server.core.settings import Settings

short = st.integers(1, 60)
moments = st.integers(0, 200)


@st.composite
def days(draw: st.DrawFn) -> Evacuations:
    """Up to four evacuations, one after the other, all over."""
    edges = sorted(draw(st.lists(st.integers(0, 200), max_size=8, unique=True)))
    return tuple(Evacuation(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))


def inside(moment: int, day: Evacuations) -> bool:
    """Whether everybody is outside from this moment to the next one."""
    return any(since <= moment < (until or 0) for since, until in day)


def ran(since: int, until: int, day: Evacuations) -> int:
    """How long the hall went on, moment by moment."""
    return sum(not inside(moment, day) for moment in range(since, until))


@given(day=days(), start=moments, length=short)
def test_what_ends_has_had_its_whole_time_and_no_more(day: Evacuations, start: int, length: int) -> None:
    end = put_off(start, start + length, day)
    assert end is not None
    assert ran(start, end, day) == length > ran(start, end - 1, day)


@given(day=days(), now=moments, length=short)
def test_nobody_reaches_further_back_than_the_time_that_ran(day: Evacuations, now: int, length: int) -> None:
    assume(not inside(now - 1, day))
    earliest = now - reach(now, length, day)
    assert ran(earliest, now, day) == length < ran(earliest - 1, now, day)


@given(since=moments, lasts=short, entry=moments, last=moments, most=short)
def test_a_place_is_kept_as_if_the_clock_had_stood_still(
    since: int, lasts: int, entry: int, last: int, most: int
) -> None:
    def later(moment: int) -> int:
        return moment if moment <= since else moment + lasts

    rules, out = Settings(max_advance=most), (Evacuation(since, since + lasts),)
    last = min(last, entry)
    plain = later(places.on_rejoin(entry, last, 0, rules))
    assert places.on_rejoin(later(entry), later(last), 0, rules, out) == plain
    assert places.on_transfer(later(entry), later(last), 0, rules, out) == plain
    assert places.on_requeue(later(entry), later(last), [later(last)], rules, out) == plain
