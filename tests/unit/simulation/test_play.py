"""A play's parts: which hall time it is, in what order things happen, which windows, and what a journal comes to."""

import json
import threading
from pathlib import Path

import pytest

from queue_server.core.journal import Entry
from queue_server.core.moment import Order
from simulation.draws import customers
from simulation.engine import run_day
from simulation.play import reckoning
from simulation.play.agenda import Agenda
from simulation.play.crew import Room, Whereabouts
from simulation.play.link import Answer, PlayError
from simulation.play.pace import Pace, pace_of
from simulation.play.setting import at_windows, check, check_played, differences, windows_in
from simulation.play.tally import Tally
from simulation.scenario import Scenario
from simulation.scenario_text import read

DEFAULT = Path(__file__).parents[3] / "simulation" / "scenarios" / "default_hall.json"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read(DEFAULT.read_bytes())


def board(at: int, sent: float, came: float, speed: int = 60) -> Answer:
    return Answer(200, {"at": at, "speed": speed}, sent, came)


def test_the_pace_trusts_the_board_that_came_soonest():
    pace = pace_of([board(1_000_000, 10.0, 10.5), board(1_060_000, 11.0, 11.01), board(1_120_000, 12.0, 12.2)])
    assert (pace.speed, pace.at) == (60, 1_060_000)
    assert pace.of(11.005) == 1_060_000
    assert pace.of(12.005) == 1_120_000
    assert pace.doubt_ms == pytest.approx(0.005 * 60_000)


def test_a_stretch_of_hall_time_lasts_the_speed_s_share_of_it():
    pace = Pace(speed=300, at=0, when=0.0, doubt_s=0.0, clock=lambda: 2.5)
    assert pace.now() == 750_000
    assert pace.real(300_000) == 1.0
    assert pace.hall_ms(0.01) == 3_000


def test_a_server_that_says_no_speed_is_a_real_hall():
    assert pace_of([Answer(200, {"at": 5}, 0.0, 0.0)]).speed == 1


def still(at: int) -> Pace:
    return Pace(speed=1, at=at, when=0.0, doubt_s=0.0, clock=lambda: 0.0)


def test_what_shares_a_moment_happens_in_the_core_s_order():
    agenda, done = Agenda(still(100)), list[str]()
    for name, moment, order in (
        ("leaves", 50, Order.LEAVING),
        ("arrives", 50, Order.ARRIVAL),
        ("opens", 50, Order.WINDOW),
        ("finishes", 50, Order.FINISH),
        ("before", 49, Order.LEAVING),
        ("too early", 101, Order.FINISH),
    ):
        agenda.at(moment, order, lambda name=name: done.append(name))  # type: ignore[misc]
    agenda.run(lambda: len(done) >= 5, lambda: None)
    agenda.close()
    assert done == ["before", "finishes", "opens", "arrives", "leaves"]


def test_an_answer_is_heard_in_the_thread_that_decides():
    agenda, heard = Agenda(still(0)), list[tuple[int, int]]()
    asked_in = list[int]()

    def ask() -> Answer:
        asked_in.append(threading.get_ident())
        return Answer(204, {}, 0.0, 0.0)

    agenda.send(ask, lambda answer: heard.append((threading.get_ident(), answer.status)))
    agenda.run(lambda: bool(heard), lambda: None)
    agenda.close()
    assert heard == [(threading.get_ident(), 204)]
    assert asked_in != [threading.get_ident()]


def test_what_is_asked_for_is_sent_earlier_by_the_way_to_the_server_as_learned():
    agenda, done = Agenda(still(100)), list[int]()
    agenda.learn(48)
    assert agenda.lead == 3.0
    for moment in (103, 104):
        agenda.at(moment, Order.ARRIVAL, lambda moment=moment: done.append(moment))  # type: ignore[misc]
    agenda.run(lambda: bool(done), lambda: None)
    agenda.close()
    assert done == [103]
    # One that was held up for ten seconds teaches no more than one of a tenth of a second; none is sent late.
    agenda.learn(10_000)
    assert agenda.lead == 3.0 + 100 / 16
    for _ in range(20):
        agenda.learn(-1_000)
    assert agenda.lead == 0.0


def test_what_breaks_in_a_request_is_not_swallowed():
    def broken() -> Answer:
        raise LookupError("a fault of our own")

    agenda = Agenda(still(0))
    agenda.send(broken, lambda _: None)
    with pytest.raises(LookupError, match="a fault of our own"):
        agenda.run(lambda: False, lambda: None)
    agenda.close()


@pytest.mark.parametrize(
    ("text", "found"), [("1", {1}), ("1-3", {1, 2, 3}), ("1-3, 10", {1, 2, 3, 10}), ("7,5-6,7", {5, 6, 7})]
)
def test_windows_are_written_as_people_write_them(text: str, found: set[int]):
    assert windows_in(text) == found


@pytest.mark.parametrize("text", ["", "a", "3-1", "0", "1-", "1;2", "-3", "1000", "1,,2"])
def test_what_names_no_windows_is_said(text: str):
    with pytest.raises(ValueError, match="names no windows"):
        windows_in(text)


def test_a_play_at_some_windows_has_the_same_visitors(scenario: Scenario):
    some = at_windows(scenario, frozenset({1, 9}))
    assert [desk.window for desk in some.windows] == [1, 9]
    assert customers(some, 7, 0) == customers(scenario, 7, 0)
    assert at_windows(scenario, None) is scenario
    with pytest.raises(ValueError, match="no window 44"):
        at_windows(scenario, frozenset({1, 44}))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("walking", {"kind": "constant", "mean_s": 30}),
        ("returning", 0.1),
        ("absent", {"share": 0.05}),
        ("balking", {"share": 0.5, "numbers": 20}),
        ("later", {"share": 0.5, "business": "A"}),
    ],
)
def test_what_visitors_of_a_play_do_not_do_is_refused(scenario: Scenario, part: str, said: object):
    check_played(scenario)
    document = scenario.model_dump(mode="json", exclude_none=True)
    document["businesses"]["C"][part] = said
    with pytest.raises(ValueError, match=rf"no {part} \(business C\), so it would be compared"):
        check_played(read(json.dumps(document).encode()))


def facts(scenario: Scenario) -> dict[str, list[dict[str, object]]]:
    return {
        "businesses": [{"code": code} for code in scenario.businesses],
        "windows": [
            {"window": desk.window, "serves": {code: round(s * 1000) for code, s in desk.reluctance.items()}}
            for desk in scenario.windows
        ],
        "classes": [{"code": each.code, "head_start_ms": round(each.head_start_s * 1000)} for each in scenario.classes],
    }


def test_a_hall_that_is_not_the_scenario_s_is_told_apart(scenario: Scenario):
    hall = facts(scenario)
    check(scenario, hall)
    assert differences(scenario, hall) == []
    hall["windows"][3]["serves"] = {"A": 0}
    hall["classes"][0]["head_start_ms"] = 5
    assert differences(scenario, hall) == ["window 4 serves otherwise", "class elderly has another head start"]
    hall["businesses"].pop()
    with pytest.raises(PlayError, match="no business Z"):
        check(scenario, hall)


def test_a_room_keeps_the_first_of_each_business_by_place():
    room = Room()
    first, second, other = (
        room.came({"id": name, "business": business, "place": place}, 1_000)
        for name, business, place in (("a", "A", 500), ("b", "A", 400), ("c", "C", 900))
    )
    for visitor in (first, second, other):
        room.waits(visitor)
    assert [head.id for head in room.heads()] == ["b", "c"]
    room.leaves_queue(second, Whereabouts.GONE)
    assert [head.id for head in room.heads()] == ["a", "c"]
    room.leaves_queue(first, Whereabouts.AWAY)
    room.waits(first, {"business": "C", "place": 100})
    assert [head.id for head in room.heads()] == ["a"]
    assert room.waiting() == 2
    assert room.still_here() == [first, other]
    room.stands(other, {"business": "A", "place": 50})
    assert [head.id for head in room.heads()] == ["c", "a"]
    room.leaves_queue(other, Whereabouts.EXPECTED)
    room.stands(other, {"business": "C", "place": 20})
    assert (other.where, room.waiting()) == (Whereabouts.EXPECTED, 1)
    room.waits(other)
    assert [head.id for head in room.heads()] == ["c"]


@pytest.fixture(scope="module")
def recorded(scenario: Scenario) -> reckoning.Recorded:
    day = run_day(scenario, 3, 0)
    return reckoning.Recorded(day.entries, {ticket.id: ticket for ticket in day.tickets})


def counted(recorded: reckoning.Recorded) -> Tally:
    tally = Tally()
    tally.issued.update(ticket.business for ticket in recorded.tickets.values())
    tally.served = sum(ticket.state.value == "finished" for ticket in recorded.tickets.values())
    return tally


def listed(recorded: reckoning.Recorded) -> dict[str, dict[str, object]]:
    return {
        ticket.id: {"id": ticket.id, "business": ticket.business, "state": ticket.state.value}
        for ticket in recorded.tickets.values()
    }


def test_a_day_that_adds_up(recorded: reckoning.Recorded):
    adds = reckoning.adds_up(recorded, listed(recorded), counted(recorded))
    assert adds.wrong == []
    assert sum(each.issued for each in adds.by_business.values()) == len(recorded.tickets)
    assert all(each.adds_up for each in adds.by_business.values())


def test_a_number_that_the_play_was_not_given_or_that_is_lost_is_found(recorded: reckoning.Recorded):
    short, wrong_state, one_more = listed(recorded), listed(recorded), counted(recorded)
    gone = next(iter(short))
    del short[gone]
    wrong_state[gone]["state"] = "waiting"
    one_more.issued["A"] += 1
    number = recorded.tickets[gone].number
    lost = reckoning.adds_up(recorded, short, counted(recorded)).wrong
    assert [each for each in lost if each.startswith(f"{number} is finished in the journal and nothing")]
    assert [each for each in lost if each.startswith(f"business {number[0]}: ")]
    assert reckoning.adds_up(recorded, wrong_state, counted(recorded)).wrong == [
        f"{number} is finished in the journal and waiting in the list"
    ]
    assert "the play was given" in reckoning.adds_up(recorded, listed(recorded), one_more).wrong[0]


def test_who_is_left_at_a_window_is_found(recorded: reckoning.Recorded):
    last = max(entry.no for entry in recorded.entries if entry.act == "finished")
    before = [entry for entry in recorded.entries if entry.no < last]
    until = reckoning.tickets(before)
    wrong = reckoning.adds_up(reckoning.Recorded(before, until), {}, Tally()).wrong
    assert [each for each in wrong if "was left serving at window" in each]


def test_the_simulation_beside_itself_differs_by_nothing(recorded: reckoning.Recorded):
    both = reckoning.beside(recorded.tickets.values(), recorded.tickets.values(), 900_000)
    assert next(iter(both)) == "all"
    assert {pair.difference_s for pair in both.values()} == {0.0}
    twice = [list(recorded.tickets.values())] * 2
    late = reckoning.beside(recorded.tickets.values(), [], 900_000, twice)["all"]
    assert late.late is not None
    assert (late.late.times, late.late.least_s, late.late.most_s) == (2, late.server.mean_s, late.server.mean_s)
    alone = reckoning.beside(recorded.tickets.values(), [], 900_000)["all"]
    assert (alone.difference_s, alone.simulation.called, alone.simulation.mean_s) == (None, 0, None)


def test_the_simulation_itself_loses_no_time(recorded: reckoning.Recorded, scenario: Scenario):
    tally = Tally()
    for number, one in enumerate(customers(scenario, 3, 0)):
        tally.drawn[f"{0:08x}{number:024x}"] = one.service
    lags = reckoning.lags(reckoning.delays(recorded, tally))
    assert (lags.service_most_s, lags.reaction_most_s, lags.bound_s) == (0.0, 0.0, 0.0)


def test_a_slow_window_is_measured(recorded: reckoning.Recorded):
    served = next(ticket for ticket in recorded.tickets.values() if ticket.state.value == "finished")
    shorter = (served.finished_at or 0) - (served.called_at or 0) - 2_000
    tally = Tally(drawn={served.id: shorter}, arrived_late=[-100, 700])
    lost = reckoning.delays(recorded, tally)
    lags = reckoning.lags(lost)
    assert (lost.number, lost.service) == ((-100, 700), (2_000,))
    assert lags.service_mean_s == 2.0
    assert (lags.arrival_mean_s, lags.arrival_least_s, lags.arrival_most_s) == (0.3, -0.1, 0.7)
    assert lags.bound_s == pytest.approx(0.8 + 2.0 + sum(lost.call) / 1000)


def test_a_free_window_that_calls_late_is_measured():
    entries = [
        Entry(1, 100, "main", "window-opened", "a", "x", window=5),
        Entry(2, 900, "main", "called", "b", "x", ticket="t", window=5, set={"state": "called", "window": 5}),
        Entry(3, 950, "main", "finished", "c", "x", ticket="t", window=5, set={"state": "finished"}),
        Entry(4, 950, "main", "called", "c", "x", ticket="u", window=5, set={"state": "called", "window": 5}),
    ]
    ticket = next(iter(run_day(read(DEFAULT.read_bytes()), 3, 0).tickets))
    both = {name: reckoning.Ticket(**{**vars(ticket), "id": name, "queued_at": 400}) for name in ("t", "u")}
    told = reckoning.Recorded(entries, both)
    # The second one was called by the act that finished the first: no clerk stood idle for them.
    assert reckoning.delays(told, Tally(drawn={"t": 1, "u": 1})).call == (500,)
