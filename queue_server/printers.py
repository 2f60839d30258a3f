"""How the kiosks' printers stand, in memory only: after a restart each kiosk says it again within seconds."""

import time
from dataclasses import dataclass
from typing import Any

from queue_server.protocol import PrinterBody

# A kiosk speaks every four seconds; one that is not heard for so long is called silent, and later forgotten.
SILENT_S = 12.0
FORGOTTEN_S = 12 * 3600.0
SILENT = "kiosk-silent"
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Said:
    trouble: str | None
    since: int
    slips: tuple[dict[str, Any], ...]
    heard: float
    heard_at: int

    @property
    def silent(self) -> bool:
        return time.monotonic() - self.heard > SILENT_S

    @property
    def forgotten(self) -> bool:
        return time.monotonic() - self.heard > FORGOTTEN_S


class Printers:
    """What each kiosk of each hall said last."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], _Said] = {}

    def hear(self, hall: str, body: PrinterBody, now: int) -> bool:
        """A kiosk speaks (`now` is the hall's time, ms UTC); answers whether staff see a difference."""
        before = self._said.pop((hall, body.kiosk), None)
        if body.leaving:
            return before is not None
        slips = tuple(
            {"number": each.number, "state": each.state, "reason": each.reason, "at": now - each.ago_ms}
            for each in body.slips
        )
        said = _Said(body.trouble, now - body.ago_ms, slips, time.monotonic(), now)
        kept = [(key, each) for key, each in self._said.items() if not each.forgotten]
        self._said = dict(kept[1 - _MOST :])
        # The last to speak stands last, so that a flood of names drops the oldest.
        self._said[hall, body.kiosk] = said
        return before is None or before.silent or _seen(before) != _seen(said)

    def every(self, hall: str) -> list[dict[str, Any]]:
        """The printers of a hall by the name of their kiosk."""
        found = sorted((kiosk, said) for (of, kiosk), said in self._said.items() if of == hall and not said.forgotten)
        return [
            {
                "kiosk": kiosk,
                "trouble": SILENT if said.silent else said.trouble,
                "since": said.heard_at if said.silent else said.since,
                "slips": list(said.slips),
            }
            for kiosk, said in found
        ]


def _seen(said: _Said) -> tuple[Any, ...]:
    # Moments differ by what the report took on its way.
    return said.trouble, [(each["number"], each["state"], each["reason"]) for each in said.slips]
