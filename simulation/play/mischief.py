"""Odd behaviour, only when asked for: no-shows, holds, transfers, acts taken back, keys pressed twice, and the rest."""

import secrets
from collections.abc import Callable, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from queue_server.core.moment import Order
from simulation.play import endings, queued
from simulation.play.crew import Clerk, Visitor, Whereabouts
from simulation.play.link import Answer

if TYPE_CHECKING:
    from simulation.play.day import PlayedDay

MINUTE_MS = 60_000
COMES_BACK_AFTER = 3 * MINUTE_MS
# No status of HTTP: one key must never have two answers.
TWO_ANSWERS = -1
_OWN = ("no-show", "hold", "kept", "transfer", "help", "undo-call", "undo-finish")
KINDS = (*_OWN, *queued.KINDS, *endings.KINDS)


def twice(tell: Callable[[str], Answer], what: str) -> Callable[[], Answer]:
    """`tell` twice under one key: both answers must be the same, for it may happen once only."""

    def send() -> Answer:
        key = secrets.token_hex(16)
        first, second = tell(key), tell(key)
        if first.well and first.body and (first.status, first.body) != (second.status, second.body):
            return first._replace(status=TWO_ANSWERS, body={"detail": f"one key, two answers to {what}"})
        # An answer without content that changed nothing is not remembered, so the second one may have acted.
        return first if first.body else second

    return send


class Mischief:
    """`per_mille` of the visitors behave oddly, and as many keys are pressed twice; 0 is a hall without any."""

    def __init__(self, per_mille: int, seed: str, hall: Mapping[str, Any], businesses: frozenset[str]) -> None:
        self.over = per_mille == 0
        self._share = per_mille / 1000
        self._seed, self._keys = seed, Random(seed)
        self._hall, settings = hall, hall["settings"]
        self._calls, self._gap = int(settings["max_calls"]), int(settings["recall_gap_ms"])
        self._businesses = businesses

    def kind_of(self, number: int) -> str | None:
        """Whether the visitor of that number will behave oddly, and how: the same whenever they come."""
        own = Random(f"{self._seed}-{number}")
        return own.choice(KINDS) if not self.over and own.random() < self._share else None

    def later(self, number: int, business: str) -> list[str]:
        """The further business for which that visitor has come, too."""
        others = sorted(self._businesses - {business}) if self.kind_of(number) == "second" else []
        return [Random(f"{self._seed}-{number}-second").choice(others)] if others else []

    def at_issue(self, day: "PlayedDay", visitor: Visitor) -> None:
        """Somebody has a number; a guide may act on it at once."""
        if visitor.odd in queued.KINDS and queued.befall(day, visitor, visitor.odd, self._hall, self._keys):
            self._counted(day, visitor)

    def _counted(self, day: "PlayedDay", visitor: Visitor) -> str:
        kind, visitor.odd = visitor.odd or "", None
        day.tally.mischief[kind] += 1
        return kind

    def presses_twice(self) -> bool:
        """Whether this key is pressed twice."""
        return not self.over and self._keys.random() < self._share

    def at_call(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor) -> bool:
        """Somebody was called; whether that goes on otherwise than by their coming."""
        if self.over or visitor.odd not in {"no-show", "undo-call"}:
            return False
        if visitor.odd == "undo-call" and clerk.pressed != "next":
            # Finish and call are one act there, and taking it back would bring the one before to the window again.
            visitor.odd = None
            return False
        if self._counted(day, visitor) == "no-show":
            self._recall_later(day, clerk, visitor, self._calls - 1)
        else:
            day.talk.press(clerk, "undo", {}, lambda answer: self._call_undone(day, clerk, visitor, answer))
        return True

    def at_start(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, ticket: Mapping[str, Any]) -> bool:
        """A service has begun; whether it ends otherwise than by being finished."""
        others = sorted(set(clerk.window.reluctance) & self._businesses - {visitor.business})
        if (
            self.over
            or visitor.odd not in {"hold", "kept", "transfer", "help"}
            or (visitor.odd == "transfer" and not others)
        ):
            return False
        kind = self._counted(day, visitor)
        if kind == "help":
            self._help(day, clerk)
            return False
        if kind in {"hold", "kept"}:
            half = visitor.service // 2
            visitor.service -= half
            put_aside = self._hold if kind == "hold" else self._keep
            day.agenda.at(ticket["started_at"] + half, Order.FINISH, lambda: put_aside(day, clerk, visitor))
        else:
            body = {"business": self._keys.choice(others), "note": "came to the wrong window"}
            day.talk.press(clerk, "transfer", body, lambda answer: self._back_in_queue(day, clerk, visitor, answer))
        return True

    def at_finish(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor) -> bool:
        """A service is at its end; whether the clerk first presses wrongly."""
        if self.over or visitor.odd is None:
            return False
        if visitor.odd in endings.KINDS and endings.end(day, clerk, visitor, visitor.odd, self._hall):
            self._counted(day, visitor)
            return True
        if visitor.odd != "undo-finish":
            return False
        self._counted(day, visitor)
        body = {"outcome": day.plan.outcome}
        day.talk.press(clerk, "finish", body, lambda answer: self._finished(day, clerk, visitor, answer))
        return True

    def _recall_later(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, left: int) -> None:
        def again() -> None:
            if left == 0:
                day.talk.press(clerk, "missed", {}, lambda answer: self._missed(day, clerk, visitor, answer))
            else:
                day.talk.press(clerk, "recall", {}, lambda _: self._recall_later(day, clerk, visitor, left - 1))

        day.agenda.at(day.agenda.pace.now() + (self._gap if left else 0) + 1, Order.FINISH, again)

    def _missed(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if not day.talk.well(answer, "missed"):
            # Called again too soon for the rule to count it: once more, then.
            self._recall_later(day, clerk, visitor, 1)
            return
        self._away(day, clerk, visitor, "requeue")

    def _hold(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor) -> None:
        def heard(answer: Answer) -> None:
            if day.talk.well(answer, "hold"):
                self._away(day, clerk, visitor, "rejoin")
            else:
                day.free(clerk)

        day.talk.press(clerk, "hold", {"kind": "papers-with-visitor"}, heard)

    @staticmethod
    def _keep(day: "PlayedDay", clerk: Clerk, visitor: Visitor) -> None:
        """The window keeps the papers for a moment, calls nobody meanwhile, and goes on with them."""

        def resumed(answer: Answer) -> None:
            if day.talk.well(answer, "resume"):
                day.serve(clerk, visitor, day.agenda.pace.now() + visitor.service)
            else:
                day.free(clerk)

        def kept(answer: Answer) -> None:
            if day.talk.well(answer, "hold"):
                day.talk.press(clerk, "resume", {"ticket": visitor.ticket}, resumed)
            else:
                day.free(clerk)

        day.talk.press(clerk, "hold", {"kind": "papers-kept"}, kept)

    @staticmethod
    def _help(day: "PlayedDay", clerk: Clerk) -> None:
        here = f"/windows/{clerk.window.number}"

        def asked(answer: Answer) -> None:
            if day.talk.well(answer, "help"):
                day.talk.tell(f"{here}/help-ended", {}, ended)

        def ended(answer: Answer) -> None:
            day.talk.well(answer, "help-ended")

        # Past the clerk's last key, which is not this one for whoever may take it back.
        day.talk.tell(f"{here}/help", {}, asked)

    def _away(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, returns_by: str) -> None:
        visitor.where = Whereabouts.AWAY
        back_at = day.agenda.pace.now() + COMES_BACK_AFTER

        def back() -> None:
            body = {"ticket": visitor.ticket}
            day.talk.press(clerk, returns_by, body, lambda answer: self._returned(day, visitor, answer))

        day.agenda.at(back_at, Order.ARRIVAL, back)
        day.free(clerk)

    @staticmethod
    def _returned(day: "PlayedDay", visitor: Visitor, answer: Answer) -> None:
        if day.talk.well(answer, "come back"):
            day.room.waits(visitor, answer.body)
            day.call()

    def _call_undone(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if day.talk.well(answer, "undo"):
            day.room.waits(visitor, answer.body)
            day.free(clerk)
        else:
            day.begin(clerk, visitor)

    @staticmethod
    def _back_in_queue(day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if day.talk.well(answer, "transfer"):
            day.room.waits(visitor, answer.body)
        day.free(clerk)

    def _finished(self, day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if not day.talk.well(answer, "finish"):
            day.free(clerk)
            return
        # By hand nobody is quick enough at a high speed, and then the finish stands.
        day.talk.press(clerk, "undo", {}, lambda undone: self._finish_undone(day, clerk, visitor, undone))

    @staticmethod
    def _finish_undone(day: "PlayedDay", clerk: Clerk, visitor: Visitor, answer: Answer) -> None:
        if day.talk.well(answer, "undo"):
            day.finish(clerk, visitor)
        else:
            day.served(visitor)
            day.free(clerk)
