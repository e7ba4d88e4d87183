"""Digits as people say them: one by one, "double five", "twenty three", "eight hundred"."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.spoken_values.numbers import ONES, TEENS, TENS, ZEROS

SINGLE = {word: str(value) for word, value in ONES.items()} | dict.fromkeys(ZEROS, "0")
REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_SCALES = {"hundred": "00", "thousand": "000"}
DIGIT_WORDS = frozenset({*SINGLE, *REPEATS, *TEENS, *TENS})
"""Words a group of digits can begin with."""


def read_group(words: Sequence[str], i: int) -> tuple[str, int] | None:
    """One group of digits and the index after it: "double five" gives 55."""
    word = words[i]
    if word in REPEATS:
        digit = SINGLE.get(words[i + 1])
        return (digit * REPEATS[word], i + 2) if digit else None
    if word in SINGLE:
        digits, end = SINGLE[word], i + 1
    elif word in TEENS:
        digits, end = str(TEENS[word]), i + 1
    elif word in TENS:
        one = ONES.get(words[i + 1])
        digits, end = (str(TENS[word] + one), i + 2) if one else (str(TENS[word]), i + 1)
    else:
        return None
    scale = _SCALES.get(words[end])
    return (digits + scale, end + 1) if scale and digits != "0" else (digits, end)
