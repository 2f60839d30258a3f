"""Engine and kernel on thousands of new random halls (`make prove`)."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario import Scenario
from tests.properties.alike import check_alike, halls
from tests.properties.profiles import LONG


@LONG
@given(halls(), st.integers(0, 2**96 - 1), st.integers(0, 3))
def test_engine_and_kernel_tell_the_same_of_thousands_of_halls(scenario: Scenario, seed: int, day: int) -> None:
    check_alike(scenario, seed, day)
