from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.sound import letters_of, sound_alike

LIKELY_ONE = [
    ("Wildan", "will done"),
    ("Lindqvist", "lind quist"),
    ("Sunil Mehta", "sue neil meta"),
    ("Moriyama", "more e yama"),
    ("Olsson", "olson"),
    ("Emily Carter", "emma lee carter"),
    ("Johnson", "jon son"),
    ("Catherine", "kathryn"),
    ("Jon", "john"),
    ("Desta Alemu", "desta a lemon"),
    ("Riverside Bakery", "river side bakery"),
    ("José", "jose"),
]
LIKELY_TWO = [
    ("Wildan", "william"),
    ("Emily", "amelia"),
    ("Mark", "mike"),
    ("Carter", "calling"),
    ("Teresa", "tara"),
    ("Nina", "anna"),
    ("Thompson", "thomas"),
    ("Jones", "james"),
    ("manager", "message"),
    ("Riverside Bakery", "liberty bank"),
]


@pytest.mark.parametrize(("name", "heard"), LIKELY_ONE)
def test_a_name_and_how_it_is_heard_sound_alike(name: str, heard: str) -> None:
    assert sound_alike(name, heard) >= 0.84


@pytest.mark.parametrize(("name", "other"), LIKELY_TWO)
def test_two_names_do_not_sound_alike(name: str, other: str) -> None:
    assert sound_alike(name, other) < 0.72


@given(st.text(max_size=12), st.text(max_size=12))
def test_it_is_a_share_and_goes_both_ways(first: str, second: str) -> None:
    assert 0 <= sound_alike(first, second) <= 1
    assert sound_alike(first, second) == sound_alike(second, first)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_spelling_case_and_spaces_do_not_count(word: str) -> None:
    assert sound_alike(word, " ".join(word.upper())) == 1.0


def test_nothing_sounds_like_nothing() -> None:
    assert sound_alike("", "") == 0.0
    assert sound_alike("...", "Anna") == 0.0
    assert letters_of("Zoë-Ann O'Hara") == "zoeannohara"
