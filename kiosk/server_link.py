"""The kiosk's link to the server: the public API and nothing else, over one kept-alive connection."""

import logging
import threading
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

_log = logging.getLogger(__name__)

TIME_OUT = 5.0
# Rests between tries of one press, in seconds; the first retry is at once, for it heals a connection gone stale.
_RESTS = (0.0, 0.3, 1.0, 2.0)
_TOO_MANY = 429
_SERVER_FAULT = 500
_UNCHANGED = 304


class NoServer(Exception):
    """The server cannot be reached, or does not answer in time; the same request may be made again."""


class Refused(Exception):
    """The server said no; `problem` is its problem document."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem.get('code', '?')}: {problem.get('detail', '')}")
        self.problem = dict(problem)

    @property
    def status(self) -> int:
        """The HTTP status of the refusal."""
        return int(self.problem["status"])


class ServerLink:
    """Asks one hall of one server; safe to use from several threads."""

    def __init__(self, server: str, token: str, hall: str) -> None:
        self._root = f"{server.rstrip('/')}/api/v1/halls/{hall}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._mine = threading.local()
        self._tags: dict[str, str] = {}

    def fetch(self, path: str) -> Mapping[str, Any] | None:
        """`""` is the hall, `"/board"` its board; None when it has not changed since the last time."""
        headers = {"If-None-Match": self._tags[path]} if path in self._tags else {}
        reply = self._ask("GET", path, headers)
        if reply.status_code == _UNCHANGED:
            return None
        body: Mapping[str, Any] = _json(reply)
        if tag := reply.headers.get("ETag"):
            self._tags[path] = tag
        return body

    def report(self, path: str, body: Mapping[str, Any]) -> None:
        """Says something of this kiosk, once: what is out of date is not repeated. Raises `NoServer` or `Refused`."""
        reply = self._ask("POST", path, {"Idempotency-Key": uuid.uuid4().hex}, body)
        if not reply.ok:
            _json(reply)

    def take(self, key: str, wish: Mapping[str, Any]) -> Mapping[str, Any]:
        """Takes a number, or checks in by a code; refuses `unknown-code` where no booking and no case has it.

        A lost answer is asked for again with the same key, so a press never makes two tickets.
        """
        if "code" not in wish:
            return self._post("/tickets", key, wish)
        code, said = quote(str(wish["code"]), safe=""), {"language": wish["language"]}
        try:
            return self._post(f"/bookings/{code}/check-in", key, said)
        except Refused as no:
            if no.problem["code"] != "unknown-booking":
                raise
        try:
            # Another request, so another key; both are the same again when the press is repeated.
            return self._post(f"/cases/{code}/tickets", f"{key}-case", said)
        except Refused as no:
            if no.problem["code"] != "unknown-case":
                raise
            raise Refused({**no.problem, "code": "unknown-code"}) from no

    def _post(self, path: str, key: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        headers = {"Idempotency-Key": key, "Accept-Language": str(body.get("language", "zh-Hans"))}
        until = time.monotonic() + TIME_OUT
        for rest in _RESTS:
            try:
                return _json(self._ask("POST", path, headers, body))
            except NoServer as lost:
                if time.monotonic() + rest > until:
                    raise
                _log.warning("No answer to a press (%s); asking again with the same key.", lost)
                time.sleep(rest)
        return _json(self._ask("POST", path, headers, body))

    def _ask(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> requests.Response:
        try:
            reply = self._session().request(method, self._root + path, headers=headers, json=body, timeout=TIME_OUT)
        except requests.RequestException as lost:
            # The message of the library holds the whole address; its kind says enough.
            raise NoServer(type(lost).__name__) from lost
        if reply.status_code >= _SERVER_FAULT or reply.status_code == _TOO_MANY:
            raise NoServer(f"status {reply.status_code}")
        return reply

    def _session(self) -> requests.Session:
        """One connection a thread; a proxy of the environment is not asked, the server is in the hall."""
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is None:
            session = self._mine.session = requests.Session()
            session.trust_env = False
            session.headers.update(self._headers)
        return session


def _json(reply: requests.Response) -> dict[str, Any]:
    try:
        body = reply.json()
    except requests.JSONDecodeError as unread:
        raise NoServer("an answer that is not JSON") from unread
    if not isinstance(body, dict):
        raise NoServer("an answer of another shape")
    if not reply.ok:
        raise Refused({"code": "unknown", **body, "status": reply.status_code})
    return body
