"""Slips wait for the printer on a thread of their own; a printer's trouble is noted and never loses a number."""

import io
import logging
import queue
import threading
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from kiosk.job import print_job
from kiosk.papers_slip import PapersFacts, papers_slip
from kiosk.printer import Printer, PrinterTrouble
from kiosk.slip import slip
from kiosk.slip_facts import SlipFacts

_log = logging.getLogger(__name__)

State = Literal["waiting", "printing", "printed", "shown", "failed"]
_LONGEST_QUEUE = 16


@dataclass
class Slip:
    """One slip on its way: what it says, how far it is, why it failed, and its picture (PNG) once drawn."""

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


class Printing:
    """One printer and the slips before it."""

    def __init__(self, printer: Printer, width: int) -> None:
        self.printer, self.width = printer, width
        self.trouble: str | None = None
        self._slips: queue.Queue[Slip | None] = queue.Queue(_LONGEST_QUEUE)
        self._thread = threading.Thread(target=self._run, name="kiosk-printing", daemon=True)

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
            new.state, new.reason = "failed", "printer-busy"
        return new

    def _run(self) -> None:
        while (each := self._slips.get()) is not None:
            each.state = "printing"
            state, reason = self._print(each)
            # The state comes last: whoever sees it may rely on the rest.
            self.trouble = each.reason = reason
            each.state = state

    def _print(self, each: Slip) -> tuple[State, str | None]:
        """What became of the slip, and why when it failed."""
        try:
            image = each.drawn(self.width)
            if self.printer.on_screen:
                drawn = io.BytesIO()
                image.save(drawn, "PNG")
                each.picture = drawn.getvalue()
                return "shown", None
            self.printer.send(print_job(image))
        except PrinterTrouble as trouble:
            _log.error("The slip of %s was not printed: %s (%s)", each.called, trouble, trouble.code)
            return "failed", trouble.code
        except Exception:  # noqa: BLE001 -- see the comment
            # Whatever it is: the number stands, the visitor is told, and the next slip gets its try.
            _log.exception("The slip of %s could not be made.", each.called)
            return "failed", "slip-not-made"
        return "printed", None
