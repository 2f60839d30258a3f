"""One guard for every route: hall, caller, role, origin, key, body, in that order; and the table of all routes."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, request, session
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import BadRequest

from queue_server.api.csv_bookings import Sheet
from queue_server.api.wrong_field import wrong_field
from queue_server.caller import Caller
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.journal import canonical
from queue_server.protocol import Incoming, Problem
from queue_server.rates import ANONYMOUS_POSTS, PROGRAM
from queue_server.server import Server

CSV = "text/csv"
_KEY = re.compile(r"[!-~]{1,128}")
_Model = TypeVar("_Model", bound=BaseModel)


class PostHeaders(BaseModel):
    """What every POST carries."""

    idempotency_key: str = Field(alias="Idempotency-Key", pattern=r"^[!-~]{1,128}$")


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the authority table, with what it means, takes and answers."""

    method: str
    path: str
    roles: frozenset[str]
    meaning: str
    body: type[Incoming] | None
    query: type[BaseModel] | None
    replies: Mapping[int, type[BaseModel] | None]
    csv: bool = False


OPERATIONS: list[Operation] = []
# What the OpenAPI document says of each endpoint; read only when somebody asks for it.
DESCRIBED: dict[str, dict[str, Any]] = {}


@dataclass(slots=True)
class Asked:
    """A guarded request: who asks, of which hall and window, with what body; `key` only on a POST."""

    server: Server
    caller: Caller | None = None
    hall: Hall | None = None
    window: int | None = None
    body: Any = None
    query: Any = None
    key: str = ""
    digest: str = ""
    path: Mapping[str, str] = field(default_factory=dict)
    sheet: Sheet | None = None

    @property
    def in_hall(self) -> Hall:
        """The hall of the address."""
        if self.hall is None:
            raise Refusal("unknown-hall")
        return self.hall

    @property
    def known(self) -> Caller:
        """The caller, who has shown who they are."""
        if self.caller is None:
            raise Refusal("token-missing")
        return self.caller


View = Callable[[Asked], Response]
# Reads a file's bytes in a character set; times without an offset are those of the time zone.
ReadCsv = Callable[[bytes, str, str], Sheet]


def operation(
    routes: Blueprint,
    method: str,
    path: str,
    *,
    roles: frozenset[str],
    replies: Mapping[int, type[BaseModel] | None],
    body: type[Incoming] | None = None,
    query: type[BaseModel] | None = None,
    csv: ReadCsv | None = None,
) -> Callable[[View], View]:
    """Put a view behind the guard and into the table, the URL map and the OpenAPI document."""

    def decorate(view: View) -> View:
        def guarded(**parts: str) -> Response:
            asked = Asked(current_app.extensions["onedoor"], path=parts)
            _find(asked)
            asked.caller = caller_of_request(asked.server)
            _allow(asked, roles)
            if method == "POST":
                _guard_post(asked)
            asked.query = _parse_query(query)
            if body is not None:
                asked.body = _parse_body(asked, body, csv)
            return view(asked)

        OPERATIONS.append(Operation(method, path, roles, view.__doc__ or "", body, query, replies, csv is not None))
        guarded.__name__ = view.__name__
        guarded.__doc__ = view.__doc__
        routes.add_url_rule(path, view.__name__, guarded, methods=[method])
        DESCRIBED[f"{routes.name}.{view.__name__}"] = {
            "json": body,
            "query": query,
            "headers": PostHeaders if method == "POST" else None,
            "resp": _described(replies, roles, csv=csv is not None),
            "tags": [routes.name],
            "security": {"token": []} if roles else {},
        }
        return view

    return decorate


def guard(server: Server, roles: frozenset[str]) -> Caller:
    """The same checks for a page of another room that `app.py` mounts: who asks, in which role, from which origin."""
    asked = Asked(server, caller=caller_of_request(server))
    allow(server, asked.caller, None, roles)
    if request.method == "POST":
        _guard_post(asked)
    return asked.known


def digest_of(method: str, path: str, body: object) -> str:
    """What binds a remembered request: method, path and body; refuses `malformed-json` to what JSON cannot say."""
    try:
        return hashlib.sha256(f"{method}\n{path}\n{canonical(body)}".encode()).hexdigest()
    except (ValueError, RecursionError) as not_json:
        raise Refusal("malformed-json") from not_json


def check_key(key: object) -> str:
    """An idempotency key; refuses `key-missing`."""
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Refusal("key-missing")
    return key


def validate(model: type[_Model], said: object, code: str) -> _Model:
    """The message in `said`; refuses `code` with the first field that is wrong."""
    try:
        return model.model_validate(said)
    except ValidationError as invalid:
        raise Refusal(code, **wrong_field(invalid)) from invalid


def caller_of_request(server: Server) -> Caller | None:
    """The caller behind the Authorization header, else behind the session."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        return server.callers.by_token(token.strip()) if scheme.lower() == "bearer" else None
    session_id = session.get("id")
    return server.callers.by_session(session_id) if isinstance(session_id, str) else None


def allow(server: Server, caller: Caller | None, hall: Hall | None, roles: frozenset[str]) -> None:
    """Refuse `token-missing` or `wrong-role`; the rule for routes and socket events alike."""
    if caller is None:
        raise Refusal("token-missing")
    if caller.role not in roles or (hall is not None and caller.hall != hall.id):
        raise Refusal("wrong-role")
    if caller.kind == "program":
        server.rates.hit(PROGRAM, caller.id)


def _find(asked: Asked) -> None:
    if "hall" in asked.path:
        asked.hall = asked.server.halls.get(asked.path["hall"])
        if asked.hall is None:
            raise Refusal("unknown-hall")
    if "window" in asked.path:
        asked.window = window_number(asked.in_hall, asked.path["window"])


def window_number(hall: Hall, said: object) -> int:
    """The number of a window of this hall; refuses `unknown-window`."""
    text = str(said)
    number = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    for window in hall.windows:
        if window.number == number:
            return number
    raise Refusal("unknown-window", window=text[:16])


def _allow(asked: Asked, roles: frozenset[str]) -> None:
    if request.method == "POST" and asked.caller is None:
        asked.server.rates.hit(ANONYMOUS_POSTS, str(request.remote_addr))
    if roles:
        allow(asked.server, asked.caller, asked.hall, roles)


def _guard_post(asked: Asked) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise Refusal("origin-refused")
    if asked.caller is not None and asked.caller.kind == "person":
        # A cookie travels by itself, so a person's request must also show that it comes from our page.
        if origin is None:
            raise Refusal("origin-refused")
        if request.headers.get("X-CSRF-Token") != session.get("csrf"):
            raise Refusal("csrf-missing")
    asked.key = check_key(request.headers.get("Idempotency-Key"))


def _parse_body(asked: Asked, model: type[Incoming], csv: ReadCsv | None) -> BaseModel:
    said: object = {}
    if csv is not None and request.mimetype == CSV:
        charset = request.mimetype_params.get("charset", "utf-8")
        asked.sheet = csv(request.get_data(), charset, asked.in_hall.time_zone)
        said = {"items": asked.sheet.items}
    elif request.get_data(cache=True):
        try:
            said = request.get_json(force=True)
        except (BadRequest, RecursionError) as malformed:
            raise Refusal("malformed-json") from malformed
    if not isinstance(said, dict):
        raise Refusal("malformed-json")
    asked.digest = digest_of(request.method, request.path, said)
    return validate(model, said, "invalid-body")


def _parse_query(model: type[BaseModel] | None) -> BaseModel | None:
    if model is None:
        return None
    return validate(model, {name: _whole(name, value) for name, value in request.args.items()}, "invalid-query")


def _whole(name: str, value: str) -> int | str:
    # What is too long for a count stays text, and is refused as one.
    return int(value) if name == "limit" and re.fullmatch(r"[0-9]{1,9}", value) else value


def _described(replies: Mapping[int, type[BaseModel] | None], roles: frozenset[str], *, csv: bool) -> dict[str, Any]:
    errors = [400, 404, 409, 422, 429, 503, *([401, 403] if roles else [403]), *([413, 415] if csv else [])]
    said: dict[str, Any] = {f"HTTP_{status}": Problem for status in sorted(errors)}
    said.update({f"HTTP_{status}": model for status, model in replies.items()})
    return said
