"""The kernel tells of every random hall what the engine tells, to the last event."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from simulation.cli import load
from simulation.kernel_run import Kernel
from simulation.scenario import Scenario
from tests.properties.alike import check_alike, halls
from tests.properties.profiles import DAYS

PLAIN = """
import sys
from tests.properties.test_kernel import digest
print(digest(sys.argv[1]))
"""

# Every family that may be fitted to a history, on days that are busy and quiet; and second businesses.
VARIED = {
    "name": "varied",
    "businesses": {
        code: {
            "arrivals": {
                "kind": "rates",
                "pieces": [{"start_ms": 0, "end_ms": 7_200_000, "per_hour": 90}],
                "day_cv": 0.3,
            },
            "service": service,
            "patience": {"kind": "weibull", "shape": 1.4, "scale_s": 900},
            "walking": {"kind": "lognormal", "mean_s": 15, "cv": 0.5},
            "later": None if code == "C" else {"share": 0.4, "business": "C"},
        }
        for code, service in {
            "A": {"kind": "gamma", "mean_s": 80, "cv": 1.7},
            "B": {"kind": "gamma", "mean_s": 60, "cv": 0.4},
            "C": {"kind": "empirical", "values_s": [20, 45.5, 90]},
        }.items()
    },
    "windows": [{"window": n, "reluctance": {"A": 0, "B": 0, "C": 5}, "schedule": [[0, 9000]]} for n in range(1, 6)],
    "day_cv": 0.2,
}


@DAYS
@given(halls(), st.integers(0, 2**70), st.integers(0, 3))
def test_engine_and_kernel_tell_the_same_of_a_random_hall(scenario: Scenario, seed: int, day: int) -> None:
    check_alike(scenario, seed, day)


def digest(name: str) -> str:
    """Everything that two days of a shipped scenario tell and add to the figures."""
    kernel = Kernel(load(name), seed=3)
    found = kernel.days(0, 2)
    figures = [[int(number) for number in column] for column in found]
    used = figures[1][-1] * 5
    return sha256(repr((kernel.tell(0), kernel.tell(1), figures[0][:used], figures[1:])).encode()).hexdigest()


def test_plain_python_finds_what_compiled_code_finds(tmp_path: Path) -> None:
    varied = tmp_path / "varied.json"
    varied.write_text(json.dumps(VARIED), encoding="utf-8")
    surroundings = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    for name in ("crowded_hall", "default_hall", str(varied)):
        command = [sys.executable, "-c", PLAIN, name]
        plain = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout
        assert plain.strip() == digest(name)
