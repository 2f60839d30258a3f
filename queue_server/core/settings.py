"""The hall's settings with the defaults of the field, checked when made."""

from collections.abc import Iterator
from dataclasses import dataclass

from queue_server.core.calendar import Span
from queue_server.core.errors import BadValue, Refusal, refuse

SECOND = 1_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
# The spoken languages: 普通话, 粤语, English.
VOICES = ("cmn", "yue", "en")
LOUDEST = 100
_DURATIONS = (
    "return_head_start",
    "recall_gap",
    "return_within",
    "max_advance",
    "affinity",
    "affinity_release",
    "hold_timer",
    "undo_within",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Durations in ms.

    `return_head_start` is for somebody who brings missing papers by the slip's date, which lies `return_days` working
    days ahead. Calling: a call counts again after `recall_gap`, `missed` is allowed after `max_calls`, `missed_timer`
    (None: off) does it by itself. Coming back: within `return_within`, at most `max_returns` times, behind
    `return_behind` waiting visitors of the same business. A tie to a window or clerk costs the others `affinity` and
    ends once they were away for `affinity_release`. `hold_timer` ends a hold that awaits something. An act may be
    undone within `undo_within`. `transfer_as_issue` and `rejoin_as_issue` place who is transferred or comes back from
    a hold as if they came now; `direct_call` lets clerks call a given number with a reason; `auto_call` calls for an
    idle window by itself. Calls are said in the languages of `voice`, in this order and at `volume` per cent,
    but not in the `quiet` hours.
    """

    max_calls: int = 3
    recall_gap: int = 20 * SECOND
    missed_timer: int | None = None
    return_within: int = 30 * MINUTE
    return_behind: int = 3
    max_returns: int = 2
    max_advance: int = 60 * MINUTE
    return_head_start: int = 20 * MINUTE
    return_days: int = 5
    affinity: int = 10 * MINUTE
    affinity_release: int = 15 * MINUTE
    hold_timer: int = 20 * MINUTE
    undo_within: int = 10 * SECOND
    transfer_as_issue: bool = False
    rejoin_as_issue: bool = False
    direct_call: bool = False
    auto_call: bool = False
    day_starts: int = 4 * 60 * MINUTE
    outcomes: tuple[str, ...] = (
        "accepted",
        "completed",
        "papers-missing",
        "accepted-on-promise",
        "consultation",
        "certificate-handed-over",
        "referred",
    )
    pause_reasons: tuple[str, ...] = ("short-break", "meal", "system-down", "back-office")
    voice: tuple[str, ...] = ("cmn", "en")
    volume: int = 80
    quiet: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._mistakes())

    def is_quiet(self, wall: int) -> bool:
        """Whether nothing is said at this time of day (ms of local wall time)."""
        return any(span.starts <= wall < span.ends for span in self.quiet)

    def check_outcome(self, outcome: str | None) -> None:
        """Refuse `unknown-outcome` for one that the hall does not have."""
        if outcome not in self.outcomes:
            raise Refusal("unknown-outcome", outcome=str(outcome)[:32])

    def _mistakes(self) -> Iterator[BadValue]:
        if self.max_calls < 1:
            yield BadValue("max_calls", "at least one call is made", "max_calls")
        if self.return_behind < 1:
            yield BadValue("return_behind", "who comes back stands behind at least one", "return_behind")
        if self.max_returns < 0:
            yield BadValue("max_returns", "is negative", "max_returns")
        if not 0 <= self.day_starts < DAY:
            yield BadValue("day_starts", "lies within a day", "day_starts")
        for name in _DURATIONS:
            if getattr(self, name) < 0:
                yield BadValue(name, "is negative", name)
        if self.missed_timer is not None and self.missed_timer <= 0:
            yield BadValue("missed_timer", "is a positive duration, or off", "missed_timer")
        if not self.outcomes:
            yield BadValue("outcomes", "at least one outcome is needed", "outcomes")
        if not self.pause_reasons:
            yield BadValue("pause_reasons", "at least one reason is needed", "pause_reasons")
        yield from self._voice_mistakes()

    def _voice_mistakes(self) -> Iterator[BadValue]:
        if not set(self.voice) <= set(VOICES) or len(set(self.voice)) != len(self.voice):
            yield BadValue("voice", f"each of {', '.join(VOICES)} at most once", "voice")
        if not 0 <= self.volume <= LOUDEST:
            yield BadValue("volume", "lies between 0 and 100", "volume")
