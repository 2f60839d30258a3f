"""Anchors that no engine can tell: limits, approximations, counts of windows, loads without a queue."""

from collections.abc import Iterator
from functools import cache
from math import pi, sin
from statistics import NormalDist, fmean

from simulation.anchors.anchor import Formula
from simulation.theory.erlang import Bounded
from simulation.theory.in_time import Wave, busy_chance, followed
from simulation.theory.limits import garnett, halfin_whitt
from simulation.theory.service import near_wait
from simulation.theory.staffing import by_offered_load, by_period, least_windows, need

# A cycle is looked at in so many moments.
MOMENTS = 2_000


@cache
def formula_anchors() -> tuple[Formula, ...]:
    """Every anchor that is judged by its formula alone; the first call takes two seconds."""
    return (*_by_hand(), *_in_time())


def _by_hand() -> Iterator[Formula]:
    chances = Bounded(3, 4, 2, 3).chances()
    yield Formula(
        "M/M/2/3, arrivals 3, service rate 4: in the hall", sum(n * p for n, p in enumerate(chances)), "0.7623400366"
    )
    yield Formula("M/M/2/3, arrivals 3, service rate 4: turn away", chances[-1], "0.0493601463")
    calls = need(100 / 30, 1 / 3, within=20 / 60, share=0.8, busy=0.85, away=0.3)
    yield Formula("100 in 30 min, 3 min, 80 % in 20 s: windows", calls.windows, "14")
    yield Formula("100 in 30 min, 3 min, 80 % in 20 s: persons", calls.persons, "20")
    for an_hour, service, limit, share, known in (
        (60, 8, 15, 0.9, "10"),
        (60, 8, 10, 0.8, "9"),
        (120, 6, 15, 0.9, "13"),
        (40, 12, 15, 0.9, "10"),
    ):
        least = least_windows(an_hour / 60, 1 / service, limit, share)
        yield Formula(f"{an_hour} an hour, {service} min, {share:.0%} in {limit} min: windows", least, known)
    for beta, known in (
        (0.25, "0.7209321134"),
        (0.5, "0.5045386410"),
        (1.0, "0.2233612748"),
        (1.5, "0.0846903945"),
        (2.0, "0.0268813624"),
    ):
        yield Formula(f"Halfin–Whitt, beta {beta:g}: must wait", halfin_whitt(beta), known)
    for beta, known in ((-1.0, "0.8413447"), (0.0, "0.5"), (0.5, "0.3085375"), (1.0, "0.1586553"), (2.0, "0.0227501")):
        yield Formula(f"Garnett, patience like service, beta {beta:g}: must wait", garnett(beta), known)
    for cv, known in ((0.0, "0.334366"), (0.6, "0.454737"), (0.8, "0.548360"), (1.5, "1.086689")):
        yield Formula(f"Allen–Cunneen, M/G/10, load 9, cv {cv:g}: mean wait, nearly", near_wait(10, 9, cv), known)


def _in_time() -> Iterator[Formula]:
    for wave, known in ((Wave(30, 20, 5), "33.92232270"), (Wave(100, 20, 1), "114.14213562")):
        said = f"Mt/M/∞, {wave.mean:g} + {wave.swing:g} sin {wave.pace:g}t: most offered load"
        yield Formula(said, wave.most_load(), known)
    for mean, swing, service, lagged, hours, worst in (
        (16, 1.0, 2, False, "306", "0.33354533"),
        (16, 1.0, 2, True, "304", "0.10321983"),
        (32, 0.5, 4, False, "312", "0.11467432"),
        (32, 0.5, 4, True, "311", "0.09625411"),
    ):

        def rate(t: float, mean: float = mean, swing: float = swing) -> float:
            return mean * (1 + swing * sin(2 * pi * t / 24))

        said = f"{'lagged ' * lagged}SIPP, load {mean // service}, arrivals {mean}, swing {swing:g}"
        plan = by_period(rate, service, 0.1, range(25), 1 / service if lagged else 0.0)
        found = followed(rate, service, range(25), plan, room=80)
        yield Formula(f"{said}: hours of work", sum(plan), hours)
        yield Formula(f"{said}: must wait in the worst hour", max(hour.must_wait for hour in found), worst)
    wave = Wave(100, 20, 1)
    loads = [wave.offered_load(2 * pi * k / MOMENTS) for k in range(MOMENTS)]
    # The known means were taken over fewer moments, and agree in two digits.
    for target, known in ((0.1, "0.10"), (0.5, "0.49"), (0.9, "0.90")):
        beta = NormalDist().inv_cdf(1 - target)
        mean_chance = fmean(busy_chance(load, by_offered_load(load, beta)) for load in loads)
        yield Formula(f"by offered load, 100 + 20 sin t, target {target:g}: must wait", mean_chance, known)
