"""All acts and timers against the model in ten thousand runs on each database, and every refusal that there is."""

import pytest

from tests.running.database import Database
from tests.statemachine.trying import REFUSALS, missing, try_runs

RUNS = 10_000


@pytest.mark.prove
def test_ten_thousand_times_the_hall_does_what_the_model_does(database: Database) -> None:
    reached = try_runs(database, RUNS)

    assert reached["runs"] >= RUNS
    assert missing(reached) | {f"refusal {code}" for code in REFUSALS} - set(reached) == set()
