"""The speech-like form of written text: what a recogniser would print.

Lower case, no punctuation, numbers as words. Used to train the encoder, by
``callcheck evaluate --speech-like``, and to read written and spoken text alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_SHORT = {
    "mr": "mister", "mrs": "missus", "ms": "miss", "dr": "doctor", "prof": "professor",
    "st": "saint", "&": "and", "+": "plus", "%": "percent", "jan": "january", "feb": "february",
    "aug": "august", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
    "tues": "tuesday", "thurs": "thursday", "approx": "approximately", "vs": "versus",
}  # fmt: skip
_EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_PUNCTUATION = "\"'“”‘()[]{}<>,;:!?….*"
_LONG_NUMBER = 7


def number_words(value: int) -> list[str]:
    """The words of a cardinal number: 1 250 → one thousand two hundred fifty."""
    if value < 20:
        return [_ONES[value]]
    if value < 100:
        return [_TENS[value // 10]] + ([_ONES[value % 10]] if value % 10 else [])
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = number_words(value % size) if value % size else []
            return [*number_words(value // size), name, *rest]
    raise AssertionError(value)


def ordinal_words(value: int) -> list[str]:
    """The words of an ordinal number: 21 → twenty first."""
    words = number_words(value)
    last = words[-1]
    if last in _ORDINALS:
        words[-1] = _ORDINALS[last]
    else:
        words[-1] = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words


def year_words(value: int) -> list[str]:
    """The words of a year: 2024 → twenty twenty four, 2005 → two thousand five."""
    if 2000 <= value < 2010:
        return number_words(value)
    century, rest = divmod(value, 100)
    if rest == 0:
        return [*number_words(century), "hundred"]
    return [*number_words(century), *(["oh"] if rest < 10 else []), *number_words(rest)]


def digit_words(text: str, *, oh: bool = False) -> list[str]:
    """The digits of ``text`` one by one, 0 as "zero" or "oh"."""
    return [("oh" if oh else "zero") if c == "0" else _ONES[int(c)] for c in text if c in _DIGITS]


_DIGITS = "0123456789"


def spoken_words(word: str, *, oh: bool = False) -> list[str]:
    """Say one white-space word of written text: ``"3rd,"`` → ``["third"]``.

    Punctuation alone gives no word.
    """
    word = word.replace("’", "'").replace("‘", "'")
    bare = word.strip(_PUNCTUATION + "—–-").lower()
    if not bare:
        return []
    if _EMAIL.match(bare):
        return _email_words(bare, oh=oh)
    if bare in _SHORT:
        return [_SHORT[bare]]
    if not any(c in _DIGITS for c in bare):
        return _plain_words(bare)
    return _numeric_words(bare, oh=oh)


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


def spoken_sequence(words: Sequence[str], *, oh: bool = False) -> list[list[str]]:
    """Say each white-space word with its neighbours in view; one list of words for each.

    A phone number written in groups is said digit by digit, and ``March 3`` as an ordinal.
    """
    phone = _phone_positions(words)
    said: list[list[str]] = []
    for index, word in enumerate(words):
        bare = word.strip(_PUNCTUATION).lower()
        if index in phone:
            said.append((["plus"] if bare.startswith("+") else []) + digit_words(word, oh=oh))
        elif re.fullmatch(r"[12]?\d|3[01]", bare) and (
            _is_month(words, index - 1) or _is_month(words, index + 1)
        ):
            said.append(ordinal_words(int(bare)) if int(bare) else ["zero"])
        else:
            said.append(spoken_words(word, oh=oh))
    return said


def _is_month(words: Sequence[str], index: int) -> bool:
    return 0 <= index < len(words) and words[index].strip(_PUNCTUATION).lower() in _MONTHS


def _phone_positions(words: Sequence[str]) -> set[int]:
    """Places of words that together write one number of seven digits or more."""
    positions: set[int] = set()
    run: list[int] = []
    for index, word in enumerate([*words, "end"]):
        core = word.strip(",.;:!?\"'")
        if re.fullmatch(r"\+?[\d()\-.]+", core) and any(c in _DIGITS for c in core):
            run.append(index)
            if word[-1] in ".;:!?":
                positions |= _phone_run(words, run)
                run = []
        else:
            positions |= _phone_run(words, run)
            run = []
    return positions


def _phone_run(words: Sequence[str], run: list[int]) -> set[int]:
    digits = sum(c in _DIGITS for index in run for c in words[index])
    return set(run) if digits >= _LONG_NUMBER else set()


def spoken_text(text: str, *, oh: bool = False) -> str:
    """The speech-like form of a whole text."""
    return " ".join(said for group in spoken_sequence(text.split(), oh=oh) for said in group)


def _plain_words(bare: str) -> list[str]:
    bare = re.sub(r"^([ap])\.m$", r"\1m", bare)
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]?", bare):  # initials: u.s.
        return [bare.replace(".", "")]
    pieces = re.split(r"[^\w']+|_", bare.replace("&", " and "))
    return [p.strip("'") if p.strip("'") != "" else p for p in pieces if p.strip("'")]


def _email_words(bare: str, *, oh: bool) -> list[str]:
    named = {"@": "at", ".": "dot", "_": "underscore", "-": "dash", "+": "plus"}
    words: list[str] = []
    for piece in re.findall(r"[a-z]+|\d|[^\W\d_a-z]+|[@._+-]", bare):
        if piece in named:
            words.append(named[piece])
        elif piece.isdigit():
            words += digit_words(piece, oh=oh)
        else:
            words.append(piece)
    return words


def _numeric_words(bare: str, *, oh: bool) -> list[str]:
    clock = re.fullmatch(r"(\d{1,2})[:.](\d\d)\s*([ap]\.?m\.?)?", bare)
    if clock and int(clock[2]) < 60:
        return _clock_words(int(clock[1]), clock[2]) + _meridiem(clock[3])
    hour = re.fullmatch(r"(\d{1,2})([ap])\.?m\.?", bare)
    if hour:
        return [*number_words(int(hour[1])), hour[2] + "m"]
    ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", bare)
    if ordinal:
        return ordinal_words(int(ordinal[1]))
    if re.fullmatch(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?", bare):
        return _slash_date_words(bare.split("/"))
    long_number = sum(c in _DIGITS for c in bare) >= _LONG_NUMBER
    grouped = re.fullmatch(r"\+?\d+(?:-\d+)+", bare)
    if (long_number or grouped) and re.fullmatch(r"[\d().+\-/]+", bare):
        return (["plus"] if bare.startswith("+") else []) + digit_words(bare, oh=oh)
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        return year_words(int(bare))
    return _mixed_words(bare, oh=oh)


def _slash_date_words(parts: list[str]) -> list[str]:
    words = [w for part in parts[:2] for w in number_words(int(part))]
    for year in parts[2:]:
        words += year_words(int(year)) if len(year) == 4 else number_words(int(year))
    return words


def _meridiem(text: str | None) -> list[str]:
    return [text[0] + "m"] if text else []


def _clock_words(hour: int, minutes: str) -> list[str]:
    if minutes == "00":
        return [*number_words(hour), "o'clock"]
    zero = ["oh"] if minutes[0] == "0" else []
    return [*number_words(hour), *zero, *number_words(int(minutes))]


def _mixed_words(bare: str, *, oh: bool) -> list[str]:
    words: list[str] = []
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", bare)
    money = re.fullmatch(r"[$£€](\d+)(?:\.\d\d)?", bare)
    if money:
        unit = {"$": "dollars", "£": "pounds", "€": "euros"}[bare[0]]
        return [*number_words(int(money[1])), unit]
    for piece in re.findall(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|%", bare):
        if piece == "%":
            words.append("percent")
        elif piece.isdigit():
            leading_zero = piece.startswith("0") and len(piece) > 1
            too_long = len(piece) > 6
            words += (
                digit_words(piece, oh=oh)
                if leading_zero or too_long or not piece.isascii()
                else number_words(int(piece))
            )
        else:
            words.append(piece)
    return words
