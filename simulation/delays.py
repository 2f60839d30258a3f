"""Delays: hall time that acts lose at a played hall, so that a day simulated with them can be held beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from simulation.draws import Customer


@dataclass(frozen=True, slots=True)
class Delays:
    """Delays (ms of hall time, negative: early): each act has one of them, by chance, another with another `draw`.

    `number` lies between a visitor's moment and their number, `call` between a visitor's coming and the call of a
    window that stood idle, `service` is how much longer than drawn a window is with its visitor.
    """

    number: Sequence[int] = ()
    call: Sequence[int] = ()
    service: Sequence[int] = ()
    draw: int = 0

    def of(self, coming: Sequence[Customer]) -> list[Customer]:
        """The same visitors with these delays by arrival: none before midnight, no service shorter than nothing."""
        if not (self.number or self.service):
            return list(coming)
        number, service = self._one_of(self.number, "number"), self._one_of(self.service, "service")
        late = [one._replace(at=max(0, one.at + number()), service=max(0, one.service + service())) for one in coming]
        return sorted(late, key=lambda one: one.at)

    def of_calls(self) -> Callable[[], int]:
        """Gives one call after the other its delay."""
        return self._one_of([max(0, each) for each in self.call], "call")

    def _one_of(self, found: Sequence[int], what: str) -> Callable[[], int]:
        if not found:
            return lambda: 0
        chance = Random(f"{self.draw} {what}")
        return lambda: chance.choice(found)


PROMPT = Delays()
