"""How many visitors the kernel plays in a second of one core, beside plain SimPy in the same run (`make bench`)."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.cli import load
from simulation.draws import customers
from simulation.experiment import run
from simulation.kernel_days import LINE, WAITED
from simulation.kernel_draws import draw
from simulation.kernel_run import Kernel
from simulation.opening import spans
from simulation.scenario import Scenario
from tests.bench.plain_simpy import Desk, PlainHall, Visitor

ROUNDS = 5
LEAST_TIMES = 50
LEAST_END_TO_END = 4_000_000
FIRST = """
import time
began = time.perf_counter()
from simulation.cli import load
from simulation.kernel_run import Kernel
imported = time.perf_counter()
Kernel(load("default_hall"), 1).days(0, 1)
print(f"{imported - began:.2f} s to import, {time.perf_counter() - imported:.2f} s to the end of the first day")
"""


def with_skills(scenario: Scenario) -> Scenario:
    """The hall without what the plain one does not know: nobody leaves, is away, or comes back."""
    document = scenario.model_dump()
    for demand in document["businesses"].values():
        demand.update(patience=None, absent=None, returning=0)
    document["warm_up_s"] = 0
    for place, desk in enumerate(document["windows"]):
        # Each third window has four businesses it does only when its own wait less.
        desk["reluctance"] = {
            code: 0 if (place + number) % 3 else 600 for number, code in enumerate(document["businesses"])
        }
        desk["not_before"] = {}
    return Scenario.model_validate(document)


def say(text: str) -> None:
    """Told while the test runs."""
    sys.stdout.write(text + "\n")


def least(act: Callable[[], Any]) -> float:
    """The least time of one processor core (s) that it took."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return min(took)


def by_simpy(scenario: Scenario, days: int) -> tuple[float, int, list[int]]:
    """Visitors a second of plain SimPy; how many there were, and their waits."""
    codes, starts = list(scenario.businesses), {(c.code,): round(c.head_start_s * 1000) for c in scenario.classes}
    desks = [
        Desk([None if (s := desk.reluctance.get(code)) is None else round(s * 1000) for code in codes], spans(desk, 0))
        for desk in scenario.windows
    ]
    coming = [
        [Visitor(c.at, codes.index(c.business), c.service, starts.get(c.grounds, 0)) for c in customers(scenario, 1, d)]
        for d in range(days)
    ]
    waits = [wait for day in coming for wait in PlainHall(len(codes), desks, day).waits]
    took = least(lambda: [PlainHall(len(codes), desks, day) for day in coming])
    return len(waits) / took, len(waits), waits


@pytest.mark.parametrize(("name", "simpy_days", "days"), [("default_hall", 10, 2000), ("mm10", 2, 60)])
def test_the_kernel_beside_plain_simpy(name: str, simpy_days: int, days: int) -> None:
    scenario = with_skills(load(name))
    plain, visitors, waits = by_simpy(scenario, simpy_days)
    kernel = Kernel(scenario, 1)
    found = kernel.days(0, simpy_days)
    ours = np.asarray(found.lines).reshape(-1, LINE)[: found.first[-1], WAITED]
    say(f"\n{name}: mean wait {np.mean(waits) / 1000:.2f} s in plain SimPy, {ours.mean() / 1000:.2f} s in the kernel")
    played = kernel.days(0, days)
    count = int(played.first[-1])
    whole = least(lambda: kernel.days(0, days))
    drawing = least(lambda: [draw(kernel._m, kernel._f, (*kernel._seed, day)) for day in range(days)])
    say(f"plain SimPy   {plain / 1e6:8.3f} million visitors a second of one core ({visitors} visitors)")
    alone = count / (whole - drawing)
    say(f"kernel, alone {alone / 1e6:8.3f} million ({count} visitors), × {alone / plain:.0f}")
    say(f"with drawing  {count / whole / 1e6:8.3f} million, × {count / whole / plain:.0f}")
    assert alone >= LEAST_TIMES * plain


def test_from_the_scenario_to_the_ninetieth_percentile() -> None:
    scenario, days = with_skills(load("default_hall")), 2000

    def once() -> int:
        found = Kernel(scenario, 1).days(0, days)
        waits = np.asarray(found.lines).reshape(-1, LINE)[: found.first[-1], WAITED]
        at = int(len(waits) * 0.9)
        np.partition(waits, at)
        return len(waits)

    count = once()
    took = least(once)
    say(f"\nend to end with P90: {count / took / 1e6:.2f} million visitors a second of one core")
    full = least(lambda: run(load("default_hall"), days=days, seed=1))
    say(f"the whole report:    {run(load('default_hall'), days=days, seed=1).customers / full / 1e6:.2f} million")
    say(f"most memory so far:  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    assert count / took >= LEAST_END_TO_END


def test_the_first_call_and_the_next_start(tmp_path: Path) -> None:
    surroundings = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    for said in ("compiled for the first time", "from what is kept"):
        ran = subprocess.run(
            [sys.executable, "-c", FIRST], env=surroundings, capture_output=True, text=True, check=True
        )
        say(f"\n{said}: {ran.stdout.strip()}")
    assert list(tmp_path.rglob("*.nbc")), "compiled code was kept"
