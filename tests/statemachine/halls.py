"""The halls the machine runs in: one shape, five tempers, and what each may be changed into while it runs."""

from dataclasses import replace

from queue_server.core.booking import BookingRules
from queue_server.core.business import Business, Item, Paper, Quota
from queue_server.core.calendar import Calendar, Opening, Span
from queue_server.core.hall import Hall, PriorityClass, Window
from queue_server.core.settings import Settings
from tests.unit.core.small_hall import HOUR, MINUTE, SECOND, text

# What acts are drawn from; the last of each the hall does not know.
BUSINESSES = ("A", "B", "C", "Q")
ITEMS = ("new", "copy", "card", "renew", "none")
PAPERS = ("form", "photo", "stamp")
GROUNDS = ("elderly", "soldier", "late-term", "rich")
WINDOWS = (1, 2, 3, 4, 9)

_NEW = Item("new", text("new"), (Paper("form", text("form")), Paper("photo", text("photo"), minor=True)), 3, "accepted")
_COPY = Item("copy", text("copy"), (Paper("form", text("form")),), None, "completed")
_RENEW = Item("renew", text("renew"), (Paper("form", text("form")),), 5, "accepted")
_CARD = Item("card", text("card"), (Paper("photo", text("photo"), minor=True),), 1)
_LONG_DAYS = Opening(dict.fromkeys(range(7), (Span(6 * HOUR, 22 * HOUR),)), last_ticket=10 * MINUTE)
_OFFICE = Opening(
    dict.fromkeys(range(5), (Span(8 * HOUR, 12 * HOUR), Span(13 * HOUR, 17 * HOUR))), last_ticket=15 * MINUTE
)
_BOOKING = BookingRules(step=5 * MINUTE, capacity=1, early=2 * MINUTE, late=3 * MINUTE, lead=2 * MINUTE)
# The day after the first one is a holiday, and a Saturday is worked for it.
_CALENDAR = Calendar(frozenset({"2026-11-25"}), {"2026-11-28": 2})


def _plain(settings: Settings, opening: Opening | None, quota: int) -> Hall:
    return Hall(
        id="main",
        names=text("hall"),
        time_zone="Asia/Shanghai",
        businesses=(
            Business("A", text("metrology"), items=(_NEW, _COPY, _RENEW), alarm=3),
            Business("B", text("permits"), items=(_CARD,), opening=_LONG_DAYS, booking=_BOOKING),
            Business("C", text("codes"), quotas=(Quota(quota, 0, 12 * HOUR), Quota(quota + 2, 12 * HOUR, 24 * HOUR))),
        ),
        windows=(
            Window(1, {"A": 0, "B": 10 * MINUTE}, None, {"B": MINUTE}),
            Window(2, {"B": 0, "A": 5 * MINUTE, "C": 5 * MINUTE}, None, {"A": 30 * SECOND}),
            Window(3, {"C": 0, "A": 0}),
            Window(4, {"A": 0, "B": 0, "C": MINUTE}),
        ),
        classes=(
            PriorityClass("elderly", text("elderly"), min(20 * MINUTE, settings.max_advance)),
            PriorityClass("soldier", text("soldier"), min(8 * MINUTE, settings.max_advance), "guide"),
            PriorityClass("late-term", text("late term"), MINUTE, "window"),
        ),
        settings=settings,
        opening=opening,
        calendar=_CALENDAR,
        # Whoever has this profile serves less, and is slower to help.
        profiles={"new-clerk": {"A": 2 * MINUTE, "B": 0}},
    )


# Quick enough that all that happens by itself happens within fifty steps.
_QUICK = Settings(
    missed_timer=30 * SECOND, return_within=4 * MINUTE, affinity_release=MINUTE, hold_timer=3 * MINUTE, max_calls=2
)
HALLS = (
    _plain(replace(_QUICK, direct_call=True), None, 9),
    _plain(replace(_QUICK, auto_call=True, transfer_as_issue=True, max_calls=1, max_returns=1), None, 3),
    _plain(replace(_QUICK, rejoin_as_issue=True, max_advance=5 * MINUTE, recall_gap=0, direct_call=True), _OFFICE, 2),
    _plain(replace(_QUICK, undo_within=5 * MINUTE, max_returns=0, affinity=0, missed_timer=None), None, 9),
    _plain(replace(_QUICK, auto_call=True, return_within=0, return_behind=1, direct_call=True, max_calls=1), None, 3),
)


def others(hall: Hall) -> tuple[Hall, Hall, Hall]:
    """What a plan may make of it: as it was; fewer windows, slower to help; without C, an item, a class and booking."""
    fewer = tuple(replace(w, reluctance={**w.reluctance, "A": 7 * MINUTE}) for w in hall.windows[:3])
    rules = replace(hall.settings, affinity=2 * MINUTE, hold_timer=MINUTE, return_within=2 * MINUTE)
    small = replace(hall, windows=fewer, settings=rules)
    without = tuple(
        replace(w, reluctance={code: ms for code, ms in w.reluctance.items() if code != "C"}) for w in hall.windows
    )
    a, b, _ = hall.businesses
    rest = (replace(a, items=a.items[:1]), replace(b, booking=None))
    return hall, small, replace(hall, businesses=rest, windows=without, classes=hall.classes[:2])


def most(every: tuple[Hall, ...]) -> int:
    """How much later (ms) than a place somebody may enter and still be called first, in any of these halls."""
    reluctances = [each for hall in every for each in (*(w.reluctance for w in hall.windows), *hall.profiles.values())]
    rules = [each.settings for each in every]
    return max(ms for each in reluctances for ms in each.values()) + max(r.affinity + r.max_advance for r in rules)
