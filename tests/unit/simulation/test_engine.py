"""Days told in full: who came, was called, served, left and closed, and when."""

from dataclasses import replace
from typing import Any

from queue_server.core import measures
from queue_server.core.journal import tickets
from queue_server.core.seat import CLOSED, OPENED
from queue_server.core.ticket import State
from simulation.delays import Delays
from simulation.engine import Day, run_day
from simulation.scenario import Scenario
from simulation.tally import tally
from tests.unit.simulation.halls import recorded, scenario_of

MINUTE = 60_000


def scenario(
    arrivals: dict[str, list[int]],
    service_s: float = 60,
    windows: list[dict[str, Any]] | None = None,
    patience_s: float | None = None,
    classes: list[dict[str, Any]] | None = None,
) -> Scenario:
    """A hall where everything is known beforehand; arrivals in ms after midnight, per business."""
    one_window = {"window": 1, "reluctance": dict.fromkeys(arrivals, 0), "schedule": [[0, 36_000]]}
    return scenario_of(
        {code: recorded(moments) for code, moments in arrivals.items()},
        service={"kind": "constant", "mean_s": service_s},
        patience=None if patience_s is None else {"kind": "constant", "mean_s": patience_s},
        windows=windows or [one_window],
        classes=classes or [],
    )


def told(day: Day) -> list[tuple[float, str, str | None, int | None]]:
    """The journal as (seconds after midnight, act, number, window)."""
    numbers = {t.id: t.number for t in day.tickets}
    return [
        ((e.at - day.midnight) / 1000, e.act, None if e.ticket is None else numbers[e.ticket], e.window)
        for e in day.entries
    ]


def test_a_day_reads_like_a_story() -> None:
    day = run_day(scenario({"A": [0, 10_000]}), seed=1, day=0)
    assert told(day) == [
        (0, OPENED, None, 1),
        (0, "issued", "A001", None),
        (0, "called", "A001", 1),
        (0, "started", "A001", 1),
        (10, "issued", "A002", None),
        (60, "finished", "A001", 1),
        (60, "called", "A002", 1),
        (60, "started", "A002", 1),
        (120, "finished", "A002", 1),
        (36_000, CLOSED, None, 1),
    ]
    assert list(tickets(day.entries).values()) == day.tickets
    assert [e.no for e in day.entries] == list(range(1, 11))


def test_a_second_business_on_the_number_is_waited_for_where_the_visitor_stood() -> None:
    """A001 is done with A at 60 s and stands before C001, who came at 10 s; patience for it is counted anew."""
    document = scenario({"A": [0], "C": [10_000, 11_000]}, patience_s=100).model_dump()
    document["businesses"]["A"]["later"] = {"share": 1, "business": "C"}
    day = run_day(Scenario.model_validate(document), seed=1, day=0)
    assert told(day) == [
        (0, OPENED, None, 1),
        (0, "issued", "A001", None),
        (0, "called", "A001", 1),
        (0, "started", "A001", 1),
        (10, "issued", "C001", None),
        (11, "issued", "C002", None),
        (60, "turn-finished", "A001", 1),
        (60, "called", "A001", 1),
        (60, "started", "A001", 1),
        (110, "voided", "C001", None),
        (111, "voided", "C002", None),
        (120, "finished", "A001", 1),
        (36_000, CLOSED, None, 1),
    ]
    figures = tally(Scenario.model_validate(document), day)
    assert [of.customers for of in figures.businesses.values()] == [1, 3]
    assert [of.called.tolist() for of in figures.businesses.values()] == [[0], [0]]
    assert [of.service.tolist() for of in figures.businesses.values()] == [[60_000], [60_000]]
    assert figures.windows[1].served == 2


def test_delays_of_a_played_hall_come_on_top() -> None:
    delays = Delays(number=(1_000,), call=(500,), service=(2_000,))
    day = run_day(scenario({"A": [0, 10_000]}), seed=1, day=0, delays=delays)
    assert told(day) == [
        (0, OPENED, None, 1),
        (1, "issued", "A001", None),
        (1.5, "called", "A001", 1),
        (1.5, "started", "A001", 1),
        (11, "issued", "A002", None),
        # Its clerk stands idle for nobody: who is called with the finish has no call to wait for.
        (63.5, "finished", "A001", 1),
        (63.5, "called", "A002", 1),
        (63.5, "started", "A002", 1),
        (125.5, "finished", "A002", 1),
        (36_000, CLOSED, None, 1),
    ]


def test_which_act_has_which_delay_is_drawn_and_the_same_again() -> None:
    hall, delays = scenario({"A": [0, 10_000, 20_000]}), Delays(number=(-2_000, 0, 7_000, 15_000), service=(-1, 1))
    days = [told(run_day(hall, 1, 0, delays=replace(delays, draw=draw))) for draw in range(8)]
    assert days == [told(run_day(hall, 1, 0, delays=replace(delays, draw=draw))) for draw in range(8)]
    assert len({tuple(day) for day in days}) > 1
    assert {at for day in days for at, act, _, _ in day if act == "issued"} <= {
        max(0, moment + late) / 1000 for moment in (0, 10_000, 20_000) for late in delays.number
    }


def test_a_window_finishes_its_visitor_before_it_closes() -> None:
    windows = [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 30], [90, 200]]}]
    day = run_day(scenario({"A": [0, 1000]}, windows=windows), seed=1, day=0)
    assert [(at, act) for at, act, _, _ in told(day) if act in {CLOSED, OPENED, "called"}] == [
        (0, OPENED), (0, "called"), (60, CLOSED), (90, OPENED), (90, "called"), (200, CLOSED),
    ]  # fmt: skip


def test_a_window_that_opens_again_before_it_is_done_never_closed() -> None:
    windows = [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 30], [40, 200]]}]
    day = run_day(scenario({"A": [0, 1000]}, windows=windows), seed=1, day=0)
    assert [(at, act) for at, act, _, _ in told(day) if act in {CLOSED, OPENED}] == [(0, OPENED), (200, CLOSED)]


def test_stretches_that_touch_are_one() -> None:
    windows = [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 30], [30, 200]]}]
    day = run_day(scenario({"A": []}, windows=windows), seed=1, day=0)
    assert [(at, act) for at, act, _, _ in told(day)] == [(0, OPENED), (200, CLOSED)]


def test_who_is_out_of_patience_leaves_and_is_journalled_as_left() -> None:
    day = run_day(scenario({"A": [0, 1000]}, patience_s=20), seed=1, day=0)
    gone = day.tickets[1]
    assert (gone.state, gone.reason, (gone.finished_at or 0) - gone.issued_at) == (State.VOID, "left", 20_000)


def test_patience_that_ends_at_the_instant_of_the_call_is_served() -> None:
    day = run_day(scenario({"A": [0, 40_000]}, patience_s=20), seed=1, day=0)
    assert [t.state for t in day.tickets] == [State.FINISHED, State.FINISHED]


def test_who_is_left_at_night_is_voided_by_the_timer() -> None:
    windows = [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 30]]}]
    day = run_day(scenario({"A": [0, 1000]}, windows=windows), seed=1, day=0)
    assert (day.tickets[1].state, day.tickets[1].reason) == (State.VOID, "day-over")
    assert told(day)[-1][0] == 86_400


def test_service_that_runs_past_midnight_ends_with_the_day() -> None:
    windows = [{"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 86_400]]}]
    day = run_day(scenario({"A": [86_399_000]}, windows=windows), seed=1, day=0)
    assert (day.tickets[0].state, day.tickets[0].reason) == (State.VOID, "day-over")
    assert told(day)[-1] == (86_400, CLOSED, None, 1)


def test_an_arrival_goes_to_least_reluctance_then_longest_idle_then_lowest_number() -> None:
    def window(number: int, reluctance: float, opens: float) -> dict[str, Any]:
        return {"window": number, "reluctance": {"A": reluctance}, "schedule": [[opens, 36_000]]}

    windows = [window(1, 600, 0), window(2, 0, 5), window(3, 0, 2), window(4, 0, 2)]
    day = run_day(scenario({"A": [10_000, 11_000, 12_000, 13_000]}, windows=windows), seed=1, day=0)
    assert [t.window for t in day.tickets] == [3, 4, 2, 1]


def test_a_head_start_passes_only_those_who_came_less_than_it_before() -> None:
    classes = [{"code": "elderly", "head_start_s": 20, "share": {"B": 1}}]
    arrivals = {"A": [0, 1000, 30_000], "B": [40_000]}
    day = run_day(scenario(arrivals, classes=classes), seed=1, day=0)
    assert [number for _, act, number, _ in told(day) if act == "called"] == ["A001", "A002", "B001", "A003"]
    assert [t.ahead_at_issue for t in day.tickets] == [0, 0, 1, 1]


def test_two_who_come_in_the_same_ms_are_called_in_the_order_of_their_entries() -> None:
    day = run_day(scenario({"A": [0, 0, 0], "B": [0, 0]}), seed=1, day=0)
    assert [number for _, act, number, _ in told(day) if act == "called"] == ["A001", "A002", "A003", "B001", "B002"]


def test_service_of_no_length_ends_in_the_instant_it_began() -> None:
    day = run_day(scenario({"A": [5, 5, 5]}, service_s=0), seed=1, day=0)
    assert [t.finished_at for t in day.tickets] == [day.midnight + 5] * 3


def test_the_second_day_is_the_next_date_with_its_own_numbers() -> None:
    day = run_day(scenario({"A": [7 * MINUTE]}), seed=1, day=1)
    assert (day.tickets[0].day, day.tickets[0].number) == ("2026-01-06", "A001")


def with_more(plain: Scenario, **of_demand: Any) -> Scenario:
    """The same with more told of the visitors of business A."""
    document = plain.model_dump()
    document["businesses"]["A"] |= of_demand
    return Scenario.model_validate(document)


def test_whoever_sees_too_many_numbers_goes_without_a_word_and_is_called_in_vain() -> None:
    balking = {"share": 1, "numbers": 2}
    day = run_day(with_more(scenario({"A": [0, 1, 2, 3]}, patience_s=130), balking=balking), seed=1, day=0)
    assert [(t.number, t.state, t.reason) for t in day.tickets] == [
        ("A001", State.FINISHED, None),
        ("A002", State.FINISHED, None),
        ("A003", State.FINISHED, None),
        ("A004", State.VOID, "return-over"),
    ]


def test_service_starts_after_the_way_to_the_window() -> None:
    walking = {"kind": "constant", "mean_s": 15}
    day = run_day(with_more(scenario({"A": [0, 0]}), walking=walking), seed=1, day=0)
    assert [(at, act) for at, act, number, _ in told(day) if number == "A002"] == [
        (0, "issued"),
        (75, "called"),
        (90, "started"),
        (150, "finished"),
    ]
    assert [measures.walking_time(ticket) for ticket in day.tickets] == [15_000, 15_000]


def test_whose_papers_were_checked_beforehand_is_served_by_another_time() -> None:
    reviewed = {"share": 0.5, "service": {"kind": "constant", "mean_s": 5}}
    day = run_day(with_more(scenario({"A": [0] * 40}), reviewed=reviewed), seed=1, day=0)
    assert {(ticket.reviewed, measures.service_time(ticket)) for ticket in day.tickets} == {
        (True, 5000),
        (False, 60_000),
    }


def test_whoever_is_not_there_is_called_three_times_missed_and_waits_again_when_back() -> None:
    absent = {"share": 1, "back_after": {"kind": "constant", "mean_s": 300}}
    day = run_day(with_more(scenario({"A": [0]}), absent=absent), seed=1, day=0)
    assert [(at, act) for at, act, number, _ in told(day) if number] == [
        (0, "issued"),
        (0, "called"),
        (20, "recalled"),
        (40, "recalled"),
        (60, "missed"),
        (360, "requeued"),
        (360, "called"),
        (360, "started"),
        (420, "finished"),
    ]


def test_whoever_never_comes_back_is_voided_when_the_time_for_it_is_over() -> None:
    day = run_day(with_more(scenario({"A": [0, 0]}), absent={"share": 1}), seed=1, day=0)
    assert [t.reason for t in day.tickets] == ["return-over", "return-over"]
    # The window goes on with the next visitor as soon as the first is missed.
    assert [at for at, act, _, _ in told(day) if act == "called"] == [0, 60]
    assert [at for at, act, _, _ in told(day) if act == "voided"] == [60 + 1800, 120 + 1800]


def test_whoever_brings_papers_goes_to_a_window_of_their_own_with_the_head_start_of_a_return() -> None:
    windows = [{"window": n, "reluctance": {"A": 0}, "schedule": [[0, 36_000]]} for n in (1, 2)]
    tied = with_more(scenario({"A": [0]}, windows=windows), returning=1)
    days = [run_day(tied, seed, day=0).tickets[0] for seed in range(8)]
    assert {(t.tie, t.window, t.issued_at - t.place) for t in days} == {
        ("w1", 1, 20 * MINUTE),
        ("w2", 2, 20 * MINUTE),
    }


def test_a_tie_ends_a_while_after_its_window_has_closed() -> None:
    windows = [
        {"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 10]]},
        {"window": 2, "reluctance": {"A": 0, "B": 0}, "schedule": [[0, 36_000]]},
    ]
    tied = with_more(scenario({"A": [20_000], "B": [0]}, service_s=3600, windows=windows), returning=1)
    days = [run_day(tied, seed, day=0) for seed in range(8)]
    released = [[at for at, act, _, _ in told(day) if act == "tie-released"] for day in days]
    assert sorted({tuple(each) for each in released}) == [(), (20 + 15 * 60,)]


def test_a_window_holds_back_until_somebody_has_waited_long_enough() -> None:
    window = {"window": 1, "reluctance": {"A": 0}, "schedule": [[0, 36_000]], "not_before": {"A": 90}}
    acts = told(run_day(scenario({"A": [0]}, windows=[window]), seed=1, day=0))
    assert [(at, act) for at, act, number, _ in acts if number][:3] == [
        (0, "issued"),
        (90, "ripened"),
        (90, "called"),
    ]
