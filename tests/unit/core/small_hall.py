"""A small hall, a ticket in it and a stamp, for the tests of the core; times in ms UTC."""

from dataclasses import replace
from typing import Any

from queue_server.core.acts import Stamp
from queue_server.core.business import Business
from queue_server.core.evacuation import Evacuation
from queue_server.core.hall import Hall, PriorityClass, Window, Zone
from queue_server.core.settings import Settings
from queue_server.core.ticket import State, Ticket
from queue_server.core.words import names

SECOND = 1_000
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# 2026-11-24 09:00 in Shanghai.
NINE = 1_795_482_000_000
# Everybody left the hall then and is still outside.
OUTSIDE = (Evacuation(NINE),)


def text(en: str) -> Any:
    """A text in three languages of which only the English one matters."""
    return names(f"{en}（简）", f"{en}（繁）", en)


def small_hall(**changes: Any) -> Hall:
    """Businesses A, B and C; window 1 mainly does A, window 2 mainly B, window 3 only C; two priority classes."""
    made = Hall(
        id="main",
        names=text("hall"),
        time_zone="Asia/Shanghai",
        businesses=(Business("A", text("metrology")), Business("B", text("permits")), Business("C", text("codes"))),
        windows=(
            Window(1, {"A": 0, "B": 10 * MINUTE}, "1"),
            Window(2, {"B": 0, "A": 10 * MINUTE}, "1"),
            Window(3, {"C": 0}),
        ),
        zones=(Zone("1", text("east")),),
        classes=(PriorityClass("elderly", text("elderly"), 20 * MINUTE), PriorityClass("guide", text("guide"), MINUTE)),
    )
    return replace(made, **changes)


def settings(**changes: Any) -> Settings:
    """The settings of the field with these changes."""
    return replace(Settings(), **changes)


def ticket(state: State = State.WAITING, **changes: Any) -> Ticket:
    """Ticket A001, issued at nine; in the state given, but with no more facts than that."""
    made = Ticket(
        id="t1",
        number="A001",
        business="A",
        day="2026-11-24",
        language="zh-Hans",
        priority=(),
        state=state,
        issued_at=NINE,
        place=NINE,
        base=NINE,
        entered=1,
        entered_at=NINE,
        queued_at=NINE,
    )
    return replace(made, **changes)


def stamp(at: int = NINE, act_id: str = "act1", by: str = "kiosk") -> Stamp:
    """A stamp at this moment."""
    return Stamp(at, act_id, by)
