"""What mischief does to somebody who has just taken a number: a ground granted, another business, more time."""

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from simulation.play.crew import Visitor
from simulation.play.link import Answer

if TYPE_CHECKING:
    from simulation.play.day import PlayedDay

KINDS = ("granted", "moved", "more-time")


def befall(day: "PlayedDay", visitor: Visitor, kind: str, hall: Mapping[str, Any], chance: Random) -> bool:
    """A guide acts on the number; False where this hall has nothing of that kind."""
    act, body = "more-time", dict[str, Any]()
    if kind == "granted":
        grounds = [each["code"] for each in hall["classes"]]
        if not grounds:
            return False
        act, body = "grade", {"priority": [chance.choice(grounds)]}
    elif kind == "moved":
        others = sorted(day.plan.scenario.businesses.keys() - {visitor.business})
        if not others:
            return False
        act, body = "move", {"business": chance.choice(others)}
    day.talk.tell(f"/tickets/{visitor.ticket}/{act}", body, lambda answer: _done(day, visitor, act, answer))
    return True


def _done(day: "PlayedDay", visitor: Visitor, act: str, answer: Answer) -> None:
    if day.talk.well(answer, act):
        day.room.stands(visitor, answer.body)
        day.call()
