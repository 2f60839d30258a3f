"""Where days are played: in threads of this process, in other processes, or on the machines of a Dask cluster."""

import multiprocessing
import signal
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures import Executor as Pool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from simulation.players import Batch, Task, play_prepared, prepare

# So many batches are given out for each that can be played at once, so that nobody waits for the next; and no more, so
# that an end is quick and what is not begun takes no room.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Executor:
    """By so many `threads` of this process, other `processes`, or the Dask cluster at an address (`tcp://…`)."""

    threads: int = 1
    processes: int = 1
    cluster: str | None = None

    @property
    def most(self) -> int:
        """How many work at the same time on this machine."""
        return max(self.threads, self.processes)


ALONE = Executor()


class NoCluster(RuntimeError):
    """A cluster that cannot be used; the message says why, for a person."""


class Crew(Protocol):
    """Those who play the days of one task; `at_once` batches, in whatever order they are done."""

    @property
    def at_once(self) -> int:
        """How many batches are played at the same time."""

    def play(self, parts: Sequence[range]) -> Generator[Batch, None, None]:
        """These parts as they are done; what nobody began yet is not played where the generator is closed."""

    def close(self) -> None:
        """Let them go."""


def crew(executor: Executor, task: Task) -> Crew:
    """The crew that an executor is, ready for a task; raises `NoCluster`."""
    if executor.cluster is not None:
        from simulation.cluster import ClusterCrew  # noqa: PLC0415 -- Dask belongs to the extra `cluster`

        return ClusterCrew(executor.cluster, task)
    return LocalCrew(executor, task)


class LocalCrew:
    """Threads of this process or other processes."""

    def __init__(self, executor: Executor, task: Task) -> None:
        self.at_once = executor.most
        self._pool: Pool
        if executor.processes > 1:
            # Started afresh, not forked: a forked child would share the sockets and threads of a server.
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(executor.processes, fresh, _prepare_process, (task,))
        else:
            self._pool = ThreadPoolExecutor(executor.threads, initializer=prepare, initargs=(task,))

    def play(self, parts: Sequence[range]) -> Generator[Batch, None, None]:
        """These parts as they are done."""
        waiting = iter(parts)
        sent = self._sent(islice(waiting, AHEAD * self.at_once))
        try:
            while sent:
                done, sent = wait(sent, return_when=FIRST_COMPLETED)
                sent |= self._sent(islice(waiting, len(done)))
                for each in done:
                    yield each.result()
        finally:
            for each in sent:
                each.cancel()

    def _sent(self, parts: Iterable[range]) -> set[Future[Batch]]:
        # Giving out work starts a process, which would end in the middle of its start.
        with _deaf_to_ctrl_c():
            return {self._pool.submit(play_prepared, part) for part in parts}

    def close(self) -> None:
        """Let them go; days that nobody began are not played."""
        self._pool.shutdown(cancel_futures=True)


def _prepare_process(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(task)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C; this one hears it afterwards.

    At a terminal it reaches every process of a command, but is for the one that gave out the work. Windows has nothing
    of the kind; there a process is deaf from when it is prepared.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
