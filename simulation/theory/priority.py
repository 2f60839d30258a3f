"""Strict priority: Cobham's waits of classes at windows that serve all of them."""

from math import inf

from simulation.theory.erlang import erlang_c


def priority_waits(arrivals: tuple[float, ...], service: float, windows: int) -> tuple[float, ...]:
    """Mean waits of classes under strict, non-preemptive priority, the first class first (M/M/c, one service rate).

    Cobham, Operations Research 2 (1954) 70-76: W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), s_k the load up to class k.
    """
    total = sum(arrivals)
    first = erlang_c(windows, total / service) / (windows * service)
    found, before = [], 0.0
    for each in arrivals:
        upto = before + each / (windows * service)
        found.append(first / ((1 - before) * (1 - upto)) if upto < 1 else inf)
        before = upto
    return tuple(found)
