"""What the touch page asks its agent: the page itself, the state of the hall, a press, its slip, a checklist."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from display.sound import NoVoice
from kiosk.follower import Follower
from kiosk.lists import Lists
from kiosk.papers_slip import UnknownItem
from kiosk.presses import MOST_COPIES, Gone, Presses, PressReused, Visit
from kiosk.printing import Printing, Slip
from kiosk.server_link import NoServer, Refused
from kiosk.slip import qr_modules
from kiosk.slip_facts import status_url, zone_of
from kiosk.speech import Speech, Unsaid, understood
from kiosk.words import LANGUAGES
from queue_server.webfiles import page

_PRESS = re.compile(r"[A-Za-z0-9-]{16,64}")
# As typed: which of these are codes is for the server to judge.
_CODE = re.compile(r"[A-Za-z0-9 -]{1,16}")
_MOST_PIECES = 80
_HERE = {"127.0.0.1", "localhost", "[::1]"}
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"


def kiosk_routes(  # noqa: C901 -- a list of routes, each a few lines, and what they ask
    follower: Follower,
    presses: Presses,
    printing: Printing,
    speech: Speech,
    facts: Mapping[str, object],
    *,
    local_only: bool,
) -> Blueprint:
    """The agent's routes; with `local_only` nobody may come by another name than this machine's own."""
    routes = Blueprint("kiosk", __name__)

    @routes.before_app_request
    def own_page_only() -> None:
        """Another site open on this machine must not press keys here."""
        if local_only and request.host.rsplit(":", 1)[0] not in _HERE:
            abort(403)
        if request.headers.get("Origin", request.host_url.rstrip("/")) != request.host_url.rstrip("/"):
            abort(403)

    @routes.after_app_request
    def careful(reply: Response) -> Response:
        reply.headers.setdefault("Cache-Control", "no-store")
        reply.headers["Content-Security-Policy"] = _POLICY
        reply.headers["X-Content-Type-Options"] = "nosniff"
        return reply

    @routes.get("/")
    def start() -> Response:
        return page("kiosk/web/index.html", facts)

    @routes.get("/healthz")
    def healthz() -> Response:
        return jsonify(ok=True, server=follower.server, printer=printing.trouble or "ok")

    @routes.get("/kiosk/state")
    def state() -> Response:
        board = follower.board or {}
        return jsonify(
            server=follower.server,
            hall=follower.hall,
            waiting={each["business"]: each for each in board.get("waiting", [])},
            notices=board.get("suspended", {}),
            evacuated=board.get("evacuated", False),
            voice=speech.speaks,
            now=follower.now,
        )

    @routes.put("/kiosk/presses/<press>")
    def take(press: str) -> tuple[Response, int]:
        reply = _answer(lambda: presses.take(_checked(press), _wish()))
        if reply[1] >= HTTPStatus.BAD_REQUEST:
            speech.refused(reply[0].get_json()["detail"])
        return reply

    @routes.get("/kiosk/presses/<press>")
    def look(press: str) -> tuple[Response, int]:
        return _answer(lambda: presses.find(press))

    @routes.post("/kiosk/presses/<press>/copy")
    def copy(press: str) -> tuple[Response, int]:
        return _answer(lambda: presses.copy(press))

    @routes.get("/kiosk/presses/<press>/slip.png")
    def picture(press: str) -> Response:
        try:
            drawn = presses.find(press).slips[-1].picture
        except Gone:
            drawn = None
        if drawn is None:
            abort(404)
        return Response(drawn, content_type="image/png")

    @routes.delete("/kiosk/presses/<press>")
    def done(press: str) -> tuple[str, int]:
        presses.forget(press)
        return "", 204

    @routes.app_errorhandler(HTTPException)
    def problem(broken: HTTPException) -> tuple[Response, int]:
        code = (broken.name or "error").lower().replace(" ", "-")
        return _problem(code, broken.code or 500, broken.description or "")

    return routes


def list_routes(lists: Lists) -> Blueprint:
    """The routes of the checklists."""
    routes = Blueprint("lists", __name__)

    @routes.put("/kiosk/lists/<press>")
    def put(press: str) -> tuple[Response, int]:
        return _list_answer(lambda: lists.put(_checked(press), _list_wish()))

    @routes.get("/kiosk/lists/<press>")
    def look(press: str) -> tuple[Response, int]:
        return _list_answer(lambda: lists.find(press))

    @routes.get("/kiosk/lists/<press>/list.png")
    def picture(press: str) -> Response:
        try:
            drawn = lists.find(press).picture
        except Gone:
            drawn = None
        if drawn is None:
            abort(404)
        return Response(drawn, content_type="image/png")

    @routes.delete("/kiosk/lists/<press>")
    def done(press: str) -> tuple[str, int]:
        lists.forget(press)
        return "", 204

    return routes


def speech_routes(speech: Speech) -> Blueprint:
    """The route that reads aloud what the page shows."""
    routes = Blueprint("speech", __name__)

    @routes.get("/kiosk/speech/<language>")
    def said(language: str) -> Response:
        pieces = request.args.getlist("say")
        if not understood(language) or not 0 < len(pieces) <= _MOST_PIECES:
            abort(404)
        try:
            wav, left_out = speech.wav(language, pieces)
        except (Unsaid, NoVoice):
            abort(404)
        return Response(wav, content_type="audio/wav", headers={"Left-Out": str(left_out)})

    return routes


def _checked(press: str) -> str:
    if not _PRESS.fullmatch(press):
        abort(400, "A press id is 16 to 64 letters, digits or hyphens.")
    return press


def _problem(code: str, status: int, detail: str = "") -> tuple[Response, int]:
    reply = jsonify(type=f"urn:onedoor:problem:{code}", title=code, status=status, detail=detail, code=code)
    reply.content_type = "application/problem+json"
    return reply, status


def _wish() -> dict[str, Any]:
    """What the visitor chose; what it means is for the server to judge."""
    body = request.get_json()
    if not isinstance(body, dict) or body.get("language") not in LANGUAGES:
        abort(400, "A press needs a language.")
    if "code" in body:
        if not isinstance(body["code"], str) or not _CODE.fullmatch(body["code"]):
            abort(400, "The code of a booking or a case is short, of letters and digits.")
        return {"code": body["code"], "language": body["language"]}
    if not isinstance(body.get("business"), str):
        abort(400, "A press needs a business, or the code of a booking or a case.")
    if not isinstance(body.get("item"), str | None):
        abort(400, "The item is a code.")
    wish: dict[str, Any] = {"business": body["business"], "language": body["language"]}
    more = {"priority": _codes(body, "priority"), "item": body.get("item"), "later": _codes(body, "later")}
    return wish | {name: value for name, value in more.items() if value}


def _codes(body: Mapping[str, Any], name: str) -> list[str]:
    said: Any = body.get(name, [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        abort(400, f"The field {name} is a list of codes.")
    return list(said)


def _answer(ask: Callable[[], Visit]) -> tuple[Response, int]:
    try:
        visit = ask()
    except NoServer:
        return _problem("no-server", 503, "The server does not answer. The same press may be made again.")
    except Gone:
        return _problem("press-over", 410, "This visit is over.")
    except PressReused:
        return _problem("press-reused", 422, "This press has already asked for something else.")
    except Refused as no:
        return _problem(str(no.problem["code"]), no.status, str(no.problem.get("detail", "")))
    hall, ticket, slip = visit.hall, visit.ticket, visit.slips[-1]
    url = status_url(hall, ticket)
    return jsonify(
        ticket={name: ticket.get(name) for name in ("number", "business", "later", "ahead", "issued_at")},
        zone=zone_of(hall, ticket["business"]),
        qr=["".join("1" if dark else "0" for dark in row) for row in qr_modules(url)] if url else None,
        slip={
            "state": slip.state,
            "reason": slip.reason,
            "copies_left": MOST_COPIES + 1 - len(visit.slips),
            "picture": len(visit.slips) if slip.picture else None,
        },
    ), 200


def _list_wish() -> dict[str, str]:
    body = request.get_json()
    texts = {name: body.get(name) for name in ("business", "item", "language")} if isinstance(body, dict) else {}
    wish = {name: each for name, each in texts.items() if isinstance(each, str)}
    if len(wish) != len(("business", "item", "language")) or wish["language"] not in LANGUAGES:
        abort(400, "A list needs a business, an item and a language.")
    return wish


def _list_answer(ask: Callable[[], Slip]) -> tuple[Response, int]:
    try:
        slip = ask()
    except NoServer:
        return _problem("no-server", 503, "The hall is not known yet.")
    except Gone:
        return _problem("press-over", 410, "This visit is over.")
    except UnknownItem:
        return _problem("unknown-item", 404, "This business has no such item.")
    return jsonify(state=slip.state, reason=slip.reason, picture=slip.picture is not None), 200
