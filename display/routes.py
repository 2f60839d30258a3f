"""The display room's pages: `/display/<hall>` for the screens on the wall and `/t/<token>` for a visitor's phone."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response

from queue_server.webfiles import page


def display_routes(token_for: Callable[[str], str], hall_exists: Callable[[str], bool]) -> Blueprint:
    """The pages; `token_for` gives the read-only token that a served hall page carries."""
    routes = Blueprint("display", __name__)

    @routes.get("/display/<hall>")
    def hall_page(hall: str) -> Response:
        if not hall_exists(hall):
            # The page itself says so in every language: a screen on a wall shows no browser error.
            return page("display/web/hall.html", {"hall": hall, "unknown": True}, status=HTTPStatus.NOT_FOUND)
        return page("display/web/hall.html", {"hall": hall, "token": token_for(hall)})

    @routes.get("/t/<token>")
    def phone_page(token: str) -> Response:
        reply = page("display/web/phone.html", {"token": token})
        # The address is the visitor's key to the ticket: neither other sites nor search engines may learn it.
        reply.headers["Referrer-Policy"] = "no-referrer"
        reply.headers["X-Robots-Tag"] = "noindex"
        return reply

    return routes
