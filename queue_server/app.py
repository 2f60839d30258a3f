"""The only place where the parts meet: Flask, sockets, pages and the planner around one server."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

import structlog
from flask import Blueprint, Flask, Response, jsonify, redirect
from flask_socketio import SocketIO
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from display.routes import display_routes
from queue_server.api import (
    bookings,
    cases,
    conditions,
    floor,
    halls,
    health,
    order,
    printers,
    problems,
    session,
    show_clock,
    slips,
    tickets,
    voice,
    windows,
)
from queue_server.api.openapi import openapi as described
from queue_server.api.operation import allow, caller_of_request, guard
from queue_server.core.errors import Refusal
from queue_server.journal_pages import journal_pages
from queue_server.publisher import Publisher
from queue_server.roles import MANAGERS
from queue_server.server import Server
from queue_server.sockets import LARGEST, PING_S, Sockets
from queue_server.storage.engines import sqlite_file
from queue_server.storage.rows import DamagedRow
from queue_server.voices import voices
from queue_server.webfiles import PagesMissing, page, web_files
from queue_server.writer import StorageDown
from simulation.routes import planner_routes

log = structlog.get_logger(__name__)

BODY_LIMIT = 64 * 1024
SESSION_H = 12
FIRST_HALL = "main"


def create_app(server: Server, start: Blueprint | None = None) -> Flask:
    """The web application around a server; its sockets are wired in. `start` serves `/` in the console's place."""
    app = Flask("queue_server", static_folder=None)
    app.extensions["onedoor"] = server
    app.secret_key = server.key
    app.config.update(
        SESSION_COOKIE_NAME="onedoor_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_H),
        # Otherwise a request still on its way when somebody signs out would hand the old cookie back.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
    )
    for part in (
        health,
        halls,
        show_clock,
        conditions,
        cases,
        bookings,
        order,
        slips,
        printers,
        floor,
        tickets,
        windows,
        voice,
        session,
    ):
        app.register_blueprint(part.routes)
    app.register_blueprint(web_files())
    app.register_blueprint(display_routes(server.callers.display_token, lambda hall: _windows(server, hall)))
    # Whoever is no manager is refused with the reason, as at every other address.
    app.register_blueprint(
        planner_routes(
            lambda: guard(server, MANAGERS).id,
            lambda hall: _journal(server, hall),
            folder=_data_folder(server) / "plans",
        )
    )
    _pages(app, server)
    if start is None:
        app.add_url_rule("/", "start", lambda: redirect("/console"))
    else:
        app.register_blueprint(start)
    _errors(app)
    io = SocketIO(
        app, async_mode="gevent", ping_interval=PING_S, ping_timeout=PING_S, max_http_buffer_size=LARGEST, logger=False
    )
    speaking = voices(server, _data_folder(server) / "voice", lambda event, message, to: io.emit(event, message, to=to))
    app.extensions[voice.EXTENSION] = speaking
    sockets = Sockets(server, io, speaking)
    server.session_ended = sockets.end
    server.printers_changed = lambda hall: io.emit("printers", {"hall": hall}, to=hall)
    publishers = {hall: Publisher(server, io, hall, speaking[hall].hear) for hall in server.halls}
    server.publish = lambda hall, entries: publishers[hall].tell(entries)
    return app


def _windows(server: Server, hall: str) -> list[int] | None:
    known = server.halls.get(hall)
    return None if known is None else [window.number for window in known.windows]


def _pages(app: Flask, server: Server) -> None:
    hall = FIRST_HALL if FIRST_HALL in server.halls else next(iter(server.halls))

    @app.get("/console")
    def console() -> Response:
        return page("queue_server/web/console/index.html", {"hall": hall})

    @app.get("/guide")
    def guide() -> Response:
        return page("queue_server/web/guide/index.html", {"hall": hall})

    @app.get("/floor")
    def managers_floor() -> Response:
        return page("queue_server/web/floor/index.html", {"hall": hall})

    @app.get("/api/docs")
    def docs() -> Response:
        return page("queue_server/web/docs/index.html", {"hall": hall})

    @app.get("/api/openapi.json")
    def openapi() -> Response:
        return jsonify(described(app))


def _errors(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Response:
        return problems.response(refusal)

    @app.errorhandler(StorageDown)
    def storage_down(_down: StorageDown) -> Response:
        return problems.response(Refusal("storage-unavailable"))

    @app.errorhandler(DamagedRow)
    def damaged(row: DamagedRow) -> Response:
        log.error("row-damaged", ticket=row.ticket)
        return problems.response(Refusal("row-damaged", ticket=row.ticket[:32]))

    @app.errorhandler(PagesMissing)
    def pages_missing(missing: PagesMissing) -> Response:
        log.error("pages-missing", what=str(missing))
        return problems.response(Refusal("pages-missing"))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        code = {NotFound: "unknown-path", MethodNotAllowed: "method-not-allowed", RequestEntityTooLarge: "too-large"}
        reply = problems.response(Refusal(code.get(type(error), "bad-request")))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            reply.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return reply

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("server-error", exc_info=error)
        return problems.response(Refusal("server-error"))


def _data_folder(server: Server) -> Path:
    # Beside the database, where only the server's user reads; a plan holds the hall's history while it runs.
    file = sqlite_file(server.settings.database)
    return Path("data") if file is None else file.parent


def _journal(server: Server, hall: str) -> Iterator[str]:
    if hall not in server.halls:
        raise Refusal("unknown-hall")
    allow(server, caller_of_request(server), server.halls[hall], MANAGERS)
    _, pages = journal_pages(server.reads, hall)
    return chain.from_iterable(pages)
