"""The queue of announcements: each call once, in order, never two at a time, nothing old; and screens that go away."""

from typing import Any

from display.announcer import BEHIND, LATE, PATIENCE, TOO_LATE, Announcer, Turn
from display.screens import WHOLE, Screen, Screens

BOTH = ("cmn", "en")
AT = 1_800_000_000_000


def call(nr: int, **more: Any) -> dict[str, Any]:
    return {"id": nr, "number": f"A{nr:03}", "window": 5, "zone": None, "at": AT, "recall": False, **more}


def board(*calls: dict[str, Any], epoch: str = "e1", at: int = AT, speed: int = 1) -> dict[str, Any]:
    return {"epoch": epoch, "at": at, "calls": list(calls)[::-1][:10], "speed": speed}


def one_screen(zone: str = WHOLE) -> Screens:
    screens = Screens()
    screens.offer(Screen("s1", zone, can_speak=True))
    return screens


def quiet() -> Announcer:
    announcer = Announcer()
    announcer.hear(board(), 0)
    return announcer


def said(announcer: Announcer, screens: Screens, now: int = 0, mouth: str = WHOLE) -> list[str]:
    """Say all there is, each turn to its end."""
    heard = []
    while (turn := announcer.begin(mouth, screens, BOTH, now)) is not None:
        heard.append(f"{turn.call.number} {turn.language}")
        announcer.end(turn, heard=True)
    return heard


def begun(announcer: Announcer, screens: Screens, now: int = 0, mouth: str = WHOLE) -> Turn:
    turn = announcer.begin(mouth, screens, BOTH, now)
    assert turn is not None
    return turn


def test_ten_calls_in_a_second_are_ten_announcements_in_order():
    announcer, screens = quiet(), one_screen()
    for nr in range(1, 11):
        announcer.hear(board(*(call(each) for each in range(1, nr + 1))), nr * 100)
    assert said(announcer, screens, 1_000) == [f"A{nr:03} {language}" for nr in range(1, 11) for language in BOTH]
    assert announcer.idle()


def test_more_calls_than_a_board_holds_are_said_all_the_same():
    announcer, screens = quiet(), one_screen()
    for nr in range(1, 26):
        announcer.hear(board(*(call(each) for each in range(1, nr + 1))), nr)
    assert [line.split()[0] for line in said(announcer, screens)][::2] == [f"A{nr:03}" for nr in range(1, 26)]


def test_two_calls_never_overlap():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1), call(2)), 0)
    turn = begun(announcer, screens)
    assert announcer.begin(WHOLE, screens, BOTH, 60_000) is None
    announcer.end(turn, heard=True)
    assert (begun(announcer, screens).call.id, announcer.turns()[0].language) == (1, "en")


def test_the_same_board_again_announces_nothing_and_a_recall_does():
    announcer, screens = quiet(), one_screen()
    for _ in range(3):
        announcer.hear(board(call(1)), 0)
    assert said(announcer, screens) == ["A001 cmn", "A001 en"]
    announcer.hear(board(call(1), call(2, number="A001", recall=True)), 1)
    assert said(announcer, screens) == ["A001 cmn", "A001 en"]


def test_the_first_board_and_a_new_epoch_announce_nothing_old():
    announcer, screens = Announcer(), one_screen()
    announcer.hear(board(call(1), call(2)), 0)
    assert announcer.idle()
    announcer.hear(board(call(1), call(2), call(3)), 0)
    announcer.hear(board(call(1), call(7), epoch="e2"), 0)
    assert announcer.idle()
    announcer.hear(board(call(7), call(8), epoch="e2"), 0)
    assert said(announcer, screens) == ["A008 cmn", "A008 en"]


def test_an_end_of_another_epoch_touches_nothing():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1)), 0)
    turn = begun(announcer, screens)
    announcer.hear(board(epoch="e2"), 0)
    announcer.hear(board(call(1), epoch="e2"), 0)
    assert announcer.end(turn, heard=True)
    assert said(announcer, screens) == ["A001 cmn", "A001 en"]


def test_a_restarted_server_says_what_it_still_owed():
    announcer, screens = Announcer("e1", {1, 2}), one_screen()
    old = call(3, at=AT - LATE)
    announcer.hear(board(call(1), call(2), old, call(4)), 0)
    assert said(announcer, screens) == ["A004 cmn", "A004 en"]


def test_a_call_that_is_late_is_not_said_and_late_is_time_of_the_hall():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1, at=AT - LATE), at=AT), 0)
    assert said(announcer, screens) == []
    announcer.hear(board(call(1), call(2, at=AT - LATE), at=AT, speed=60), 0)
    assert said(announcer, screens) == ["A002 cmn", "A002 en"]


def test_a_call_taken_back_is_not_said():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1), call(2)), 0)
    announcer.hear(board(call(1)), 0)
    assert said(announcer, screens) == ["A001 cmn", "A001 en"]


def test_who_has_waited_long_is_said_before_further_languages():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1), call(2), call(3)), 0)
    announcer.end(begun(announcer, screens), heard=True)
    assert said(announcer, screens, BEHIND) == ["A002 cmn", "A003 cmn", "A003 en"]


def test_what_was_broken_off_is_said_again_and_twice_broken_off_is_given_up():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1)), 0)
    assert announcer.end(begun(announcer, screens), heard=False)
    again = begun(announcer, screens)
    assert (again.call.id, again.language) == (1, "cmn")
    assert not announcer.end(again, heard=False)
    assert said(announcer, screens) == ["A001 en"]


def test_a_zone_with_a_screen_of_its_own_speaks_for_itself_and_the_whole_hall_for_the_rest():
    announcer, screens = quiet(), one_screen()
    screens.offer(Screen("east", "1", can_speak=True))
    announcer.hear(board(call(1, zone="1"), call(2, zone="2"), call(3)), 0)
    assert screens.mouths() == [WHOLE, "1"]
    assert begun(announcer, screens, mouth="1").call.id == 1
    assert said(announcer, screens) == ["A002 cmn", "A002 en", "A003 cmn", "A003 en"]
    assert (screens.listeners("1"), screens.listeners(WHOLE)) == (["east"], ["s1"])


def test_one_screen_of_several_speaks_and_the_next_takes_over():
    screens = one_screen()
    screens.offer(Screen("mute", WHOLE, can_speak=False))
    screens.offer(Screen("s2", WHOLE, can_speak=True))
    screens.offer(Screen("s1", WHOLE, can_speak=True))
    assert screens.speaker(WHOLE) == "s1"
    screens.drop("s1")
    assert screens.speaker(WHOLE) == "s2"
    screens.offer(Screen("s1", WHOLE, can_speak=True))
    assert screens.speaker(WHOLE) == "s2"
    screens.behind("s2")
    screens.behind("gone")
    assert (screens.speaker(WHOLE), [each.id for each in screens.every()]) == ("s1", ["mute", "s1", "s2"])


def test_calls_that_no_screen_speaks_for_wait_a_while_and_are_then_told():
    announcer, screens = quiet(), Screens()
    announcer.hear(board(call(1)), 0)
    assert announcer.begin(WHOLE, screens, BOTH, 0) is None
    assert announcer.unsaid(screens, PATIENCE - 1) == []
    assert [each.number for each in announcer.unsaid(screens, PATIENCE)] == ["A001"]
    assert announcer.idle()


def test_what_comes_too_late_is_not_said_and_a_show_has_little_time():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1), call(2)), 0)
    turn = begun(announcer, screens)
    assert announcer.overdue(TOO_LATE - 1) == []
    assert [each.id for each in announcer.overdue(TOO_LATE)] == [2]
    announcer.end(turn, heard=True)
    announcer.hear(board(call(1), call(3), speed=60), 0)
    assert [each.id for each in announcer.overdue(TOO_LATE // 60)] == [3]


def test_quiet_takes_all_but_what_is_being_said():
    announcer, screens = quiet(), one_screen()
    announcer.hear(board(call(1), call(2)), 0)
    turn = begun(announcer, screens)
    assert [each.id for each in announcer.silence()] == [2]
    announcer.end(turn, heard=True)
    assert announcer.begin(WHOLE, screens, (), 0) is None
    assert announcer.idle()
