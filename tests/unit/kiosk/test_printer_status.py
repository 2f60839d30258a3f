"""What a printer's answers mean: every condition by its own bits, causes before consequences, and nothing breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printer_status import QUESTIONS, SLOW, UNASKED, answer_in, decode, question
from tests.escpos_emulator.printer import status_byte


def said(*conditions: str) -> dict[int, int]:
    """The four answers of a printer in these conditions."""
    return {kind: status_byte(kind, set(conditions))[0] for kind in QUESTIONS}


@pytest.mark.parametrize(
    ("conditions", "stops", "trouble"),
    [
        ((), None, None),
        (("paper-low",), None, "printer-paper-low"),
        (("paper-out",), "printer-paper-out", "printer-paper-out"),
        (("paper-low", "paper-out"), "printer-paper-out", "printer-paper-out"),
        (("cover-open",), "printer-cover-open", "printer-cover-open"),
        (("cover-open", "paper-out"), "printer-cover-open", "printer-cover-open"),
        (("cutter",), "printer-cutter", "printer-cutter"),
        (("broken",), "printer-broken", "printer-broken"),
        (("offline",), "printer-offline", "printer-offline"),
    ],
)
def test_each_condition_is_told_by_its_cause(conditions: tuple[str, ...], stops: str | None, trouble: str | None):
    status = decode(said(*conditions))
    assert (status.stops, status.trouble, status.answered) == (stops, trouble, True)


@pytest.mark.parametrize("error", [0x16, 0x52])
def test_an_error_that_can_be_mended_is_not_called_broken(error: int):
    assert decode({3: error}).stops == "printer-error"


def test_no_answer_is_mute_and_a_wire_that_cannot_hear_is_not():
    assert decode({}).trouble == "printer-mute"
    assert decode({}).stops is None
    assert UNASKED.trouble is None


def test_some_answers_tell_what_they_tell():
    known = {1: 0x1A, 4: 0x72}
    assert decode(known).stops == "printer-paper-out"
    assert decode({1: 0x12}).trouble is None


def test_late_answers_are_slow():
    assert decode(said(), SLOW + 0.1).trouble == "printer-slow"
    assert decode(said("paper-low"), SLOW + 0.1).trouble == "printer-paper-low"


def test_the_questions_are_the_printer_s_own():
    assert [question(kind) for kind in (1, 2, 3, 4)] == [
        b"\x10\x04\x01",
        b"\x10\x04\x02",
        b"\x10\x04\x03",
        b"\x10\x04\x04",
    ]


def test_flow_control_and_status_sent_unasked_are_no_answers():
    assert answer_in(b"\x11\x13\x10\x00\x00\x0f") is None
    assert answer_in(b"\x13\x12") == 0x12


@given(st.binary(max_size=64), st.dictionaries(st.integers(0, 8), st.integers(0, 255)))
def test_whatever_comes_back_is_read_without_a_fault(heard: bytes, answers: dict[int, int]):
    answer = answer_in(heard)
    assert answer is None or answer in heard
    status = decode(answers)
    assert status.answered == bool(answers)
    assert status.stops is None or status.trouble == status.stops
