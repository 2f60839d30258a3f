"""One plan's folder: request, input, state as JSON lines, result; both sides talk through these files alone."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALIVE_EVERY_S = 0.3
# A process that has shown no sign of life for so long is taken to be gone.
LOST_AFTER_S = 20.0
FINAL = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class PlanState:
    """How far a plan is: `step` is starting, reading, simulating, done, failed or cancelled.

    `code` and `facts` say why it failed.
    """

    step: str
    done: int = 0
    total: int = 0
    code: str | None = None
    facts: Mapping[str, str | int] | None = None

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return self.step in FINAL


class PlanFolder:
    """The files of one plan. Any process on this machine may read the state and ask for an end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.request = path / "request.json"
        self.input = path / "input"
        self.result = path / "result.json"
        self._states = path / "states.jsonl"
        self._cancel = path / "cancel"
        self._alive = path / "alive"

    def say(self, step: str, done: int, total: int) -> None:
        """Add a line: `done` of `total` pieces of this step."""
        self._add({"step": step, "done": done, "total": total})

    def fail(self, code: str, facts: Mapping[str, str | int]) -> None:
        """Add the last line of a plan that cannot be made."""
        self._add({"step": "failed", "code": code, "facts": dict(facts)})

    def keep_result(self, result: Mapping[str, Any]) -> None:
        """The result appears whole or not at all."""
        draft = self.path / "result.draft"
        draft.write_text(json.dumps(result, ensure_ascii=False, allow_nan=False), encoding="utf-8")
        draft.replace(self.result)

    def show_life(self) -> None:
        """Say that the process still runs."""
        self._alive.touch()

    def ask_cancel(self) -> None:
        """Ask the process to end; it does so within a second."""
        self._cancel.touch()

    def cancel_asked(self) -> bool:
        """Whether somebody asked for an end."""
        return self._cancel.exists()

    def state(self) -> PlanState:
        """The newest state; a plan whose process is gone without a word has failed with the code `stopped`."""
        found = PlanState(**self._last()) if self._states.exists() else PlanState("starting")
        if not found.final and self._silent_for() > LOST_AFTER_S:
            return PlanState("failed", code="stopped", facts={})
        return found

    def _silent_for(self) -> float:
        newest = self._alive if self._alive.exists() else self.request
        return time.time() - newest.stat().st_mtime

    def _last(self) -> dict[str, Any]:
        lines = self._states.read_text(encoding="utf-8").splitlines()
        said: list[dict[str, Any]] = [json.loads(line) for line in lines]
        # Two threads of the job write; whatever one says after the other has said the last word does not count.
        return next((line for line in said if line["step"] in FINAL), said[-1])

    def _add(self, said: Mapping[str, Any]) -> None:
        # One write of one short line to a file opened for appending stays whole, so a reader never sees half a line.
        text = json.dumps(said, ensure_ascii=False) + "\n"
        handle = os.open(self._states, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, text.encode("utf-8"))
        finally:
            os.close(handle)
