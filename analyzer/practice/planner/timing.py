"""The numbers behind the advice, in one place; reports and the planner share them.

Coaches differ; these follow Monster's "How to Make a Follow-Up Call After an Interview"
(one to two weeks, once) and common office practice (mid-week, late morning).
"""

from __future__ import annotations

from datetime import date, time, timedelta

EARLIEST_DAYS = 7
LATEST_DAYS = 14
"""A call is best one to two weeks after the interview."""

BEST_WEEKDAYS = (1, 2, 3)
"""Tuesday to Thursday: Mondays fill up, and by Friday people are leaving."""

WINDOW_START = time(10)
WINDOW_END = time(12)
"""Late morning, in the manager's time zone."""

THANK_YOU_DAYS = 1
"""The thank-you e-mail is due within a day of the interview."""

WAIT_AFTER_CALL_DAYS = 7
"""After a call, wait this long; then write instead of calling again."""

MOST_WINDOWS = 3

SOCIABLE_HOURS = (7, 21)
"""Hours of the caller's own day outside which a window gets a warning."""


def best_days(interview: date) -> tuple[date, date]:
    """First and last day of the best time to call, without a promise."""
    return interview + timedelta(days=EARLIEST_DAYS), interview + timedelta(days=LATEST_DAYS)
