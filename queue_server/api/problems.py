"""Problem documents (RFC 9457): a stable code, and a sentence in the reader's language that says what to do."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, request

from queue_server.api import wrong_field
from queue_server.core.errors import Refusal
from queue_server.core.words import LANGUAGES

CONTENT_TYPE = "application/problem+json"
_FOLDER = Path(__file__).parent.parent / "languages"
_ALIAS = {
    "zh": "zh-Hans",
    "zh-CN": "zh-Hans",
    "zh-SG": "zh-Hans",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}

STATUS: Mapping[str, int] = {
    "unknown-hall": 404,
    "unknown-window": 404,
    "unknown-zone": 404,
    "unknown-ticket": 404,
    "unknown-path": 404,
    "method-not-allowed": 405,
    "token-missing": 401,
    "sign-in-failed": 403,
    "wrong-role": 403,
    "origin-refused": 403,
    "csrf-missing": 403,
    "not-your-window": 403,
    "malformed-json": 400,
    "bad-request": 400,
    "too-large": 413,
    "invalid-body": 422,
    "invalid-query": 422,
    "invalid-csv": 422,
    "unknown-charset": 415,
    "key-missing": 422,
    "key-reused": 422,
    "unknown-business": 422,
    "unknown-class": 422,
    "unknown-outcome": 422,
    "unknown-act": 422,
    "window-busy": 409,
    "window-closed": 409,
    "window-taken": 409,
    "clerk-elsewhere": 409,
    "nobody-here": 409,
    "wrong-state": 409,
    "too-few-calls": 409,
    "persons-only": 409,
    "window-paused": 409,
    "window-open": 409,
    "not-paused": 409,
    "unknown-reason": 422,
    "help-asked": 409,
    "no-help-asked": 409,
    "direct-call-off": 409,
    "by-hand-order": 422,
    "by-hand-too-early": 422,
    "by-hand-not-yet": 422,
    "not-here": 409,
    "not-there": 409,
    "clerk-not-there": 409,
    "same-window": 409,
    "unknown-clerk": 422,
    "held-elsewhere": 409,
    "papers-kept": 409,
    "papers-not-kept": 409,
    "awaits-itself": 409,
    "too-many-returns": 409,
    "no-more-turns": 409,
    "may-not-grant": 403,
    "nothing-to-undo": 409,
    "undo-too-late": 409,
    "undo-overtaken": 409,
    "unknown-item": 422,
    "unknown-paper": 422,
    "business-suspended": 409,
    "sent-to-suspended": 409,
    "already-suspended": 409,
    "not-suspended": 409,
    "hall-closed": 409,
    "hall-evacuated": 409,
    "already-closed": 409,
    "already-evacuated": 409,
    "not-closed": 409,
    "quota-used": 409,
    "same-business": 422,
    "unknown-case": 404,
    "case-closed": 409,
    "paper-not-minor": 422,
    "due-too-late": 422,
    "no-promise": 409,
    "one-case": 409,
    "no-slip": 409,
    "clock-stopped": 409,
    "clock-runs": 409,
    "clock-real": 409,
    "same-owner": 409,
    "bad-date": 422,
    "day-past": 422,
    "no-such-slot": 422,
    "slot-past": 409,
    "slot-full": 409,
    "booking-over": 409,
    "not-waiting": 409,
    "not-called-before": 409,
    "unknown-number": 404,
    "unknown-booking": 404,
    "not-today": 409,
    "not-bookable": 409,
    "too-many-requests": 429,
    "row-damaged": 503,
    "storage-unavailable": 503,
    "cannot-be-said": 404,
    "no-voice": 503,
    "pages-missing": 503,
    "server-error": 500,
}

_OF_A_FIELD = frozenset({"invalid-body", "invalid-query", "invalid-csv"})


def language() -> str:
    """The language of the request's reader; Simplified Chinese when nothing is asked for."""
    best = request.accept_languages.best_match([*LANGUAGES, *_ALIAS])
    return _ALIAS.get(best, best) if best else LANGUAGES[0]


def document(code: str, facts: Mapping[str, Any], reader: str) -> dict[str, Any]:
    """The problem document of a code, its sentence filled with the facts."""
    said = _sentences(reader)[code]
    if code in _OF_A_FIELD:
        facts = {**facts, "what": wrong_field.sentence(facts, reader)}
    if "mistakes" in facts:
        told = [{**each, "what": wrong_field.sentence(each, reader)} for each in facts["mistakes"]]
        facts = {**facts, "mistakes": told}
    filled = {name: "" if value is None else value for name, value in facts.items()}
    problem = {
        "type": f"urn:onedoor:problem:{code}",
        "title": said["title"],
        "status": STATUS[code],
        "detail": said["detail"].format_map(_Filled(filled)),
        "code": code,
    }
    return {**facts, **problem}


def response(refusal: Refusal) -> Response:
    """The answer to a refused request, in the language of its reader."""
    problem = document(refusal.code, refusal.facts, language())
    reply = Response(json.dumps(problem, ensure_ascii=False), problem["status"])
    reply.content_type = CONTENT_TYPE
    if problem["status"] == STATUS["storage-unavailable"]:
        reply.headers["Retry-After"] = "2"
    elif problem["status"] == STATUS["too-many-requests"]:
        reply.headers["Retry-After"] = "60"
    return reply


class _Filled(dict[str, Any]):
    # A sentence may name a fact that this refusal does not carry; it reads on without it.
    def __missing__(self, key: str) -> str:
        return ""


@cache
def _sentences(reader: str) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads((_FOLDER / f"{reader}.json").read_text(encoding="utf-8"))
    return loaded
