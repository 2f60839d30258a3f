"""The tally of dirt: every kind counted in the order it was declared, with what was done, none forgotten."""

from collections import Counter
from collections.abc import Mapping

from simulation.history.recorded import Cleaned, Done


class Tally:
    """Counts rows per kind of dirt; a kind that was not declared beforehand is a mistake in the reader."""

    def __init__(self, kinds: Mapping[str, Done]) -> None:
        self._done = kinds
        self._rows: Counter[str] = Counter()

    def note(self, kind: str, rows: int = 1) -> None:
        """Count `rows` more of this kind."""
        if kind not in self._done:
            raise KeyError(kind)
        self._rows[kind] += rows

    def report(self) -> tuple[Cleaned, ...]:
        """All declared kinds, those that were not met with 0 rows."""
        return tuple(Cleaned(kind, self._rows[kind], done) for kind, done in self._done.items())
