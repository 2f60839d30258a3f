"""One simulated day as the engine and as the kernel tell it, entry by entry, and random halls to compare them on."""

from typing import Any

from hypothesis import strategies as st

from simulation import kernel_rows as k
from simulation.engine import run_day
from simulation.kernel_run import Kernel
from simulation.scenario import Scenario
from tests.properties.test_simulation import arrivals, durations

ACTS = {
    "window-opened": k.WINDOW_OPENED,
    "window-closed": k.WINDOW_CLOSED,
    "issued": k.ISSUED,
    "called": k.CALL,
    "recalled": k.RECALL,
    "started": k.START,
    "finished": k.FINISH,
    "turn-finished": k.NEXT_TURN,
    "missed": k.MISS,
    "requeued": k.REQUEUE,
    "tie-released": k.RELEASE,
    "ripened": k.RIPEN,
    "left": k.VOID_LEFT,
    "return-over": k.VOID_RETURN,
    "day-over": k.VOID_DAY,
}
Told = tuple[int, int, int, int]
# Moments a short while apart, around the length of a tie's end and of a return; days that are longer and shorter.
MOMENT_S = st.builds(lambda after, tens: after + tens * 10, st.sampled_from([0, 0, 900, 1800]), st.integers(0, 12))
DATES = st.sampled_from(
    [("2026-01-05", "Asia/Shanghai"), ("2026-03-08", "America/New_York"), ("2026-11-01", "America/New_York")]
)
BEGINS_S = st.sampled_from([0, 0, 0, 81_900, 82_790, 84_000])


def by_engine(scenario: Scenario, seed: int, day: int) -> list[Told]:
    """The engine's journal as (act, visitor, window, ms after midnight)."""
    played = run_day(scenario, seed, day)
    return [
        (
            ACTS[(entry.set or {})["reason"] if entry.act == "voided" else entry.act],
            k.NOBODY if entry.ticket is None else int(entry.ticket[8:], 16),
            k.NOBODY if entry.window is None else entry.window,
            entry.at - played.midnight,
        )
        for entry in played.entries
    ]


def by_kernel(scenario: Scenario, seed: int, day: int) -> list[Told]:
    """The same from the kernel."""
    kernel = Kernel(scenario, seed)
    return [
        (line.act, line.visitor, k.NOBODY if line.window < 0 else kernel.numbers[line.window], line.at)
        for line in kernel.tell(day)
    ]


def check_alike(scenario: Scenario, seed: int, day: int) -> None:
    """The first entry that differs is shown with what came before."""
    one, other = by_engine(scenario, seed, day), by_kernel(scenario, seed, day)
    first = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    assert first < 0, f"{one[max(0, first - 5) : first + 3]}\n{other[max(0, first - 5) : first + 3]}"
    assert len(one) == len(other)


@st.composite
def schedules(draw: st.DrawFn, begins: int) -> list[list[int]]:
    """A window's opening times: some open at once, close where another opens, or never open."""
    edges = sorted(draw(st.sets(MOMENT_S, max_size=6)))
    return [[begins + a, begins + b] for a, b in zip(edges[::2], edges[1::2], strict=False)]


@st.composite
def halls(draw: st.DrawFn) -> Scenario:
    """A hall of up to three businesses and five windows with every rule the engines know, at moments that coincide."""
    codes, begins = ("A", "B", "C")[: draw(st.integers(1, 3))], draw(BEGINS_S)
    date, zone = draw(DATES)
    document: dict[str, Any] = {
        "name": "random",
        "businesses": {code: draw(demands(begins)) for code in codes},
        "windows": [
            {
                "window": number,
                "reluctance": (
                    cells := {
                        code: r for code in codes if (r := draw(st.sampled_from([0, 0, 15, 600, None]))) is not None
                    }
                ),
                "not_before": dict.fromkeys(cells, draw(st.sampled_from([0, 0, 20, 40]))),
                "schedule": draw(schedules(begins)),
            }
            for number in draw(st.permutations(range(1, draw(st.integers(1, 5)) + 1)))
        ],
        "classes": [
            {
                "code": f"class-{place}",
                "head_start_s": draw(st.sampled_from([0, 20, 1200, 86_400])),
                "share": {code: draw(st.sampled_from([0, 0.3, 0.5])) for code in codes},
            }
            for place in range(draw(st.integers(0, 2)))
        ],
        "start": {"date": date, "time_zone": zone},
    }
    for code, each in document["businesses"].items():
        if others := [other for other in codes if other != code]:
            each["later"] = draw(st.none() | st.builds(_later, st.sampled_from([0.4, 1]), st.sampled_from(others)))
    if any(each["arrivals"]["kind"] == "rates" for each in document["businesses"].values()):
        document["day_cv"] = draw(st.sampled_from([0, 0, 0.5]))
    return Scenario.model_validate(document)


def _later(share: float, business: str) -> dict[str, Any]:
    return {"share": share, "business": business}


@st.composite
def demands(draw: st.DrawFn, begins: int) -> dict[str, Any]:
    """One business."""
    chosen = draw(arrivals())
    if chosen["kind"] == "recorded":
        moments = draw(st.lists(MOMENT_S, max_size=12))
        chosen = {"kind": "recorded", "days": [[(begins + s) * 1000 for s in moments if begins + s < 86_400]]}
    else:
        span = {"start_ms": begins * 1000, "end_ms": min(86_400_000, begins * 1000 + 200_000)}
        day_cv = draw(st.sampled_from([0, 0, 0.5, 2]))
        chosen = {"kind": "rates", "pieces": [{**span, "per_hour": 400}], "day_cv": day_cv}
    absent = {"share": draw(st.sampled_from([0, 0.3, 0.8])), "back_after": draw(st.none() | durations())}
    return {
        "arrivals": chosen,
        "service": draw(durations()),
        "patience": draw(st.none() | durations()),
        "returning": draw(st.sampled_from([0, 0.3, 0.8])),
        "absent": draw(st.none() | st.just(absent)),
        "balking": draw(st.none() | st.builds(lambda n: {"share": 0.5, "numbers": n}, st.integers(0, 4))),
        "walking": draw(st.none() | durations()),
        "reviewed": draw(st.none() | st.builds(lambda service: {"share": 0.5, "service": service}, durations())),
    }
