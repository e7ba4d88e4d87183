"""Dates of the calendar: "march third", "the third of march twenty twenty six", "the twelfth"."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.spoken_values.numbers import (
    ONES,
    TEENS,
    TENS,
    read_under_hundred,
    read_year,
)
from analyzer.language.spoken_values.ordinals import ORDINALS, read_ordinal
from analyzer.language.spoken_values.spoken_date import SpokenDate
from analyzer.language.spoken_values.vocabulary import FUNCTION_WORDS, MONTHS, WEEKDAYS

DateRead = tuple[SpokenDate, int]
"""A date and the index of the word after it."""

_MONTH_LEADS = frozenset(
    "in since of by until till during from early late mid through last this next end".split()
)
_NAMES_TOO = frozenset({"march", "april", "may", "june", "august", "jan"})
_MAY_SUBJECTS = frozenset("i you we they he she it who that which this there".split())
_MAY_VERBS = frozenset("be have not i you we well also seem sound take need".split())
_DAY_LEADS = frozenset("on since until till by before from of at".split())
_SAID_LEADS = frozenset("was is be meant mean said not sorry no wait actually rather it's".split())
_COUNTED = frozenset(
    "floor floors street avenue ave road grade hole ward try attempt day days week weeks month "
    "months time times round page line call calls ring shift level year years anniversary "
    "birthday row question interview version draft slide chapter century edition visit message "
    "stage step person candidate of one class form quarter part place half section "
    "store branch site building applicant choice set lot kind generation".split()
)
_JOINS = frozenset({"and", "or", "to"})
_RANKS = ORDINALS | {"the", "last"}
_YEAR_LEADS = frozenset("in since of year from until during by back".split())
_MONTH_OF = {"the": 0, "this": 0, "last": 1}


def read_calendar(words: Sequence[str], i: int) -> DateRead | None:
    """A date with a month, or a bare day where the words around allow one."""
    word = words[i]
    if word in MONTHS:
        return _month_first(words, i)
    start = i + 1 if word == "the" else i
    ordinal = read_ordinal(words, start)
    if ordinal is not None:
        return _day_first(words, i, ordinal)
    return None


def _day_first(words: Sequence[str], i: int, ordinal: tuple[int, int]) -> DateRead | None:
    day, end = ordinal
    if day > 31:
        return None
    if words[end] == "day" and words[end + 1] == "of":
        end += 1
    linked = end + 1 if words[end] == "of" else end
    month = MONTHS.get(words[linked])
    if month and not (linked == end and words[end] == "may" and words[end + 1] in _MAY_VERBS):
        return _with_year(words, SpokenDate(day=day, month=month), linked + 1)
    if linked > end and words[linked] in _MONTH_OF and words[linked + 1] == "month":
        if words[linked] == "the":
            return SpokenDate(day=day), linked + 2
        back = _MONTH_OF[words[linked]]
        return SpokenDate(day=day, period="month", periods_back=back), linked + 2
    if bare_day_allowed(words, i, day, end):
        return SpokenDate(day=day), end
    return None


def bare_day_allowed(words: Sequence[str], i: int, day: int, end: int) -> bool:
    """Whether an ordinal without a month is a day: "on the twelfth", not "the second floor"."""
    before, after = (words[i - 1] if i else ""), words[end]
    if after in _COUNTED or (day <= 3 and after in _JOINS and words[end + 1] in _RANKS):
        return False
    if words[i] != "the":
        return before == "on" and day >= 10 and not after.endswith("s")
    if before in WEEKDAYS:
        return True
    if day <= 3:
        return before == "on" and (not after or after in FUNCTION_WORDS)
    return before in _DAY_LEADS or before in _SAID_LEADS


def read_day_word(words: Sequence[str], i: int) -> DateRead | None:
    """A bare day where the sense is known, as after "sorry i meant": "the twelfth"."""
    ordinal = read_ordinal(words, i + 1 if words[i] == "the" else i)
    if ordinal is None or ordinal[0] > 31 or words[ordinal[1]] in _COUNTED:
        return None
    return SpokenDate(day=ordinal[0]), ordinal[1]


def _month_first(words: Sequence[str], i: int) -> DateRead | None:
    word, before = words[i], words[i - 1] if i else ""
    if word == "may" and before in _MAY_SUBJECTS:
        return None
    month = MONTHS[word]
    after_the = i + 2 if words[i + 1] == "the" else i + 1
    ordinal = read_ordinal(words, after_the)
    if ordinal is not None and ordinal[0] <= 31 and not _counts(words, word, ordinal[1]):
        return _with_year(words, SpokenDate(day=ordinal[0], month=month), ordinal[1])
    readings = [_cardinal_day(words, month, after_the), _bare_month(words, i, month)]
    found = [reading for reading in readings if reading is not None]
    return max(found, key=lambda reading: reading[1]) if found else None


def _counts(words: Sequence[str], month: str, end: int) -> bool:
    """A verb, not a month: "may first ask"; a count: "april's second interview"."""
    return words[end] in ("interview", "floor", "round") or (
        month == "may" and words[end] in ("ask", "say")
    )


def _cardinal_day(words: Sequence[str], month: int, i: int) -> DateRead | None:
    read = read_under_hundred(words, i)
    if read is None or read[0] > 31 or words[read[1]] in _COUNTED or words[read[1]] in TENS:
        if words[i] in TENS and words[i + 1] in TENS:  # march twenty · twenty twenty six
            year = read_year(words, i + 1)
            day = TENS[words[i]]
            if year is not None and day <= 31 and words[i + 2] in TENS:
                return SpokenDate(day=day, month=month, year=year[0]), year[1]
        return None
    return _with_year(words, SpokenDate(day=read[0], month=month), read[1])


def _bare_month(words: Sequence[str], i: int, month: int) -> DateRead | None:
    before = words[i - 1] if i else ""
    linked = i + 2 if words[i + 1] == "of" else i + 1
    year = read_year(words, linked)
    if year is not None:
        return SpokenDate(month=month, year=year[0]), year[1]
    if words[i] in _NAMES_TOO and before not in _MONTH_LEADS:
        return None
    if before == "of" and words[i] in ("march", "april", "june") and words[i + 1] == "and":
        return None  # the team of April and June
    return SpokenDate(month=month), i + 1


def _with_year(words: Sequence[str], said: SpokenDate, end: int) -> DateRead:
    linked = end + 1 if words[end] in ("of", "in") else end
    year = read_year(words, linked) or _digit_year(words, linked)
    if year is None:
        return said, end
    dated = SpokenDate(day=said.day, month=said.month, year=year[0], weekday=said.weekday)
    return dated, year[1]


def _digit_year(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """A year read digit by digit: "two zero two six"."""
    if words[i] != "two" or words[i + 1] not in ("zero", "oh", "o"):
        return None
    tens, ones = ONES.get(words[i + 2]), ONES.get(words[i + 3])
    if tens is None or (ones is None and words[i + 3] not in ("zero", "oh", "o")):
        return None
    return 2000 + 10 * tens + (ones or 0), i + 4


def read_numeric(words: Sequence[str], i: int) -> DateRead | None:
    """A date written with slashes and read out: "three fourteen two thousand twenty six".

    Only with its year; "three four" alone may be anything.
    """
    first = read_under_hundred(words, i)
    second = read_under_hundred(words, first[1]) if first else None
    if first is None or second is None:
        return None
    year = read_year(words, second[1])
    if year is None or words[second[1]] == "nineteen":
        return None
    low, high = sorted((first[0], second[0]))
    if low > 12 or high > 31:
        return None
    if high > 12 or low == high:
        return SpokenDate(day=high, month=low, year=year[0]), year[1]
    return SpokenDate(day=second[0], month=first[0], year=year[0], swapped=True), year[1]


def read_lone_year(words: Sequence[str], i: int) -> DateRead | None:
    """A year alone where the word before shows it is one: "in twenty twenty four"."""
    if i == 0 or words[i - 1] not in _YEAR_LEADS:
        return None
    year = read_year(words, i)
    if year is None or words[year[1]] in TEENS or words[year[1]] in ("dollars", "pounds"):
        return None
    return SpokenDate(year=year[0]), year[1]
