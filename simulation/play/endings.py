"""How mischief ends a service: papers missing and back that day, on promise, a second business, a pause after it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from queue_server.core.moment import Order
from simulation.play.crew import Clerk, Visitor
from simulation.play.link import Answer

if TYPE_CHECKING:
    from simulation.play.day import PlayedDay

MINUTE_MS = 60_000
# So long somebody is away for papers, and a clerk for tea.
FETCHES, PAUSES = 20 * MINUTE_MS, 5 * MINUTE_MS
KINDS = ("papers-missing", "on-promise", "second", "pause", "wrong-timing")

Hall = Mapping[str, Any]


def end(day: "PlayedDay", clerk: Clerk, visitor: Visitor, kind: str, hall: Hall) -> bool:
    """End the service that way; False where this hall has nothing of that kind."""
    act, body, then = "finish", {"outcome": day.plan.outcome}, _AFTER.get(kind, _ended)
    if kind in {"papers-missing", "on-promise"}:
        now = day.agenda.pace.now()
        found = missing(hall, visitor.business) if kind == "papers-missing" else promise(hall, visitor.business, now)
        if found is None:
            return False
        act, body = kind, found

    def heard(answer: Answer) -> None:
        if day.talk.well(answer, act):
            then(day, clerk, visitor, answer, hall)
        else:
            day.free(clerk)

    day.talk.press(clerk, act, body, heard)
    return True


def _items(hall: Hall, business: str) -> list[Any]:
    return next(each["items"] for each in hall["businesses"] if each["code"] == business)


def missing(hall: Hall, business: str) -> dict[str, Any] | None:
    """The first two papers of the first item that has any; None where none has."""
    for item in _items(hall, business):
        if item["papers"]:
            return {"item": item["code"], "missing": [paper["code"] for paper in item["papers"]][:2]}
    return None


def promise(hall: Hall, business: str, now: int) -> dict[str, Any] | None:
    """The minor papers of the first item with such and a promise, to be brought on the day after `now` (ms UTC)."""
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(hall["time_zone"])).date()
    for item in _items(hall, business):
        minor = [paper["code"] for paper in item["papers"] if paper["minor"]]
        if minor and item["promise_days"]:
            return {"item": item["code"], "missing": minor, "due": (today + timedelta(days=1)).isoformat()}
    return None


def _ended(day: "PlayedDay", clerk: Clerk, visitor: Visitor, _answer: Answer, _hall: Hall) -> None:
    day.served(visitor)
    day.free(clerk)


def _comes_back(day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer, hall: Hall) -> None:
    case, back_at = answer.body["case"]["code"], day.agenda.pace.now() + FETCHES
    day.agenda.at(back_at, Order.ARRIVAL, lambda: day.returns(case, visitor))
    _ended(day, clerk, visitor, answer, hall)


def _goes_on(day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer, hall: Hall) -> None:
    if answer.body["state"] != "waiting":
        _ended(day, clerk, visitor, answer, hall)
        return
    day.room.waits(visitor, answer.body)
    day.free(clerk)


def _rests(day: "PlayedDay", clerk: Clerk, visitor: Visitor, _answer: Answer, hall: Hall) -> None:
    day.served(visitor)

    def again(answer: Answer) -> None:
        day.talk.well(answer, "unpause")
        day.free(clerk)

    def paused(answer: Answer) -> None:
        if day.talk.well(answer, "pause"):
            until = day.agenda.pace.now() + PAUSES
            day.agenda.at(until, Order.WINDOW, lambda: day.talk.press(clerk, "unpause", {}, again))
        else:
            day.free(clerk)

    day.talk.press(clerk, "pause", {"reason": hall["settings"]["pause_reasons"][0]}, paused)


def _was_not_so(day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer, hall: Hall) -> None:
    def heard(marked: Answer) -> None:
        day.talk.well(marked, "mark-timing")

    day.talk.tell(f"/tickets/{visitor.ticket}/mark-timing", {}, heard)
    _ended(day, clerk, visitor, answer, hall)


_AFTER: Mapping[str, Callable[["PlayedDay", Clerk, Visitor, Answer, Hall], None]] = {
    "papers-missing": _comes_back,
    "second": _goes_on,
    "pause": _rests,
    "wrong-timing": _was_not_so,
}
