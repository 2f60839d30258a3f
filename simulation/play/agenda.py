"""The agenda: what is to happen at which hall time, and the answers that come back from the server, in one thread."""

import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from queue import Empty, SimpleQueue

from queue_server.core.moment import Order
from simulation.play.link import Answer
from simulation.play.pace import Pace

# More requests at once than this would measure the threads, not the server.
THREADS = 16
LOOK_S = 0.1

Act = Callable[[], None]
Heard = Callable[[Answer], None]


class Agenda:
    """Everything a play decides happens in `run`'s thread; only the requests themselves wait elsewhere."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.under_way = 0
        self._due: list[tuple[int, int, int, Act]] = []
        self._numbers = count()
        self._inbox: SimpleQueue[tuple[Heard, Answer | Exception]] = SimpleQueue()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="play")

    def at(self, moment: int, order: Order, act: Act) -> None:
        """Do that at this hall time (ms UTC); at the same moment in the core's order."""
        heapq.heappush(self._due, (moment, order, next(self._numbers), act))

    def send(self, request: Callable[[], Answer], heard: Heard) -> None:
        """Send a request; its answer is heard in `run`'s thread."""
        self.under_way += 1

        def work() -> None:
            try:
                self._inbox.put((heard, request()))
            except Exception as broken:  # noqa: BLE001 -- raised again where it is heard
                self._inbox.put((heard, broken))

        self._pool.submit(work)

    def run(self, over: Callable[[], bool], each: Act) -> None:
        """Until it is over; `each` is called after everything that happened, and ten times a second besides."""
        while not over():
            while self._due and self._due[0][0] <= self.pace.now():
                heapq.heappop(self._due)[3]()
            self._hear(self._patience())
            each()

    def settle(self, patience_s: float) -> None:
        """Hear what is still under way, and forget what was to come."""
        self._due.clear()
        end = self.pace.clock() + patience_s
        while self.under_way and self.pace.clock() < end:
            self._hear(LOOK_S)
            self._due.clear()

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _patience(self) -> float:
        if not self._due:
            return LOOK_S
        return min(LOOK_S, max(0.0, self.pace.real(self._due[0][0] - self.pace.now())))

    def _hear(self, patience_s: float) -> None:
        try:
            heard, answer = self._inbox.get(timeout=patience_s) if patience_s > 0 else self._inbox.get_nowait()
        except Empty:
            return
        self.under_way -= 1
        if isinstance(answer, Exception):
            raise answer
        heard(answer)
