"""Which screen speaks where, and which zones nobody speaks for."""

from display.screens import WHOLE, Screen, Screens


def screens(*every: Screen) -> Screens:
    """The screens of a hall, come in this order."""
    here = Screens()
    for each in every:
        here.offer(each)
    return here


def test_without_a_screen_nobody_speaks_for_any_zone() -> None:
    assert screens().unspoken(["2", WHOLE, "1", "2"]) == [WHOLE, "1", "2"]


def test_a_zone_with_a_screen_of_its_own_is_spoken_for_and_the_others_are_not() -> None:
    assert screens(Screen("a", "2", can_speak=True)).unspoken(["1", "2", WHOLE]) == [WHOLE, "1"]


def test_a_screen_for_the_whole_hall_speaks_for_every_zone() -> None:
    assert screens(Screen("a", WHOLE, can_speak=True)).unspoken(["1", "2", WHOLE]) == []


def test_a_screen_without_a_sound_speaks_for_nobody() -> None:
    here = screens(Screen("a", WHOLE, can_speak=False), Screen("b", "1", can_speak=True))
    assert here.unspoken(["1", "2"]) == ["2"]
    here.drop("b")
    assert here.unspoken(["1", "2"]) == ["1", "2"]
