"""The sixteen rows of a Chinese service hall, told in 假如/当/那么 and played on a real server."""

from pathlib import Path

import pytest

from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.lives import all_whole
from tests.scenarios import steps_case, steps_hall, steps_office, steps_visit
from tests.scenarios.telling import STEPS, Scenario, every, find
from tests.scenarios.world import World

# Naming them is what makes their steps known.
TELLERS = (steps_visit, steps_case, steps_hall, steps_office)
SCENARIOS = every()


# Those that wait for a function the product does not have yet are told and counted in the table, but are no tests yet.
RUN = [scenario for scenario in SCENARIOS if scenario.waits is None]


@pytest.mark.integration
@pytest.mark.parametrize("scenario", RUN, ids=[scenario.id for scenario in RUN])
def test_scenario(scenario: Scenario, start: Start, sqlite_database: Database, tmp_path: Path):
    world = World(start, sqlite_database, tmp_path)
    for said in scenario.steps:
        step, told = find(said)
        step.do(world, **told)
    all_whole(world.hall)


def test_all_sixteen_rows_are_told_and_every_line_of_what_runs_is_understood():
    assert len({scenario.row for scenario in SCENARIOS}) == 16
    used = {id(find(said)[0]) for scenario in RUN for said in scenario.steps}
    assert [each.says.pattern for each in STEPS if id(each) not in used] == [], "no step is there for nothing"
    assert all(scenario.steps for scenario in SCENARIOS)
