"""The hall's voice: how it stands, how a call sounds, and what was said."""

from itertools import groupby

from flask import Blueprint, Response, current_app

from display.announce import CannotSay
from display.screens import WHOLE, Screen
from display.sound import NoVoice
from display.speaking import Speaking
from queue_server.api import replies
from queue_server.api.operation import Asked, operation
from queue_server.core.errors import Refusal
from queue_server.core.settings import VOICES
from queue_server.protocol import AudioLines, AudioQuery, VoiceState, as_json
from queue_server.roles import MANAGERS, READERS

EXTENSION = "onedoor-voices"
ENGINE_HEADER = "Voice-Engine"

routes = Blueprint("voice", __name__, url_prefix="/api/v1")


def speaking(asked: Asked) -> Speaking:
    """The voice of the hall of the address."""
    found: Speaking = current_app.extensions[EXTENSION][asked.in_hall.id]
    return found


@operation(routes, "GET", "/halls/<hall>/voice", roles=READERS, replies={200: VoiceState})
def voice(asked: Asked) -> Response:
    """Read how the hall's voice stands: who speaks each language, and which zones have a screen that speaks."""
    it = speaking(asked)
    rules = it.rules()
    languages = [
        {"language": language, "engine": engine, "missing": it.voice.missing(language)}
        for language, engine in it.languages()
    ]
    by_zone = groupby(sorted(it.screens.every(), key=_zone), key=_zone)
    zones = [
        {"zone": zone or None, "screens": len(list(some)), "speaks": it.screens.speaker(zone) is not None}
        for zone, some in by_zone
    ]
    unspoken = it.screens.unspoken(window.zone or WHOLE for window in asked.in_hall.windows)
    said = {
        "languages": languages,
        "volume": rules.volume,
        "quiet": rules.quiet,
        "zones": zones,
        "unspoken": [zone or None for zone in unspoken],
    }
    return replies.json_reply(as_json(VoiceState.model_validate(said)))


@operation(routes, "GET", "/halls/<hall>/voice/<language>/<number>/<window>", roles=READERS, replies={200: None})
def sound(asked: Asked) -> Response:
    """Read how a call sounds in a spoken language (`cmn`, `yue`, `en`), as a WAV file."""
    language, number = asked.path["language"], asked.path["number"]
    if language not in VOICES:
        raise Refusal("cannot-be-said")
    try:
        made = speaking(asked).sound(language, number, asked.window or 0)
    except CannotSay as no_number:
        raise Refusal("cannot-be-said") from no_number
    except NoVoice as silent:
        raise Refusal("no-voice") from silent
    reply = Response(made.wav, content_type="audio/wav")
    reply.headers[ENGINE_HEADER] = made.engine
    # Clips may be recorded anew at any time, and the server keeps what it made last.
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@operation(routes, "GET", "/halls/<hall>/voice/log", roles=MANAGERS, query=AudioQuery, replies={200: AudioLines})
def audio_log(asked: Asked) -> Response:
    """Read what was said on a day, when, in which language and by whom; and what was not said, and why."""
    it = speaking(asked)
    day = asked.query.day or it.rules().day
    lines = [line._asdict() for line in it.audio.read(day)]
    return replies.json_reply(as_json(AudioLines.model_validate({"items": lines})))


def _zone(screen: Screen) -> str:
    return screen.zone
