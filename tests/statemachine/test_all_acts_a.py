"""All acts and timers against the model, on both databases; one of four files, so that they run beside each other."""

from tests.running.database import Database
from tests.statemachine.trying import missing, try_runs


def test_the_hall_does_what_the_model_does(database: Database) -> None:
    reached = try_runs(database, 500)

    assert reached["runs"] >= 500
    assert missing(reached) == set()
