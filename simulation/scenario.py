"""A scenario: one JSON document that says everything a simulated day needs; frozen, checked when read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from queue_server.core.business import Business
from queue_server.core.errors import BadValue
from queue_server.core.hall import Hall, PriorityClass, Window
from queue_server.core.settings import Settings
from queue_server.core.words import names
from simulation.chance import DAY_S, Duration, Part, Seconds

DAY_MS = DAY_S * 1000
HOUR_MS = 3_600_000

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
DayCv = Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)]
Moment = Annotated[int, Field(ge=0, le=DAY_MS)]
ArrivalMoment = Annotated[int, Field(ge=0, lt=DAY_MS)]
Span = tuple[Seconds, Seconds]
Schedule = tuple[Span, ...]


class Piece(Part):
    """A stretch [start_ms, end_ms) of the day with a constant arrival rate (visitors per hour)."""

    start_ms: Moment
    end_ms: Moment
    per_hour: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end_ms <= self.start_ms:
            raise ValueError("end_ms must lie after start_ms")
        return self


class Rates(Part):
    """Visitors come as a Poisson stream whose rate is constant in pieces; nobody comes between the pieces.

    With a `day_cv` all rates of a day are times one gamma number of mean 1 and this deviation: busy and quiet days.
    """

    kind: Literal["rates"] = "rates"
    pieces: tuple[Piece, ...]
    day_cv: DayCv = 0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later.start_ms < earlier.end_ms for earlier, later in pairwise(self.pieces)):
            raise ValueError("pieces must be in order of time and must not overlap")
        return self

    @property
    def expected_a_day(self) -> float:
        """How many visitors come on an average day."""
        return sum((p.end_ms - p.start_ms) * p.per_hour for p in self.pieces) / HOUR_MS


class RecordedDays(Part):
    """Visitors come when they came: for each recorded day the arrival moments (ms after midnight); days are cycled."""

    kind: Literal["recorded"] = "recorded"
    days: Annotated[tuple[tuple[ArrivalMoment, ...], ...], Field(min_length=1)]

    @property
    def expected_a_day(self) -> float:
        """How many visitors come on an average day."""
        return sum(map(len, self.days)) / len(self.days)


Arrivals = Annotated[Rates | RecordedDays, Field(discriminator="kind")]


class Absent(Part):
    """The share that is not there when called, and after being missed comes back so much later (without: never)."""

    share: Share
    back_after: Duration | None = None


class Reviewed(Part):
    """The share of a business's visitors whose papers were checked before the visit, and how long they are served."""

    share: Share
    service: Duration


class Balking(Part):
    """The share that goes away without a word where more than `numbers` numbers lie between theirs and the last called.

    The hall does not know, so their numbers are called like any other's.
    """

    share: Share
    numbers: Annotated[int, Field(ge=0, le=100_000)]


class Later(Part):
    """The share of a business's visitors who have another business on the same number, and which: done afterwards."""

    share: Share
    business: str


class Demand(Part):
    """One business: how its visitors come, how long they are served, how long they wait before they leave.

    `walking` is how long it takes from the call to the start. `reviewed` are served by times of their own. `returning`
    is the share that brings missing papers: tied to a window, with the head start of a return.
    """

    arrivals: Arrivals
    service: Duration
    walking: Duration | None = None
    reviewed: Reviewed | None = None
    patience: Duration | None = None
    returning: Share = 0
    absent: Absent | None = None
    balking: Balking | None = None
    later: Later | None = None
    names: Mapping[str, str] | None = None


class Class(Part):
    """A priority class: its head start, and which share of each business's visitors belongs to it."""

    code: str
    head_start_s: Seconds
    share: Mapping[str, Share]


class Desk(Part):
    """A window: its reluctance per business (s; a business it does not list it never serves) and when it is open.

    `not_before` keeps it off a business until somebody has waited so long (s) there.
    `schedule` holds [from_s, to_s) after midnight; `days` instead gives one such schedule for each recorded day.
    """

    window: Annotated[int, Field(ge=1, le=999)]
    reluctance: Mapping[str, Seconds]
    not_before: Mapping[str, Seconds] = {}
    schedule: Schedule | None = None
    days: Annotated[tuple[Schedule, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_plan(self) -> Self:
        if (self.schedule is None) == (self.days is None):
            raise ValueError("give either schedule or days")
        for schedule in self.days or (self.schedule or (),):
            if any(end <= start for start, end in schedule):
                raise ValueError("a stretch of the schedule must end after it starts")
            if any(later[0] < earlier[1] for earlier, later in pairwise(schedule)):
                raise ValueError("the schedule must be in order of time and must not overlap")
        return self

    def open_on(self, day: int) -> Schedule:
        """When the window is open on simulated day `day` (counted from 0), in seconds after midnight."""
        return self.days[day % len(self.days)] if self.days is not None else self.schedule or ()


class Start(Part):
    """The first simulated day (its local midnight is time zero) and the hall's time zone."""

    date: dt.date = dt.date(2026, 1, 5)
    time_zone: str = "Asia/Shanghai"


class Scenario(Part):
    """Everything a simulated hall needs. Times of day are seconds or milliseconds after local midnight.

    Nobody takes a number at or after `horizon_s`; visitors who took one before `warm_up_s` are served but not counted;
    `target_s` is the wait that the share within target is measured against. `day_cv` makes days busy or quiet for all
    businesses alike, on top of what each of them has of its own.
    """

    name: Annotated[str, Field(min_length=1, max_length=200)]
    businesses: Annotated[Mapping[str, Demand], Field(min_length=1)]
    windows: Annotated[tuple[Desk, ...], Field(min_length=1)]
    classes: tuple[Class, ...] = ()
    horizon_s: Annotated[float, Field(gt=0, le=DAY_S)] = DAY_S
    warm_up_s: Seconds = 0
    day_cv: DayCv = 0
    target_s: Seconds = 900
    start: Start = Start()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.warm_up_s >= self.horizon_s:
            raise ValueError("warm_up_s must be shorter than horizon_s")
        for where, problem in self._problems():
            raise ValueError(f"{where}: {problem}")
        try:
            self.hall  # noqa: B018 -- the core checks the hall when it is made
        except BadValue as bad:
            raise ValueError(str(bad)) from bad
        return self

    @model_validator(mode="after")
    def _goes_on(self) -> Self:
        for code, demand in self.businesses.items():
            if demand.later is not None and demand.later.business not in {*self.businesses} - {code}:
                other = demand.later.business
                raise ValueError(f"businesses.{code}.later: {other} is not another business of this scenario")
        return self

    @model_validator(mode="after")
    def _can_vary(self) -> Self:
        if self.day_cv and not any(isinstance(each.arrivals, Rates) for each in self.businesses.values()):
            raise ValueError("day_cv: recorded days come as they were; only arrivals by rates can be busy or quiet")
        return self

    def _problems(self) -> Iterable[tuple[str, str]]:
        horizon = round(self.horizon_s * 1000)
        lengths: set[int] = set()
        for code, demand in self.businesses.items():
            arrivals = demand.arrivals
            if isinstance(arrivals, RecordedDays):
                lengths.add(len(arrivals.days))
                last = max((max(day) for day in arrivals.days if day), default=0)
                if last >= horizon:
                    yield f"businesses.{code}.arrivals.days", f"{last} lies at or after horizon_s"
            elif arrivals.pieces and arrivals.pieces[-1].end_ms > horizon:
                yield f"businesses.{code}.arrivals.pieces", "the last piece ends after horizon_s"
        lengths.update(len(desk.days) for desk in self.windows if desk.days is not None)
        if len(lengths) > 1:
            yield "days", f"recorded days and schedules by day must be equally many, not {sorted(lengths)}"
        for each in self.classes:
            for code in set(each.share) - set(self.businesses):
                yield f"classes.{each.code}.share", f"{code} is not a business of this scenario"
        for code in self.businesses:
            if sum(each.share.get(code, 0) for each in self.classes) > 1 + 1e-9:
                yield "classes", f"the shares of business {code} add up to more than 1"

    @property
    def cycle(self) -> int:
        """After how many days the recorded days start again; 1 when nothing is recorded."""
        for demand in self.businesses.values():
            if isinstance(demand.arrivals, RecordedDays):
                return len(demand.arrivals.days)
        return max((len(desk.days) for desk in self.windows if desk.days is not None), default=1)

    @property
    def expected_a_day(self) -> float:
        """How many visitors come on an average day."""
        return sum(demand.arrivals.expected_a_day for demand in self.businesses.values())

    @property
    def most_a_day(self) -> float:
        """How many visitors come on the busiest recorded day, or on an average day where none is recorded."""
        counts = [
            max(map(len, demand.arrivals.days))
            if isinstance(demand.arrivals, RecordedDays)
            else demand.arrivals.expected_a_day
            for demand in self.businesses.values()
        ]
        return sum(counts)

    @property
    def hall(self) -> Hall:
        """The core's hall of this scenario; its business day is the calendar day."""
        head_starts = {c.code: round(c.head_start_s * 1000) for c in self.classes}
        return Hall(
            id="simulation",
            names=names("模拟", "模擬", "Simulation"),
            time_zone=self.start.time_zone,
            businesses=tuple(Business(code, d.names or names(code, code, code)) for code, d in self.businesses.items()),
            windows=tuple(
                Window(desk.window, _ms(desk.reluctance), not_before=_ms(desk.not_before)) for desk in self.windows
            ),
            classes=tuple(PriorityClass(code, names(code, code, code), ms) for code, ms in head_starts.items()),
            settings=Settings(day_starts=0, max_advance=max([Settings().max_advance, *head_starts.values()])),
        )


def _ms(by_business: Mapping[str, float]) -> dict[str, int]:
    return {code: round(seconds * 1000) for code, seconds in by_business.items()}
