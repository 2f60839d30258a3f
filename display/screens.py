"""Which screens hang where, and which one of them speaks: the first that can in its zone, until it goes away."""

from collections.abc import Iterable
from dataclasses import dataclass

# The zone of a screen that hangs for the whole hall.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen by its connection: its zone, and whether its browser lets it make a sound."""

    id: str
    zone: str
    can_speak: bool


class Screens:
    """The screens of a hall, in the order in which they came."""

    def __init__(self) -> None:
        self._here: dict[str, Screen] = {}

    def offer(self, screen: Screen) -> None:
        """A screen says where it hangs; one that says the same again keeps its place."""
        if self._here.get(screen.id) != screen:
            self._here.pop(screen.id, None)
            self._here[screen.id] = screen

    def drop(self, screen_id: str) -> None:
        """A screen is gone."""
        self._here.pop(screen_id, None)

    def behind(self, screen_id: str) -> None:
        """A screen did not do what it was asked for: others come first from now on."""
        screen = self._here.pop(screen_id, None)
        if screen is not None:
            self._here[screen_id] = screen

    def speaker(self, zone: str) -> str | None:
        """The screen that speaks for a zone of its own."""
        return next((each.id for each in self._here.values() if each.zone == zone and each.can_speak), None)

    def mouth(self, zone: str) -> str | None:
        """The zone whose speaker says the calls of `zone`: its own, else the whole hall's; None where nobody speaks."""
        return next((mouth for mouth in (zone, WHOLE) if self.speaker(mouth) is not None), None)

    def mouths(self) -> list[str]:
        """The zones that have a speaker, in order."""
        return sorted({each.zone for each in self._here.values() if each.can_speak})

    def unspoken(self, zones: Iterable[str]) -> list[str]:
        """The zones among these whose calls nobody says, each once and in order."""
        return [zone for zone in sorted(set(zones)) if self.mouth(zone) is None]

    def listeners(self, mouth: str) -> list[str]:
        """The screens whose visitors hear this mouth, so that each shows what is said."""
        return [each.id for each in self._here.values() if self.mouth(each.zone) == mouth]

    def every(self) -> list[Screen]:
        """All screens."""
        return list(self._here.values())
