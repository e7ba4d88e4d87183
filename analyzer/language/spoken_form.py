"""The speech-like form of written text: what a recogniser would print.

Lower case, no punctuation, numbers as words. Used to train the encoder, by
``callcheck evaluate --speech-like``, and to read written and spoken text alike.
"""

from __future__ import annotations

import re
import unicodedata
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
_NAMES_TOO = frozenset({"jan", "dec"})
"""Of ``_SHORT``, months only beside a number: they are names as well."""
_ADDRESS_WORDS = frozenset({"dot", "underscore", "dash"})
_EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_PUNCTUATION = "\"'“”‘()[]{}<>,;:!?….*"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LONG_NUMBER = 7
_MOST_DIGITS = 9  # more are no quantity: they are read one by one


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


def is_written(words: Sequence[str]) -> bool:
    """Whether words stand in written form: a capital, a figure or a sign among them."""
    return any(not word.replace("'", "").isalpha() or not word.islower() for word in words)


def spoken_words(word: str, *, oh: bool = False) -> list[str]:
    """Say one white-space word of written text: ``"3rd,"`` → ``["third"]``.

    Punctuation alone gives no word.
    """
    word = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word))
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


_MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()
_MONTHS = frozenset(_MONTH_NAMES) | frozenset(
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
        elif bare in _SHORT and bare.isalpha() and _said_as_written(words, index, bare):
            said.append([bare])
        else:
            said.append(spoken_words(word, oh=oh))
    return said


def _said_as_written(words: Sequence[str], index: int, bare: str) -> bool:
    """Whether what looks short is a name, or a part of a spelt address ("dr dot lee at …")."""
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in _ADDRESS_WORDS or after in _ADDRESS_WORDS or after == "at":
        return True
    return bare in _NAMES_TOO and not any(c in _DIGITS for c in before + after)


def _is_month(words: Sequence[str], index: int) -> bool:
    return 0 <= index < len(words) and words[index].strip(_PUNCTUATION).lower() in _MONTHS


def _phone_positions(words: Sequence[str]) -> set[int]:
    """Places of words that together write one number of seven digits or more."""
    positions: set[int] = set()
    run: list[int] = []
    for index, word in enumerate([*words, "end"]):
        core = word.strip(",.;:!?\"'")
        if _is_digit_group(core):
            run.append(index)
            enough = word[-1] == "," and _digits_in(words, run) >= _LONG_NUMBER
            if enough or word[-1] in ".;:!?":
                positions |= _phone_run(words, run)
                run = []
        else:
            positions |= _phone_run(words, run)
            run = []
    return positions


def _is_digit_group(core: str) -> bool:
    return (
        bool(re.fullmatch(r"\+?[\d()\-.]+", core))
        and any(c in _DIGITS for c in core)
        and not _date_words(core)
    )


def _digits_in(words: Sequence[str], run: list[int]) -> int:
    return sum(c in _DIGITS for index in run for c in words[index])


def _phone_run(words: Sequence[str], run: list[int]) -> set[int]:
    return set(run) if _digits_in(words, run) >= _LONG_NUMBER else set()


def spoken_text(text: str, *, oh: bool = False) -> str:
    """The speech-like form of a whole text."""
    return " ".join(said for group in spoken_sequence(text.split(), oh=oh) for said in group)


def _plain_words(bare: str) -> list[str]:
    bare = re.sub(r"^([ap])\.m$", r"\1m", bare)
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]?", bare):  # initials: u.s.
        return [bare.replace(".", "")]
    pieces = re.split(r"[^\w']+|_", bare.replace("&", " and "))
    bared = [piece.strip("'") for piece in pieces]
    return [_SHORT.get(piece, piece) for piece in bared if piece]


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
    if ordinal and len(ordinal[1]) <= _MOST_DIGITS:
        return ordinal_words(int(ordinal[1]))
    dated = _date_words(bare)
    if dated:
        return dated
    long_number = sum(c in _DIGITS for c in bare) >= _LONG_NUMBER
    grouped = re.fullmatch(r"\+?\d+(?:-\d+)+", bare) and not re.fullmatch(
        r"\d{1,2}-\d{1,2}", bare
    )  # "10-12 weeks" is a range
    if (long_number or grouped) and re.fullmatch(r"[\d().+\-/]+", bare):
        return (["plus"] if bare.startswith("+") else []) + digit_words(bare, oh=oh)
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        return year_words(int(bare))
    return _mixed_words(bare, oh=oh)


def _date_words(bare: str) -> list[str]:
    """The words of 3/14/2026, 14.3.2026, 3/14 or 2026-03-14; no words for anything else."""
    iso = re.fullmatch(r"((?:19|20)\d\d)-(\d\d)-(\d\d)", bare)
    if iso and 1 <= int(iso[2]) <= 12 and 1 <= int(iso[3]) <= 31:
        return [_MONTH_NAMES[int(iso[2]) - 1], *ordinal_words(int(iso[3])),
                *year_words(int(iso[1]))]  # fmt: skip
    if re.fullmatch(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?", bare):
        return _slash_date_words(bare.split("/"))
    dotted = re.fullmatch(r"(\d{1,2})([.-])(\d{1,2})\2((?:19|20)\d\d)", bare)
    if dotted and int(dotted[1]) <= 31 and int(dotted[3]) <= 31:
        return _slash_date_words([dotted[1], dotted[3], dotted[4]])
    return []


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
    if money and len(money[1]) <= _MOST_DIGITS:
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
            words.append(_SHORT.get(piece, piece))
    return words
