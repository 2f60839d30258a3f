"""The voices of a server's halls: what each hall's settings say of it now, its clips, and its audio log."""

from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from display.audio_log import AudioLog
from display.sound import Voice
from display.speaking import Emit, Rules, Speaking
from queue_server.core.calendar import wall_time
from queue_server.server import Server


def voices(server: Server, folder: Path, emit: Emit) -> dict[str, Speaking]:
    """A voice for each hall; clips lie in `<folder>/clips`, the audio log in `<folder>/log/<hall>`."""
    voice = Voice(folder / "clips")
    return {
        hall: Speaking(
            hall,
            partial(_rules, server, hall),
            partial(server.board, hall),
            emit,
            voice,
            AudioLog(folder / "log" / hall),
        )
        for hall in server.halls
    }


def _rules(server: Server, hall_id: str) -> Rules:
    hall = server.halls[hall_id]
    at = server.clock.now()
    local = datetime.fromtimestamp(at / 1_000, ZoneInfo(hall.time_zone))
    wall = wall_time(at, hall.time_zone)
    settings = hall.settings
    return Rules(settings.voice, settings.volume, settings.is_quiet(wall), at, local.date().isoformat())
