"""Compiling the kernel where numba is there; without it the same source runs as plain Python, with the same results."""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from queue_server.core import arithmetic

# It is not made for every system.
numba: Any = importlib.import_module("numba") if importlib.util.find_spec("numba") else None
COMPILED: bool = numba is not None and not numba.config.DISABLE_JIT
P = ParamSpec("P")
R = TypeVar("R")


def _sources() -> list[Path]:
    return [*sorted(Path(__file__).parent.glob("kernel*.py")), Path(__file__), Path(arithmetic.__file__)]


def _folder() -> Path | None:
    """Where compiled code is kept: the user's cache, so that a package nobody may write to starts as fast.

    numba itself looks only at the file of the outermost function, so the folder is named by all of them.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _sources())).hexdigest()
    chosen = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(chosen or _of_user()) / "onedoor" / f"compiled-{digest[:16]}"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        # Nowhere to write, or a user without a home: then it is compiled anew at each start.
        return None
    return folder if os.access(folder, os.W_OK) else None


def _of_user() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home())
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


_FOLDER = _folder() if COMPILED else None


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function, compiled when first used and kept for the next start.

    It holds no lock of the interpreter. Its arithmetic is exact (nothing is reordered), so that it gives what plain
    Python gives. It makes nothing that would have to be cleared away, so nothing is counted either.
    """
    if not COMPILED:
        return function
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(_FOLDER or "")
    try:
        made: Callable[P, R] = numba.njit(nogil=True, _nrt=False, forceinline=True, cache=_FOLDER is not None)(function)
    finally:
        numba.config.CACHE_DIR = before
    return made
