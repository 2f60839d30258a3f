"""The hall's voice on the wire: what screens and server tell one another, how it stands, and what was said."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from queue_server.protocol.incoming import IsoDate
from queue_server.protocol.plain import Incoming, Millis, Outgoing

ZoneCode = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Spoken = Literal["cmn", "yue", "en"]


class VoiceOffer(Incoming):
    """A screen says where it hangs, and whether its browser lets it make a sound."""

    hall: str
    zone: ZoneCode | None = Field(description="null: it hangs for the whole hall")
    can_speak: bool
    said: int | None = Field(default=None, description="the turn it had said to the end when its link was cut")


class SpokenMessage(Incoming):
    """How far a screen is with its turn."""

    hall: str
    turn: int
    state: Literal["begun", "said", "failed"]


class VoiceTold(Outgoing):
    """Why nothing is said at a screen's place now; null where calls are said, and its caption keeps pace with them."""

    hall: str
    silence: Literal["off", "no-sound", "quiet", "evacuated", "no-screen"] | None


class Say(Outgoing):
    """The screen that speaks is to say this; `sound` is the address of the WAV file."""

    hall: str
    turn: int
    call: int
    sound: str
    volume: int


class SaidCall(Outgoing):
    """The call that is being said."""

    id: int
    number: str
    window: int


class Saying(Outgoing):
    """What is heard at a screen's place now, for its caption; null when it is over."""

    hall: str
    call: SaidCall | None
    language: Spoken


class VoiceLanguage(Outgoing):
    """Who speaks a language: recorded clips, the engine, or nobody; and the clips it lacks."""

    language: Spoken
    engine: Literal["clips", "espeak-ng"] | None
    missing: list[str]


class VoiceZone(Outgoing):
    """The screens of a zone (null: of the whole hall), and whether one of them speaks."""

    zone: str | None
    screens: int
    speaks: bool


class VoiceState(Outgoing):
    """How the hall's voice stands."""

    languages: list[VoiceLanguage] = Field(description="in the order of the hall")
    volume: int
    quiet: bool = Field(description="whether these are quiet hours")
    zones: list[VoiceZone] = Field(description="where screens hang")
    unspoken: list[str | None] = Field(
        description="zones of windows whose calls no screen says (null: of windows without a zone)"
    )


class AudioLine(Outgoing):
    """One announcement in one language, or a call that was not said, and why."""

    at: Millis
    epoch: str
    call: int
    number: str
    window: int
    zone: str
    recall: bool
    outcome: Literal["said", "broken-off", "given-up", "quiet", "evacuated", "too-late", "no-sound", "no-screen"]
    language: Spoken | None
    text: str | None
    engine: Literal["clips", "espeak-ng"] | None
    ms: int | None = Field(description="how long it sounds")
    screen: str | None


class AudioLines(Outgoing):
    """The audio log of a day, oldest first."""

    items: list[AudioLine]


class AudioQuery(BaseModel):
    """Which day of the audio log; today where nothing is said."""

    model_config = ConfigDict(extra="forbid")

    day: IsoDate | None = None
