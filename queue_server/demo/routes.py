"""The demo's start page: every screen of the hall at one look, and a key that plays a day."""

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, redirect, request
from sqlalchemy import Connection, select

from queue_server import status_token
from queue_server.core.errors import Refusal
from queue_server.demo.playing import Playing
from queue_server.server import Server
from queue_server.storage.tables import tickets
from queue_server.webfiles import page


def start_routes(server: Server, hall: str, facts: Mapping[str, object], playing: Playing) -> Blueprint:
    """The page at `/` and what it asks for; `facts` are the addresses it lists."""
    routes = Blueprint("demo", __name__)

    @routes.get("/")
    def start() -> Response:
        return page("queue_server/web/start/index.html", {"hall": hall, **facts})

    @routes.get("/demo/phone")
    def phone() -> Response:
        # A phone page belongs to one ticket: the newest one stands in for the visitor's own.
        newest = server.reads(_newest, hall)
        to = "/?no-number" if newest is None else f"/t/{status_token.make(server.hall_keys[hall], newest)}"
        return redirect(to)  # type: ignore[return-value]  # a redirect is a response

    @routes.get("/demo/play")
    def state() -> Response:
        return jsonify(playing.state())

    @routes.post("/demo/play/start")
    def begin() -> Response:
        _from_our_page()
        playing.start()
        return jsonify(playing.state())

    @routes.post("/demo/play/stop")
    def end() -> Response:
        _from_our_page()
        playing.ask_to_stop()
        return jsonify(playing.state())

    return routes


def _from_our_page() -> None:
    # Nobody signs in here, so any page open on this machine could press the key: only our own may.
    if request.headers.get("Origin") != request.host_url.rstrip("/"):
        raise Refusal("origin-refused")


def _newest(db: Connection, hall: str) -> str | None:
    found = db.execute(
        select(tickets.c.id).where(tickets.c.hall == hall).order_by(tickets.c.entered.desc()).limit(1)
    ).first()
    return None if found is None else str(found.id)
