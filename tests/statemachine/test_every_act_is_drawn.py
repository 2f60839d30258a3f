"""The table of what is drawn knows every act there is, so that none is added and never tried."""

from queue_server.core.timers import ACT_OF
from queue_server.ticket_acts import TICKET_ACTS
from queue_server.window_acts import WINDOW_ACTS
from tests.statemachine.acts import ACTS
from tests.statemachine.by_itself import TIMERS


def test_every_act_of_both_tables_is_drawn() -> None:
    assert {name.removeprefix("window ") for name in ACTS if name.startswith("window ")} == set(WINDOW_ACTS)
    assert {name.removeprefix("ticket ") for name in ACTS if name.startswith("ticket ")} == set(TICKET_ACTS)


def test_every_timer_is_known() -> None:
    assert set(ACT_OF) == TIMERS
