"""The display room's pages: screens on the wall and at windows (`/display/…`), and a visitor's phone (`/t/<token>`)."""

from collections.abc import Callable, Collection
from http import HTTPStatus

from flask import Blueprint, Response

from queue_server.webfiles import page

_DIGITS = 9


def display_routes(token_for: Callable[[str], str], windows_of: Callable[[str], Collection[int] | None]) -> Blueprint:
    """The pages; `token_for` gives the read-only token that a served hall page carries.

    `windows_of` gives the numbers of a hall's windows; None for a hall that does not exist.
    """
    routes = Blueprint("display", __name__)

    @routes.get("/display/<hall>")
    def hall_page(hall: str) -> Response:
        if windows_of(hall) is None:
            # The page itself says so in every language: a screen on a wall shows no browser error.
            return page("display/web/hall.html", {"hall": hall, "unknown": "hall"}, status=HTTPStatus.NOT_FOUND)
        return page("display/web/hall.html", {"hall": hall, "token": token_for(hall)})

    @routes.get("/display/<hall>/window/<window>")
    def window_page(hall: str, window: str) -> Response:
        windows = windows_of(hall)
        # An address may hold more digits than any number can have.
        number = int(window) if window.isdecimal() and len(window) <= _DIGITS else None
        facts: dict[str, object] = {"hall": hall, "window": window if number is None else number}
        if windows is None or number not in windows:
            unknown = "hall" if windows is None else "window"
            return page("display/web/hall.html", {**facts, "unknown": unknown}, status=HTTPStatus.NOT_FOUND)
        return page("display/web/hall.html", {**facts, "token": token_for(hall)})

    @routes.get("/t/<token>")
    def phone_page(token: str) -> Response:
        reply = page("display/web/phone.html", {"token": token})
        # The address is the visitor's key to the ticket: neither other sites nor search engines may learn it.
        reply.headers["Referrer-Policy"] = "no-referrer"
        reply.headers["X-Robots-Tag"] = "noindex"
        return reply

    return routes
