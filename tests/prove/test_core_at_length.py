"""The core's properties again, with new examples each time and thousands of them (`make prove`)."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.routing import Idle, Waiting
from queue_server.core.settings import Settings
from tests.properties.drawn import Story, day_starts, moments, stories
from tests.properties.profiles import LONG
from tests.properties.test_a_day_in_the_hall import check_story
from tests.properties.test_days_and_numbers import check_day, zones
from tests.properties.test_hash_chain import Row, check_byte, journals
from tests.properties.test_order import affinities, check_choose, check_next_call, heads, idle_windows, queues
from tests.properties.test_ticket_paths import Steps, check_walk, rules, steps


@LONG
@given(stories)
def test_thousands_of_days_in_the_hall(story: Story) -> None:
    check_story(story)


@LONG
@given(idle_windows, queues(), affinities)
def test_thousands_of_choices(idle: tuple[Idle, ...], waiting: list[Waiting], affinity: int) -> None:
    check_choose(idle[0], waiting, heads(waiting), affinity)


@LONG
@given(idle_windows, queues(), affinities)
def test_thousands_of_calls_with_several_idle_windows(
    idle: tuple[Idle, ...], waiting: list[Waiting], affinity: int
) -> None:
    check_next_call(idle, waiting, affinity)


@LONG
@given(rules, steps)
def test_thousands_of_paths(settings: Settings, acts: Steps) -> None:
    check_walk(settings, acts)


@LONG
@given(moments, zones, day_starts)
def test_thousands_of_days(at: int, zone: str, starts: int) -> None:
    check_day(at, zone, starts)


@LONG
@given(journals(), st.integers(0, 7), st.integers(0), st.integers(1, 255))
def test_thousands_of_changed_bytes(rows: list[Row], line_no: int, place: int, other: int) -> None:
    check_byte(rows, line_no, place, other)
