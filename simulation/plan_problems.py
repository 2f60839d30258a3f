"""The planner's refusals as problem documents: a stable code, its status, and a sentence in the reader's language."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from queue_server.core.words import LANGUAGES

_FOLDER = Path(__file__).parent / "languages"

# What a file or a wish can be wrong in is 422; the rest says so.
STATUS: Mapping[str, int] = {
    "token-missing": 401,
    "unknown-run": 404,
    "planner-busy": 409,
    "too-large": 413,
    "malformed-json": 400,
    "planner-missing": 503,
    "stopped": 500,
    "broken": 500,
}
UNPROCESSABLE = 422


def status(code: str) -> int:
    """The HTTP status that goes with a code."""
    return STATUS.get(code, UNPROCESSABLE)


def document(code: str, facts: Mapping[str, str | int], language: str) -> dict[str, Any]:
    """The problem document of a code, its sentence filled with the facts."""
    said = sentences(language)[code]
    return {
        **facts,
        "type": f"urn:onedoor:problem:{code}",
        "title": said["title"],
        "status": status(code),
        "detail": said["detail"].format_map({name: str(value) for name, value in facts.items()}),
        "code": code,
    }


@cache
def sentences(language: str) -> dict[str, dict[str, str]]:
    """Title and detail of every code in one language; Simplified Chinese for one we do not have."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    loaded: dict[str, dict[str, str]] = json.loads((_FOLDER / f"{known}.json").read_text(encoding="utf-8"))
    return loaded
