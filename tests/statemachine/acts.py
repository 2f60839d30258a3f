"""The table of all that may be drawn, each line as often as its weight says; of 256 at most."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tests.statemachine import (
    acts_at_desk,
    acts_by_hand,
    acts_of_managers,
    acts_of_visitors,
    acts_on_cases,
    acts_on_desks,
    acts_on_papers,
    acts_on_visits,
    acts_sent_on,
)
from tests.statemachine.drawing import Draw, Wanted
from tests.statemachine.model import Model


class Line(NamedTuple):
    """How often of 256, and what is wanted."""

    weight: int
    want: Callable[[Model, Draw], Wanted]


# The names of the tables of acts stand behind `window` and `ticket`; the others are the acts with a route of their own.
ACTS: Mapping[str, Line] = MappingProxyType(
    {
        "take": Line(24, acts_of_visitors.take),
        "come back": Line(6, acts_of_visitors.come_back),
        "book": Line(6, acts_of_visitors.book),
        "cancel": Line(3, acts_of_visitors.cancel),
        "check in": Line(6, acts_of_visitors.check_in),
        "consult": Line(2, acts_of_visitors.consult),
        "window next": Line(31, acts_at_desk.call_next),
        "window call-given": Line(5, acts_at_desk.call_given),
        "window recall": Line(6, acts_at_desk.recall),
        "window start": Line(11, acts_at_desk.start),
        "window missed": Line(7, acts_at_desk.missed),
        "window finish": Line(8, acts_at_desk.finish),
        "window finish-next": Line(10, acts_at_desk.finish_next),
        "window by-hand": Line(4, acts_by_hand.by_hand),
        "window papers-missing": Line(5, acts_on_papers.papers_missing),
        "window on-promise": Line(5, acts_on_papers.on_promise),
        "window hold": Line(9, acts_on_visits.hold),
        "window resume": Line(6, acts_on_visits.resume),
        "window rejoin": Line(3, acts_on_visits.at_window("rejoin")),
        "window requeue": Line(3, acts_on_visits.at_window("requeue")),
        "window transfer": Line(8, acts_sent_on.transfer),
        "window move": Line(2, acts_sent_on.move),
        "window grade": Line(2, acts_sent_on.grade),
        "window more-time": Line(2, acts_on_visits.at_window("more-time")),
        "window mark-timing": Line(2, acts_on_visits.at_window("mark-timing")),
        "window undo": Line(10, acts_on_desks.undo),
        "window open": Line(3, acts_on_desks.open_window),
        "window close": Line(2, acts_on_desks.close_window),
        "window pause": Line(3, acts_on_desks.pause),
        "window unpause": Line(1, acts_on_desks.unpause),
        "window help": Line(3, acts_on_desks.ask_help),
        "window help-ended": Line(3, acts_on_desks.end_help),
        "window sign-in": Line(5, acts_on_desks.sign_in),
        "window sign-out": Line(5, acts_on_desks.sign_out),
        "ticket grade": Line(3, acts_sent_on.grade_away),
        "ticket more-time": Line(4, acts_on_visits.away("more-time")),
        "ticket requeue": Line(3, acts_on_visits.away("requeue")),
        "ticket rejoin": Line(3, acts_on_visits.away("rejoin")),
        "ticket move": Line(2, acts_sent_on.move_away),
        "ticket mark-timing": Line(1, acts_on_visits.away("mark-timing")),
        "void": Line(4, acts_on_visits.void),
        "stop clock": Line(3, acts_on_cases.stop_clock),
        "run clock": Line(3, acts_on_cases.run_clock),
        "hand over": Line(2, acts_on_cases.hand_over),
        "close case": Line(2, acts_on_cases.close_case),
        "suspend": Line(1, acts_of_managers.suspend),
        "resume": Line(2, acts_of_managers.resume),
        "move waiting": Line(1, acts_of_managers.move_waiting),
        "close early": Line(3, acts_of_managers.close_early),
        "evacuate": Line(3, acts_of_managers.evacuate),
        "back to normal": Line(3, acts_of_managers.back),
        "plan": Line(2, acts_of_managers.plan),
    }
)
DRAWN = [name for name, line in ACTS.items() for _ in range(line.weight)]
assert len(DRAWN) == 256, len(DRAWN)
