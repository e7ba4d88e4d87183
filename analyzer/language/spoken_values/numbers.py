"""Cardinal numbers and years in words: "one hundred and five", "twenty twenty six"."""

from __future__ import annotations

from collections.abc import Sequence

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ZEROS = frozenset({"zero", "oh", "o", "nought", "naught"})
_SCALES = (("million", 1_000_000), ("thousand", 1000))
_CENTURIES = {"nineteen": 1900, "twenty": 2000}

Read = tuple[int, int]
"""A value and the index of the word after it."""


def read_under_hundred(words: Sequence[str], i: int) -> Read | None:
    """One to ninety nine."""
    word = words[i]
    if word in TENS:
        one = ONES.get(words[i + 1])
        return (TENS[word] + one, i + 2) if one else (TENS[word], i + 1)
    value = ONES.get(word) or TEENS.get(word)
    return (value, i + 1) if value else None


def read_cardinal(words: Sequence[str], i: int) -> Read | None:
    """Zero to hundreds of millions, as ``number_words`` says them, "and" allowed."""
    if words[i] in ("zero", "nought", "naught"):
        return 0, i + 1
    read = _under_thousand(words, i)
    if read is None:
        return None
    value, end = read
    total = 0
    for name, size in _SCALES:
        if words[end] != name:
            continue
        total += value * size
        value, end = 0, end + 1
        rest = _under_thousand(words, end + 1 if words[end] == "and" else end)
        if rest is None:
            break
        value, end = rest
    return total + value, end


def _under_thousand(words: Sequence[str], i: int) -> Read | None:
    read = read_under_hundred(words, i)
    if read is None or words[read[1]] != "hundred":
        return read
    value, end = read[0] * 100, read[1] + 1
    rest = read_under_hundred(words, end + 1 if words[end] == "and" else end)
    if rest is None or words[rest[1]] == "hundred":
        return value, end
    return value + rest[0], rest[1]


def read_year(words: Sequence[str], i: int) -> Read | None:
    """A year from 1900 to 2099: "twenty twenty six", "two thousand and five"."""
    century = _CENTURIES.get(words[i])
    if century is not None:
        rest = words[i + 1]
        if rest in TENS or rest in TEENS:
            read = read_under_hundred(words, i + 1)
            return (century + read[0], read[1]) if read else None
        if rest in ("oh", "o") and words[i + 2] in ONES:
            return century + ONES[words[i + 2]], i + 3
        return (century, i + 2) if rest == "hundred" else None
    if words[i] == "two" and words[i + 1] == "thousand":
        read = read_cardinal(words, i)
        return read if read and 2000 <= read[0] <= 2099 else None
    return None
