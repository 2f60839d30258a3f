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


def _param(scenario: Scenario) -> object:
    marks = [] if scenario.waits is None else [pytest.mark.skip(reason=f"等{scenario.waits}")]
    return pytest.param(scenario, id=scenario.id, marks=marks)


@pytest.mark.integration
@pytest.mark.parametrize("scenario", [_param(each) for each in SCENARIOS])
def test_scenario(scenario: Scenario, start: Start, sqlite_database: Database, tmp_path: Path):
    world = World(start, sqlite_database, tmp_path)
    for said in scenario.steps:
        step, told = find(said)
        step.do(world, **told)
    all_whole(world.hall)


def test_all_sixteen_rows_are_told_and_every_line_of_what_runs_is_understood():
    assert len({scenario.row for scenario in SCENARIOS}) == 16
    used = {id(find(said)[0]) for scenario in SCENARIOS if scenario.waits is None for said in scenario.steps}
    assert [each.says.pattern for each in STEPS if id(each) not in used] == [], "no step is there for nothing"
    assert all(scenario.steps for scenario in SCENARIOS)
