"""Dates counted from today: "yesterday", "two weeks ago", "last week", "a week ago tuesday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.language.spoken_values.calendar_dates import (
    DateRead,
    read_calendar,
    read_day_word,
)
from analyzer.language.spoken_values.numbers import read_under_hundred
from analyzer.language.spoken_values.spoken_date import Period, SpokenDate
from analyzer.language.spoken_values.vocabulary import DAY_PARTS, WEEKDAYS
from analyzer.language.spoken_values.weekday_dates import WEEKS_BACK

Amount = tuple[float, float, int]
"""Fewest, most, and the index of the word after."""

_OTHER_DAY = (2, 14)
_DAYS = {"yesterday": 1, "yesterday's": 1, "today": 0, "today's": 0, "tonight": 0,
         "tomorrow": -1, "tomorrow's": -1}  # fmt: skip
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14,
          "month": 30.4, "months": 30.4, "year": 365.25, "years": 365.25, "hour": 0, "hours": 0,
          "minute": 0, "minutes": 0}  # fmt: skip
_SLACK = {"day": 0, "week": 3, "fortnight": 4, "month": 15, "year": 183, "hour": 0, "minute": 0}
_LOOSE = frozenset("about around roughly approximately almost nearly over under maybe".split())
_VAGUE: tuple[tuple[tuple[str, ...], tuple[int, int]], ...] = (
    (("a", "couple", "of"), (2, 3)),
    (("a", "couple"), (2, 3)),
    (("couple", "of"), (2, 3)),
    (("couple",), (2, 3)),
    (("a", "good", "few"), (3, 7)),
    (("a", "few"), (2, 6)),
    (("few",), (2, 6)),
    (("several",), (3, 8)),
    (("a", "number", "of"), (3, 8)),
    (("the",), (1, 1)),
    (("a",), (1, 1)),
    (("an",), (1, 1)),
)
_BACK = frozenset({"ago", "back", "since"})
_PERIODS: dict[str, Period] = {
    "week": "week", "week's": "week", "month": "month", "month's": "month", "year": "year",
    "year's": "year", "weekend": "weekend", "weekend's": "weekend",
}  # fmt: skip


def read_relative(words: Sequence[str], i: int) -> DateRead | None:
    """A date counted from today."""
    word = words[i]
    if word in _DAYS:
        days = _DAYS[word]
        end = i + 2 if words[i + 1] in DAY_PARTS else i + 1
        return SpokenDate(days_ago=(days, days)), end
    return _fixed(words, i) or _period(words, i) or _ago(words, i)


def _fixed(words: Sequence[str], i: int) -> DateRead | None:
    at = i + 1 if words[i] == "the" else i
    if words[at] == "day" and words[at + 1 : at + 3] == ["before", "yesterday"]:
        return SpokenDate(days_ago=(2, 2)), at + 3
    if words[at] == "day" and words[at + 1 : at + 3] == ["after", "tomorrow"]:
        return SpokenDate(days_ago=(-2, -2)), at + 3
    if at > i and words[at] == "other" and words[at + 1] in DAY_PARTS | {"day", "week"}:
        return SpokenDate(days_ago=_OTHER_DAY), at + 2
    if at > i and words[at] == "weekend":
        return SpokenDate(period="weekend"), at + 1
    if words[at] in ("week", "month", "weekend") and words[at + 1 : at + 3] == ["before", "last"]:
        return SpokenDate(period=_PERIODS[words[at]], periods_back=2), at + 3
    if words[at] == "week" and words[at + 1] in ("of", "commencing", "beginning", "starting"):
        read = read_calendar(words, at + 2) or read_day_word(words, at + 2)
        if read is not None and read[0].day is not None:
            return replace(read[0], week_of=True), read[1]
    return None


def _period(words: Sequence[str], i: int) -> DateRead | None:
    """Last week, this month, earlier today, last night, this morning."""
    at = i + 1 if words[i] in ("earlier", "later") else i
    if at > i and words[at] in ("today", "tonight"):
        return SpokenDate(days_ago=(0, 0)), at + 1
    back = WEEKS_BACK.get(words[at])
    if back is None:
        return None
    noun = at + 2 if words[at] == "this" and words[at + 1] in ("past", "last") else at + 1
    if words[noun] in DAY_PARTS:
        if words[at] == "this" and noun == at + 1:
            return SpokenDate(days_ago=(0, 0)), noun + 1
        return (SpokenDate(days_ago=(1, 1)), noun + 1) if words[at] == "last" else None
    period = _PERIODS.get(words[noun])
    if period is None:
        return None
    if noun > at + 1:  # this past week
        return SpokenDate(period=period, periods_back=1), noun + 1
    return _day_in_week(words, SpokenDate(period=period, periods_back=back), noun + 1)


def _day_in_week(words: Sequence[str], said: SpokenDate, end: int) -> DateRead:
    """Last week on Tuesday."""
    at = end + 1 if words[end] == "on" else end
    if said.period == "week" and words[at] in WEEKDAYS:
        end = at + 2 if words[at + 1] in DAY_PARTS else at + 1
        return replace(said, weekday=WEEKDAYS[words[at]]), end
    return said, end


def _ago(words: Sequence[str], i: int) -> DateRead | None:
    amount = _amount(words, i)
    if amount is None:
        return None
    low, high, at = amount
    unit = words[at]
    if unit not in _UNITS:
        return None
    low, high, end = _half_more(words, low, high, at + 1)
    weeks = round(low * _UNITS[unit] / 7)
    if words[end] in ("last", "past") and words[end + 1] in WEEKDAYS and weeks and low == high:
        return SpokenDate(weekday=WEEKDAYS[words[end + 1]], weeks_back=weeks), end + 2
    if words[end] not in _BACK or not _means_ago(words, i, end):
        return None
    slack = _SLACK[unit.removesuffix("s")]
    if i and words[i - 1] in _LOOSE and slack:
        slack += 2
    read = _days(words, low * _UNITS[unit], high * _UNITS[unit], slack, end + 1)
    if words[end] == "ago" and weeks and low == high:
        return _ago_weekday(words, weeks, end + 1) or read
    return read


def _means_ago(words: Sequence[str], i: int, end: int) -> bool:
    """Whether "ago", "back" or "since" here counts back from today."""
    if words[end] == "ago":
        return True
    if words[end] == "back":
        return words[end + 1] not in ("to", "and", "in", "from", "at")
    return words[i] != "the"


def _days(words: Sequence[str], low: float, high: float, slack: int, end: int) -> DateRead:
    exact = round(low)
    if words[end] == "today" and low == high:
        return SpokenDate(days_ago=(exact, exact)), end + 1
    if words[end] == "yesterday" and low == high:
        return SpokenDate(days_ago=(exact + 1, exact + 1)), end + 1
    return SpokenDate(days_ago=(max(0, round(low) - slack), round(high) + slack)), end


def _ago_weekday(words: Sequence[str], weeks: int, end: int) -> DateRead | None:
    at = end
    while words[at] in ("on", "last", "this", "past") and at < end + 2:
        at += 1
    if words[at] not in WEEKDAYS:
        return None
    after = at + 2 if words[at + 1] in DAY_PARTS else at + 1
    return SpokenDate(weekday=WEEKDAYS[words[at]], weeks_back=weeks), after


def _amount(words: Sequence[str], i: int) -> Amount | None:
    for vague, (low, high) in _VAGUE:
        if tuple(words[i : i + len(vague)]) == vague:
            at = i + len(vague)
            if vague == ("the",) and words[at] != "fortnight":
                return None
            return (low, high, at)
    if words[i] == "fortnight":
        return 1, 1, i
    read = read_under_hundred(words, i)
    if read is None:
        return None
    low, at = read
    if words[at : at + 3] == ["and", "a", "half"]:
        return low + 0.5, low + 0.5, at + 3
    second = read_under_hundred(words, at + 1) if words[at] in ("or", "to") else None
    if second is not None and second[0] > low:
        return low, second[0], second[1]
    return low, low, at


def _half_more(words: Sequence[str], low: float, high: float, end: int) -> Amount:
    """A week and a half, a week or so, a week or two."""
    if words[end : end + 3] == ["and", "a", "half"]:
        return low + 0.5, high + 0.5, end + 3
    if words[end] == "or" and words[end + 1] == "so":
        return low, high, end + 2
    second = read_under_hundred(words, end + 1) if words[end] == "or" else None
    if second is not None and words[second[1]] in _BACK:
        return low, max(high, second[0]), second[1]
    return low, high, end
