"""Corrections: "on the tenth sorry i meant the twelfth", "tuesday no wednesday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.language.spoken_values.found import Found, Value
from analyzer.language.spoken_values.spoken_date import SpokenDate

_MARKERS = frozenset(
    "sorry no meant mean rather actually correction scratch strike wait apologies mistake wrong "
    "correct pardon oops".split()
)
_BETWEEN = _MARKERS | frozenset(
    "i it was is that's thats it's its on the at that not make or say let me again myself i'm my "
    "should be have said oh well excuse so hang a second moment hold by in of apologise "
    "apologize beg your um".split()
)
_MOST_BETWEEN = 9
_NOT_LINKS = ({"but"}, {"but", "on"}, {"but", "at"}, set[str](), {"on"}, {"it", "was"})


def is_correction(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the words between two values take the first one back."""
    between = list(words[start:end])
    return (
        0 < len(between) <= _MOST_BETWEEN
        and any(word in _MARKERS for word in between)
        and all(word in _BETWEEN for word in between)
        and not ("was" in between and "sorry" in between[between.index("was") :][:2])
    )


def skip_correction(words: Sequence[str], i: int) -> int:
    """Index of the first word after a correction's words that begin here, or ``i``."""
    at = i
    marked = False
    while at - i < _MOST_BETWEEN and words[at] in _BETWEEN:
        if words[at] in ("the", "a") and marked:
            break
        marked = marked or words[at] in _MARKERS
        at += 1
    return at if marked else i


def mark_corrected(words: Sequence[str], found: list[Found]) -> list[Found]:
    """The same values, those taken back pointing at the one that replaces them."""
    result = list(found)
    for place in range(1, len(result)):
        _mark_negated(words, result, place)
        later = result[place]
        if not is_correction(words, result[place - 1].end, later.start):
            continue
        earlier = _corrected_place(result, place)
        if earlier is None:
            continue
        later = replace(later, value=_completed(result[earlier], later))
        result[place] = later
    return _point(words, result)


def _point(words: Sequence[str], result: list[Found]) -> list[Found]:
    """Set ``superseded_by`` from the last value backwards, so that chains are complete."""
    for place in range(len(result) - 1, 0, -1):
        if is_correction(words, result[place - 1].end, result[place].start):
            earlier = _corrected_place(result, place)
            if earlier is not None:
                result[earlier] = replace(result[earlier], superseded_by=result[place])
    return result


def _corrected_place(found: list[Found], place: int) -> int | None:
    """The value before this one that it corrects: the last of its kind, at most two back."""
    for back in range(place - 1, max(-1, place - 3), -1):
        if found[back].kind == found[place].kind:
            return back
        if found[back + 1].start - found[back].end > 2 and back + 1 < place:
            return None
    return None


def _completed(earlier: Found, later: Found) -> Value:
    """A corrected day keeps the month it was said with."""
    old, new = earlier.value, later.value
    if not isinstance(old, SpokenDate) or not isinstance(new, SpokenDate):
        return new
    bare = new.day is not None and new.month is None and not new.period
    if bare and old.day is not None and old.month is not None:
        return replace(new, month=old.month, year=old.year)
    return new


def _mark_negated(words: Sequence[str], found: list[Found], place: int) -> None:
    """Mark the day refused in "Tuesday not Monday" and "not Monday but Tuesday"."""
    first, second = found[place - 1], found[place]
    if first.kind != second.kind or first.kind not in ("DATE", "TIME"):
        return
    between = [word for word in words[first.end : second.start] if word != "the"]
    if between and between[0] == "not" and set(between[1:]) <= {"on", "at"}:
        found[place] = replace(second, superseded_by=first)
        return
    lead = words[first.start - 2 : first.start] if first.start > 1 else words[: first.start]
    if "not" in lead and set(between) in _NOT_LINKS:
        found[place - 1] = replace(first, superseded_by=second)
