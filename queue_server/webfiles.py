"""The built pages and their files, for the server and for the kiosk agent's small page server alike."""

import json
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

WEB = Path(__file__).parent / "web_dist"
_MARK = "<!--facts-->"
_YEAR = 31_536_000


class PagesMissing(RuntimeError):
    """The pages have not been built; `pip install` builds them, so the installation is incomplete."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The page {path} is not built. Run `make run` or `pip install .` again.")


def web_files() -> Blueprint:
    """The files under /web/, and the licences of what they hold; browsers keep what has a hash in its name for good."""
    routes = Blueprint("web_files", __name__)

    @routes.get("/web/<path:name>")
    def web_file(name: str) -> Response:
        keep = _YEAR if name.startswith("assets/") else 0
        return send_from_directory(WEB, name, max_age=keep)

    @routes.get("/licences")
    def licences() -> Response:
        return send_from_directory(WEB, "licences.txt", max_age=0)

    return routes


def page(path: str, facts: Mapping[str, object], status: int = 200) -> Response:
    """A built page with its facts inside, as data that no browser runs; raises `PagesMissing`."""
    built = WEB / path
    if not built.is_file():
        raise PagesMissing(path)
    # "<" is escaped so that no fact can close the script element.
    inside = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    block = f'<script type="application/json" id="facts">{inside}</script>'
    html = built.read_text(encoding="utf-8").replace(_MARK, block, 1)
    reply = Response(html, status=status, content_type="text/html; charset=utf-8")
    reply.headers["Cache-Control"] = "no-store"
    return reply
