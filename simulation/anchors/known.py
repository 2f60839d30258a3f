"""The anchors, in the order of the table: halls without end, with impatience, with priority, with any service."""

from collections.abc import Iterator
from math import ceil, sqrt

from simulation.anchors.anchor import Anchor, busy, figure, longer, share, within
from simulation.anchors.steady import Steady
from simulation.theory.chain import SmallHall
from simulation.theory.erlang import ErlangA, MMc, erlang_b, erlang_c
from simulation.theory.priority import priority_waits
from simulation.theory.service import constant_service_wait, one_window_wait
from simulation.theory.staffing import need

S = 60.0


def hall_anchors() -> list[Anchor]:
    """Every anchor that the engines can tell."""
    return [*_blocked(), *_must_wait(), *_waits(), *_staffed(), *_impatient(), *_priority(), *_service()]


def _blocked() -> Iterator[Anchor]:
    for windows, load, known in ((5, 3, "0.1100543478"), (10, 10, "0.2145823431"), (100, 100, "0.0757004527")):
        hall = Steady(f"M/M/{windows}/{windows}, load {load}", (load,), (1.0,), windows, patience=0.0)
        yield Anchor("Erlang B", erlang_b(windows, load), known, hall, share("abandoned"))


def _must_wait() -> Iterator[Anchor]:
    for windows, load, known in (
        (5, 3, "0.2361516035"),
        (10, 8, "0.4091801508"),
        (10, 9, "0.6687315241"),
        (12, 10, "0.4493882243"),
        (20, 18, "0.5507690048"),
        (100, 90, "0.2169404809"),
        (ceil(100 + sqrt(100)), 100, "0.237008"),
    ):
        hall = Steady(f"M/M/{windows}, load {load}", (load,), (1.0,), windows)
        yield Anchor("must wait (Erlang C)", erlang_c(windows, load), known, hall, longer(0))


def _waits() -> Iterator[Anchor]:
    ten, hall = MMc(9, 1, 10), Steady("M/M/10, load 9", (9,), (1.0,), 10)
    yield Anchor("mean wait", ten.mean_wait(), "0.6687315241", hall, figure("wait_mean_s"))
    yield Anchor("waits longer than 1", ten.waits_longer(1), "0.2460125794", hall, longer(1))
    yield Anchor("P90 of the wait", ten.percentile(0.9), "1.9002124843", hall, figure("wait_p90_s"))
    three = Steady("M/M/3, arrivals 0.2, service 10", (0.2,), (10.0,), 3)
    yield Anchor("mean wait", MMc(0.2, 0.1, 3).mean_wait(), "4.4444444444", three, figure("wait_mean_s"))


def _staffed() -> Iterator[Anchor]:
    calls = Steady("M/M/14, 100 in 30 min, service 3 min", (100 / 30,), (3.0,), 14)
    told = need(100 / 30, 1 / 3, within=20 / 60, share=0.8, busy=0.85, away=0.3)
    yield Anchor("must wait", told.must_wait, "0.1741319336", calls, longer(0))
    yield Anchor("waits 20 s at most", told.within, "0.8883500192", calls, within(20 / 60))
    yield Anchor("busy windows", told.utilisation, "0.7142857143", calls, busy)
    for an_hour, service, limit, windows, known in (
        (60, 8, 15, 10, "0.990377"),
        (60, 8, 10, 9, "0.812819"),
        (120, 6, 15, 13, "0.942180"),
        (40, 12, 15, 10, "0.966412"),
    ):
        exact = MMc(an_hour / 60, 1 / service, windows)
        hall = Steady(f"M/M/{windows}, {an_hour} an hour, service {service} min", (an_hour / 60,), (service,), windows)
        yield Anchor(f"waits {limit} min at most", 1 - exact.waits_longer(limit), known, hall, within(limit))
        if windows * service == 10 * 8:
            yield Anchor("mean wait (min)", exact.mean_wait(), "1.636721", hall, figure("wait_mean_s"))


def _impatient() -> Iterator[Anchor]:
    fifty, crowd = ErlangA(48, 1, 0.5, 50), ErlangA(12, 1, 1, 10)
    hall = Steady("M/M/50+M, load 48, patience 2", (48,), (1.0,), 50, patience=2.0)
    yield Anchor("leave (Erlang A)", fifty.abandoned(), "0.0309122492", hall, share("abandoned"))
    yield Anchor("mean wait (s)", fifty.mean_wait() * S, "3.7095", hall, figure("wait_all_mean_s", times=S))
    yield Anchor("P90 of the wait (s)", fifty.percentile(0.9) * S, "12.4446", hall, figure("wait_all_p90_s", times=S))
    yield Anchor("mean queue", fifty.queue(), "2.9676", hall, figure("wait_all_mean_s", times=48))
    yield Anchor("busy windows", fifty.utilisation(), "0.930324", hall, busy)
    patient, same = MMc(48, 1, 50), Steady("M/M/50, load 48", (48,), (1.0,), 50)
    yield Anchor("mean wait (s)", patient.mean_wait() * S, "20.8337", same, figure("wait_mean_s", times=S))
    yield Anchor("P90 of the wait (s)", patient.percentile(0.9) * S, "58.1387", same, figure("wait_p90_s", times=S))
    yield Anchor("mean queue", patient.mean_wait() * 48, "16.6669", same, figure("wait_mean_s", times=48))
    hall = Steady("M/M/10+M, load 12, patience 1", (12,), (1.0,), 10, patience=1.0)
    yield Anchor("must wait (Erlang A)", crowd.must_wait(), "0.7576078383", hall, longer(0))
    yield Anchor("leave", crowd.abandoned(), "0.213632353", hall, share("abandoned"))
    yield Anchor("mean queue", crowd.queue(), "2.5635882355", hall, figure("wait_all_mean_s", times=12))


def _priority() -> Iterator[Anchor]:
    hall = Steady("M/M/10, strict priority, arrivals 1.8 and 7.2", (1.8, 7.2), (1.0, 1.0), 10)
    for k, (business, known) in enumerate((("A", "0.0815526249"), ("B", "0.8155262489"))):
        yield Anchor(
            f"mean wait of {business} (Cobham)",
            priority_waits((1.8, 7.2), 1, 10)[k],
            known,
            hall,
            figure("wait_mean_s", business),
        )
    yield Anchor("mean wait of all", MMc(9, 1, 10).mean_wait(), "0.6687315241", hall, figure("wait_mean_s"))
    serves = (frozenset({0}), frozenset({0, 1}))
    skilled = Steady("strict priority, B at one of two windows only", (0.7, 0.6), (1.0, 2 / 3), 2, serves=serves)
    chain = SmallHall(skilled.arrivals, (1.0, 1.5), serves, room=60).mean_waits()
    for business, exact in zip("AB", chain, strict=True):
        yield Anchor(f"mean wait of {business} (chain)", exact, "", skilled, figure("wait_mean_s", business))


def _service() -> Iterator[Anchor]:
    for cv, known in ((0.0, "2.0"), (0.5, "2.5"), (0.8, "3.28"), (1.0, "4.0"), (1.5, "6.5")):
        hall = Steady(f"M/G/1, load 0.8, cv {cv:g}", (0.8,), (1.0,), 1, cv=cv)
        exact, rounded = one_window_wait(0.8, cv), f"{known:0<12}"
        yield Anchor("mean wait (Pollaczek–Khinchine)", exact, rounded, hall, figure("wait_mean_s"))
    for windows, load, known in ((2, 1.6, "0.90328388"), (10, 9.0, "0.34458205")):
        hall = Steady(f"M/D/{windows}, load {load:g}", (load,), (1.0,), windows, cv=0.0)
        exact = constant_service_wait(windows, load)
        yield Anchor("mean wait (Crommelin)", exact, known, hall, figure("wait_mean_s"))
