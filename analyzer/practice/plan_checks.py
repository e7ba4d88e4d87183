"""The plan part of a report: timing of the call, thank-you e-mail, repeated calls.

Advice, never score; needs a profile. Nothing is inferred from file times.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from analyzer.practice.profile import Profile

EARLIEST_DAYS = 7
LATEST_DAYS = 14
"""A call is best one to two weeks after the interview (Monster's advice)."""


def plan_checks(profile: Profile, *, today: date | None = None) -> dict[str, Any]:
    """``call_timing``, ``thank_you_email`` and ``repeat_call``: each a verdict and advice.

    Only what the profile can decide is in the result.
    """
    result: dict[str, Any] = {}
    interview = profile.interview.date if profile.interview else None
    planned = profile.call.planned_at if profile.call else None
    call_day = _as_day(planned) or today
    if interview and call_day:
        result["call_timing"] = _timing((call_day - interview).days)
    if interview:
        sent = profile.thank_you_email_sent_at is not None
        result["thank_you_email"] = {
            "verdict": "pass" if sent else "fail",
            "advice": ""
            if sent
            else "Send a short thank-you e-mail; within a day of the interview is best.",
        }
    earlier = profile.call.earlier if profile.call else []
    if earlier:
        result["repeat_call"] = {
            "verdict": "fail",
            "advice": f"You have called {len(earlier)} time{'s' if len(earlier) > 1 else ''} "
            "already: wait a week after the last call, then write instead of calling again.",
        }
    return result


def _timing(days: int) -> dict[str, Any]:
    if days < 0:
        return {"verdict": "fail", "advice": "The interview has not taken place yet."}
    if days < EARLIEST_DAYS:
        return {
            "verdict": "fail",
            "advice": f"It is {days} days since the interview; wait until a week has passed "
            "unless you were told otherwise.",
        }
    if days > LATEST_DAYS:
        return {
            "verdict": "fail",
            "advice": f"It is {days} days since the interview; one to two weeks is best, "
            "so call soon.",
        }
    return {"verdict": "pass", "advice": ""}


def _as_day(moment: date | None) -> date | None:
    if moment is None:
        return None
    return moment.date() if isinstance(moment, datetime) else moment
