"""Something that will happen, as a SimPy event that keeps the core's order of events at one instant."""

from collections.abc import Callable

import simpy

from queue_server.core.moment import Order

_NUMBER_BITS = 32


class Moment(simpy.Event):
    """Something that will happen. At the same ms the core's `Order` decides, then `number` (visitor or window)."""

    def __init__(
        self,
        env: simpy.Environment,
        at: int,
        order: Order,
        number: int,
        do: "Callable[[Moment], None]",
        ticket: str = "",
    ) -> None:
        self.env, self.callbacks, self._ok, self._value = env, [do], True, None
        self.number, self.ticket = number, ticket
        # SimPy only compares priorities, so any whole number will do.
        env.schedule(self, (order << _NUMBER_BITS) + number, at - env.now)  # type: ignore[arg-type]
