"""Any hall that the core can know can be written down and comes back the same: as stored, and as a file."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from queue_server import hall_file
from queue_server.core.booking import BookingRules
from queue_server.core.business import Business, Group, Item, Paper, Quota
from queue_server.core.calendar import DAY, Calendar, Opening, Span
from queue_server.core.hall import GRANTERS, Hall, PriorityClass, Window, Zone
from queue_server.core.journal import canonical
from queue_server.core.settings import VOICES, Settings
from queue_server.core.words import Names, names
from queue_server.hall_file.check import check
from queue_server.hall_file.differences import differences
from queue_server.hall_file.write import write

PREFIXES = ("A", "B", "DK", "DX")
ZONES = ("Asia/Shanghai", "UTC", "America/St_Johns")
HOUR = 3_600_000

# What people write, and what YAML has a meaning of its own for.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff\u2028\u2029"),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip())) | st.sampled_from(
    ["no", "12:30", "1", "~", "- a", "a: b", "#", "null", "'", '"', "[", "{a}", "1.5", "2026-10-01", " x ", "&a", "*a"]
)
codes = st.from_regex(r"[a-z0-9][a-z0-9-]{0,7}", fullmatch=True)
# Whole ones mostly, and a few that only a millisecond tells apart.
lengths = st.sampled_from([0, 1, 999, 20_000, 600_000, HOUR, 90_061_001])
dates = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))


def three() -> st.SearchStrategy[Names]:
    """A text in three languages."""
    return st.builds(names, words, words, words)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """The hours of a day."""
    edges = sorted(draw(st.sets(st.integers(0, DAY) | st.sampled_from([0, 9 * HOUR, 12 * HOUR, DAY]), max_size=6)))
    return tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    """Hours by weekday and by date."""
    days = st.dictionaries(dates.map(str), spans(), max_size=3)
    return Opening(draw(st.dictionaries(st.integers(0, 6), spans(), max_size=7)), draw(days), draw(lengths))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Holidays and make-up days."""
    off = draw(st.sets(dates.map(str), max_size=12))
    made_up = draw(st.dictionaries(dates.map(str), st.integers(0, 6), max_size=4))
    return Calendar(frozenset(off), {day: weekday for day, weekday in made_up.items() if day not in off})


def settings() -> st.SearchStrategy[Settings]:
    """Settings of any kind."""
    some = st.lists(words, min_size=1, max_size=4, unique=True).map(tuple)
    return st.builds(
        Settings,
        max_calls=st.integers(1, 9),
        recall_gap=lengths,
        missed_timer=st.none() | lengths.filter(bool),
        return_within=lengths,
        return_behind=st.integers(1, 9),
        max_returns=st.integers(0, 9),
        max_advance=lengths,
        return_head_start=lengths,
        return_days=st.integers(0, 20),
        affinity=lengths,
        affinity_release=lengths,
        hold_timer=lengths,
        undo_within=lengths,
        transfer_as_issue=st.booleans(),
        rejoin_as_issue=st.booleans(),
        direct_call=st.booleans(),
        auto_call=st.booleans(),
        day_starts=st.integers(0, DAY - 1),
        outcomes=some,
        pause_reasons=some,
        voice=st.lists(st.sampled_from(VOICES), unique=True).map(tuple),
        volume=st.integers(0, 100),
        quiet=st.sampled_from([(), (Span(0, 7 * HOUR), Span(21 * HOUR, DAY))]),
    )


@st.composite
def items(draw: st.DrawFn, outcomes: tuple[str, ...]) -> tuple[Item, ...]:
    """Items with their checklists."""
    found = []
    for code in draw(st.lists(codes, max_size=2, unique=True)):
        papers = [Paper(c, draw(three()), draw(st.booleans())) for c in draw(st.lists(codes, max_size=2, unique=True))]
        promise, outcome = draw(st.none() | st.integers(1, 60)), draw(st.none() | st.sampled_from(outcomes))
        found.append(Item(code, draw(three()), tuple(papers), promise, outcome))
    return tuple(found)


@st.composite
def quotas(draw: st.DrawFn) -> tuple[Quota, ...]:
    """Quotas in the order of the day."""
    ends = st.integers(1, DAY) | st.just(DAY)
    bands = draw(
        st.sets(ends.flatmap(lambda end: st.tuples(st.integers(0, end - 1) | st.just(0), st.just(end))), max_size=3)
    )
    return tuple(Quota(draw(st.integers(0, 999)), *each) for each in sorted(bands))


@st.composite
def businesses(draw: st.DrawFn, code: str, groups: list[str], outcomes: tuple[str, ...]) -> Business:
    """A business with all that one may have."""
    counts = {"capacity": st.integers(0, 9), "days_ahead": st.integers(0, 60)}
    booking = st.builds(
        BookingRules, step=lengths.filter(lambda ms: ms >= 60_000), early=lengths, late=lengths, lead=lengths, **counts
    )
    return Business(
        code,
        draw(three()),
        draw(st.none() | three()),
        draw(items(outcomes)),
        draw(quotas()),
        draw(st.none() | openings()),
        draw(st.none() | st.integers(1, 99)),
        draw(st.sampled_from([None, *groups])),
        draw(st.none() | booking),
    )


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    """A hall with all that one may have."""
    rules = draw(settings())
    # A file may not promise more to who brings missing papers than anybody may pass.
    rules = replace(rules, return_head_start=min(rules.return_head_start, rules.max_advance))
    prefixes = PREFIXES[: draw(st.integers(1, len(PREFIXES)))]
    reluctances = st.dictionaries(st.sampled_from(prefixes), lengths, max_size=3)
    zones, groups, classes = (draw(st.lists(codes, max_size=2, unique=True)) for _ in range(3))
    windows = []
    for number in draw(st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True)):
        served = draw(reluctances)
        later = {business: draw(lengths) for business in served if draw(st.booleans())}
        windows.append(Window(number, served, draw(st.sampled_from([None, *zones])), later))
    heads = lengths.filter(lambda ms: ms <= rules.max_advance)
    return Hall(
        draw(codes),
        draw(three()),
        draw(st.sampled_from(ZONES)),
        tuple(draw(businesses(code, groups, rules.outcomes)) for code in prefixes),
        tuple(windows),
        tuple(Zone(code, draw(three())) for code in zones),
        tuple(PriorityClass(c, draw(three()), draw(heads), draw(st.sampled_from(GRANTERS))) for c in classes),
        rules,
        draw(st.none() | openings()),
        draw(calendars()),
        tuple(Group(code, draw(three())) for code in groups),
        draw(st.dictionaries(codes, reluctances, max_size=2)),
    )


@given(halls())
def test_a_hall_comes_back_the_same_from_the_database(hall: Hall) -> None:
    assert hall_file.parse(hall_file.dump(hall)) == hall
    assert hall_file.parse(json.loads(canonical(hall_file.dump(hall)))) == hall


@given(halls())
def test_a_hall_comes_back_the_same_from_its_file(hall: Hall) -> None:
    made, findings = check(write(hall, "drawn by chance"))
    assert made == hall, findings


@given(halls(), halls())
def test_halls_have_differences_just_when_they_differ(one: Hall, other: Hall) -> None:
    assert (differences(one, other) == []) == (one == other)
    assert differences(one, one) == []


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_any_text_at_all_is_a_hall_or_a_list_of_sentences(text: str) -> None:
    hall, findings = check(text)
    assert hall is not None or findings
    assert all(each.line >= 1 and each.column >= 1 and each.what for each in findings)
