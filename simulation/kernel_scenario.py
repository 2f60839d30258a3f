"""A scenario as the kernel needs it: the part of its row that stays, with rules, plan and what is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log, log1p

from simulation import kernel_rows as k
from simulation.chance import Constant, Duration, Empirical, Exponential, Gamma, Lognormal, Weibull
from simulation.gamma_curve import CURVE_SIZE, curve
from simulation.kernel_chance import EXPONENTIAL, GAMMA, LOGNORMAL, VALUES, WEIBULL
from simulation.kernel_draws import NO_FAMILY
from simulation.opening import spans
from simulation.scenario import HOUR_MS, Demand, Rates, RecordedDays, Scenario

# The families of a business, in the order of `_families`.
_KINDS = (k.SERVICE_KIND, k.PATIENCE_KIND, k.BACK_KIND, k.WALK_KIND, k.REVIEWED_KIND)
_REALS = (k.F_SERVICE, k.F_PATIENCE, k.F_BACK, k.F_WALK, k.F_REVIEWED)


@dataclass(slots=True)
class Rows:
    """The row of whole numbers and that of others; `numbers` are the windows' numbers, in order, `desks` their places.

    `plans` says where each recorded day's plan begins, and the last ends; `steps` and `spans` are the most that a
    business and a window have.
    """

    m: list[int] = field(default_factory=list)
    f: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    desks: list[int] = field(default_factory=list)
    plans: list[int] = field(default_factory=list)
    steps: int = 0
    spans: int = 0

    def add(self, name: int, values: Sequence[int]) -> int:
        """Put these at the end, and where they begin into the head."""
        self.m[name] = len(self.m)
        self.m.extend(values)
        return self.m[name]


def rows(scenario: Scenario) -> Rows:
    """The scenario in rows."""
    made = Rows(m=[0] * k.HEAD, numbers=sorted(desk.window for desk in scenario.windows))
    _head(made, scenario)
    many, size = len(scenario.businesses), k.DESK + k.CELL * len(scenario.businesses)
    businesses = made.add(k.BUSINESS_ROWS, [0] * (many * k.BUSINESS_ROW))
    first = made.add(k.DESK_ROWS, [0] * (len(made.numbers) * size))
    made.desks = [first + place * size for place in range(len(made.numbers))]
    made.m[k.DESK_SIZE] = size
    _desks(made, scenario)
    _plans(made, scenario)
    made.add(k.GROUNDS, [round(each.head_start_s * 1000) for each in scenario.classes])
    made.m[k.F_BUSINESS] = 0
    made.f = [0.0] * (many * (k.F_EDGES + len(scenario.classes)))
    for b, (code, demand) in enumerate(scenario.businesses.items()):
        _business(made, scenario, code, demand, businesses + b * k.BUSINESS_ROW)
        _shares(made, scenario, code, demand, b)
    _pieces(made, scenario)
    _recorded(made, scenario)
    _curves(made, scenario)
    return made


def _head(made: Rows, scenario: Scenario) -> None:
    demands, rules, m = scenario.businesses.values(), scenario.hall.settings, made.m
    m[k.BUSINESSES], m[k.WINDOWS] = len(demands), len(scenario.windows)
    m[k.CLASSES], m[k.CYCLE] = len(scenario.classes), scenario.cycle
    m[k.HAS_TIES] = int(any(demand.returning > 0 for demand in demands))
    m[k.TURNS] = 2 if any(demand.later is not None for demand in demands) else 1
    m[k.HAS_PATIENCE] = int(any(demand.patience is not None for demand in demands))
    m[k.AFFINITY], m[k.AFFINITY_RELEASE] = rules.affinity << k.PLACE, rules.affinity_release
    m[k.MAX_ADVANCE], m[k.RETURN_HEAD_START] = rules.max_advance, rules.return_head_start
    m[k.MAX_CALLS], m[k.RECALL_GAP] = rules.max_calls, rules.recall_gap
    m[k.RETURN_WITHIN], m[k.RETURN_BEHIND] = rules.return_within, rules.return_behind
    m[k.SINCE], m[k.UNTIL] = round(scenario.warm_up_s * 1000), round(scenario.horizon_s * 1000)


def _desks(made: Rows, scenario: Scenario) -> None:
    hall = scenario.hall
    for number, desk in zip(made.numbers, made.desks, strict=True):
        window = hall.window(number)
        for b, code in enumerate(scenario.businesses):
            cell, reluctance = desk + k.DESK + b * k.CELL, window.reluctance.get(code)
            made.m[cell + k.RELUCTANCE] = k.NOBODY if reluctance is None else reluctance << k.PLACE
            made.m[cell + k.HELD_BACK] = window.not_before.get(code, 0)


def _plans(made: Rows, scenario: Scenario) -> None:
    made.m[k.PLAN] = len(made.m)
    place = dict(zip(made.numbers, made.desks, strict=True))
    for day in range(scenario.cycle):
        made.plans.append(len(made.m))
        planned = [(spans(desk, day), place[desk.window]) for desk in scenario.windows]
        made.spans = max(made.spans, *(len(found) for found, _ in planned))
        events = sorted(
            (at, desk, opens)
            for found, desk in planned
            for span in found
            for at, opens in zip(span, (1, 0), strict=True)
        )
        made.m.extend(number for event in events for number in event)
    made.plans.append(len(made.m))


def _business(made: Rows, scenario: Scenario, code: str, demand: Demand, business: int) -> None:
    m, place = made.m, dict(zip(made.numbers, made.desks, strict=True))
    m[business + k.CODE] = int.from_bytes(code.encode("ascii"), "big")
    m[business + k.BALKING] = 0 if demand.balking is None else demand.balking.numbers
    m[business + k.LATER] = k.NOBODY if demand.later is None else [*scenario.businesses].index(demand.later.business)
    m[business + k.IS_RECORDED] = int(isinstance(demand.arrivals, RecordedDays))
    steps = {step for window in scenario.hall.windows if (step := window.not_before.get(code, 0)) > 0}
    made.steps = max(made.steps, len(steps))
    m[business + k.STEPS] = len(m)
    m.extend(sorted(steps))
    m[business + k.STEPS_END] = len(m)
    # Who brings missing papers belongs to any of the windows for which the business is most of all their work.
    able = {desk.window: s for desk in scenario.windows if (s := desk.reluctance.get(code)) is not None}
    m[business + k.MAIN] = len(m)
    m.extend(place[window] for window, s in able.items() if s == min(able.values()))
    m[business + k.MAIN_END] = len(m)
    for column, family in zip(_KINDS, _families(demand), strict=True):
        kind, _, _, values = _family(family)
        m[business + column], m[business + column + 1] = kind, len(m)
        m.extend(values)


def _shares(made: Rows, scenario: Scenario, code: str, demand: Demand, b: int) -> None:
    real, f = b * (k.F_EDGES + len(scenario.classes)), made.f
    f[real + k.F_RETURNING] = demand.returning
    f[real + k.F_REVIEWED_SHARE] = 0.0 if demand.reviewed is None else demand.reviewed.share
    f[real + k.F_BALKING] = 0.0 if demand.balking is None else demand.balking.share
    f[real + k.F_LATER] = 0.0 if demand.later is None else demand.later.share
    f[real + k.F_ABSENT] = 0.0 if demand.absent is None else demand.absent.share
    for column, family in zip(_REALS, _families(demand), strict=True):
        _, f[real + column], f[real + column + 1], _ = _family(family)
    for place, edge in enumerate(accumulate(each.share.get(code, 0.0) for each in scenario.classes)):
        f[real + k.F_EDGES + place] = edge


def _families(demand: Demand) -> tuple[Duration | None, ...]:
    back = None if demand.absent is None else demand.absent.back_after
    reviewed = None if demand.reviewed is None else demand.reviewed.service
    return demand.service, demand.patience, back, demand.walking, reviewed


def _family(family: Duration | None) -> tuple[int, float, float, list[int]]:
    """A family as the kernel's kind, its two numbers and its values."""
    match family:
        case None:
            return NO_FAMILY, 0.0, 0.0, []
        case Exponential():
            return EXPONENTIAL, family.mean_s * 1000, 0.0, []
        case Lognormal():
            variance = log1p(family.cv**2)
            return LOGNORMAL, log(family.mean_s * 1000) - variance / 2, variance**0.5, []
        case Gamma():
            return GAMMA, 0.0, 0.0, []
        case Weibull():
            return WEIBULL, log(family.scale_s * 1000), 1 / family.shape, []
        case Constant() | Empirical():
            measured = (family.mean_s,) if isinstance(family, Constant) else family.values_s
            return VALUES, float(len(measured)), 0.0, sorted(round(value * 1000) for value in measured)


def _pieces(made: Rows, scenario: Scenario) -> None:
    m, count = made.m, 0
    m[k.PIECES], m[k.F_PIECES] = len(m), len(made.f)
    for b, demand in enumerate(scenario.businesses.values()):
        business, reached = m[k.BUSINESS_ROWS] + b * k.BUSINESS_ROW, 0.0
        m[business + k.PIECE] = count
        for piece in demand.arrivals.pieces if isinstance(demand.arrivals, Rates) else ():
            per_ms = piece.per_hour / HOUR_MS
            after = reached + (piece.end_ms - piece.start_ms) * per_ms
            m.extend((piece.start_ms, piece.end_ms))
            made.f.extend((per_ms, reached, after))
            reached, count = after, count + 1
        m[business + k.PIECE_END] = count


def _recorded(made: Rows, scenario: Scenario) -> None:
    """Where the moments of each recorded day and business begin, and then they themselves."""
    days = [
        sorted(demand.arrivals.days[day]) if isinstance(demand.arrivals, RecordedDays) else []
        for day in range(scenario.cycle)
        for demand in scenario.businesses.values()
    ]
    at = len(made.m) + len(days) + 1
    made.add(k.RECORDED, list(accumulate(map(len, days), initial=at)))
    made.m.extend(moment for day in days for moment in day)


def _curves(made: Rows, scenario: Scenario) -> None:
    """The curves of gamma numbers, and where each begins: of durations (ms), and of how busy a day is."""
    m, f = made.m, made.f

    def put(cv: float, mean: float) -> int:
        if cv == 0:
            return NO_FAMILY
        f.extend(curve(mean, cv))
        return len(f) - CURVE_SIZE

    m[k.DAY_CURVE] = put(scenario.day_cv, 1.0)
    for b, demand in enumerate(scenario.businesses.values()):
        business, arrivals = m[k.BUSINESS_ROWS] + b * k.BUSINESS_ROW, demand.arrivals
        m[business + k.OWN_DAY_CURVE] = put(arrivals.day_cv if isinstance(arrivals, Rates) else 0, 1.0)
        for column, family in zip(_KINDS, _families(demand), strict=True):
            if isinstance(family, Gamma):
                m[business + column + 1] = put(family.cv, family.mean_s * 1000)
