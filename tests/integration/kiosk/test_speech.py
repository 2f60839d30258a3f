"""What the kiosk's own server reads aloud: the words of its page in three languages, and never a caller's own."""

import io
import wave
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from display import sound
from kiosk.agent import Agent, KioskSettings
from tests.running.database import sqlite
from tests.running.hall import Hall, running

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, folder) as hall:
        yield hall


@pytest.fixture
def touch(hall: Hall) -> FlaskClient:
    agent = Agent(KioskSettings(hall.server.base, hall.tokens["kiosk"]))
    agent.follower.look()
    return agent.app.test_client()


def read(touch: FlaskClient, language: str, *pieces: str) -> tuple[bytes, str]:
    said = touch.get(f"/kiosk/speech/{language}", query_string={"say": list(pieces)})
    assert (said.status_code, said.content_type) == (200, "audio/wav")
    return said.data, said.headers["Left-Out"]


def seconds(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnframes() / file.getframerate()


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("zh-Hans", ["您来办什么业务？", "特种设备", "前面 12 人", "C036", "计量许可、领证", "老人 · 残疾人", "2/3"]),
        ("zh-Hant", ["您來辦什麼業務？", "特種設備", "前面 12 人", "C036", "接著辦 D、Z"]),
        ("en", ["What have you come for?", "Special equipment", "12 ahead", "C036", "Special equipment: suspended"]),
    ],
)
def test_what_stands_on_the_page_is_read(touch: FlaskClient, language: str, pieces: list[str]):
    whole, left_out = read(touch, language, *pieces)
    assert left_out == "0"
    assert seconds(whole) > seconds(read(touch, language, pieces[0])[0]) > 0.5


def test_a_number_is_spelled_sign_by_sign(touch: FlaskClient):
    spelled, as_one = read(touch, "zh-Hans", "C036")[0], read(touch, "zh-Hans", "36")[0]
    assert seconds(spelled) > seconds(as_one) * 1.5


def test_a_callers_own_words_are_left_out(touch: FlaskClient):
    plain = read(touch, "en", "What have you come for?")
    mixed = read(touch, "en", "Go home.", "What have you come for?", "Go home ahead", "suspended: suspended")
    assert (mixed[0], mixed[1]) == (plain[0], "3")
    for language, words in [("en", "Go home."), ("zh-Hans", "What have you come for?"), ("fr", "Back")]:
        assert touch.get(f"/kiosk/speech/{language}", query_string={"say": words}).status_code == 404
    assert touch.get("/kiosk/speech/en").status_code == 404
    assert touch.get("/kiosk/speech/en", query_string={"say": ["Back"] * 81}).status_code == 404


def test_a_refusal_told_by_the_server_can_be_read(touch: FlaskClient):
    wish = {"business": "A", "priority": ["no-such"], "language": "en"}
    refused = touch.put("/kiosk/presses/of-a-refused-visitor", json=wish)
    assert refused.status_code == 422
    assert read(touch, "en", refused.json["detail"])[1] == "0"


def test_without_an_engine_the_page_offers_no_voice(touch: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert touch.get("/kiosk/state").json["voice"] is True
    monkeypatch.setattr(sound.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(sound.shutil, "which", lambda _name: None)
    assert touch.get("/kiosk/state").json["voice"] is False
    assert touch.get("/kiosk/speech/en", query_string={"say": "Print again"}).status_code == 404
