"""The plans of a server: started in processes of their own, asked after, cancelled, and cleared away when old."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from simulation.history.kinds import Wanted
from simulation.plan_folder import PlanFolder
from simulation.plan_wish import Wish

MOST_AT_ONCE = 2
KEPT = 10
_ROOT = Path(__file__).resolve().parent.parent


class TooManyError(RuntimeError):
    """As many plans as allowed are running already."""


class OtherRequestError(RuntimeError):
    """The key belongs to a request that asked for something else."""


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a request act once: who asks, under which key, and the digest of all that is asked."""

    caller: str
    key: str
    digest: str


class Plans:
    """The plans kept under one folder (made when needed); several server processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self, fill: Callable[[Path], None], wanted: Wanted, wish: Wish, once: Once) -> str:
        """Begin a plan and return its id; `fill` writes the history to the path it is given and may refuse by raising.

        A request that comes again finds the plan it began. Raises `TooManyError` while `MOST_AT_ONCE` plans run, and
        `OtherRequestError` for a key that belongs to another request.
        """
        plan_id = hashlib.sha256(f"{once.caller}\n{once.key}".encode()).hexdigest()[:32]
        known = self.find(plan_id)
        if known is not None:
            if json.loads(known.request.read_text(encoding="utf-8")).get("digest") != once.digest:
                raise OtherRequestError
            return plan_id
        self._clear()
        if sum(not plan.state().final for plan in self._all()) >= MOST_AT_ONCE:
            raise TooManyError
        self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        plan = PlanFolder(self._folder / plan_id)
        try:
            plan.path.mkdir(mode=0o700)
        except FileExistsError:
            # The same request is still bringing its history here; until it has, there is nothing to tell of it.
            raise TooManyError from None
        try:
            fill(plan.input)
        except BaseException:
            shutil.rmtree(plan.path, ignore_errors=True)
            raise
        plan.request.write_text(
            json.dumps({"wanted": asdict(wanted), "wish": asdict(wish), "digest": once.digest}), encoding="utf-8"
        )
        self._run(plan)
        return plan_id

    def find(self, plan_id: str) -> PlanFolder | None:
        """The plan of that id, or None; an id is never a path."""
        if not plan_id.isalnum():
            return None
        plan = PlanFolder(self._folder / plan_id)
        return plan if plan.request.exists() else None

    def _run(self, plan: PlanFolder) -> None:
        # Where the package is not installed, the child must still find it; one thread is what a polite guest takes.
        paths = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        surroundings = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "simulation.plan_job", str(plan.path)]
        with (plan.path / "log.txt").open("wb") as log:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=surroundings)  # noqa: S603 -- our own program, an id of our own making
        # Somebody must wait for it, or the finished child stays behind as a zombie.
        threading.Thread(target=child.wait, daemon=True).start()

    def _all(self) -> list[PlanFolder]:
        found = [PlanFolder(p) for p in self._folder.iterdir()] if self._folder.is_dir() else []
        return sorted((p for p in found if p.request.exists()), key=lambda p: p.request.stat().st_mtime)

    def _clear(self) -> None:
        old = [plan for plan in self._all() if plan.state().final]
        for plan in old[: max(0, len(old) - KEPT + 1)]:
            shutil.rmtree(plan.path, ignore_errors=True)
