"""The planner's own process: `python -m simulation.plan_job FOLDER` turns the request there into a result there."""

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from simulation.history import kinds
from simulation.history.recorded import NotReadable
from simulation.plan_folder import ALIVE_EVERY_S, PlanFolder
from simulation.plan_wish import Wish
from simulation.planner import plan

# The state is written so often at most; a page asks about once a second.
WRITE_EVERY_S = 0.25


def main(folder: PlanFolder) -> None:
    """Read, simulate, write the result; whatever goes wrong ends as a state with a code, never as silence."""
    threading.Thread(target=_stay_cancellable, args=(folder,), daemon=True).start()
    _be_polite()
    try:
        request = json.loads(folder.request.read_text(encoding="utf-8"))
        folder.say("reading", 0, 0)
        recorded = kinds.read(folder.input, kinds.Wanted(**request["wanted"]))
        result = plan(recorded, Wish(**_wish(request["wish"])), _Teller(folder).tell)
        folder.keep_result(result)
        folder.say("done", 1, 1)
    except NotReadable as unreadable:
        folder.fail(unreadable.code, unreadable.facts)
    finally:
        # The history may tell about people; it is not needed any more.
        folder.input.unlink(missing_ok=True)


class _Teller:
    def __init__(self, folder: PlanFolder) -> None:
        self._folder = folder
        self._told_at = 0.0

    def tell(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._told_at >= WRITE_EVERY_S:
            self._told_at = now
            self._folder.say(step, done, total)


def _wish(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "levels": tuple(said.get("levels", ()))}


def _stay_cancellable(folder: PlanFolder) -> None:
    """Show a sign of life, and end the process at once when it is asked to; the request is a file, as on any system."""
    while True:
        if folder.cancel_asked():
            folder.input.unlink(missing_ok=True)
            folder.say("cancelled", 0, 0)
            os._exit(0)
        folder.show_life()
        time.sleep(ALIVE_EVERY_S)


def _be_polite() -> None:
    # The live hall goes first: a plan takes only the time that nobody else wants.
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)


if __name__ == "__main__":
    where = PlanFolder(Path(sys.argv[1]))
    try:
        main(where)
    except Exception:
        where.fail("broken", {})
        raise
