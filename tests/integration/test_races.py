"""Everybody presses at once on one server: no number twice, nobody called twice, nothing lost."""

from collections.abc import Callable

from tests.running.client import Client
from tests.running.crowd import sound, together
from tests.running.hall import Hall

PRESSES = 200


def test_two_consoles_press_next_at_once(hall: Hall):
    """Finish-and-next two hundred times each: every ticket is called by one of them, in order, and none is left."""
    for _ in range(2 * PRESSES):
        hall.kiosk.take("A")
    called: dict[int, list[str]] = {1: [], 2: []}

    def console(window: int) -> Callable[[], None]:
        client = hall.client(hall.tokens["clerk"])

        def press() -> None:
            called[window].append(client.done(window, "next")["number"])
            for _ in range(PRESSES - 1):
                called[window].append(client.done(window, "finish-next", outcome="accepted")["number"])

        return press

    together(console(1), console(2))
    assert sorted(called[1] + called[2]) == [f"A{n:03}" for n in range(1, 2 * PRESSES + 1)]
    assert all(numbers == sorted(numbers) for numbers in called.values())
    sound(hall)


def test_one_window_takes_one_of_two_clerks(hall: Hall):
    chen, wang = hall.person("chen"), hall.person("wang")
    for window in range(1, 7):
        codes: list[int] = []

        def sit(who: Client, at: int = window, into: list[int] = codes) -> None:
            into.append(who.act(at, "sign-in").status_code)

        together(lambda: sit(chen), lambda: sit(wang))
        assert sorted(codes) == [200, 409]
        left = [who.act(window, "sign-out").status_code for who in (chen, wang)]
        assert sorted(left) == [200, 403]
