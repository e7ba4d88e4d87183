from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.spoken_form import spoken_text
from analyzer.language.spoken_values import SpokenTime
from tests.language.spoken_value_helpers import found_in, time_of, values_in, words_of

TIMES = [
    ("at half past two", "half past two", (2, 30, "", "")),
    ("at half two", "half two", (2, 30, "", "")),
    ("quarter to five", "quarter to five", (4, 45, "", "")),
    ("a quarter to one", "a quarter to one", (12, 45, "", "")),
    ("a quarter past ten in the morning", "a quarter past ten in the morning",
     (10, 15, "morning", "")),
    ("a quarter after nine", "a quarter after nine", (9, 15, "", "")),
    ("at ten past three", "ten past three", (3, 10, "", "")),
    ("at twenty five to six", "twenty five to six", (5, 35, "", "")),
    ("five minutes past three", "five minutes past three", (3, 5, "", "")),
    ("nine thirty am", "nine thirty am", (9, 30, "am", "")),
    ("nine thirty a m", "nine thirty a m", (9, 30, "am", "")),
    ("9:30 a.m.", "nine thirty am", (9, 30, "am", "")),
    ("at 2:05 PM", "two oh five pm", (2, 5, "pm", "")),
    ("two fifteen works", "two fifteen", (2, 15, "", "")),
    ("before five o'clock", "five o'clock", (5, 0, "", "before")),
    ("five o clock", "five o clock", (5, 0, "", "")),
    ("until seven in the evening", "seven in the evening", (7, 0, "evening", "before")),
    ("at nine at night", "nine at night", (9, 0, "night", "")),
    ("six pm", "six pm", (6, 0, "pm", "")),
    ("any time after three", "three", (3, 0, "", "after")),
    ("after three or four", "three", (3, 0, "", "after")),
    ("before five thank you", "five", (5, 0, "", "before")),
    ("at seven sharp", "seven", (7, 0, "", "")),
    ("from half three", "half three", (3, 30, "", "after")),
    ("before noon", "noon", (12, 0, "pm", "before")),
    ("around midday", "midday", (12, 0, "pm", "")),
    ("at fourteen thirty", "fourteen thirty", (14, 30, "", "")),
    ("in the afternoon", "in the afternoon", (None, 0, "afternoon", "")),
    ("any evening is fine", "any evening", (None, 0, "evening", "")),
    ("mornings are best", "mornings", (None, 0, "morning", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "time"), TIMES)
def test_spoken_time_is_read(text: str, words: str, time: tuple[object, ...]) -> None:
    found = found_in(text, "TIME")[0]
    assert words_of(text, found) == words
    assert time_of(found.value) == time


@pytest.mark.parametrize(
    "text", ["between two and four", "from nine to five", "from two until four"]
)
def test_both_ends_of_a_stretch_are_found(text: str) -> None:
    assert [time_of(value)[3] for value in values_in(text, "TIME")] == ["after", "before"]


@pytest.mark.parametrize(
    "text",
    [
        "good afternoon",
        "this morning",
        "tuesday morning",
        "after three weeks",
        "after three and a half years",
        "after two or three interviews",
        "at one point",
        "at one time",
        "by one of your team",
        "before two people called",
        "at two companies",
        "in the morning shift",
        "half of the team",
        "half past experience",
        "one to one",
        "a quarter of the staff",
        "i am am i",
        "twenty twenty six",
        "two other firms",
    ],
)
def test_other_words_are_no_time(text: str) -> None:
    assert not found_in(text, "TIME")


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(["am", "pm"]))
def test_any_clock_time_comes_back(hour: int, minute: int, part: str) -> None:
    text = f"Call me at {hour}:{minute:02d} {part}, thanks."
    (found,) = found_in(text, "TIME")
    assert time_of(found.value) == (hour, minute, part, "")
    assert words_of(text, found) == " ".join(spoken_text(f"{hour}:{minute:02d} {part}").split())


def test_text_is_for_people() -> None:
    assert SpokenTime(hour=2, minute=30, part="pm").text() == "2:30 pm"
    assert SpokenTime(hour=3, bound="after").text() == "after 3"
    assert SpokenTime(hour=9, part="morning").text() == "9 in the morning"
    assert SpokenTime(hour=9, part="night").text() == "9 at night"
    assert SpokenTime(part="evening").text() == "in the evening"
