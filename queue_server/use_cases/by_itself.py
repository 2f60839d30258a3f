"""Calls that nobody presses for: windows that stand ready call whoever comes, where the hall's settings say so."""

import secrets

from queue_server.core.routing import Idle, Waiting, in_force, next_call, ties_of
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.clerk import call_chosen

BY = "auto-call"


def call_for_ready(ledger: Ledger) -> None:
    """Call for every window that stands ready as long as somebody waits whom it may call; each call is an act."""
    settings = ledger.hall.settings
    if not settings.auto_call or ledger.conditions.evacuated:
        return
    while idle := _idle(ledger):
        heads: dict[str, Waiting] = {}
        for each in idle:
            heads.update({head.id: head for head in ledger.heads(each.window, each.ties)})
        found = next_call(idle, list(heads.values()), settings.affinity)
        if found is None:
            return
        call_chosen(ledger, ledger.stamp(secrets.token_hex(8), BY), *found)


def _idle(ledger: Ledger) -> list[Idle]:
    """The windows that stand ready with nobody there, as their clerks serve them."""
    return [
        Idle(in_force(ledger.hall.window(number), seat.reluctance), seat.ready_since, ties_of(number, seat.clerk))
        for number, seat in ledger.seats.items()
        if seat.ready_since is not None and seat.calls and ledger.at_window(number) is None
    ]
