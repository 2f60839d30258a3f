"""The staff session: who is signed in, sign in, sign out."""

import secrets

from flask import Blueprint, Response, request, session

from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.core.errors import Refusal
from queue_server.protocol import Empty, Session, SignInBody
from queue_server.rates import SIGN_IN
from queue_server.roles import ANYONE
from queue_server.storage import credentials, lists
from queue_server.storage.credentials import Person

routes = Blueprint("session", __name__, url_prefix="/api/v1")


@operation(routes, "GET", "/session", roles=ANYONE, replies={200: Session})
def session_now(asked: Asked) -> Response:
    """Read who is signed in."""
    clerk = asked.caller.clerk if asked.caller is not None else None
    person = None if clerk is None else asked.server.reads(credentials.person_by_id, clerk)
    reply = replies.json_reply(_described(asked, person))
    reply.headers["Cache-Control"] = "no-store"
    return reply


@operation(routes, "POST", "/session", roles=ANYONE, body=SignInBody, replies={200: Session})
def sign_in(asked: Asked) -> Response:
    """Sign in with name and password."""
    asked.server.rates.hit(SIGN_IN, str(request.remote_addr))
    person = asked.server.reads(credentials.person_by_name, asked.body.name)
    stored = None if person is None else person.password_hash
    if not asked.server.passwords.match(stored, asked.body.password) or person is None:
        raise Refusal("sign-in-failed")
    session.clear()
    session["id"] = asked.server.open_session(person)
    session["csrf"] = secrets.token_urlsafe(24)
    session.permanent = True
    return replies.json_reply(_described(asked, person))


@operation(routes, "POST", "/session/end", roles=ANYONE, body=Empty, replies={200: Session})
def sign_out(asked: Asked) -> Response:
    """Sign out."""
    session_id = session.get("id")
    if isinstance(session_id, str):
        asked.server.end_session(session_id)
    session.clear()
    return replies.json_reply(_described(asked, None))


def _described(asked: Asked, person: Person | None) -> dict[str, object]:
    if person is None:
        return {"user": None}
    user = {
        "name": person.name,
        "display_name": person.display_name,
        "number": person.number,
        "role": person.role,
    }
    window = asked.server.reads(lists.seat_of, person.id)
    return {"user": user, "hall": person.hall, "csrf": session.get("csrf"), "window": window}
