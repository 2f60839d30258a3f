"""What is said of a call: numbers spelled sign by sign, windows counted, screen, sound and clips in the same words."""

import re

import pytest

from display.announce import CannotSay, announcement, counted, every_clip, languages, spelled, words


def test_a_call_in_each_language_as_it_is_read_and_said():
    mandarin, cantonese, english = (announcement(language, "A012", 5) for language in ("cmn", "yue", "en"))
    assert mandarin.text == {"zh-Hans": "请 A012 号，到 5 号窗口", "zh-Hant": "請 A012 號，到 5 號窗口"}
    assert mandarin.spoken["zh-Hans"] == "请 A 零 一 二 号，到 五 号窗口"
    assert mandarin.say == "qing3 ei1 ling2 yi1 er4 hao4, dao4 wu3 hao4 chuang1 kou3"
    assert cantonese.text["zh-Hant"] == "請 A012 號，到 5 號窗口"
    assert cantonese.say == "cing2 ei1 ling4 jat1 ji6 hou6, dou3 五 hou6 coeng1 hau2"
    assert english.text == {"en": "Number A012, please go to window 5"}
    assert english.spoken["en"] == english.say.replace("eigh", "A")
    assert english.say == "Number eigh zero one two, please go to window five"
    assert english.clips == ("number", "A", "0", "1", "2", "go-to", "5")


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("A001", "A 零 零 一", "A zero zero one"),
        ("A100", "A 一 零 零", "A one zero zero"),
        ("BZ1000", "B Z 一 零 零 零", "B Z one zero zero zero"),
        ("A0101", "A 零 一 零 一", "A zero one zero one"),
    ],
)
def test_a_ticket_number_is_never_counted(number: str, chinese: str, english: str):
    assert announcement("cmn", number, 5).spoken["zh-Hans"] == f"请 {chinese} 号，到 五 号窗口"
    assert announcement("yue", number, 5).spoken["zh-Hant"] == f"請 {chinese} 號，到 五 號窗口"
    assert announcement("en", number, 5).spoken["en"] == f"Number {english}, please go to window five"


@pytest.mark.parametrize(
    ("window", "chinese", "english"),
    [
        (2, "二", "two"),
        (10, "十", "ten"),
        (12, "十 二", "twelve"),
        (20, "二 十", "twenty"),
        (35, "三 十 五", "thirty five"),
        (100, "一 百", "one hundred"),
        (105, "一 百 零 五", "one hundred and five"),
        (112, "一 百 一 十 二", "one hundred and twelve"),
        (120, "一 百 二 十", "one hundred and twenty"),
        (999, "九 百 九 十 九", "nine hundred and ninety nine"),
    ],
)
def test_a_window_is_counted(window: int, chinese: str, english: str):
    assert announcement("cmn", "A012", window).spoken["zh-Hans"] == f"请 A 零 一 二 号，到 {chinese} 号窗口"
    assert announcement("en", "A012", window).spoken["en"].endswith(f" {english}")


@pytest.mark.parametrize("language", ["cmn", "en", "yue"])
def test_every_letter_digit_and_window_has_its_clip_and_word(language: str):
    clips = set(every_clip(language))
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    for letter in letters:
        assert {letter, *"0123456789"} == set(spelled(language, f"{letter}0123456789")) <= clips
    assert all(set(counted(language, window)) <= clips for window in range(1, 1000))
    assert len({counted(language, window) for window in range(1, 1000)}) == 999, "no two windows sound the same"
    # A file name, the same on every system: no two differ in case alone.
    assert all(re.fullmatch(r"[A-Z]|[0-9]+|[a-z-]+", clip) for clip in clips)
    assert set(words(language)["letters"]) == set(letters)


def test_the_engine_reads_letters_by_their_names():
    """It takes an English A for the article, `ay` for an eye, and a letter among jyutping for a bare consonant."""
    assert words("en")["letters"]["A"]["say"] == "eigh"
    assert words("cmn")["letters"]["A"]["say"] == "ei1"
    assert all(re.fullmatch(r"([a-z]+[1-6])+", each["say"]) for each in words("yue")["letters"].values())


def test_there_are_the_three_languages():
    assert languages() == ("cmn", "en", "yue")
    assert all(set(words(language)["names"]) == {"zh-Hans", "zh-Hant", "en"} for language in languages())


@pytest.mark.parametrize("number", ["", "a001", "A 01", "I001", "O001", "A01!"])
def test_what_no_ticket_is_called_cannot_be_said(number: str):
    with pytest.raises(CannotSay):
        announcement("cmn", number, 1)


@pytest.mark.parametrize("window", [0, -1, 1000])
def test_what_no_plate_says_cannot_be_said(window: int):
    with pytest.raises(CannotSay):
        announcement("en", "A001", window)
