"""Codes people read and type: nothing looks like another, and a slip of the hand never gives another code."""

import pytest

from queue_server.core.codes import ALPHABET, LENGTH, SPACE, code, typed

SOME = [code(number) for number in (0, 1, 30, 31, 123_456_789, SPACE - 1)]


def test_every_code_is_typed_as_itself_and_none_comes_twice() -> None:
    assert [typed(each) for each in SOME] == SOME
    assert len({code(number) for number in range(10_000)}) == 10_000
    assert all(len(each) == LENGTH and set(each) <= set(ALPHABET) for each in SOME)


def test_no_letter_looks_like_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("01OIZ") & set(ALPHABET)


def test_small_letters_spaces_hyphens_and_look_alikes_are_understood() -> None:
    said = next(each for each in map(code, range(10**6)) if {"D", "L", "2"} <= set(each))
    assert typed(f" {said[:3].lower()}-{said[3:]} ") == said
    for look_alike, meant in (("0", "D"), ("O", "D"), ("1", "L"), ("I", "L"), ("Z", "2")):
        assert typed(said.replace(meant, look_alike)) == said


@pytest.mark.parametrize("said", SOME)
def test_one_wrong_letter_or_two_exchanged_ones_are_no_code(said: str) -> None:
    for place in range(LENGTH):
        for letter in set(ALPHABET) - {said[place]}:
            assert typed(said[:place] + letter + said[place + 1 :]) is None
        for other in range(place):
            if said[other] != said[place]:
                letters = list(said)
                letters[other], letters[place] = letters[place], letters[other]
                assert typed("".join(letters)) is None


@pytest.mark.parametrize("said", ["", SOME[4][:-1], SOME[4] + "2", "Ä" + SOME[4][1:], "??????2"])
def test_what_cannot_be_a_code_is_none(said: str) -> None:
    assert typed(said) is None
