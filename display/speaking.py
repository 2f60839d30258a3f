"""The running voice of one hall: hears boards and screens, has one screen of a zone say what is due, keeps the log."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import gevent
import structlog
from gevent.event import Event
from gevent.threadpool import ThreadPool

from display.announce import CannotSay, announcement
from display.announcer import Announcer, Call, Turn
from display.audio_log import AudioLog, Line, Outcome
from display.screens import Screen, Screens
from display.sound import NoVoice, Sound, Voice

log = structlog.get_logger(__name__)

# A screen begins once it shows the call: its rows stand still for eight seconds (ms).
TO_BEGIN = 12_000
# A screen that fell off the network may come back and say that it had said it.
TO_COME_BACK = 3_000
# What the end of a sound may take on top of its length.
TO_END = 4_000
_TICK_S = 0.25
# Without a call: how soon screens hear that quiet hours begin, or that a folder of clips was put there.
_IDLE_S = 2.0

# Why nothing is said at a screen's place.
Silence = Literal["off", "no-sound", "quiet", "evacuated", "no-screen"]
Emit = Callable[[str, Mapping[str, Any], str], None]
Board = Callable[[], Mapping[str, Any]]


class Rules(NamedTuple):
    """What the hall says of its voice now: `at` is the hall's time (ms UTC), `day` its local date."""

    languages: Sequence[str]
    volume: int
    quiet: bool
    at: int
    day: str


@dataclass(slots=True)
class _Spoken:
    turn: Turn
    screen: str
    sound: Sound
    text: str
    until: int


class Speaking:
    """One hall's voice; `emit` sends an event to one screen."""

    def __init__(
        self, hall: str, rules: Callable[[], Rules], board: Board, emit: Emit, voice: Voice, audio: AudioLog
    ) -> None:
        self.hall = hall
        self.voice = voice
        self.audio = audio
        self.screens = Screens()
        self._rules = rules
        self._board = board
        self._emit = emit
        self._announcer = Announcer(*_said_before(audio), first_turn=time.time_ns() // 1_000_000)
        self._evacuated = False
        self._shown: dict[str, Turn] = {}
        self._engines: list[tuple[str, str | None]] = self.languages()
        self._spoken: dict[int, _Spoken] = {}
        self._told: dict[str, Silence | None] = {}
        self._changed = Event()
        self._pool = ThreadPool(1)
        gevent.spawn(self._run)

    def hear(self, board: Mapping[str, Any]) -> None:
        """A board went out to the displays."""
        self._announcer.hear(board, _now())
        self._evacuated = board["evacuated"]
        self._changed.set()

    def offer(self, screen: Screen, said: int | None = None) -> Silence | None:
        """A screen is there; `said` is the turn it had said when its link was cut. Why nothing is said there, if so."""
        if said is not None:
            self.ended(said, screen.id, heard=True)
        self.screens.offer(screen)
        self._changed.set()
        self._told[screen.id] = self.silence(screen.zone)
        return self._told[screen.id]

    def drop(self, screen_id: str) -> None:
        """A screen is gone; what it was saying is said by another, unless it comes back and had said it."""
        self.screens.drop(screen_id)
        self._told.pop(screen_id, None)
        for spoken in self._spoken.values():
            if spoken.screen == screen_id:
                spoken.until = min(spoken.until, _now() + TO_COME_BACK)
        self._changed.set()

    def begun(self, turn_id: int, screen_id: str) -> None:
        """A screen has begun to sound: its visitors see now what they hear."""
        spoken = self._spoken.get(turn_id)
        if spoken is not None and spoken.screen == screen_id:
            spoken.until = _now() + spoken.sound.ms + TO_END
            self._show(spoken.turn, spoken.turn.call)

    def ended(self, turn_id: int, screen_id: str, *, heard: bool) -> None:
        """A screen has said it to the end, or could not."""
        spoken = self._spoken.pop(turn_id, None)
        if spoken is None:
            return
        kept = self._announcer.end(spoken.turn, heard=heard)
        outcome: Outcome = "said" if heard else ("broken-off" if kept else "given-up")
        self._write(spoken.turn.call, outcome, spoken)
        if not heard:
            self.screens.behind(screen_id)
        self._changed.set()

    def silence(self, zone: str) -> Silence | None:
        """Why nothing is said in a zone now; None where calls are said."""
        return self._hall_silence(self._rules()) or ("no-screen" if self.screens.mouth(zone) is None else None)

    def _hall_silence(self, rules: Rules) -> Silence | None:
        if not rules.languages:
            return "off"
        if not any(engine is not None for _, engine in self._engines):
            return "no-sound"
        if self._evacuated:
            return "evacuated"
        return "quiet" if rules.quiet else None

    def languages(self) -> list[tuple[str, str | None]]:
        """The languages of the hall and who speaks each: clips, the engine, or nobody."""
        self._engines = [(language, self.voice.engine(language)) for language in self._rules().languages]
        return self._engines

    def rules(self) -> Rules:
        """What the hall says of its voice now."""
        return self._rules()

    def sound(self, language: str, number: str, window: int) -> Sound:
        """How a call sounds, made beside the event loop; raises `CannotSay` and `NoVoice`."""
        sound: Sound = self._pool.apply(self.voice.sound, (announcement(language, number, window),))
        return sound

    def _run(self) -> None:
        self._start()
        while True:
            self._changed.wait(_IDLE_S if self._announcer.idle() else _TICK_S)
            self._changed.clear()
            try:
                self._step()
            except Exception:
                # One announcement that cannot be made must not silence the hall.
                log.exception("voice-broken", hall=self.hall)
                gevent.sleep(_TICK_S)

    def _start(self) -> None:
        # The calls that stand already are old. Without them the first one to come would be taken for old, too.
        while self._announcer.epoch is None:
            try:
                self.hear(self._board())
            except Exception:
                log.exception("voice-starts-later", hall=self.hall)
                gevent.sleep(_IDLE_S)

    def _step(self) -> None:
        now, rules = _now(), self._rules()
        for spoken in [each for each in self._spoken.values() if each.until <= now]:
            self.ended(spoken.turn.id, spoken.screen, heard=False)
        able = [language for language, engine in self.languages() if engine is not None]
        why = self._hall_silence(rules)
        if why is not None:
            for call in self._announcer.silence():
                if why != "off":
                    self._write(call, why)
        for mouth in self.screens.mouths():
            turn = self._announcer.begin(mouth, self.screens, able if why is None else [], now)
            if turn is not None:
                self._speak(turn, rules)
        speaking = {turn.mouth for turn in self._announcer.turns()}
        for turn in [turn for mouth, turn in self._shown.items() if mouth not in speaking]:
            self._show(turn, None)
        for call in self._announcer.unsaid(self.screens, now):
            self._write(call, "no-screen")
        for call in self._announcer.overdue(now):
            self._write(call, "too-late")
        self._tell_screens()

    def _tell_screens(self) -> None:
        for screen in self.screens.every():
            silence = self.silence(screen.zone)
            if self._told.get(screen.id) != silence:
                self._told[screen.id] = silence
                self._emit("voice", {"hall": self.hall, "silence": silence}, screen.id)

    def _speak(self, turn: Turn, rules: Rules) -> None:
        try:
            text = next(iter(announcement(turn.language, turn.call.number, turn.call.window).text.values()))
            sound = self.sound(turn.language, turn.call.number, turn.call.window)
        except (CannotSay, NoVoice):
            # The other languages are said all the same.
            self._announcer.end(turn, heard=True)
            self._write(turn.call, "no-sound", language=turn.language)
            self._changed.set()
            return
        except Exception:
            self._announcer.end(turn, heard=False)
            raise
        # Others may have come or gone while the sound was made.
        screen = self.screens.speaker(turn.mouth)
        if screen is None:
            self._announcer.end(turn, heard=False)
            return
        self._spoken[turn.id] = _Spoken(turn, screen, sound, text, _now() + TO_BEGIN)
        where = f"/api/v1/halls/{self.hall}/voice/{turn.language}/{turn.call.number}/{turn.call.window}"
        say = {"hall": self.hall, "turn": turn.id, "call": turn.call.id, "sound": where, "volume": rules.volume}
        self._emit("say", say, screen)

    def _show(self, turn: Turn, call: Call | None) -> None:
        if call is None:
            self._shown.pop(turn.mouth, None)
        else:
            self._shown[turn.mouth] = turn
        said = None if call is None else {"id": call.id, "number": call.number, "window": call.window}
        for screen in self.screens.listeners(turn.mouth):
            self._emit("saying", {"hall": self.hall, "call": said, "language": turn.language}, screen)

    def _write(
        self,
        call: Call,
        outcome: Outcome,
        spoken: _Spoken | None = None,
        *,
        language: str | None = None,
    ) -> None:
        rules = self._rules()
        epoch = spoken.turn.epoch if spoken is not None else self._announcer.epoch or ""
        line = Line(rules.at, epoch, *call[:4], recall=call.recall, outcome=outcome, language=language)
        if spoken is not None:
            line = line._replace(
                language=spoken.turn.language,
                text=spoken.text,
                engine=spoken.sound.engine,
                ms=spoken.sound.ms,
                screen=spoken.screen,
            )
        try:
            self.audio.write(rules.day, line)
        except OSError as full:
            # A full disk must not silence the hall; the server's own log says what is missing here.
            log.warning("audio-log-not-written", hall=self.hall, why=str(full), **line._asdict())


def _said_before(audio: AudioLog) -> tuple[str | None, set[int]]:
    """The epoch of the log's last line and the calls it tells of, whatever became of them."""
    lines = [line for day in audio.days()[-2:] for line in audio.read(day)]
    epoch = lines[-1].epoch if lines else None
    over = ("said", "given-up", "quiet", "evacuated", "too-late", "no-sound", "no-screen")
    return epoch, {line.call for line in lines if line.epoch == epoch and line.outcome in over}


def _now() -> int:
    return time.monotonic_ns() // 1_000_000
