"""Slips wait for the printer on a thread of their own; a printer's trouble is noted and never loses a number."""

import io
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from kiosk.asking import ask
from kiosk.job import print_job
from kiosk.papers_slip import PapersFacts, papers_slip
from kiosk.printer import Printer, PrinterTrouble
from kiosk.printer_status import Status
from kiosk.profile import Profile
from kiosk.slip import slip
from kiosk.slip_facts import SlipFacts
from kiosk.text_slip import text_job
from kiosk.wires import Wire

_log = logging.getLogger(__name__)

State = Literal["waiting", "printing", "printed", "reprinted", "sent", "shown", "failed"]
_LONGEST_QUEUE = 16
# An idle printer is asked so often, in seconds: staff are to know within three of anything.
_EVERY = 0.5
# While a slip comes out, in seconds; how long that takes is told by its height, at 100 mm a second.
_WATCH = 0.15
_DOTS_A_SECOND = 800
_TOLD = 8


@dataclass
class Slip:
    """One slip on its way: what it says, how far it is, why it failed, and its picture (PNG) once drawn.

    It is `printed`, or as a copy `reprinted`, when the printer said afterwards that it can print; only `sent` when it
    said nothing.
    """

    facts: SlipFacts | PapersFacts
    state: State = "waiting"
    reason: str | None = None
    picture: bytes | None = None

    @property
    def under_way(self) -> bool:
        """True while it is not known whether it will be printed."""
        return self.state in {"waiting", "printing"}

    @property
    def called(self) -> str:
        """What the log calls it."""
        if isinstance(self.facts, PapersFacts):
            return f"the papers of {self.facts.item}"
        return self.facts.number

    def drawn(self, width: int) -> Image.Image:
        """The slip as a picture, `width` dots wide."""
        if isinstance(self.facts, PapersFacts):
            return papers_slip(self.facts, width)
        return slip(self.facts, width)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one slip with a number, and when (monotonic seconds)."""

    number: str
    state: State
    reason: str | None
    since: float


class Printing:
    """One printer and the slips before it; `changed` is called when its trouble is another, or a slip is done."""

    def __init__(self, printer: Printer, profile: Profile) -> None:
        self.printer, self.profile = printer, profile
        self._stands: tuple[str | None, float] = None, time.monotonic()
        self.slips: deque[Told] = deque(maxlen=_TOLD)
        self.changed: Callable[[], None] = lambda: None
        self._slips: queue.Queue[Slip | None] = queue.Queue(_LONGEST_QUEUE)
        self._thread = threading.Thread(target=self._run, name="kiosk-printing", daemon=True)

    @property
    def stands(self) -> tuple[str | None, float]:
        """What is wrong with the printer now, and since when (monotonic seconds)."""
        return self._stands

    @property
    def trouble(self) -> str | None:
        """What is wrong with the printer now; None when it is in order."""
        return self._stands[0]

    def start(self) -> None:
        """Begins to print."""
        self._thread.start()

    def stop(self) -> None:
        """Prints what waits and ends."""
        self._slips.put(None)
        self._thread.join()

    def put(self, facts: SlipFacts | PapersFacts) -> Slip:
        """Lines a slip up; returns at once."""
        new = Slip(facts)
        try:
            self._slips.put_nowait(new)
        except queue.Full:
            new.reason = "printer-busy"
            new.state = "failed"
            self._tell(new)
        return new

    def _run(self) -> None:
        while True:
            try:
                each = self._slips.get(timeout=None if self.printer.on_screen else _EVERY)
            except queue.Empty:
                self._look()
                continue
            if each is None:
                return
            each.state = "printing"
            state, each.reason = self._print(each)
            # The state comes last: whoever sees it may rely on the rest.
            each.state = state
            self._tell(each)

    def _print(self, each: Slip) -> tuple[State, str | None]:
        """What became of the slip, and why when it failed."""
        done: tuple[State, str | None] | None = None
        try:
            if self.printer.on_screen:
                drawn = io.BytesIO()
                each.drawn(self.profile.width).save(drawn, "PNG")
                each.picture = drawn.getvalue()
                return "shown", None
            job, seconds = self._job(each)
            with self.printer.open() as wire:
                done = self._send(wire, each, job, seconds)
        except PrinterTrouble as trouble:
            if done is not None and done[0] != "sent":
                # It said how it went before its line broke off.
                return done
            _log.error("The slip of %s was not printed: %s (%s)", each.called, trouble, trouble.code)
            self._note(trouble.code)
            return "failed", trouble.code
        except Exception:  # noqa: BLE001 -- see the comment
            # Whatever it is: the number stands, the visitor is told, and the next slip gets its try.
            _log.exception("The slip of %s could not be made.", each.called)
            return "failed", "slip-not-made"
        return done

    def _job(self, each: Slip) -> tuple[bytes, float]:
        """The bytes of a slip, and how long it takes to come out, in seconds."""
        image = each.drawn(self.profile.width)
        seconds = image.height / _DOTS_A_SECOND
        if self.profile.text == "raster" or isinstance(each.facts, PapersFacts):
            return print_job(image, self.profile), seconds
        return text_job(each.facts, self.profile), seconds

    def _send(self, wire: Wire, each: Slip, job: bytes, seconds: float) -> tuple[State, str | None]:
        """Nothing is sent to a printer that says it cannot print: it would come out later, when nobody waits for it."""
        status = self._ask(wire)
        if status.stops:
            _log.error("The slip of %s was not printed (%s).", each.called, status.stops)
            return "failed", status.stops
        until = time.monotonic() + seconds
        wire.send(job)
        while status.answered:
            status = self._ask(wire)
            if status.stops:
                _log.error("The slip of %s was broken off (%s).", each.called, status.stops)
                return "failed", status.stops
            if status.answered and time.monotonic() >= until:
                copy = isinstance(each.facts, SlipFacts) and each.facts.copy
                return ("reprinted" if copy else "printed"), None
            time.sleep(_WATCH)
        return "sent", status.warns

    def _look(self) -> None:
        """An idle printer is asked how it stands."""
        try:
            with self.printer.open() as wire:
                self._ask(wire)
        except PrinterTrouble as trouble:
            self._note(trouble.code)

    def _ask(self, wire: Wire) -> Status:
        status = ask(wire)
        self._note(status.trouble)
        return status

    def _note(self, trouble: str | None) -> None:
        if trouble == self.trouble:
            return
        _log.log(logging.WARNING if trouble else logging.INFO, "The printer: %s.", trouble or "in order")
        self._stands = trouble, time.monotonic()
        self.changed()

    def _tell(self, each: Slip) -> None:
        if not isinstance(each.facts, SlipFacts):
            return
        self.slips.append(Told(each.facts.number, each.state, each.reason, time.monotonic()))
        if each.state == "reprinted":
            _log.info("A copy of %s was printed.", each.facts.number)
        self.changed()
