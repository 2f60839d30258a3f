"""The pace: which hall time it is now, as the server tells it, and how exactly a play can know it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from simulation.play.link import Answer, Link, PlayError

SAMPLES = 9


@dataclass(frozen=True, slots=True)
class Pace:
    """Hall time through one point: `at` (ms UTC) was at `when` (s of the monotonic clock), give or take `doubt_s`."""

    speed: int
    at: int
    when: float
    doubt_s: float
    clock: Callable[[], float] = time.monotonic

    def now(self) -> int:
        """Hall time now (ms UTC)."""
        return self.of(self.clock())

    def of(self, moment: float) -> int:
        """Hall time (ms UTC) at a moment of the monotonic clock (s)."""
        return self.at + round((moment - self.when) * 1000 * self.speed)

    def real(self, ms: float) -> float:
        """How long (s) a stretch of hall time lasts."""
        return ms / 1000 / self.speed

    def hall_ms(self, seconds: float) -> float:
        """How much hall time (ms) a stretch of real time is."""
        return seconds * 1000 * self.speed

    @property
    def doubt_ms(self) -> float:
        """How far the hall time known here may be from the server's (ms of hall time)."""
        return self.hall_ms(self.doubt_s)


def pace_of(answers: list[Answer]) -> Pace:
    """The pace from boards: of several the one that came soonest, for it can be least wrong."""
    best = min(answers, key=lambda each: each.came - each.sent)
    half = (best.came - best.sent) / 2
    return Pace(int(best.body.get("speed", 1)), int(best.body["at"]), best.sent + half, half)


def measured(link: Link) -> Pace:
    """The server's pace now; raises `PlayError` where there is no board."""
    answers = [link.ask("/board") for _ in range(SAMPLES)]
    good = [each for each in answers if each.well]
    if not good:
        said = answers[-1].body.get("detail", "no answer")
        raise PlayError(f"The server does not tell its board: {said}")
    return pace_of(good)
