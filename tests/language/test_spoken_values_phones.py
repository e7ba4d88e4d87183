from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.spoken_form import digit_words, number_words, spoken_text
from analyzer.language.spoken_values import find_values
from tests.language.spoken_value_helpers import found_in, values_in, words_of

PHONES = [
    ("my number is five five five zero one four three", "5550143"),
    ("five five five oh one four three", "5550143"),
    ("it's five five five o one four three thanks", "5550143"),
    ("call me on five five five nought one four three", "5550143"),
    ("triple five oh one double four", "5550144"),
    ("treble five zero one four three", "5550143"),
    ("area code two one two five five five zero one nine nine", "2125550199"),
    ("six one six then five five five then zero one zero two", "6165550102"),
    ("six one six dash five five five dash zero one zero two", "6165550102"),
    ("eight hundred five five five one two three four", "8005551234"),
    ("five five five one thousand is my number call five five five one thousand", "5551000"),
    ("oh seven seven double oh nine hundred three one two", "07700900312"),
    ("zero one six three two nine six zero four five seven", "01632960457"),
    ("plus four four seven seven zero zero nine zero zero one two three", "447700900123"),
    ("plus nine one double two five five five zero one four four", "91225550144"),
    ("reach me at five five five ninety one forty three", "5559143"),
    ("my number is two one two five fifty five zero one ninety nine", "2125550199"),
    ("five um five five uh zero one four three", "5550143"),
    ("call me at (212) 555-0199", "2125550199"),
    ("call me at 212.555.0199.", "2125550199"),
    ("+1 212 555 0199", "12125550199"),
    ("my number is twenty three forty five sixty seven eighty nine", "23456789"),
    ("my number is one two three four five six", "123456"),
    ("i'm home after two five five five zero one four three", "5550143"),
    ("five five five zero one four three oh and thanks", "5550143"),
    ("it's five five five zero one four three one more thing", "5550143"),
    ("one eight hundred five five five one two three four", "18005551234"),
]


@pytest.mark.parametrize(("text", "digits"), PHONES)
def test_spoken_phone_gives_its_digits(text: str, digits: str) -> None:
    assert set(values_in(text, "PHONE")) == {digits}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("five five five zero one four three again that's five five five zero one four three",
         ["5550143", "5550143"]),
        ("five five five zero one four three five five five zero one four three",
         ["5550143", "5550143"]),
        ("two one two five five five oh one four three that is five five five zero one four three",
         ["2125550143", "5550143"]),
        ("five five five zero one four three and two one two five five five zero one nine nine",
         ["5550143", "2125550199"]),
        ("five five five zero one four three i repeat zero one four three", ["5550143", "5550143"]),
    ],
)  # fmt: skip
def test_number_said_twice_is_found_twice(text: str, digits: list[str]) -> None:
    assert values_in(text, "PHONE") == digits


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("five five five zero one two three extension nine", "9"),
        ("call five five five zero one two three extension number one two", "12"),
        ("five five five zero one two three extension double four", "44"),
        ("five five five zero one two three", ""),
    ],
)
def test_extension_is_kept_apart(text: str, extension: str) -> None:
    (phone,) = found_in(text, "PHONE")
    assert (phone.value, phone.extension) == ("5550123", extension)


def test_number_cut_short_after_a_cue_is_partial() -> None:
    (phone,) = found_in("call me on oh one six three two", "PHONE")
    assert phone.partial
    assert phone.value == "01632"
    assert not found_in("we sold oh one six three two", "PHONE")


@pytest.mark.parametrize(
    "text",
    [
        "i made one hundred and twenty five thousand dollars",
        "the reference number is four five six seven eight nine one",
        "from nineteen ninety nine to twenty twenty four",
        "between two and four on the fifth or the sixth",
        "three four",
        "i called two or three times",
        "my shift is four on four off",
        "one two three testing",
        "the postcode is ls six three qn",
        "double oh seven",
        "march third twenty twenty six at half past two",
        "oh i see oh no",
    ],
)
def test_other_numbers_are_no_phone(text: str) -> None:
    assert not found_in(text, "PHONE")


def test_place_of_the_words_leaves_the_sentence_out() -> None:
    text = "my number is five five five um zero one four three thank you"
    (phone,) = found_in(text, "PHONE")
    assert words_of(text, phone) == "five five five um zero one four three"


def _said_in_groups(digits: str, cuts: list[int]) -> list[str]:
    """The digits in groups of one or two, a pair said as a number where it can be."""
    words: list[str] = []
    at = 0
    for size in cuts:
        piece = digits[at : at + size]
        at += size
        if len(piece) == 2 and piece[0] not in "01" and piece[1] != "0":
            words += number_words(int(piece))
        else:
            words += digit_words(piece, oh=size == 1)
    return words + digit_words(digits[at:])


@given(
    st.text("0123456789", min_size=7, max_size=11).filter(lambda d: d[:4] != d[4:8]),
    st.booleans(),
)
def test_any_number_read_digit_by_digit_comes_back(digits: str, oh: bool) -> None:
    words = ["my", "number", "is", *digit_words(digits, oh=oh), "thank", "you"]
    phones = [f.value for f in find_values(words) if f.kind == "PHONE"]
    if oh and digits.endswith("0") and len(digits) in (8, 11):
        assert phones[0] in (digits, digits[:-1])  # a last "oh" may begin the next sentence
    else:
        assert phones == [digits]


@given(st.text("23456789", min_size=7, max_size=10))
def test_any_written_number_comes_back(digits: str) -> None:
    written = f"({digits[:3]}) {digits[3:-4]}-{digits[-4:]}"
    phones = [f.value for f in find_values(spoken_text(f"call {written}.").split())]
    assert phones == [digits]


@given(st.text("23456789", min_size=7, max_size=10), st.lists(st.sampled_from([1, 2]), max_size=3))
def test_any_number_said_in_pairs_comes_back(digits: str, cuts: list[int]) -> None:
    words = ["call", "me", "on", *_said_in_groups(digits, cuts)]
    joined = "".join(str(f.value) for f in find_values(words) if f.kind == "PHONE")
    assert joined == digits
