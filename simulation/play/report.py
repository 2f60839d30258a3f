"""What a play found, as one document and as text for a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulation.play.reckoning import ALL, Adds, Beside, Lags
from simulation.play.tally import Tally


@dataclass(frozen=True, slots=True)
class Took:
    """How often one act was asked for, and how long its answers took: real ms, and mean hall time (s) at this speed."""

    count: int
    mean_ms: float
    p99_ms: float
    hall_s: float


def took(seconds: Sequence[float], speed: int) -> Took:
    """The answers of one act, or of all; of no answer at all, nothing."""
    ms = sorted(1000 * each for each in seconds)
    mean = sum(ms) / max(1, len(ms))
    return Took(len(ms), mean, ms[len(ms) * 99 // 100] if ms else 0.0, mean * speed / 1000)


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
    differences: Sequence[str]

    @property
    def answer(self) -> Took:
        """How long the answers of all acts took."""
        return took([each for act in self.tally.took_s.values() for each in act], self.speed)

    @property
    def answers(self) -> Mapping[str, Took]:
        """How long the answers took by act; `tickets` is the taking of a number."""
        return {act: took(each, self.speed) for act, each in sorted(self.tally.took_s.items())}

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
            "clock_doubt_s": self.clock_doubt_s,
            "answer": asdict(self.answer),
            "answers": {act: asdict(each) for act, each in self.answers.items()},
            "differences": list(self.differences),
        }

    def text(self) -> str:
        """The report for a person."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tally = self.tally
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
        yield from self._waited()
        yield ""
        yield from self._why()
        yield f"The hall's clock ticks in ms; the play knew it to ±{self.clock_doubt_s:.2f} s of hall time."
        if self.differences:
            yield f"The hall is not the scenario's, so the simulation is of another one: {'; '.join(self.differences)}."
        if tally.mischief or tally.guests:
            yield "Odd behaviour or people of flesh and blood took part, which the simulation knows nothing of."

    def _waited(self) -> Iterator[str]:
        heads = (("server: mean", 14), ("P50", 8), ("P90", 8), ("simulation: mean", 18), ("P50", 8), ("P90", 8))
        last = f"{'difference':>12}{'with delays':>13}{'from':>8}{'to':>8}"
        yield f"{'wait (s)':8}{''.join(f'{head:>{width}}' for head, width in heads)}{last}"
        for code, pair in self.waits.items():
            here, there, late = pair.server, pair.simulation, pair.late
            figures = (_said(here.mean_s, 14), _said(here.p50_s, 8), _said(here.p90_s, 8))
            beside = (_said(there.mean_s, 18), _said(there.p50_s, 8), _said(there.p90_s, 8))
            apart = _said(pair.difference_s, 12, sign=True)
            delayed: tuple[str, ...] = ()
            if late is not None:
                delayed = (_said(late.mean_s, 13), _said(late.least_s, 8), _said(late.most_s, 8))
            yield f"{code:8}{''.join(figures)}{''.join(beside)}{apart}{''.join(delayed)}"

    def _why(self) -> Iterator[str]:
        lags, answer, all_of_it = self.lags, self.answer, self.waits.get(ALL)
        yield (
            f"An answer took {answer.mean_ms:.1f} ms (99 in 100: {answer.p99_ms:.1f} ms), "
            f"which is {answer.hall_s:.2f} s of hall time at ×{self.speed}:"
        )
        by_act = (f"{act} {each.mean_ms:.1f} ms = {each.hall_s:.1f} s" for act, each in self.answers.items())
        yield f"  {', '.join(by_act)}"
        yield (
            f"Numbers came {lags.arrival_mean_s:+.2f} s after their moment ({lags.arrival_least_s:+.2f} to "
            f"{lags.arrival_most_s:+.2f} s), a window was taken {lags.service_mean_s:+.2f} s longer than drawn "
            f"(at most {lags.service_most_s:.2f} s), and one that stood idle called {lags.reaction_mean_s:.2f} s "
            f"after it could (at most {lags.reaction_most_s:.2f} s)."
        )
        late = None if all_of_it is None else all_of_it.late
        if all_of_it is not None and late is not None and all_of_it.server.mean_s is not None and answer.hall_s:
            live = all_of_it.server.mean_s
            apart = live - late.mean_s
            inside = "within" if late.least_s <= live <= late.most_s else "outside"
            yield (
                f"Simulated {late.times} times with these delays, each time another act with each, the mean wait is "
                f"{late.mean_s:.1f} s ({late.least_s:.1f} to {late.most_s:.1f} s). The server's {live:.1f} s lie "
                f"{inside} that, {apart:+.1f} s or {apart / answer.hall_s:+.1f} answers from the mean."
            )


def _said(value: float | None, width: int, *, sign: bool = False) -> str:
    said = "–" if value is None else f"{value:+.1f}" if sign else f"{value:.1f}"
    return f"{said:>{width}}"
