"""Days played on a Dask cluster of the test's own: the same figures as here, progress, an end, and what is refused."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster

from queue_server.cli import main
from simulation.cli import load
from simulation.compare import compare
from simulation.executors import ALONE, Executor, NoCluster
from simulation.experiment import Cancelled, run
from simulation.players import Engine, Task, code_version, play_anywhere

HALL = load("crowded_hall")
# Several of them run side by side on one machine.
FREE = "127.0.0.1:0"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler and two workers of two threads each, as processes that speak over sockets."""
    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=FREE) as cluster:
        yield cluster.scheduler_address


@pytest.mark.parametrize(("engine", "days"), [("kernel", 40), ("simpy", 3)])
def test_a_cluster_finds_what_is_found_here(address: str, engine: Engine, days: int):
    heard: list[tuple[int, int]] = []
    there = Executor(cluster=address)
    found = run(HALL, days=days, seed=4, engine=engine, executor=there, progress=lambda *told: heard.append(told))
    assert found == run(HALL, days=days, seed=4, engine=engine)
    assert [done for done, _ in heard] == sorted({done for done, _ in heard})
    assert heard[-1] == (days, days)


def test_two_plans_are_compared_there_as_here(address: str):
    other = load("default_hall")
    there, here = (compare(HALL, other, days=30, seed=2, executor=each) for each in (Executor(cluster=address), ALONE))
    assert there == here


def test_it_ends_when_asked_and_the_cluster_stays(address: str):
    heard: list[int] = []
    with pytest.raises(Cancelled):
        run(
            HALL,
            days=20_000,
            seed=1,
            executor=Executor(cluster=address),
            progress=lambda done, _: heard.append(done),
            cancelled=lambda: True,
        )
    assert heard[-1] < 20_000
    with Client(address, set_as_default=False) as client:
        assert sum(client.nthreads().values()) == 4


def test_the_commands_take_the_address(address: str):
    words = ["simulate", "crowded_hall", "--days", "4", "--json"]
    there, here = (CliRunner().invoke(main, [*words, *more]) for more in (["--cluster", address], []))
    assert there.exit_code == 0, there.output
    assert json.loads(there.stdout) == json.loads(here.stdout)
    both = CliRunner().invoke(main, [*words, "--cluster", address, "--processes", "2"])
    assert both.exit_code == 2
    assert "give one of them" in both.stderr


def test_workers_of_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("simulation.cluster.code_version", lambda: "another")
    with pytest.raises(NoCluster, match="another version of OneDoor"):
        run(HALL, days=2, seed=1, executor=Executor(cluster=address))


def test_a_thread_that_was_at_another_task_plays_this_one():
    one, other = (Task(HALL.model_dump_json(), seed, "kernel") for seed in (1, 2))
    first, second, again = (play_anywhere(task, code_version(), range(2)) for task in (one, other, one))
    assert str(first) == str(again) != str(second)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1"])
def test_where_nobody_answers_that_is_said(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setattr("simulation.cluster.ANSWER_WITHIN_S", 1)
    done = CliRunner().invoke(main, ["simulate", "crowded_hall", "--days", "2", "--cluster", address])
    assert done.exit_code == 2
    assert f"No Dask scheduler answers at {address}." in done.stderr


def test_a_cluster_without_workers_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("simulation.cluster.ANSWER_WITHIN_S", 1)
    with LocalCluster(n_workers=0, processes=False, protocol="tcp", dashboard_address=FREE) as empty:
        done = CliRunner().invoke(main, ["simulate", "crowded_hall", "--cluster", empty.scheduler_address])
    assert done.exit_code == 2
    assert "has no workers" in done.stderr


def test_a_cluster_that_goes_away_is_said():
    with LocalCluster(n_workers=1, processes=False, protocol="tcp", dashboard_address=FREE) as short_lived:
        there = Executor(cluster=short_lived.scheduler_address)
        with pytest.raises(NoCluster, match="was lost"):
            run(HALL, days=5_000, seed=1, executor=there, progress=lambda *_: short_lived.close())
