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
# One act teaches a sixteenth of what is to be learned of the way to the server, and a slow one no more than this.
TEACHES, AT_MOST_S = 1 / 16, 0.1

Act = Callable[[], None]
Heard = Callable[[Answer], None]


class Agenda:
    """Everything a play decides happens in `run`'s thread; only the requests themselves wait elsewhere."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        # A request is an act only when the server has it: so much earlier (ms of hall time) each one is sent.
        self.lead = pace.doubt_ms
        self.under_way = 0
        self._due: list[tuple[int, int, int, Act]] = []
        self._numbers = count()
        self._inbox: SimpleQueue[tuple[Heard, Answer | Exception]] = SimpleQueue()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="play")

    def at(self, moment: int, order: Order, act: Act) -> None:
        """Have that done at this hall time (ms UTC); at the same moment in the core's order."""
        heapq.heappush(self._due, (moment, order, next(self._numbers), act))

    def learn(self, late: int) -> None:
        """An act that was sent in time was done so late (ms of hall time; negative: early)."""
        most = self.pace.hall_ms(AT_MOST_S)
        self.lead = max(0.0, self.lead + TEACHES * min(most, max(-most, late)))

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
            while self._due and self._ahead() <= 0:
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
        return min(LOOK_S, max(0.0, self.pace.real(self._ahead())))

    def _ahead(self) -> float:
        return self._due[0][0] - self.lead - self.pace.now()

    def _hear(self, patience_s: float) -> None:
        try:
            heard, answer = self._inbox.get(timeout=patience_s) if patience_s > 0 else self._inbox.get_nowait()
        except Empty:
            return
        self.under_way -= 1
        if isinstance(answer, Exception):
            raise answer
        heard(answer)
