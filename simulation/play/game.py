"""A whole play on a running server: check the hall, put its clock forward, play day after day, and reckon up."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as wall_time
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.core.ticket import Ticket
from simulation.delays import Delays
from simulation.draws import Customer, customers
from simulation.engine import run_day
from simulation.opening import spans
from simulation.play import reckoning, setting
from simulation.play.agenda import Agenda
from simulation.play.day import PlayedDay
from simulation.play.link import Link, PlayError
from simulation.play.mischief import Mischief
from simulation.play.pace import Pace, measured
from simulation.play.plan import Plan
from simulation.play.report import Report
from simulation.play.tally import Tally
from simulation.scenario import Scenario

# Before the first visitor the windows are closed and the clock is looked at: so long of real time is kept for that.
LEAD_S = 1.0
OUTCOME = "completed"
# So often each day is simulated with the play's delays: which act has which of them decides a good deal.
DELAYED = 20
_CLOSED, _EMPTY = "closed", frozenset({"free", "paused"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What to play: how many days from which seed, `mischief` per mille, `training` allows a hall in real time."""

    days: int = 1
    seed: int = 1
    mischief: int = 0
    training: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """How a play stands: the day, hall time (ms UTC), the hall's time zone, who waits, and the counts so far."""

    day: int
    at: int
    zone: str
    waiting: int
    tally: Tally

    def as_json(self) -> dict[str, Any]:
        """As plain values; the time as the hall's clocks show it."""
        tally = self.tally
        clock = datetime.fromtimestamp(self.at / 1000, ZoneInfo(self.zone)).strftime("%H:%M")
        counts = {"issued": sum(tally.issued.values()), "waiting": self.waiting, "served": tally.served}
        return {"day": self.day + 1, "time": clock, **counts, "errors": tally.errors}


def play(
    link: Link,
    scenario: Scenario,
    wish: Wish,
    stopped: Callable[[], bool],
    told: Callable[[Moment], None],
) -> Report:
    """Play, and say what came of it; raises `PlayError` where the hall cannot be played in."""
    hall, began = _hall(link, scenario, wish), time.monotonic()
    after = _last_entry(link)
    tally, simulated, played, whole = Tally(), list[Ticket](), 0, 0
    pace = measured(link)
    outcome = OUTCOME if OUTCOME in hall["outcomes"] else hall["outcomes"][0]
    for day in range(wish.days):
        _close_windows(link, scenario)
        coming = customers(scenario, wish.seed, day)
        pace, midnight = _morning(link, hall["time_zone"], _first_moment(scenario, day, coming))
        plan = Plan(scenario, day, midnight, coming, outcome)
        _play_day(link, plan, wish, hall, tally, pace, stopped, told)
        played += 1
        if stopped():
            break
        simulated += run_day(scenario, wish.seed, day).tickets
        whole += 1
    real_s = time.monotonic() - began
    recorded = reckoning.recorded(link, after)
    lost = reckoning.delays(recorded, tally)
    return Report(
        scenario=scenario.name,
        seed=wish.seed,
        days=played,
        speed=pace.speed,
        stopped=stopped(),
        real_s=real_s,
        tally=tally,
        adds=reckoning.adds_up(recorded, reckoning.stored(link, after), tally),
        waits=reckoning.beside(
            recorded.tickets.values(),
            simulated,
            round(scenario.target_s * 1000),
            [list(_delayed(scenario, wish.seed, whole, replace(lost, draw=draw))) for draw in range(DELAYED)],
        ),
        lags=reckoning.lags(lost),
        clock_doubt_s=pace.doubt_ms / 1000,
        differences=setting.differences(scenario, hall),
    )


def _delayed(scenario: Scenario, seed: int, days: int, delays: Delays) -> Iterator[Ticket]:
    for day in range(days):
        yield from run_day(scenario, seed, day, delays=delays).tickets


def _hall(link: Link, scenario: Scenario, wish: Wish) -> Mapping[str, Any]:
    answer, board = link.ask(""), link.ask("/board")
    for each in (answer, board):
        if not each.well:
            raise PlayError(f"The server does not let the play in: {each.body.get('detail', 'no answer')}")
    setting.check(scenario, answer.body)
    if board.body.get("speed", 1) == 1 and not wish.training:
        raise PlayError(
            "This server's clock runs at ×1, as in a real hall. Start one with --clock-speed, or, if this hall is "
            "for training only, say so with --training."
        )
    return answer.body


def _last_entry(link: Link) -> int:
    # Read with a manager's token: the play ends with the journal, so it must not begin without.
    answer = link.ask("/journal?after=999999999999999")
    if not answer.well:
        raise PlayError(f"The journal cannot be read, and the play ends with it: {answer.body.get('detail', '')}")
    return int(link.ask("/board").body["version"])


def _close_windows(link: Link, scenario: Scenario) -> None:
    ours = {desk.window for desk in scenario.windows}
    for window in link.ask("/board").body["windows"]:
        if window["window"] not in ours or window["state"] == _CLOSED:
            continue
        if window["state"] not in _EMPTY:
            raise PlayError(f"Window {window['window']} has visitor {window['number']}; finish or void that one first.")
        answer = link.tell(f"/windows/{window['window']}/close", {})
        if not answer.well:
            raise PlayError(f"Window {window['window']} does not close: {answer.body.get('detail', answer.status)}")


def _morning(link: Link, zone: str, first: int) -> tuple[Pace, int]:
    """The pace, and the midnight (ms UTC) that the day counts from; a hall for show is put forward to its morning.

    `first` is when the first thing happens (ms after midnight).

    In a hall in real time the day begins now, whatever the hour.
    """
    pace = measured(link)
    lead = round(pace.hall_ms(LEAD_S))
    local = datetime.fromtimestamp(pace.now() / 1000, ZoneInfo(zone))
    today = datetime.combine(local.date(), wall_time(), ZoneInfo(zone))
    midnight = _ms(today)
    if midnight + first - lead < pace.now():
        midnight = _ms(datetime.combine(local.date() + timedelta(days=1), wall_time(), ZoneInfo(zone)))
    answer = link.tell("/clock/forward", {"at": midnight + first - lead})
    if answer.well:
        return measured(link), midnight
    if answer.code != "clock-real":
        raise PlayError(f"The hall's clock cannot be put forward: {answer.body.get('detail', answer.status)}")
    return pace, pace.now() + lead - first


def _first_moment(scenario: Scenario, day: int, coming: Sequence[Customer]) -> int:
    opens = [start for desk in scenario.windows for start, _ in spans(desk, day)]
    return min([*opens, *(one.at for one in coming[:1])], default=0)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _play_day(
    link: Link,
    plan: Plan,
    wish: Wish,
    hall: Mapping[str, Any],
    tally: Tally,
    pace: Pace,
    stopped: Callable[[], bool],
    told: Callable[[Moment], None],
) -> None:
    mischief = Mischief(wish.mischief, f"{wish.seed}-{plan.number}", hall, frozenset(plan.scenario.businesses))
    agenda = Agenda(pace)
    try:
        day = PlayedDay(link, agenda, plan, tally, mischief)
        day.run(stopped, lambda: told(Moment(plan.number, pace.now(), hall["time_zone"], day.room.waiting(), tally)))
    finally:
        agenda.close()
