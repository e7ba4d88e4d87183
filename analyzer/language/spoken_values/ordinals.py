"""Ordinal numbers in words: "third", "twenty first"."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.spoken_form import ordinal_words
from analyzer.language.spoken_values.numbers import TENS, Read

_SINGLE = {ordinal_words(value)[0]: value for value in (*range(1, 21), *range(30, 100, 10))}
_ONES = {word: value for word, value in _SINGLE.items() if value < 10}
ORDINALS = frozenset(_SINGLE)


def read_ordinal(words: Sequence[str], i: int) -> Read | None:
    """First to ninety ninth."""
    word = words[i]
    value = _SINGLE.get(word)
    if value is not None:
        return value, i + 1
    if word in TENS and words[i + 1] in _ONES:
        return TENS[word] + _ONES[words[i + 1]], i + 2
    return None
