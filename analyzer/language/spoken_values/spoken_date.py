"""A date as it was said, and the days it can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from analyzer.language.spoken_values.resolving import Days, past_days
from analyzer.language.spoken_values.vocabulary import MONTH_NAMES, WEEKDAY_NAMES

Which = Literal["", "last", "this", "next", "before last", "other"]
Period = Literal["", "week", "month", "year", "weekend"]


@dataclass(frozen=True)
class SpokenDate:
    """A date as it was said: any part may be missing.

    Attributes:
        day, month, year: of the calendar, as far as said.
        weekday: 0 Monday to 6 Sunday.
        which: the word before (or after) a weekday: "last Tuesday", "Tuesday before last".
        weeks_back: with a weekday, 1 for "a week ago Tuesday".
        nth: with a weekday, which one of the month ("the last Thursday of August" is -1).
        days_ago: fewest and most days before the call, for "two weeks ago"; negative ahead.
        period, periods_back: "last week" is a week, 1 back; "this month" a month, 0 back.
        swapped: day and month may stand in either order (3/4/2026 read out).
        week_of: the whole week that the date lies in ("the week of the tenth").
        said: the words; two dates are equal whatever the words.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    which: Which = ""
    weeks_back: int = 0
    nth: int = 0
    days_ago: tuple[int, int] | None = None
    period: Period = ""
    periods_back: int = 0
    swapped: bool = False
    week_of: bool = False
    said: str = field(default="", compare=False)

    def resolve(self, call_date: date) -> tuple[date, date] | None:
        """Earliest and latest day it can mean for a past event, seen from the call's day.

        None for a date that lies ahead or does not exist (the thirty first of June).
        """
        days = past_days(self, call_date)
        if not days:
            return None
        return min(first for first, _ in days), max(last for _, last in days)

    def can_mean(self, day: date, call_date: date) -> bool:
        """Whether a past event on ``day`` can be called so on the call's day.

        Stricter than the range of ``resolve``: "last Tuesday" is one of two Tuesdays, not
        the days between.
        """
        return any(first <= day <= last for first, last in past_days(self, call_date))

    def days(self, call_date: date) -> list[Days]:
        """Every stretch of days it can mean, for a past event."""
        return past_days(self, call_date)

    def text(self) -> str:
        """The date for people to read: "Tuesday 3 March 2026", or the words as said."""
        if self.day is None or self.swapped or self.period:
            return self._said_text()
        parts = [
            WEEKDAY_NAMES[self.weekday] if self.weekday is not None else "",
            str(self.day) if self.month else "",
            MONTH_NAMES[self.month] if self.month else f"the {_nth(self.day)}",
            str(self.year) if self.year else "",
        ]
        written = " ".join(part for part in parts if part)
        return f"the week of {written}" if self.week_of else written

    def _said_text(self) -> str:
        names = {name.lower(): name for name in (*WEEKDAY_NAMES, *MONTH_NAMES) if name}
        if self.year and not self.month:
            return str(self.year)
        return " ".join(names.get(word, word) for word in self.said.split())


def _nth(day: int) -> str:
    if day in (11, 12, 13):
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
