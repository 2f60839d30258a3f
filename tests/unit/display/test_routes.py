"""The display room's pages are served with their facts, and a wrong address is said in every language."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from display.routes import display_routes
from queue_server import webfiles

ROOM = Path(__file__).parents[3] / "display/web"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The routes over the room's own pages, as they are before they are built."""
    (tmp_path / "display/web").mkdir(parents=True)
    for name in ("hall.html", "phone.html"):
        (tmp_path / "display/web" / name).write_bytes((ROOM / name).read_bytes())
    monkeypatch.setattr(webfiles, "WEB", tmp_path)
    app = Flask(__name__)
    app.register_blueprint(display_routes(lambda hall: f"token-of-{hall}", {"main": [1, 5]}.get))
    return app.test_client()


def facts(html: str) -> dict[str, object]:
    """What the served page knows."""
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', html)
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


def test_a_hall_page_carries_its_hall_and_a_token(client: FlaskClient) -> None:
    reply = client.get("/display/main")
    assert reply.status_code == 200
    assert reply.content_type == "text/html; charset=utf-8"
    assert facts(reply.text) == {"hall": "main", "token": "token-of-main"}


def test_an_unknown_hall_is_a_page_of_its_own_without_a_token(client: FlaskClient) -> None:
    reply = client.get("/display/elsewhere")
    assert reply.status_code == 404
    assert reply.content_type == "text/html; charset=utf-8"
    assert facts(reply.text) == {"hall": "elsewhere", "unknown": "hall"}


def test_a_window_page_carries_its_window_and_a_token(client: FlaskClient) -> None:
    reply = client.get("/display/main/window/5")
    assert reply.status_code == 200
    assert facts(reply.text) == {"hall": "main", "window": 5, "token": "token-of-main"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("main/window/6", {"hall": "main", "window": 6, "unknown": "window"}),
        ("main/window/五", {"hall": "main", "window": "五", "unknown": "window"}),
        (f"main/window/{'9' * 5000}", {"hall": "main", "window": "9" * 5000, "unknown": "window"}),
        ("elsewhere/window/5", {"hall": "elsewhere", "window": 5, "unknown": "hall"}),
    ],
)
def test_an_unknown_window_is_a_page_of_its_own_without_a_token(
    client: FlaskClient, path: str, told: dict[str, object]
) -> None:
    reply = client.get(f"/display/{path}")
    assert reply.status_code == 404
    assert reply.content_type == "text/html; charset=utf-8"
    assert facts(reply.text) == told


@pytest.mark.parametrize(
    ("name", "gap"), [("unknown", "{hall}"), ("unknownWindow", "{window}"), ("unknownZone", "{zone}")]
)
def test_the_words_for_what_is_unknown_exist_in_three_languages(name: str, gap: str) -> None:
    words = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["hall"][name]
        for path in (ROOM / "languages").glob("*.json")
    }
    assert words.keys() >= {"zh-Hans", "zh-Hant", "en"}
    assert all(gap in sentence for sentence in words.values())
    assert len(set(words.values())) == len(words)


def test_a_name_cannot_break_out_of_the_facts(client: FlaskClient) -> None:
    reply = client.get("/display/%3C!--%3Cscript%3Ealert(1)")
    assert reply.status_code == 404
    assert reply.text.count("<script") == 2  # the facts and the page's own module


def test_a_phone_page_carries_its_ticket_and_tells_nobody(client: FlaskClient) -> None:
    reply = client.get("/t/abc_DEF-123")
    assert reply.status_code == 200
    assert facts(reply.text) == {"token": "abc_DEF-123"}
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"
