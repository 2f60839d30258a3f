"""The planner: from a history to what each number of windows would do, and how far the method errs on real days."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from simulation.demand import Demand, demand
from simulation.history.localtime import local
from simulation.history.recorded import QUARTER_S, Recorded
from simulation.plan_scenarios import again, level
from simulation.plan_wish import LEAST_DAYS, MOST_DAYS, MOST_WINDOWS, Wish
from simulation.players import player
from simulation.report import Report, report
from simulation.scenario import Scenario
from simulation.tally import DayTally, replication

# Days are put together in at most so many batches, and the batches' differences give the intervals.
BATCHES = LEAST_DAYS
# About so many visitors are simulated in all (half a minute's work); more days only narrow the intervals.
VISITORS = 100_000
# The recorded days are run again so many times at least, each time with other service times.
LEAST_REPEATS = 3

Progress = Callable[[str, int, int], None]
Result = dict[str, Any]


def plan(recorded: Recorded, wish: Wish, progress: Progress) -> Result:
    """Everything the page shows, as plain values; the same history, wish and seed give the same result.

    `progress` hears (step, done, total) after every simulated day. The same seed at every level gives every plan the
    same visitors.
    """
    fitted = demand(recorded)
    levels = wish.levels or default_levels(fitted)
    once_more = again(recorded, fitted, wish.target_s)
    days = wish.days or _days(fitted, len(levels) + 1)
    repeats = max(LEAST_REPEATS, min(BATCHES, days // len(fitted.days))) if once_more else 0
    total = len(levels) * days + repeats * len(fitted.days)
    done = 0

    def run(scenario: Scenario, count: int, batches: int) -> tuple[Report, float]:
        nonlocal done
        found: list[DayTally] = []
        play = player(scenario, wish.seed)
        for day in range(count):
            found += play(range(day, day + 1)).values()
            done += 1
            progress("simulating", done, total)
        size = count // batches
        parts = [replication(found[i * size : (i + 1) * size]) for i in range(batches)]
        work_ms = sum(at.busy_ms for part in parts for at in part.windows.values())
        return report(scenario.name, wish.seed, size, wish.target_s, parts, "kernel"), work_ms / count / 1000

    results = {
        windows: run(level(recorded, fitted, windows, wish.target_s), days, min(BATCHES, days)) for windows in levels
    }
    replayed = run(once_more, repeats * len(fitted.days), repeats) if once_more else None
    return {
        **_facts(recorded, fitted),
        "target_s": wish.target_s,
        "share": wish.share,
        "seed": wish.seed,
        "levels": [
            {"windows": windows, **_hours(windows, work_s, fitted), **_shown(found)}
            for windows, (found, work_s) in results.items()
        ],
        "recommended": _least({windows: found for windows, (found, _) in results.items()}, wish.share),
        "again": _shown(replayed[0]) if replayed else None,
        "recorded": _recorded(recorded, fitted),
    }


def default_levels(fitted: Demand) -> tuple[int, ...]:
    """Three fewer to three more windows than recorded, or than the busiest hours need when none were recorded."""
    middle = round(fitted.windows) if fitted.windows else _needed(fitted)
    return tuple(range(max(1, middle - 3), min(MOST_WINDOWS, middle + 3) + 1))


def _needed(fitted: Demand) -> int:
    work = sum(found.visits / len(fitted.days) * found.service.mean_s for found in fitted.businesses.values())
    return max(1, round(work / ((fitted.closes - fitted.opens) * QUARTER_S) / 0.8))


def _days(fitted: Demand, runs: int) -> int:
    a_day = fitted.visits / len(fitted.days)
    days = min(MOST_DAYS, max(LEAST_DAYS, int(VISITORS / (a_day * runs))))
    return days - days % BATCHES


def _shown(found: Report) -> Result:
    """What the page shows of a run: the report's figures over all who came, for leaving is no way to be served."""
    figures = found.overall
    return {
        "days": found.days,
        "customers": figures.customers,
        "wait_all_mean_s": _interval(figures.wait_all_mean_s, figures.wait_all_half_width_s),
        "wait_all_p90_s": _interval(figures.wait_all_p90_s, figures.wait_all_p90_half_width_s),
        "called_in_time": _interval(figures.called_in_time, figures.called_in_time_half_width),
        "abandoned": figures.abandoned or 0.0,
        "unserved": figures.unserved,
    }


def _interval(value: float | None, half_width: float | None) -> Result:
    return {"mean": value or 0.0, "half_width": half_width or 0.0}


def _hours(windows: int, work_s: float, fitted: Demand) -> Result:
    """Window-hours between opening and closing, and the share that a day's work fills; over 1 it runs past closing."""
    hours = windows * (fitted.closes - fitted.opens) / 4
    return {"window_hours": hours, "busy": work_s / (hours * 3600)}


def _least(results: Mapping[int, Report], share: float) -> int | None:
    """The fewest windows that meet the target even at the lower end of the interval."""
    figures = {windows: found.overall for windows, found in results.items()}
    lower = {w: (f.called_in_time or 0.0) - (f.called_in_time_half_width or 0.0) for w, f in figures.items()}
    return min((windows for windows, least in lower.items() if least >= share), default=None)


def _facts(recorded: Recorded, fitted: Demand) -> Result:
    return {
        "source": recorded.source,
        "part": dict(recorded.part),
        "choices": {name: list(values) for name, values in recorded.choices.items()},
        "time_zone": recorded.time_zone,
        "rows": recorded.rows,
        "visits": fitted.visits,
        "days": [day.isoformat() for day in fitted.days],
        "other_days": [day.isoformat() for day in fitted.other_days],
        "outside": fitted.outside,
        "cleaning": [asdict(each) for each in recorded.cleaning],
        "wait_meaning": recorded.wait_meaning,
        "cannot_tell": list(recorded.cannot_tell),
        "assumed": list(_assumed(fitted)),
        "opens": _clock(fitted.opens),
        "closes": _clock(fitted.closes),
        "windows": fitted.windows,
        "arrivals": [
            {"quarter": _clock(q), **asdict(fitted.total[q]), "windows": fitted.windows_by_quarter[q]}
            for q in range(fitted.opens, fitted.closes)
        ],
        "businesses": [
            {
                "code": code,
                "name": recorded.names.get(code, code),
                "visits": found.visits,
                "service_mean_s": found.service.mean_s,
                "service_cv": found.service.cv,
                "services": found.service.n,
                "patience_s": found.patience_s,
            }
            for code, found in fitted.businesses.items()
        ],
    }


def _assumed(fitted: Demand) -> Iterable[str]:
    yield "any-window-any-business"
    yield "stay-until-last"
    if any(found.cv_assumed for found in fitted.businesses.values()):
        yield "service-exponential"
    if any(found.patience_s is not None for found in fitted.businesses.values()):
        yield "patience-exponential"


def _recorded(recorded: Recorded, fitted: Demand) -> Result | None:
    """The mean wait recorded on the ordinary days, leavers up to their leaving, by the log's own definition."""
    zone, days = ZoneInfo(recorded.time_zone), set(fitted.days)
    mine = (visit.waited_ms for visit in recorded.visits if local(visit.arrived_at, zone).date() in days)
    waits = [wait for wait in mine if wait is not None]
    return {"n": len(waits), "wait_all_mean_s": sum(waits) / len(waits) / 1000} if waits else None


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"
