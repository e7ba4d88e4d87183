"""The longest date that begins at a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.language.spoken_values.calendar_dates import (
    DateRead,
    read_calendar,
    read_lone_year,
    read_numeric,
)
from analyzer.language.spoken_values.relative_dates import read_relative
from analyzer.language.spoken_values.vocabulary import DAY_PARTS
from analyzer.language.spoken_values.weekday_dates import read_nth_weekday, read_weekday

_READERS = (
    read_calendar,
    read_weekday,
    read_nth_weekday,
    read_relative,
    read_numeric,
    read_lone_year,
)


def read_date(words: Sequence[str], i: int) -> DateRead | None:
    """The longest reading as a date, with the words as said, or None."""
    best: DateRead | None = None
    for reader in _READERS:
        read = reader(words, i)
        if read is not None and (best is None or read[1] > best[1]):
            best = read
    if best is None:
        return None
    said, end = best
    if said.day is not None and words[end] in DAY_PARTS:
        end += 1
    return replace(said, said=" ".join(words[i:end])), end
