"""Who is asking: a program by token, a person by session, a display page, or nobody."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from itsdangerous import BadSignature, URLSafeSerializer

from queue_server.clock import Clock
from queue_server.reads import Reads
from queue_server.storage import credentials

Kind = Literal["program", "person", "display"]
_TRUSTED_S = 5.0
_MOST = 4_096


@dataclass(frozen=True, slots=True)
class Caller:
    """`id` binds remembered requests; `clerk` is the staff id of a person, None for a program."""

    kind: Kind
    id: str
    hall: str
    role: str
    clerk: str | None = None
    shown: tuple[str, str] | None = None


class Callers:
    """Finds callers; what the database said is trusted for five seconds, so a busy program costs no query."""

    def __init__(self, reads: Reads, key: bytes, clock: Clock) -> None:
        self._reads = reads
        self._clock = clock
        self._signer = URLSafeSerializer(key, salt="display")
        self._known: dict[tuple[str, str], tuple[float, Caller]] = {}

    def by_token(self, token: str) -> Caller | None:
        """The program or display page behind a bearer token."""
        if not token.isascii():
            return None
        if token.startswith("d."):
            return self._display(token[2:])
        return self._remember(("token", token), lambda: self._program(token))

    def by_session(self, session_id: str) -> Caller | None:
        """The person behind a session."""
        return self._remember(("session", session_id), lambda: self._person(session_id))

    def forget_session(self, session_id: str) -> None:
        """A session has ended: trust it no longer."""
        self._known.pop(("session", session_id), None)

    def display_token(self, hall: str) -> str:
        """The read-only token that a served display page carries."""
        return "d." + str(self._signer.dumps(hall))

    def _remember(self, key: tuple[str, str], find: Callable[[], Caller | None]) -> Caller | None:
        now = time.monotonic()
        known = self._known.get(key)
        if known is not None and known[0] > now:
            return known[1]
        caller = find()
        if caller is not None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = (now + _TRUSTED_S, caller)
        return caller

    def _program(self, token: str) -> Caller | None:
        found = self._reads(credentials.find_token, token)
        return None if found is None else Caller("program", f"token:{found.id}", found.hall, found.role)

    def _person(self, session_id: str) -> Caller | None:
        found = self._reads(credentials.person_by_session, session_id, self._clock.real())
        if found is None:
            return None
        shown = (found.display_name, found.number)
        return Caller("person", f"staff:{found.id}", found.hall, found.role, found.id, shown)

    def _display(self, signed: str) -> Caller | None:
        try:
            hall = self._signer.loads(signed)
        except BadSignature:
            return None
        return Caller("display", f"display:{hall}", str(hall), "display")
