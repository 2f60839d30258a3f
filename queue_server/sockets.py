"""Socket.IO: displays and consoles join a hall, hear its board, and act; authority is checked at every event."""

from collections.abc import Mapping
from typing import Any

import structlog
from flask import request, session
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, disconnect, join_room

from display.screens import WHOLE, Screen
from display.speaking import Speaking
from queue_server.api import problems
from queue_server.api.acting import perform
from queue_server.api.operation import allow, check_key, digest_of, validate, window_number
from queue_server.api.windows import run_at
from queue_server.caller import Caller
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.protocol import Incoming, SpokenMessage, VoiceOffer
from queue_server.roles import CLERKS, READERS, SPEAKERS
from queue_server.server import Server
from queue_server.storage.rows import DamagedRow
from queue_server.window_acts import WINDOW_ACTS
from queue_server.writer import StorageDown

log = structlog.get_logger(__name__)

PING_S = 5
LARGEST = 65_536

# Which roles may send which event: the socket half of the authority table.
EVENTS = {"join": READERS, "act": CLERKS, "voice": SPEAKERS, "spoken": SPEAKERS}


class JoinMessage(Incoming):
    """Join a hall's room."""

    hall: str


class Sockets:
    """The socket side of one server; keeps who is behind each connection."""

    def __init__(self, server: Server, io: SocketIO, voices: Mapping[str, Speaking]) -> None:
        self._server = server
        self._voices = voices
        self._io = io
        self._callers: dict[str, tuple[str, str]] = {}
        io.on_event("connect", self._connect)
        io.on_event("disconnect", self._disconnect)
        io.on_event("join", self._answered(self._join))
        io.on_event("act", self._answered(self._act))
        io.on_event("voice", self._answered(self._voice))
        io.on_event("spoken", self._answered(self._spoken))

    def _connect(self, auth: Any = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        session_id = session.get("id")
        if isinstance(token, str):
            proof = ("token", token)
        elif isinstance(session_id, str) and request.headers.get("Origin"):
            # A cookie travels by itself, but a browser names the origin, and a foreign one was refused before.
            proof = ("session", session_id)
        else:
            raise Refused("token-missing")
        try:
            known = self._caller(proof)
        except StorageDown as down:
            raise Refused("storage-unavailable") from down
        if known is None:
            raise Refused("token-missing")
        self._callers[self._sid()] = proof

    def end(self, session_id: str) -> None:
        """Close the connections that were opened with a session that has ended."""
        for sid in [sid for sid, proof in self._callers.items() if proof == ("session", session_id)]:
            self._callers.pop(sid, None)
            disconnect(sid, namespace="/")

    def _disconnect(self, _reason: Any = None) -> None:
        self._callers.pop(self._sid(), None)
        for voice in self._voices.values():
            voice.drop(self._sid())

    def _join(self, message: Any) -> dict[str, Any]:
        asked = validate(JoinMessage, message, "invalid-body")
        hall = self._hall(asked.hall)
        allow(self._server, self._known(), hall, EVENTS["join"])
        join_room(hall.id)
        return self._server.board(hall.id)

    def _act(self, message: Any) -> dict[str, Any]:
        if not isinstance(message, dict):
            raise Refusal("malformed-json")
        said = dict(message)
        hall = self._hall(said.pop("hall", None))
        number = window_number(hall, said.pop("window", None))
        caller = self._known()
        allow(self._server, caller, hall, EVENTS["act"])
        key, name = check_key(said.pop("key", None)), said.pop("act", None)
        act = WINDOW_ACTS.get(name) if isinstance(name, str) else None
        if act is None:
            raise Refusal("unknown-act", act=str(name)[:32])
        # The digest is the one of the HTTP route, so that a key holds across a change from socket to HTTP.
        digest = digest_of("POST", f"/api/v1/halls/{hall.id}/windows/{number}/{name}", said)
        body = validate(act.body, said, "invalid-body")
        if caller is None:
            raise Refusal("token-missing")
        status, reply = perform(self._server, caller, hall, key, digest, run_at(number, act, caller, body))
        return {"status": status, "body": reply}

    def _voice(self, message: Any) -> dict[str, Any]:
        said = validate(VoiceOffer, message, "invalid-body")
        hall = self._hall(said.hall)
        allow(self._server, self._known(), hall, EVENTS["voice"])
        if said.zone is not None and said.zone not in {zone.code for zone in hall.zones}:
            raise Refusal("unknown-zone", zone=said.zone)
        screen = Screen(self._sid(), said.zone or WHOLE, said.can_speak)
        return {"hall": hall.id, "silence": self._voices[hall.id].offer(screen, said.said)}

    def _spoken(self, message: Any) -> dict[str, Any]:
        said = validate(SpokenMessage, message, "invalid-body")
        hall = self._hall(said.hall)
        allow(self._server, self._known(), hall, EVENTS["spoken"])
        voice = self._voices[hall.id]
        if said.state == "begun":
            voice.begun(said.turn, self._sid())
        else:
            voice.ended(said.turn, self._sid(), heard=said.state == "said")
        return {}

    def _answered(self, handle: Any) -> Any:
        def answer(message: Any = None) -> dict[str, Any]:
            try:
                reply: dict[str, Any] = handle(message)
            except Refusal as refused:
                problem = problems.document(refused.code, refused.facts, problems.language())
            except StorageDown:
                problem = problems.document("storage-unavailable", {}, problems.language())
            except DamagedRow as row:
                log.exception("row-damaged", ticket=row.ticket)
                problem = problems.document("row-damaged", {"ticket": row.ticket[:32]}, problems.language())
            except Exception:
                # Whoever asked waits for an acknowledgement, so a fault of our own is answered, too.
                log.exception("server-error")
                problem = problems.document("server-error", {}, problems.language())
            else:
                return reply
            return problem if handle != self._act else {"status": problem["status"], "body": problem}

        return answer

    def _hall(self, hall_id: Any) -> Hall:
        hall = self._server.halls.get(hall_id) if isinstance(hall_id, str) else None
        if hall is None:
            raise Refusal("unknown-hall")
        return hall

    def _known(self) -> Caller | None:
        proof = self._callers.get(self._sid())
        return None if proof is None else self._caller(proof)

    def _caller(self, proof: tuple[str, str]) -> Caller | None:
        kind, value = proof
        return self._server.callers.by_token(value) if kind == "token" else self._server.callers.by_session(value)

    @staticmethod
    def _sid() -> str:
        return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it
