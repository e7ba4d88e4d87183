"""How long a text takes to say: digits and symbols count as the words they are said with."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"\S+@\S+")
_DIGITS = re.compile(r"[\d][\d\s().\-/]{5,}\d")


def spoken_words(text: str) -> int:
    """Number of words said: each digit of a telephone number, "at" and "dot" of an address."""
    count = 0
    for address in _EMAIL.findall(text):
        count += len(re.findall(r"[A-Za-z]+|\d|[@._+-]", address.rstrip(".,;!?")))
    text = _EMAIL.sub(" ", text)
    for number in _DIGITS.findall(text):
        count += sum(character.isdigit() for character in number)
    text = _DIGITS.sub(" ", text)
    return count + len(re.findall(r"[\w'’-]+", text))


def speaking_s(text: str, *, words_per_minute: int) -> float:
    """Seconds it takes to say at this pace."""
    return spoken_words(text) * 60 / words_per_minute
