"""The real dates behind the labels that the Warsaw offices gave: two known faults of their clocks are mended."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

DECEMBER, LAST_WEEK = 12, 29


def week_year(labels: Iterable[date]) -> dict[date, date]:
    """The first fault: the last days of December carry the year of their ISO week, one year too late.

    It shows when such a label comes before January of the same year in the order of collection.
    """
    order = list(labels)
    mended: dict[date, date] = {}
    for position, label in enumerate(order):
        later = any(other.year == label.year and other.month == 1 for other in order[position + 1 :])
        late_december = label.month == DECEMBER and label.day >= LAST_WEEK
        mended[label] = label.replace(year=label.year - 1) if late_december and later else label
    return mended


def real_dates(labels: Mapping[str, Iterable[date]], office: str) -> tuple[dict[date, date], bool]:
    """The real date of each label of `office`, and whether its clock had to be set by the other offices.

    The second fault: a clock years off. Such an office shares no day with the others but has as many; its days
    are then theirs, one by one. With no other office to go by, labels stay as they are.
    """
    by_office = {name: week_year(found) for name, found in labels.items()}
    mine = by_office[office]
    common = Counter(tuple(days.values()) for days in by_office.values()).most_common(1)[0][0]
    if set(common) & set(mine.values()) or len(common) != len(mine):
        return mine, False
    return dict(zip(mine, common, strict=True)), True
