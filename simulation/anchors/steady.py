"""A hall long after its opening, as a scenario: the kind of hall that most formulas are about."""

from dataclasses import dataclass
from math import ceil, sqrt

from simulation.chance import DAY_S, Constant, Duration, Exponential, Lognormal
from simulation.scenario import Class, Demand, Desk, Piece, Rates, Scenario, Start

# After so many of its relaxation times a hall is e^-7 (0.1 %) of the way from where it began, and what is counted
# from then on is at least twice as long.
RELAXATIONS = 7
COUNTED_RELAXATIONS = 2 * RELAXATIONS
LEAST_COUNTED = 1_000
# What is left of the day after the last arrival, for the last visitors to be served (s).
FOR_THE_LAST = 10_000
# One unit of the formula's time is one of these (s): long enough for whole milliseconds not to matter.
UNITS_S = (60.0, 30.0, 20.0, 10.0, 5.0, 2.0, 1.0)
STRICT_S = float(DAY_S)


@dataclass(frozen=True, slots=True)
class Steady:
    """One class or two, the first with strict priority; rates of arrival and mean services in the formula's time.

    `cv` is that of the services (1: exponential, 0: constant, else lognormal). `patience` is the mean of an exponential
    one, 0 of a visitor who waits for nothing. `serves` are the classes of each window, all where it is not given; where
    several are free, the first of `serves` is taken.
    """

    name: str
    arrivals: tuple[float, ...]
    service: tuple[float, ...]
    windows: int
    cv: float = 1.0
    patience: float | None = None
    serves: tuple[frozenset[int], ...] | None = None

    @property
    def load(self) -> float:
        """Offered work per time: how many windows would always be busy."""
        return sum(rate * mean for rate, mean in zip(self.arrivals, self.service, strict=True))

    @property
    def unit_s(self) -> float:
        """How many seconds of the scenario one unit of the formula is."""
        length = self._warm_up + self._counted
        fitting = [unit for unit in UNITS_S if length * unit <= DAY_S - FOR_THE_LAST]
        if not fitting:
            raise ValueError(f"{self.name} does not fit into a day")
        return fitting[0]

    @property
    def _relaxation(self) -> float:
        """About how long the hall remembers; of M/M/c it is 1 / (sqrt(c mu) - sqrt(lambda))^2.

        Blanc and van Doorn, Relaxation times for queueing systems (1984). Who leaves is gone at the latest when a
        service and patience are over.
        """
        mean = max(self.service)
        if self.patience is not None:
            return mean + self.patience
        spare = sqrt(self.windows) - sqrt(self.load)
        return mean * max(1.0, (1 + self.cv**2) / 2) / spare**2

    @property
    def _warm_up(self) -> float:
        return RELAXATIONS * self._relaxation

    @property
    def _counted(self) -> float:
        return max(LEAST_COUNTED / sum(self.arrivals), COUNTED_RELAXATIONS * self._relaxation)

    def scenario(self) -> Scenario:
        """The hall as a scenario; each class is a business, and the first comes before all of the second."""
        codes = ["A", "B"][: len(self.arrivals)]
        warm_up, end = (ceil(units * self.unit_s) for units in (self._warm_up, self._warm_up + self._counted))
        serves = self.serves or (frozenset(range(len(codes))),) * self.windows
        return Scenario(
            name=self.name,
            businesses={
                code: Demand(
                    arrivals=Rates(pieces=(Piece(start_ms=0, end_ms=end * 1000, per_hour=rate * 3600 / self.unit_s),)),
                    service=self._service(mean),
                    patience=self._patience(),
                )
                for code, rate, mean in zip(codes, self.arrivals, self.service, strict=True)
            },
            windows=tuple(
                # A reluctance of one ms orders free windows, and is nothing beside a head start of a day.
                Desk(
                    window=place + 1,
                    reluctance={codes[k]: 0.0 if self.serves is None else place / 1000 for k in sorted(able)},
                    schedule=((0.0, STRICT_S),),
                )
                for place, able in enumerate(serves)
            ),
            classes=(Class(code="first", head_start_s=STRICT_S, share={"A": 1.0}),) if len(codes) > 1 else (),
            warm_up_s=warm_up,
            horizon_s=end,
            target_s=self.unit_s,
            start=Start(time_zone="UTC"),
        )

    def _service(self, mean: float) -> Duration:
        if self.cv == 1:
            return Exponential(mean_s=mean * self.unit_s)
        if self.cv == 0:
            return Constant(mean_s=mean * self.unit_s)
        return Lognormal(mean_s=mean * self.unit_s, cv=self.cv)

    def _patience(self) -> Duration | None:
        if self.patience is None:
            return None
        return Exponential(mean_s=self.patience * self.unit_s) if self.patience else Constant(mean_s=0.0)
