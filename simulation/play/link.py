"""The public API of a running server as a play uses it: HTTP with a token; what got no answer is asked again."""

import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import requests

TIMEOUT_S = 30.0
# A request that got no answer is sent again under the same key, so it happens once, however often it is sent.
TRIES = 4
PAUSE_S = 0.25
NOT_NOW = frozenset({429, 503})


class PlayError(Exception):
    """What keeps a play from going on, as a sentence for the person at the command line."""


class Answer(NamedTuple):
    """A status (0: no answer at all), the body, when it was sent and came (s of the monotonic clock)."""

    status: int
    body: Mapping[str, Any]
    sent: float
    came: float

    @property
    def well(self) -> bool:
        """Whether the server did what was asked."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- the range that HTTP calls success

    @property
    def silent(self) -> bool:
        """Whether there was no answer at all, however often it was asked for."""
        return self.status == 0

    @property
    def code(self) -> str:
        """The stable code of a refusal; empty where there is none."""
        return str(self.body.get("code", ""))


class Link:
    """One server, one hall, one token; each thread has a connection of its own, which stays open."""

    def __init__(self, server: str, hall: str, token: str) -> None:
        self.server = server.rstrip("/")
        self._hall = f"{self.server}/api/v1/halls/{hall}"
        self._token = token
        self._own = threading.local()

    def ask(self, path: str) -> Answer:
        """GET below the hall."""
        return self._send("GET", path, None, {})

    def tell(self, path: str, body: Mapping[str, Any], key: str | None = None) -> Answer:
        """POST below the hall, under a new key unless one is given."""
        return self._send("POST", path, body, {"Idempotency-Key": key or secrets.token_hex(16)})

    def journal(self, after: int) -> Iterator[str]:
        """The lines of the journal behind entry `after`; raises `PlayError`."""
        try:
            reply = self._session().get(f"{self._hall}/journal?after={after}", timeout=TIMEOUT_S, stream=True)
            with reply:
                if reply.status_code != requests.codes.ok:
                    raise PlayError(f"The journal cannot be read: {reply.text[:200]}")
                yield from reply.content.decode("utf-8").splitlines()
        except requests.RequestException as broken:
            raise PlayError(f"The journal broke off: {broken}") from broken

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> Answer:
        answer = Answer(0, {}, 0.0, 0.0)
        for attempt in range(TRIES):
            if attempt:
                time.sleep(PAUSE_S * attempt)
            sent = time.monotonic()
            try:
                reply = self._session().request(
                    method, f"{self._hall}{path}", json=body, headers=dict(headers), timeout=TIMEOUT_S
                )
            except requests.RequestException as broken:
                answer = Answer(0, {"detail": str(broken)}, sent, time.monotonic())
                continue
            answer = Answer(reply.status_code, _read(reply), sent, time.monotonic())
            if answer.status not in NOT_NOW:
                break
        return answer

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            # Neither a proxy nor a .netrc of the machine may change who is asking whom.
            session.trust_env = False
            session.headers["Authorization"] = f"Bearer {self._token}"
            session.headers["Accept-Language"] = "en"
        return session


def _read(reply: requests.Response) -> Mapping[str, Any]:
    if not reply.content:
        return {}
    try:
        said = reply.json()
    except ValueError:
        return {"detail": reply.text[:200]}
    return said if isinstance(said, dict) else {"detail": str(said)[:200]}
