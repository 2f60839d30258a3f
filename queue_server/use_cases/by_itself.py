"""Calls that nobody presses for: windows that stand ready call whoever comes, where the hall's settings say so."""

import secrets

from queue_server.core.ready import calls_by_itself, idle
from queue_server.core.routing import Waiting, next_call
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.clerk import call_chosen

BY = "auto-call"


def call_for_ready(ledger: Ledger) -> None:
    """Call for every window that stands ready as long as somebody waits whom it may call; each call is an act."""
    settings = ledger.hall.settings
    if not calls_by_itself(settings, ledger.conditions):
        return
    while waits := idle(ledger.hall, ledger.seats, lambda window: ledger.at_window(window) is not None):
        heads: dict[str, Waiting] = {}
        for each in waits:
            heads.update({head.id: head for head in ledger.heads(each.window, each.ties)})
        found = next_call(waits, list(heads.values()), settings.affinity)
        if found is None:
            return
        call_chosen(ledger, ledger.stamp(secrets.token_hex(8), BY), *found)
