"""Days of the week: "last tuesday", "tuesday of last week", "tuesday the third", "tuesday week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.language.spoken_values.calendar_dates import DateRead, read_calendar
from analyzer.language.spoken_values.ordinals import read_ordinal
from analyzer.language.spoken_values.spoken_date import SpokenDate, Which
from analyzer.language.spoken_values.vocabulary import DAY_PARTS, MONTHS, WEEKDAYS

_BEFORE: tuple[tuple[tuple[str, ...], Which], ...] = (
    (("this", "past"), "this"),
    (("this", "last"), "this"),
    (("this", "coming"), "next"),
    (("the", "other"), "other"),
    (("the", "last"), "last"),
    (("the", "past"), "this"),
    (("the", "previous"), "last"),
    (("past",), "this"),
    (("last",), "last"),
    (("this",), "this"),
    (("next",), "next"),
    (("the",), ""),
)
WEEKS_BACK = {"this": 0, "last": 1, "next": -1}


def read_weekday(words: Sequence[str], i: int) -> DateRead | None:
    """A day of the week with what stands around it."""
    which: Which = ""
    at = i
    for before, meaning in _BEFORE:
        if tuple(words[i : i + len(before)]) == before:
            if words[i + len(before)] in WEEKDAYS:
                which, at = meaning, i + len(before)
            break
    if words[at] not in WEEKDAYS:
        return None
    return _after(words, SpokenDate(weekday=WEEKDAYS[words[at]], which=which), at + 1)


def read_nth_weekday(words: Sequence[str], i: int) -> DateRead | None:
    """The last Thursday of August, the second Monday of this month."""
    at = i + 1 if words[i] == "the" else i
    if words[at] == "last":
        nth, end = -1, at + 1
    else:
        ordinal = read_ordinal(words, at)
        if ordinal is None or ordinal[0] > 5:
            return None
        nth, end = ordinal
    if words[end] not in WEEKDAYS or words[end + 1] not in ("of", "in"):
        return None
    said = SpokenDate(weekday=WEEKDAYS[words[end]], nth=nth)
    month = MONTHS.get(words[end + 2])
    if month:
        return replace(said, month=month), end + 3
    back = {"the": 0, "this": 0, "last": 1}.get(words[end + 2])
    if back is None or words[end + 3] != "month":
        return None
    return replace(said, period="month", periods_back=back), end + 4


def _after(words: Sequence[str], said: SpokenDate, end: int) -> DateRead:
    if words[end] in DAY_PARTS:
        end += 1
    return (
        _week_after(words, said, end)
        or _date_after(words, said, end)
        or _past_after(words, said, end)
        or (said, end)
    )


def _week_after(words: Sequence[str], said: SpokenDate, end: int) -> DateRead | None:
    """Tuesday of last week, Tuesday week, Tuesday a week ago."""
    at = end + 1 if words[end] == "of" else end
    if words[at] in WEEKS_BACK and words[at + 1] in ("week", "week's"):
        weeks = WEEKS_BACK[words[at]]
        return replace(said, which="", period="week", periods_back=weeks), at + 2
    if words[at : at + 4] == ["the", "week", "before", "last"]:
        return replace(said, which="", period="week", periods_back=2), at + 4
    if words[end] == "week" or words[end : end + 3] == ["a", "week", "ago"]:
        length = 1 if words[end] == "week" else 3
        if length == 1 and words[end + 1] == "ago":
            length = 2
        return replace(said, which="", weeks_back=1), end + length
    return None


def _date_after(words: Sequence[str], said: SpokenDate, end: int) -> DateRead | None:
    """Tuesday the third of March, Tuesday March third."""
    read = read_calendar(words, end)
    if read is None or read[0].day is None:
        return None
    return replace(read[0], weekday=said.weekday), read[1]


def _past_after(words: Sequence[str], said: SpokenDate, end: int) -> DateRead | None:
    """Tuesday last, Tuesday just gone, the Tuesday before last."""
    if words[end] == "before" and words[end + 1] == "last":
        return replace(said, which="before last"), end + 2
    if words[end] in ("gone", "past") and words[end + 1] not in ("two", "ten", "five", "the"):
        return replace(said, which="this"), end + 1
    if words[end] == "just" and words[end + 1] in ("gone", "past", "passed"):
        return replace(said, which="this"), end + 2
    following = words[end + 1]
    if words[end] == "last" and following not in ("year", "month", "night", "time", "thing"):
        return replace(said, which="last"), end + 1
    return None
