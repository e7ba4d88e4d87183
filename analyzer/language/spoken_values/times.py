"""Times of day: "half past two", "nine thirty am", "after three", "noon"."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.spoken_values.numbers import ONES, TEENS, TENS, read_under_hundred
from analyzer.language.spoken_values.spoken_time import Bound, Part, SpokenTime
from analyzer.language.spoken_values.vocabulary import FUNCTION_WORDS

TimeRead = tuple[SpokenTime, int]
"""A time and the index of the word after it."""

_BOUNDS: dict[str, Bound] = {
    "after": "after", "past": "after", "from": "after", "since": "after", "before": "before",
    "until": "before", "till": "before", "by": "before",
}  # fmt: skip
_LEADS = frozenset({*_BOUNDS, "at", "around", "about", "between", "to", "and", "or", "for"})
_BARE_LEADS = frozenset({*_BOUNDS, "at"}) - {"past", "since"}
_PARTS: dict[str, Part] = {
    "morning": "morning", "afternoon": "afternoon", "evening": "evening", "mornings": "morning",
    "afternoons": "afternoon", "evenings": "evening", "nights": "night",
}  # fmt: skip
_PART_LEADS = frozenset({"any", "every", "each", "most", "weekday", "all"})
_SHIFTS = frozenset({"shift", "shifts", "team", "crew", "manager"})
_HOURS = frozenset({*ONES, "ten", "eleven", "twelve"})
_TO = frozenset({"to", "of", "till", "before"})
_PAST = frozenset({"past", "after"})
_FIXED = {"noon": 12, "midday": 12, "midnight": 0}
TIME_WORDS = frozenset({*_FIXED, *_PARTS, "half", "quarter", "a", "in", "during", *_PART_LEADS})
"""Words a time can begin with, besides numbers."""


def read_time(words: Sequence[str], i: int) -> TimeRead | None:
    """The time that begins at this word, or None."""
    before = words[i - 1] if i else ""
    bound = _BOUNDS.get(before, "")
    word = words[i]
    if word in _FIXED:
        return SpokenTime(hour=_FIXED[word], part="pm" if word != "midnight" else "am",
                          bound=bound), i + 1  # fmt: skip
    return (
        _against_hour(words, i, bound) or _clock(words, i, before, bound) or _part_alone(words, i)
    )


def _hour(words: Sequence[str], i: int) -> int | None:
    hour = ONES.get(words[i]) or TEENS.get(words[i])
    return hour if hour and hour <= 12 else None


def _against_hour(words: Sequence[str], i: int, bound: Bound) -> TimeRead | None:
    """Half past two, a quarter to five, ten past three, half two."""
    at = i + 1 if words[i] == "a" and words[i + 1] == "quarter" else i
    minutes: int | None
    if words[at] == "half":
        minutes, at = 30, at + 1
    elif words[at] == "quarter":
        minutes, at = 15, at + 1
    else:
        read = read_under_hundred(words, at)
        if read is None or read[0] > 29:
            return None
        minutes, at = read
        if words[at] in ("minutes", "minute"):
            at += 1
        elif minutes % 5:
            return None
    if words[at] in _PAST and _hour(words, at + 1):
        hour, at = _hour(words, at + 1), at + 2
    elif words[at] in _TO and minutes != 30 and _hour(words, at + 1):
        hour, at = _hour(words, at + 1), at + 2
        hour, minutes = ((hour or 1) - 2) % 12 + 1, 60 - minutes
    elif words[i] == "half" and _hour(words, at):
        hour, at = _hour(words, at), at + 1
    else:
        return None
    if words[i] not in ("a", "half", "quarter") and not _can_follow(words, at):
        return None
    part, at = _part(words, at)
    return SpokenTime(hour=hour, minute=minutes, part=part, bound=bound), at


def _clock(words: Sequence[str], i: int, before: str, bound: Bound) -> TimeRead | None:
    """Nine thirty am, ten oh five, two o'clock, after three."""
    read = read_under_hundred(words, i)
    if read is None:
        return None
    hour = read[0] if read[0] <= 12 else None
    if hour is None:
        return _late_clock(words, i, bound) if before in _BARE_LEADS else None
    end = i + 1
    if words[end] in ("o'clock", "oclock"):
        part, end = _part(words, end + 1)
        return SpokenTime(hour=hour, part=part, bound=bound), end
    if words[end] == "o" and words[end + 1] == "clock":
        part, end = _part(words, end + 2)
        return SpokenTime(hour=hour, part=part, bound=bound), end
    minute = _minute(words, end)
    if minute is not None:
        part, after = _part(words, minute[1])
        if part or (_can_follow(words, after) and (before in _LEADS or minute[0] % 15 == 0)):
            return SpokenTime(hour=hour, minute=minute[0], part=part, bound=bound), after
    part, after = _part(words, end)
    if part and not (part == "am" and words[end] == "am" and words[end + 1] == "i"):
        return SpokenTime(hour=hour, part=part, bound=bound), after
    if before in _BARE_LEADS and _hour_follow(words, i, end):
        return SpokenTime(hour=hour, bound=bound), end
    return _range_end(words, i, hour)


def _late_clock(words: Sequence[str], i: int, bound: Bound) -> TimeRead | None:
    """Fourteen thirty."""
    read = read_under_hundred(words, i)
    minute = _minute(words, read[1]) if read else None
    if read is None or minute is None or read[0] > 23 or not _can_follow(words, minute[1]):
        return None
    return SpokenTime(hour=read[0], minute=minute[0], bound=bound), minute[1]


def _minute(words: Sequence[str], i: int) -> tuple[int, int] | None:
    if words[i] in ("oh", "o") and words[i + 1] in ONES:
        return ONES[words[i + 1]], i + 2
    if words[i] in TENS or words[i] in TEENS:
        read = read_under_hundred(words, i)
        return read if read and read[0] < 60 else None
    return None


def _part(words: Sequence[str], i: int) -> tuple[Part, int]:
    word = words[i]
    if word in ("am", "pm"):
        return ("am" if word == "am" else "pm"), i + 1
    if word in ("a", "p") and words[i + 1] == "m":
        return ("am" if word == "a" else "pm"), i + 2
    if word == "in" and words[i + 1] == "the" and words[i + 2] in _PARTS:
        return _PARTS[words[i + 2]], i + 3
    if word == "at" and words[i + 1] == "night":
        return "night", i + 2
    return "", i


def _can_follow(words: Sequence[str], i: int) -> bool:
    return not words[i] or words[i] in FUNCTION_WORDS


def _hour_follow(words: Sequence[str], i: int, end: int) -> bool:
    """Whether a bare hour is one: not "after three weeks", nor "three or four days"."""
    if words[end] in ("or", "and", "to", "till", "until"):
        second = read_under_hundred(words, end + 1)
        if second is not None:
            return second[0] <= 12 and _can_follow(words, second[1])
        if words[end + 1] in ("a", "half"):
            return False
    if words[end] in ("until", "till") and words[end + 1] in ("half", "quarter", "about"):
        return True
    if words[i] == "one" and words[end] in ("of", "or", "and", "time"):
        return False
    return _can_follow(words, end)


def _range_end(words: Sequence[str], i: int, hour: int) -> TimeRead | None:
    """The ends of "between two and four" and "nine to five"."""
    before = words[i - 1] if i else ""
    earlier = words[i - 2] if i > 1 else ""
    if before == "between" and words[i + 1] in ("and", "to") and _hour_follow(words, i, i + 1):
        return (SpokenTime(hour=hour, bound="after"), i + 1) if _hour(words, i + 2) else None
    opened = i > 2 and words[i - 3] in ("between", "from", "after", "before", "at")
    joined = before in ("and", "to", "or", "until", "till") and earlier in _HOURS
    if joined and opened and _can_follow(words, i + 1):
        bound: Bound = "before" if before != "or" else ""
        return SpokenTime(hour=hour, bound=bound), i + 1
    return None


def _part_alone(words: Sequence[str], i: int) -> TimeRead | None:
    """In the afternoon, any evening, mornings."""
    word = words[i]
    if word in _PARTS and word.endswith("s"):
        return SpokenTime(part=_PARTS[word]), i + 1
    lead = 2 if word in ("in", "during") and words[i + 1] == "the" else 1
    led = lead == 2 or word in _PART_LEADS
    if led and words[i + lead] in _PARTS and words[i + lead + 1] not in _SHIFTS:
        return SpokenTime(part=_PARTS[words[i + lead]]), i + lead + 1
    return None
