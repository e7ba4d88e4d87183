"""The best windows to call in, and the good days that were left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analyzer.practice.planner import timing
from analyzer.practice.planner.places import WorkDays


@dataclass(frozen=True)
class Window:
    """A time to call.

    Attributes:
        start, end: in the manager's time zone; naive where it is not known.
        caller_start, caller_end: the same moments where the caller is, or None.
        note: what is special about it, or an empty string.
    """

    start: datetime
    end: datetime
    caller_start: datetime | None
    caller_end: datetime | None
    note: str = ""

    @property
    def day(self) -> date:
        """The day, where the manager is."""
        return self.start.date()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "date": self.day.isoformat(),
            "weekday": f"{self.day:%A}",
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "caller_start": self.caller_start.isoformat() if self.caller_start else None,
            "caller_end": self.caller_end.isoformat() if self.caller_end else None,
            "note": self.note,
        }


@dataclass(frozen=True)
class Skipped:
    """A day that would have been good, and why it is not."""

    day: date
    reason: str


@dataclass(frozen=True)
class Span:
    """The days a call may be made on.

    Attributes:
        first: a working day to propose whatever day of the week it is, or None.
    """

    earliest: date
    latest: date
    first: date | None = None


def span_of(interview: date, promised_by: date | None, days: WorkDays) -> Span:
    """The days to call: one to two weeks on, or from the working day after the promise."""
    if promised_by is not None:
        first = days.next_after(promised_by)
        return Span(first, first + timedelta(days=timing.WAIT_AFTER_CALL_DAYS), first)
    earliest, latest = timing.best_days(interview)
    return Span(earliest, latest)


def windows_in(
    span: Span,
    *,
    today: date,
    days: WorkDays,
    manager_zone: ZoneInfo | None,
    caller_zone: ZoneInfo | None,
) -> tuple[list[Window], list[Skipped]]:
    """The windows left in a span from today on, and the mid-week days that are holidays."""
    found: list[Window] = []
    skipped: list[Skipped] = []
    day = max(span.earliest, today)
    while day <= span.latest and len(found) < timing.MOST_WINDOWS:
        if day == span.first:
            note = "the first working day after the date you were promised"
            found.append(_window(day, manager_zone, caller_zone, note))
        elif day.weekday() in timing.BEST_WEEKDAYS:
            if days.is_worked(day):
                found.append(_window(day, manager_zone, caller_zone))
            else:
                skipped.append(Skipped(day, days.holiday(day) or "not a working day there"))
        day += timedelta(days=1)
    return found, skipped


def windows_from(
    day: date,
    *,
    days: WorkDays,
    manager_zone: ZoneInfo | None,
    caller_zone: ZoneInfo | None,
) -> tuple[list[Window], list[Skipped]]:
    """The next windows from a day on, when the best time is over."""
    span = Span(day, day + timedelta(days=timing.LATEST_DAYS))
    return windows_in(
        span, today=day, days=days, manager_zone=manager_zone, caller_zone=caller_zone
    )


def _window(
    day: date, manager_zone: ZoneInfo | None, caller_zone: ZoneInfo | None, note: str = ""
) -> Window:
    start = datetime.combine(day, timing.WINDOW_START, manager_zone)
    end = datetime.combine(day, timing.WINDOW_END, manager_zone)
    if manager_zone is None or caller_zone is None:
        return Window(start, end, None, None, note)
    here, until = start.astimezone(caller_zone), end.astimezone(caller_zone)
    if not _sociable(here, until):
        odd = "an unusual hour for you: any time in their working day will do"
        note = f"{note}; {odd}" if note else odd
    return Window(start, end, here, until, note)


def _sociable(start: datetime, end: datetime) -> bool:
    first, last = timing.SOCIABLE_HOURS
    return start.date() == end.date() and start.hour >= first and end.hour <= last
