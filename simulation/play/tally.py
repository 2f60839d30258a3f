"""What a play counts while it runs: numbers, ends, errors, and how late each act came."""

from collections import Counter
from dataclasses import dataclass, field

SHOWN_ERRORS = 10


@dataclass(slots=True)
class Tally:
    """Counts over all days.

    `arrived_late` is how much later than drawn each number was given (ms of hall time), `took_s` how long each answer
    took (real s) by act, `drawn` the service drawn for each ticket (ms) that nothing odd is to happen to.
    """

    issued: Counter[str] = field(default_factory=Counter)
    served: int = 0
    left: int = 0
    sent_away: int = 0
    guests: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    mischief: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    first_errors: list[str] = field(default_factory=list)
    arrived_late: list[int] = field(default_factory=list)
    drawn: dict[str, int] = field(default_factory=dict)
    took_s: dict[str, list[float]] = field(default_factory=dict)

    def error(self, what: str) -> None:
        """Something that must not happen did."""
        self.errors += 1
        if len(self.first_errors) < SHOWN_ERRORS:
            self.first_errors.append(what)
