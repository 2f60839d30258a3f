"""What is drawn by chance: halls, who is present, and the acts of a day."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from queue_server.core.hall import Business, Hall, PriorityClass, Settings, Window
from tests.unit.core.small_hall import HOUR, MINUTE, SECOND, text

# No prefix is the beginning of another.
PREFIXES = ("A", "B", "C", "DK", "DX")
CLASSES = ("elderly", "guide", "return")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "UTC")
# Long before any test runs and long after.
YEAR_2000, YEAR_2037 = 946_684_800_000, 2_114_380_800_000

reluctances = st.sampled_from([0, 0, 0, 1, SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 2 * HOUR])
moments = st.integers(YEAR_2000, YEAR_2037)
day_starts = st.sampled_from([0, HOUR, 2 * HOUR + 30 * MINUTE, 4 * HOUR, 24 * HOUR - 1])


@st.composite
def windows(draw: st.DrawFn, number: int, prefixes: tuple[str, ...]) -> Window:
    """A window that serves some of the businesses."""
    return Window(
        number, draw(st.dictionaries(st.sampled_from(prefixes), reluctances, min_size=1, max_size=len(prefixes)))
    )


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    """A hall of up to five businesses, four windows and three classes, with settings of any kind."""
    prefixes = PREFIXES[: draw(st.integers(1, len(PREFIXES)))]
    max_advance = draw(st.sampled_from([0, 5 * MINUTE, HOUR]))
    settings = Settings(
        max_calls=draw(st.integers(1, 3)),
        recall_gap=draw(st.sampled_from([0, 20 * SECOND])),
        return_within=draw(st.sampled_from([0, MINUTE, 30 * MINUTE])),
        missed_timer=draw(st.sampled_from([None, MINUTE])),
        max_advance=max_advance,
        day_starts=draw(day_starts),
    )
    head_starts = st.sampled_from([0, 1, MINUTE, max_advance]).filter(lambda ms: ms <= max_advance)
    return Hall(
        id="main",
        names=text("hall"),
        time_zone=draw(st.sampled_from(ZONES)),
        businesses=tuple(Business(code, text(code)) for code in prefixes),
        windows=tuple(draw(windows(number, prefixes)) for number in range(1, draw(st.integers(1, 4)) + 1)),
        classes=tuple(PriorityClass(code, text(code), draw(head_starts)) for code in CLASSES),
        settings=settings,
    )


class Press(NamedTuple):
    """Something that somebody does after `later` ms; `which` and `who` pick the window, business, ticket or ground."""

    later: int
    what: str
    which: int
    who: int


# Taking a number and calling are what a hall does most.
OFTEN = {"take": 40, "next": 40, "recall": 8, "start": 8, "finish": 30, "miss": 8, "void": 3, "turn": 2}
# In ms: most presses follow one another closely; now and then a night passes.
PAUSES = {
    0: 30,
    1: 6,
    SECOND: 10,
    20 * SECOND: 20,
    MINUTE: 16,
    4 * MINUTE: 8,
    11 * MINUTE: 6,
    40 * MINUTE: 2,
    9 * HOUR: 1,
}


class Story(NamedTuple):
    """A hall, the moment it starts, and how many presses follow; the seed says which."""

    hall: Hall
    begins: int
    seed: int
    length: int

    def presses(self) -> Iterator[Press]:
        """The presses, one after the other; a shorter story of the same seed begins alike."""
        # Not drawn one by one: the lists that are drawn so are short, and nobody would ever wait for anybody.
        chance = Random(self.seed)
        for _ in range(self.length):
            later, what = (chance.choices(list(of), list(of.values()))[0] for of in (PAUSES, OFTEN))
            yield Press(later, what, chance.randrange(12), chance.choice((0, 0, 0, 1, 2, 3, 4, 5)))


stories = st.builds(
    Story, hall=halls(), begins=moments, seed=st.integers(0, 2**32 - 1), length=st.integers(1, 150) | st.just(150)
)
