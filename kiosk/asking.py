"""Asks a printer over its wire how it stands; one that says nothing in time is mute."""

import time

from kiosk.printer_status import QUESTIONS, UNASKED, Status, answer_in, decode, question
from kiosk.wires import Wire

# How long all four answers may take together, in seconds; staff are to know within three of anything.
BOUND = 1.2


def ask(wire: Wire) -> Status:
    """One question after the other, as a printer wants them; raises what the wire raises."""
    if not wire.hears:
        return UNASKED
    wire.forget()
    answers: dict[int, int] = {}
    began = time.monotonic()
    for kind in QUESTIONS:
        wire.send(question(kind))
        answer = _answer(wire, began + BOUND)
        if answer is None:
            break
        answers[kind] = answer
    return decode(answers, time.monotonic() - began)


def _answer(wire: Wire, until: float) -> int | None:
    while (left := until - time.monotonic()) > 0:
        answer = answer_in(wire.hear(left))
        if answer is not None:
            return answer
    return None
