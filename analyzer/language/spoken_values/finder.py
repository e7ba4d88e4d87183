"""Scan spoken words once and collect every value in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.language.reading import FILLERS
from analyzer.language.spoken_values.calendar_dates import read_day_word
from analyzer.language.spoken_values.corrections import mark_corrected, skip_correction
from analyzer.language.spoken_values.dates import read_date
from analyzer.language.spoken_values.digits import DIGIT_WORDS, SINGLE, read_group
from analyzer.language.spoken_values.emails import find_emails
from analyzer.language.spoken_values.found import Found
from analyzer.language.spoken_values.numbers import (
    ONES,
    TEENS,
    TENS,
    read_cardinal,
    read_year,
)
from analyzer.language.spoken_values.ordinals import ORDINALS
from analyzer.language.spoken_values.phones import has_cue, read_phones, read_tail
from analyzer.language.spoken_values.resolving import make_date
from analyzer.language.spoken_values.spoken_date import SpokenDate
from analyzer.language.spoken_values.times import TIME_WORDS, read_time
from analyzer.language.spoken_values.vocabulary import MONTHS, PADDING, WEEKDAYS

_COUNTS = frozenset({*ONES, *TEENS, *TENS})
_DATE_STARTS = frozenset(
    {*MONTHS, *WEEKDAYS, *ORDINALS, *_COUNTS}
    | set(
        "the a an couple few several fortnight yesterday yesterday's today today's tonight "
        "tomorrow tomorrow's last this next past earlier later week month weekend day".split()
    )
)
_TIME_STARTS = _COUNTS | TIME_WORDS
_PHONE_STARTS = DIGIT_WORDS | {"plus"}
_NUMBER_STARTS = _COUNTS | {"zero", "nought"}
_AFTER_ARTICLE = frozenset(
    {*WEEKDAYS, *ORDINALS, *TENS}
    | set(
        "day other last past previous week month weekend fortnight couple few good number quarter "
        "year hour minute".split()
    )
)
"""Without one of these after it, an article begins no value: a quick way past most."""
_STARTS = _DATE_STARTS | _TIME_STARTS | _PHONE_STARTS | _NUMBER_STARTS


def find_values(words: Sequence[str]) -> list[Found]:
    """Every date, time, phone number, e-mail address and number in spoken words.

    Args:
        words: the spoken form, one word an item: lower case, numbers as words.

    Returns:
        Values in order, none overlapping; where two readings begin at one word the longer
        one stands. Hesitations inside a value ("five um five") belong to it.
    """
    places = [i for i, word in enumerate(words) if word not in FILLERS]
    said = [words[i] for i in places] + [""] * PADDING
    found = _scan(said, len(places))
    if len(found) > 1:
        found = mark_corrected(said, found)
    return [_placed(value, places) for value in found]


def _scan(words: list[str], count: int) -> list[Found]:
    emails = find_emails(words) if "at" in words else []
    found: list[Found] = []
    at = 0
    for email in [*emails, None]:
        stop = email.start if email else count
        while at < stop:
            if not _may_start(words, at):
                at += 1
                continue
            read = _values_at(words, at, found)
            read = [value for value in read if value.end <= stop]
            found += read
            at = read[-1].end if read else at + 1
            if read:
                corrected = _correction_at(words, found[-1])
                if corrected is not None and corrected.end <= stop:
                    found.append(corrected)
                    at = corrected.end
        if email:
            found.append(email)
            at = email.end
    return found


def _may_start(words: list[str], i: int) -> bool:
    word = words[i]
    if word in ("the", "a", "an"):
        return words[i + 1] in _AFTER_ARTICLE
    if word == "in":
        return words[i + 1] == "the"
    return word in _STARTS


def _values_at(words: list[str], i: int, found: list[Found]) -> list[Found]:
    word = words[i]
    best: list[Found] = []
    if word in _DATE_STARTS:
        date = read_date(words, i)
        if date is not None:
            best = [Found(i, date[1], "DATE", date[0])]
    if word in _TIME_STARTS:
        time = read_time(words, i)
        if time is not None and (not best or time[1] > best[-1].end):
            best = [Found(i, time[1], "TIME", time[0])]
    if word in _PHONE_STARTS:
        phones = _iso_date(words, i) or read_phones(words, i) or _again(words, i, found)
        if phones and (not best or phones[-1].end > best[-1].end):
            best = phones
    if best:
        return best
    return _number(words, i) if word in _NUMBER_STARTS else []


def _iso_date(words: list[str], i: int) -> list[Found]:
    """A date written 2026-03-04, whose digits are read out one by one."""
    if words[i] != "two" or words[i + 1] not in ("zero", "oh"):
        return []
    digits = "".join(SINGLE.get(word, " ") for word in words[i : i + 8])
    if " " in digits or words[i + 8] in DIGIT_WORDS or has_cue(words, i):
        return []
    day = make_date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if day is None:
        return []
    said = SpokenDate(day=day.day, month=day.month, year=day.year, said=" ".join(words[i : i + 8]))
    return [Found(i, i + 8, "DATE", said)]


def _again(words: list[str], i: int, found: list[Found]) -> list[Found]:
    """A number said again, perhaps without its area code: "again that's five five five …"."""
    if not found or found[-1].kind != "PHONE" or i - found[-1].end > 6:
        return []
    between = set(words[found[-1].end : i])
    tail = read_tail(words, i)
    if tail is None or not between & {"again", "repeat", "that's", "once"}:
        return []
    if not str(found[-1].value).endswith(tail[0]) or len(tail[0]) < 4:
        return []
    return [Found(i, tail[1], "PHONE", found[-1].value)]


def _correction_at(words: list[str], last: Found) -> Found | None:
    """A value that is only one because it corrects the last: "sorry the twelfth"."""
    start = skip_correction(words, last.end)
    if start == last.end:
        return None
    if last.kind == "DATE" and isinstance(last.value, SpokenDate):
        date = read_day_word(words, start) if last.value.day is not None else None
        full = read_date(words, start)
        if date is not None and (full is None or full[1] <= date[1]):
            return Found(start, date[1], "DATE", date[0])
    if last.kind == "PHONE":
        tail = read_tail(words, start)
        old = str(last.value)
        if tail is not None and len(tail[0]) < len(old):
            return Found(start, tail[1], "PHONE", old[: -len(tail[0])] + tail[0])
    return None


def _number(words: list[str], i: int) -> list[Found]:
    joined = _joined_digits(words, i)
    if joined is not None:
        return [joined]
    read = max(
        (read for read in (read_cardinal(words, i), read_year(words, i)) if read is not None),
        key=lambda read: read[1],
        default=None,
    )
    if read is None or (words[i] == "one" and read[1] == i + 1):
        return []  # "one" is hardly ever a count
    return [Found(i, read[1], "NUMBER", read[0])]


def _joined_digits(words: list[str], i: int) -> Found | None:
    """Three digits or more said one by one: "room four oh three"."""
    digits, at = "", i
    while words[at] in SINGLE:
        group = read_group(words, at)
        if group is None or group[1] != at + 1:
            break
        digits, at = digits + group[0], at + 1
    return Found(i, at, "NUMBER", int(digits)) if len(digits) >= 3 else None


def _placed(value: Found, places: list[int]) -> Found:
    """The value at its place among all words, hesitations counted."""
    by = value.superseded_by
    return replace(
        value,
        start=places[value.start],
        end=places[value.end - 1] + 1,
        superseded_by=_placed(by, places) if by is not None else None,
    )
