"""What a play found, as one document and as text for a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulation.play.reckoning import Adds, Beside, Lags
from simulation.play.tally import Tally


@dataclass(frozen=True, slots=True)
class Report:
    """A finished or stopped play. Durations in s; those named `…_ms` of real time are the network's and server's."""

    scenario: str
    seed: int
    days: int
    speed: int
    stopped: bool
    real_s: float
    tally: Tally
    adds: Adds
    waits: Mapping[str, Beside]
    lags: Lags
    clock_doubt_s: float
    answer_mean_ms: float
    answer_p99_ms: float
    differences: Sequence[str]

    @property
    def good(self) -> bool:
        """Whether nothing went wrong and everything adds up."""
        return not self.tally.errors and not self.adds.wrong

    def as_json(self) -> dict[str, Any]:
        """The report as plain values for a JSON document."""
        tally = self.tally
        return {
            **{name: getattr(self, name) for name in ("scenario", "seed", "days", "speed", "stopped", "real_s")},
            "good": self.good,
            "issued": sum(tally.issued.values()),
            **{name: getattr(tally, name) for name in ("served", "left", "sent_away", "guests", "errors")},
            "first_errors": list(tally.first_errors),
            "refused": dict(tally.refused),
            "mischief": dict(tally.mischief),
            "reconciliation": {
                code: {"issued": each.issued, "by_state": dict(each.by_state), "adds_up": each.adds_up}
                for code, each in self.adds.by_business.items()
            },
            "wrong": list(self.adds.wrong),
            "waits": {code: asdict(each) for code, each in self.waits.items()},
            "lags": asdict(self.lags),
            **{name: getattr(self, name) for name in ("clock_doubt_s", "answer_mean_ms", "answer_p99_ms")},
            "differences": list(self.differences),
        }

    def text(self) -> str:
        """The report for a person."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tally, lags = self.tally, self.lags
        ended = "stopped early" if self.stopped else "played to the end"
        yield f"{self.scenario}: seed {self.seed}, {self.days} day(s) at ×{self.speed} in {self.real_s:.0f} s, {ended}."
        yield (
            f"Issued {sum(tally.issued.values())}, served {tally.served}, left {tally.left}, "
            f"sent away at the end {tally.sent_away}, errors {tally.errors}."
        )
        yield from (f"  error: {each}" for each in tally.first_errors)
        for what, counts in (("odd", tally.mischief), ("refused by rule or overtaken", tally.refused)):
            if counts:
                yield f"  {what}: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}"
        yield ""
        yield f"{'':5}{'issued':>7}  adds up to"
        for code, each in self.adds.by_business.items():
            states = " + ".join(f"{count} {state}" for state, count in each.by_state.items() if count)
            yield f"{code:5}{each.issued:>7}  {states}"
        yield from (f"  DOES NOT ADD UP: {each}" for each in self.adds.wrong)
        yield ""
        heads = (("server: mean", 14), ("P50", 8), ("P90", 8), ("simulation: mean", 18), ("P50", 8), ("P90", 8))
        yield f"{'wait (s)':8}{''.join(f'{head:>{width}}' for head, width in heads)}{'difference':>12}"
        for code, pair in self.waits.items():
            here, there = pair.server, pair.simulation
            figures = (_said(here.mean_s, 14), _said(here.p50_s, 8), _said(here.p90_s, 8))
            beside = (_said(there.mean_s, 18), _said(there.p50_s, 8), _said(there.p90_s, 8))
            yield f"{code:8}{''.join(figures)}{''.join(beside)}{_said(pair.difference_s, 12, sign=True)}"
        yield ""
        yield (
            f"Why they differ: an answer took {self.answer_mean_ms:.1f} ms (99 in 100: {self.answer_p99_ms:.1f} ms), "
            f"which is {self.answer_mean_ms * self.speed / 1000:.2f} s of hall time at ×{self.speed}."
        )
        yield (
            f"So numbers came {lags.arrival_mean_s:.2f} s late (at most {lags.arrival_most_s:.2f} s), and a window was "
            f"taken {lags.service_mean_s:.2f} s longer than drawn (at most {lags.service_most_s:.2f} s), and a free "
            f"one called {lags.reaction_mean_s:.2f} s after it could (at most {lags.reaction_most_s:.2f} s). "
            "Whoever waits behind others waits for their share, too."
        )
        yield f"The hall's clock ticks in ms; the play knew it to ±{self.clock_doubt_s:.2f} s of hall time."
        if self.differences:
            yield f"The hall is not the scenario's, so the simulation is of another one: {'; '.join(self.differences)}."
        if tally.mischief or tally.guests:
            yield "Odd behaviour or people of flesh and blood took part, which the simulation knows nothing of."


def _said(value: float | None, width: int, *, sign: bool = False) -> str:
    said = "–" if value is None else f"{value:+.1f}" if sign else f"{value:.1f}"
    return f"{said:>{width}}"
