from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.spoken_form import number_words, ordinal_words, year_words
from analyzer.language.spoken_values import find_values
from analyzer.language.spoken_values.numbers import read_cardinal, read_year
from analyzer.language.spoken_values.ordinals import read_ordinal
from analyzer.language.spoken_values.vocabulary import PADDING
from tests.language.spoken_value_helpers import found_in, values_in

PAD = [""] * PADDING


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("i have two offers", [2]),
        ("twenty years", [20]),
        ("one hundred and twenty five thousand dollars", [125_000]),
        ("about nine million", [9_000_000]),
        ("a thousand sorry one thousand two hundred fifty", [1250]),
        ("room four oh three", [403]),
        ("badge one one seven", [117]),
        ("forty thousand five hundred fifty two", [40_552]),
        ("twenty twenty six", [2026]),
        ("nineteen ninety nine", [1999]),
        ("three four", [3, 4]),
        ("one of the things", []),
        ("no numbers here", []),
        ("zero", [0]),
    ],
)
def test_spoken_number_is_read(text: str, numbers: list[int]) -> None:
    assert values_in(text, "NUMBER") == numbers


@given(st.integers(0, 999_999_999))
def test_any_cardinal_comes_back(value: int) -> None:
    words = number_words(value)
    assert read_cardinal([*words, *PAD], 0) == (value, len(words))


@given(st.integers(1, 99))
def test_any_ordinal_comes_back(value: int) -> None:
    words = ordinal_words(value)
    assert read_ordinal([*words, *PAD], 0) == (value, len(words))


@given(st.integers(1900, 2099))
def test_any_year_comes_back(value: int) -> None:
    words = year_words(value)
    assert read_year([*words, *PAD], 0) == (value, len(words))


VOCABULARY = (
    "the a on at in one two five twenty oh double hundred thousand and third tenth march may "
    "monday last this week ago day sorry no meant dot com gmail j smith number is pm half past "
    "quarter to um extension plus after weekend not before a b"
).split()


@given(st.lists(st.sampled_from(VOCABULARY), max_size=40))
def test_values_are_sorted_apart_and_inside_whatever_is_said(words: list[str]) -> None:
    found = find_values(words)
    assert found == find_values(words)
    assert all(0 <= f.start < f.end <= len(words) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("words", [[], ["um"], ["um", "uh", "er"], [""]])
def test_nothing_is_found_in_nothing(words: list[str]) -> None:
    assert find_values(words) == []


@pytest.mark.parametrize(
    "text",
    [
        "thank you so much for your time and for the chance to learn about the team",
        "i would like to know where things stand and what the next steps are",
        "please let me know if you need anything else from me",
        "i am still very interested in the position and i hope to hear from you",
        "may i ask whether a decision has been made",
        "i really liked how everyone looks out for one another at the bakery",
        "a second interview would be wonderful if that is the way you would like to go",
        "hello mister june this is april may i speak to you for a minute",
        "i left my dot matrix printer at the office",
        "oh i see well no worries at all",
        "i was the last one at the table",
        "first of all i want to thank you",
    ],
)
def test_ordinary_sentences_hold_no_value(text: str) -> None:
    assert [(f.kind, f.value) for f in find_values(text.split())] == []


def test_hesitations_inside_a_value_belong_to_it() -> None:
    (found,) = found_in("on march um the uh third er", "DATE")
    assert (found.start, found.end) == (1, 6)
