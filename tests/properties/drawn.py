"""What is drawn by chance: halls, who is present, and the acts of a day."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from queue_server.core.business import Business
from queue_server.core.hall import Hall, PriorityClass, Window
from queue_server.core.settings import Settings
from tests.unit.core.small_hall import HOUR, MINUTE, SECOND, text

# No prefix is the beginning of another.
PREFIXES = ("A", "B", "C", "DK", "DX")
CLASSES = ("elderly", "guide", "return")
CLERKS = ("li", "wang")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "UTC")
# Long before any test runs and long after.
YEAR_2000, YEAR_2037 = 946_684_800_000, 2_114_380_800_000

reluctances = st.sampled_from([0, 0, 0, 1, SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 2 * HOUR])
moments = st.integers(YEAR_2000, YEAR_2037)
day_starts = st.sampled_from([0, HOUR, 2 * HOUR + 30 * MINUTE, 4 * HOUR, 24 * HOUR - 1])


@st.composite
def windows(draw: st.DrawFn, number: int, prefixes: tuple[str, ...]) -> Window:
    """A window that serves some of the businesses, and may hold back from some of those."""
    served = draw(st.dictionaries(st.sampled_from(prefixes), reluctances, min_size=1, max_size=len(prefixes)))
    waits = st.sampled_from([0, 1, MINUTE, 15 * MINUTE])
    held_back = draw(st.just({}) | st.dictionaries(st.sampled_from(sorted(served)), waits, max_size=2))
    return Window(number, served, None, held_back)


def clerks(prefixes: tuple[str, ...]) -> st.SearchStrategy[dict[str, dict[str, int] | None]]:
    """Two clerks, each with a reluctance of their own or none."""
    own = st.none() | st.dictionaries(st.sampled_from(prefixes), reluctances)
    return st.fixed_dictionaries(dict.fromkeys(CLERKS, own))


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Settings of any kind, in which everything that can happen by itself happens soon or late."""
    return Settings(
        max_calls=draw(st.sampled_from([1, 2, 3])),
        recall_gap=draw(st.sampled_from([0, 20 * SECOND])),
        return_within=draw(st.sampled_from([30 * MINUTE, MINUTE, 0])),
        return_behind=draw(st.integers(1, 3)),
        max_returns=draw(st.sampled_from([2, 1, 0])),
        missed_timer=draw(st.sampled_from([None, MINUTE])),
        max_advance=draw(st.sampled_from([HOUR, 5 * MINUTE, 0])),
        affinity=draw(st.sampled_from([10 * MINUTE, MINUTE, 0])),
        affinity_release=draw(st.sampled_from([15 * MINUTE, 4 * MINUTE, 0])),
        hold_timer=draw(st.sampled_from([MINUTE, 20 * MINUTE])),
        undo_within=draw(st.sampled_from([HOUR, 10 * SECOND, 0])),
        transfer_as_issue=draw(st.booleans()),
        rejoin_as_issue=draw(st.booleans()),
        day_starts=draw(day_starts),
    )


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    """A hall of up to five businesses, four windows and three classes, with settings of any kind."""
    prefixes = PREFIXES[: draw(st.integers(1, len(PREFIXES)))]
    rules = draw(settings())
    most = rules.max_advance
    head_starts = st.sampled_from([most, 0, 1, MINUTE]).filter(lambda ms: ms <= most)
    return Hall(
        id="main",
        names=text("hall"),
        time_zone=draw(st.sampled_from(ZONES)),
        businesses=tuple(Business(code, text(code)) for code in prefixes),
        windows=tuple(draw(windows(number, prefixes)) for number in range(1, draw(st.sampled_from([3, 2, 4, 1])) + 1)),
        classes=tuple(PriorityClass(code, text(code), draw(head_starts)) for code in CLASSES),
        settings=rules,
    )


class Press(NamedTuple):
    """Something that somebody does after `later` ms; `which` and `who` pick the window, business, ticket or ground.

    `luck` decides whatever else there is to decide.
    """

    later: int
    what: str
    which: int
    who: int
    luck: int


# Taking a number and calling are what a hall does most.
OFTEN = {
    "take": 44,
    "book": 6,
    "next": 36,
    "direct": 4,
    "recall": 10,
    "start": 16,
    "finish": 14,
    "finish_next": 12,
    "next_turn": 9,
    "miss": 20,
    "requeue": 14,
    "hold": 12,
    "resume": 12,
    "transfer": 10,
    "move": 5,
    "grade": 7,
    "more_time": 3,
    "mark": 3,
    "void": 3,
    "turn": 3,
    "pause": 5,
    "sign": 5,
    "undo": 14,
}
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
    """A hall with its clerks, the moment it starts, and how many presses follow; the seed says which."""

    hall: Hall
    clerks: Mapping[str, Mapping[str, int] | None]
    begins: int
    seed: int
    length: int

    def presses(self) -> Iterator[Press]:
        """The presses, one after the other; a shorter story of the same seed begins alike."""
        # Not drawn one by one: the lists that are drawn so are short, and nobody would ever wait for anybody.
        chance = Random(self.seed)
        for _ in range(self.length):
            later, what = (chance.choices(list(of), list(of.values()))[0] for of in (PAUSES, OFTEN))
            which, who = chance.randrange(12), chance.choice((0, 0, 0, 1, 2, 3, 4, 5))
            yield Press(later, what, which, who, chance.randrange(1000))


stories = halls().flatmap(
    lambda hall: st.builds(
        Story,
        hall=st.just(hall),
        clerks=clerks(tuple(b.code for b in hall.businesses)),
        begins=moments,
        seed=st.integers(0, 2**32 - 1),
        length=st.integers(1, 250) | st.integers(150, 250),
    )
)
