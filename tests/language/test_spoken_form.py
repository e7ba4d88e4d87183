"""Written text in the form a recogniser would print: tables, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.spoken_form import (
    digit_words,
    number_words,
    ordinal_words,
    spoken_sequence,
    spoken_text,
    spoken_words,
    year_words,
)

TEXTS = {
    # words
    "Hello, Ms. Patel!": "hello miss patel",
    "Mr. and Mrs. O’Brien": "mister and missus o'brien",
    "I'm — well — here…": "i'm well here",
    "follow-up call": "follow up call",
    "and/or": "and or",
    "Smith & Sons": "smith and sons",
    "R&D": "r and d",
    "Dr. St. John": "doctor saint john",
    "the U.S. office": "the us office",
    "Mr/Ms Lee": "mister miss lee",
    "don’t 'quote' “me”": "don't quote me",
    "": "",
    " \n\t ": "",
    "... -- !?": "",
    # numbers
    "12 years": "twelve years",
    "100 beds": "one hundred beds",
    "1,250 parts": "one thousand two hundred fifty parts",
    "1000000 visits": "one zero zero zero zero zero zero visits",
    "50%": "fifty percent",
    "10-12 weeks": "ten twelve weeks",
    "24/7": "twenty four seven",
    "007": "zero zero seven",
    "B2B": "b two b",
    "2nd": "second",
    "21st": "twenty first",
    "30th": "thirtieth",
    "12th,": "twelfth",
    # money
    "$15": "fifteen dollars",
    "£1,200": "one thousand two hundred pounds",
    "€40.00": "forty euros",
    # dates
    "March 3": "march third",
    "3 March": "third march",
    "March 3, 2026": "march third twenty twenty six",
    "March 3rd": "march third",
    "on Jan. 5": "on january fifth",
    "5 Dec": "fifth december",
    "Sept 30": "september thirtieth",
    "3/14/2026": "three fourteen twenty twenty six",
    "3/14": "three fourteen",
    "14.3.2026": "fourteen three twenty twenty six",
    "12.03.2026": "twelve three twenty twenty six",
    "2026-03-14": "march fourteenth twenty twenty six",
    "since 2005": "since two thousand five",
    "in 1999": "in nineteen ninety nine",
    # names that look like months
    "this is Jan Miller": "this is jan miller",
    "Dec, here": "dec here",
    # times
    "10:30": "ten thirty",
    "10:05 a.m.": "ten oh five am",
    "3:00": "three o'clock",
    "3pm": "three pm",
    "3 p.m.": "three pm",
    "9.15": "nine fifteen",
    "8am-5pm": "eight am five pm",
    # telephone numbers
    "555-0143": "five five five zero one four three",
    "(212) 555-0143": "two one two five five five zero one four three",
    "212 555 0143": "two one two five five five zero one four three",
    "+44 20 7946 0018": "plus four four two zero seven nine four six zero zero one eight",
    "07700 900123.": "zero seven seven zero zero nine zero zero one two three",
    "5550143": "five five five zero one four three",
    "555-0143, 2 pm": "five five five zero one four three two pm",
    "call 555-0143. 12 years": "call five five five zero one four three twelve years",
    "from 10 to 12": "from ten to twelve",
    # e-mail addresses
    "emily.carter@example.com": "emily dot carter at example dot com",
    "J_Smith-2@mail.example.co.uk.":
        "j underscore smith dash two at mail dot example dot co dot uk",
    "a+b@example.org": "a plus b at example dot org",
    "dr.lee07@example.com": "dr dot lee zero seven at example dot com",
    # unicode
    "José Núñez": "josé núñez",
    "Ze\u0301lia": "zélia",
    "of\ufb01ce": "office",
    "soft\u00adhyphen zero\u200bwidth": "softhyphen zerowidth",
    "１２ weeks": "twelve weeks",
    "😀 hello 👋🏽": "hello",
    "سلام": "سلام",
    "面試": "面試",
    "١٢": "١٢",
}  # fmt: skip


@pytest.mark.parametrize(("written", "spoken"), TEXTS.items(), ids=map(repr, TEXTS))
def test_spoken_text(written: str, spoken: str) -> None:
    assert spoken_text(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), TEXTS.items(), ids=map(repr, TEXTS))
def test_spoken_text_leaves_its_own_output_alone(written: str, spoken: str) -> None:
    assert spoken_text(spoken) == spoken


def test_zero_can_be_said_oh() -> None:
    assert spoken_text("555-0103", oh=True) == "five five five oh one oh three"
    assert digit_words("20", oh=True) == ["two", "oh"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"), (13, "thirteen"), (40, "forty"), (99, "ninety nine"), (100, "one hundred"),
        (1001, "one thousand one"), (999_999, "nine hundred ninety nine thousand nine hundred "
         "ninety nine"), (2_000_000, "two million"),
    ],
)  # fmt: skip
def test_number_words(value: int, words: str) -> None:
    assert " ".join(number_words(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1, "first"), (3, "third"), (8, "eighth"), (9, "ninth"), (12, "twelfth"), (20, "twentieth"),
     (31, "thirty first"), (100, "one hundredth")],
)  # fmt: skip
def test_ordinal_words(value: int, words: str) -> None:
    assert " ".join(ordinal_words(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1900, "nineteen hundred"), (1905, "nineteen oh five"), (2000, "two thousand"),
     (2009, "two thousand nine"), (2010, "twenty ten"), (2026, "twenty twenty six")],
)  # fmt: skip
def test_year_words(value: int, words: str) -> None:
    assert " ".join(year_words(value)) == words


def test_sequence_keeps_one_entry_a_word() -> None:
    said = spoken_sequence("On March 3 — call (212) 555-0143.".split())
    assert said == [
        ["on"], ["march"], ["third"], [], ["call"], ["two", "one", "two"],
        ["five", "five", "five", "zero", "one", "four", "three"],
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["9" * 5000, "9" * 5000 + "th", "$" + "9" * 5000, "9:" * 900])
def test_absurd_numbers_are_read_digit_by_digit(word: str) -> None:
    assert set(spoken_words(word)) <= {"nine", "th"}


@given(st.text(max_size=200))
def test_any_text_has_a_spoken_form(text: str) -> None:
    words = text.split()
    said = spoken_sequence(words)
    assert len(said) == len(words)
    for group in said:
        for word in group:
            assert word
            assert word == word.lower()
            assert not set(word) & set('0123456789 .,!?"“”()')


WRITTEN = st.one_of(
    st.sampled_from(list(TEXTS)),
    st.from_regex(r"[A-Za-z0-9 ,.'$%&/:()@+-]{0,30}", fullmatch=True),
    st.emails().filter(str.isascii),
    st.dates().map(str),
    st.times().map(lambda time: f"{time:%H:%M}"),
    st.integers(0, 10**12).map(str),
)


@given(st.lists(WRITTEN, max_size=6).map(" ".join))
def test_spoken_form_of_a_spoken_form_is_itself(text: str) -> None:
    once = spoken_text(text)
    assert spoken_text(once) == once
