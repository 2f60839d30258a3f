"""Days played on a Dask cluster: sent to its workers in batches, with the task itself sent to each only once."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

from simulation.executors import AHEAD, NoCluster
from simulation.players import Batch, OtherVersion, Task, code_version, play_anywhere

# Most of it carries no types.
distributed: Any = import_module("distributed")
# How long a scheduler may take to answer, and to have a worker at all.
ANSWER_WITHIN_S = 10


class ClusterCrew:
    """The workers of the cluster whose scheduler is at an address such as tcp://10.0.0.5:8786."""

    def __init__(self, address: str, task: Task) -> None:
        self._address = address
        try:
            self._client = distributed.Client(address, timeout=ANSWER_WITHIN_S, set_as_default=False)
        except (OSError, ValueError) as unreachable:
            raise NoCluster(f"No Dask scheduler answers at {address}.") from unreachable
        try:
            self._client.wait_for_workers(1, timeout=ANSWER_WITHIN_S)
            self.at_once = sum(self._client.nthreads().values())
            # In a list, because a tuple would be sent in pieces.
            (self._task,) = self._client.scatter([task], broadcast=True)
        except OSError as nobody:
            self.close()
            raise NoCluster(f"The Dask cluster at {address} has no workers.") from nobody

    def play(self, parts: Sequence[range]) -> Generator[Batch, None, None]:
        """These parts as they are done; raises `NoCluster` where the workers cannot play them."""
        waiting = map(self._sent, parts)
        begun = distributed.as_completed(islice(waiting, AHEAD * self.at_once), loop=self._client.loop)
        try:
            with self._explained():
                for done in begun:
                    begun.update(islice(waiting, 1))
                    yield done.result()
        finally:
            self._client.cancel([*begun.futures])

    def _sent(self, part: range) -> Any:
        # Not pure: the same days asked for again are played again, and no key of another session is met.
        return self._client.submit(play_anywhere, self._task, code_version(), part, pure=False)

    @contextmanager
    def _explained(self) -> Generator[None, None, None]:
        try:
            yield
        except OtherVersion as other:
            raise NoCluster(f"The workers at {self._address} have another version of OneDoor.") from other
        except ModuleNotFoundError as missing:
            raise NoCluster(f"The workers at {self._address} lack {missing.name}: onedoor[planner].") from missing
        except (distributed.KilledWorker, distributed.CancelledError, OSError) as lost:
            raise NoCluster(f"The Dask cluster at {self._address} was lost: {lost}") from lost

    def close(self) -> None:
        """Let them go; the cluster stays."""
        self._client.close()
