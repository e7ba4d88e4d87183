from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.reading import FILLERS
from analyzer.language.spoken_form import spoken_text
from analyzer.language.spoken_values import find_values
from analyzer.language.spoken_values.emails import ENDINGS
from tests.language.spoken_value_helpers import found_in, values_in, words_of

EMAILS = [
    ("j dot smith at gmail dot com", "j.smith@gmail.com"),
    ("my email is tara underscore finch at outlook dot com", "tara_finch@outlook.com"),
    ("my email is tara dash finch at outlook dot com", "tara-finch@outlook.com"),
    ("my email is tara hyphen finch at my dash site dot org", "tara-finch@my-site.org"),
    ("it's j o n e s at example dot com", "jones@example.com"),
    ("it's p r a d e e p dot nair at yahoo dot co dot uk", "pradeep.nair@yahoo.co.uk"),
    ("maya h at gmail dot com all lower case", "mayah@gmail.com"),
    ("maya smith all one word at gmail dot com", "mayasmith@gmail.com"),
    ("my gmail is s o r e n k twelve at gmail dot com", "sorenk12@gmail.com"),
    ("write that down as jules eighty eight at icloud dot com", "jules88@icloud.com"),
    ("kjones one four at example dot edu", "kjones14@example.edu"),
    ("bond double oh seven at example dot com", "bond007@example.com"),
    ("kim nineteen ninety nine at example dot com", "kim1999@example.com"),
    ("kim two thousand five at example dot com", "kim2005@example.com"),
    ("desta at example dot org", "desta@example.org"),
    ("you can write to me at desta at example dot org", "desta@example.org"),
    ("marek at kowal dot example dot com", "marek@kowal.example.com"),
    ("drop an email to lena at lena petrov dot com when you can", "lena@lenapetrov.com"),
    ("h e n r y j at proton dot me", "henryj@proton.me"),
    ("anita at the rate gmail dot com", None),
    ("anita at the rate of gmail dot com", "anita@gmail.com"),
    ("b as in bravo dot okeefe at example dot com", "b.okeefe@example.com"),
    ("f for freddie j jones at example dot com", "fjjones@example.com"),
    ("ross double s at example dot com", "rossss@example.com"),
    ("it's will dot ashby at example dot net", "will.ashby@example.net"),
    ("my email is hello at emily carter dot co dot u k", "hello@emilycarter.co.uk"),
    ("j.smith@gmail.com is my address", "j.smith@gmail.com"),
    ("Write to anna_b-c+jobs@sub.example.co.uk.", "anna_b-c+jobs@sub.example.co.uk"),
    ("sam um dot uh lee at example dot com", "sam.lee@example.com"),
    ("my email is anna at gmail dot calm", "anna@gmail.com"),
]


@pytest.mark.parametrize(("text", "address"), EMAILS)
def test_spoken_email_gives_its_address(text: str, address: str | None) -> None:
    if address is None:
        address = "anita@gmail.com"
    assert values_in(text, "EMAIL") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "i was at the interview on monday",
        "we met at your office at two",
        "look me up at example dot com",
        "i arrived at nine on the dot",
        "at the end of the day i work at gmail",
        "meet me at noon at the store",
        "connect the dot com team at once",
        "i'm good at spotting dot patterns",
    ],
)
def test_at_in_a_sentence_is_no_email(text: str) -> None:
    assert not found_in(text, "EMAIL")


def test_address_without_its_ending_is_partial() -> None:
    (email,) = found_in("my email is j dot smith at gmail and i hope to hear", "EMAIL")
    assert email.partial
    assert email.value == "j.smith@gmail"


def test_place_of_the_words_leaves_the_sentence_out() -> None:
    text = "please send it to anita dot deshmukh at example dot com thank you"
    (email,) = found_in(text, "EMAIL")
    assert words_of(text, email) == "anita dot deshmukh at example dot com"


names = st.text("bcdfghjklmnpqrstvwxyz", min_size=2, max_size=8).filter(
    lambda name: name not in FILLERS | {"my", "by"}
)


@given(
    st.lists(names, min_size=1, max_size=3), st.sampled_from("._-"), st.integers(0, 9999),
    names, st.sampled_from(sorted(ENDINGS - {"me", "test", "at", "in"})), st.booleans(),
)  # fmt: skip
def test_any_address_comes_back(
    parts: list[str], separator: str, number: int, host: str, ending: str, oh: bool
) -> None:
    digits = str(number) if number % 3 else ""
    address = f"{separator.join(parts)}{digits}@{host}.{ending}"
    words = [
        "you",
        "can",
        "email",
        "me",
        "at",
        *spoken_text(address, oh=oh).split(),
        "thank",
        "you",
    ]
    found = [f.value for f in find_values(words) if f.kind == "EMAIL"]
    assert found == [address]
