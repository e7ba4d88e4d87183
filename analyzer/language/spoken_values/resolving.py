"""From a date as said to the days of the calendar it can mean, for a past event.

Loose ways of speaking get a stretch of days: "two weeks ago" 11 to 17, "last week" the
calendar week before this one, begun on a Sunday or a Monday. Where two readings are usual
("last Tuesday") both are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.language.spoken_values.spoken_date import SpokenDate

Days = tuple[date, date]
"""First and last day of a stretch."""

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_YEARS_BACK = 9  # far enough to find a 29 February


def past_days(said: SpokenDate, today: date) -> list[Days]:
    """Stretches of days not after ``today``; empty when there is none."""
    try:
        found = list(_readings(said, today))
    except OverflowError:
        return []
    if said.week_of:
        found = [_week_around(first) for first, _ in found]
    return sorted({(first, min(last, today)) for first, last in found if first <= today})


def _readings(said: SpokenDate, today: date) -> Iterator[Days]:
    if said.days_ago is not None:
        fewest, most = said.days_ago
        if fewest >= 0:
            yield today - most * _DAY, today - fewest * _DAY
    elif said.day is not None and said.period:
        yield from _day_of_period(said, today)
    elif said.day is not None:
        yield from _calendar(said, today)
    elif said.weekday is not None and said.nth:
        yield from _nth_weekday(said, today)
    elif said.weekday is not None:
        yield from ((day, day) for day in _weekday(said, today))
    elif said.period:
        yield from _period(said, today)
    elif said.month is not None:
        yield from _month(said, today)
    elif said.year is not None:
        yield date(said.year, 1, 1), date(said.year, 12, 31)


def _calendar(said: SpokenDate, today: date) -> Iterator[Days]:
    day, month = said.day or 0, said.month
    if month is None:
        found = _latest_day(day, said.weekday, today)
        if found:
            yield found, found
        return
    orders = {(day, month), (month, day)} if said.swapped else {(day, month)}
    for one_day, one_month in sorted(orders):
        exact = _year_of(one_day, one_month, said.year, today)
        if exact:
            yield exact, exact


def _year_of(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return make_date(year, month, day)
    for back in range(_YEARS_BACK):
        found = make_date(today.year - back, month, day)
        if found and found <= today:
            return found
    return None


def _latest_day(day: int, weekday: int | None, today: date) -> date | None:
    """The latest such day of a month, on this weekday if there was one within a year."""
    past = []
    for back in range(14):
        month = _months_back(today, back)
        found = make_date(month.year, month.month, day)
        if found and found <= today:
            past.append(found)
    for found in past[:12]:
        if weekday is not None and found.weekday() == weekday:
            return found
    return past[0] if past else None


def _weekday(said: SpokenDate, today: date) -> Iterator[date]:
    weekday = said.weekday or 0
    before = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)  # never today
    this_week = today - timedelta(days=today.weekday() - weekday)
    if said.which == "next":
        return
    if said.period == "week":
        in_week = this_week - said.periods_back * _WEEK
        yield in_week
        if weekday == 6:
            yield in_week - _WEEK  # weeks that begin on a Sunday
    elif said.weeks_back:
        yield before - said.weeks_back * _WEEK
        yield this_week - said.weeks_back * _WEEK
    elif said.which == "before last":
        yield before - _WEEK
        yield this_week - 2 * _WEEK
    elif said.which == "last":
        yield before
        yield this_week - _WEEK
    elif said.which == "other":
        yield from (before - back * _WEEK for back in range(3))
    else:
        yield before
        yield this_week


def _period(said: SpokenDate, today: date) -> Iterator[Days]:
    back = said.periods_back
    if back < 0:
        return
    if said.period == "week":
        monday = today - timedelta(days=today.weekday()) - back * _WEEK
        yield monday - _DAY, monday + 6 * _DAY
    elif said.period == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        for weeks in {0: (0,), 1: (0, 1)}.get(back, (back - 1, back)):
            yield saturday - weeks * _WEEK, saturday - weeks * _WEEK + _DAY
    elif said.period == "month":
        first = _months_back(today, back)
        yield first, _month_end(first)
    elif said.period == "year":
        yield date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _day_of_period(said: SpokenDate, today: date) -> Iterator[Days]:
    """The first of the month, the tenth of last month."""
    if said.period == "month" and said.periods_back >= 0:
        first = _months_back(today, said.periods_back)
        found = make_date(first.year, first.month, said.day or 0)
        if found:
            yield found, found


def _month(said: SpokenDate, today: date) -> Iterator[Days]:
    month = said.month or 1
    year = said.year if said.year is not None else today.year - (month > today.month)
    if said.which == "last" and year == today.year and month == today.month:
        year -= 1
    if said.which != "next":
        first = date(year, month, 1)
        yield first, _month_end(first)


def _nth_weekday(said: SpokenDate, today: date) -> Iterator[Days]:
    months = replace(said, weekday=None)
    for first, last in _month(months, today) if said.month else _period(months, today):
        days = [
            first + offset * _DAY
            for offset in range((last - first).days + 1)
            if (first + offset * _DAY).weekday() == said.weekday
        ]
        place = said.nth - 1 if said.nth > 0 else -1
        if place < len(days):
            yield days[place], days[place]


def _week_around(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return monday - _DAY, monday + 6 * _DAY


def _months_back(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _month_end(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - _DAY


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
