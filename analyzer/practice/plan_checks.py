"""The plan part of a report: timing of the call, thank-you e-mail, repeated calls.

Advice, never score; needs a profile. Nothing is inferred from file times. The rules are
the planner's own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from analyzer.practice.planner.places import work_days
from analyzer.practice.planner.plan import planned_call
from analyzer.practice.planner.steps import after_calls, thank_you

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile


def plan_checks(profile: Profile, *, today: date | None = None) -> dict[str, Any]:
    """``call_timing``, ``thank_you_email`` and ``repeat_call``: each a verdict and advice.

    Only what the profile can decide is in the result.
    """
    result: dict[str, Any] = {}
    timing = planned_call(profile, today=today)
    if timing is not None:
        result["call_timing"] = timing
    interview = profile.interview.date
    if interview:
        sent = profile.thank_you_email_sent_at is not None
        thanks = thank_you(interview, sent=sent, today=today)
        result["thank_you_email"] = {key: thanks[key] for key in ("verdict", "advice")}
    earlier = profile.call.earlier
    days = work_days(profile.manager.time_zone or profile.candidate.time_zone)
    step = after_calls(earlier, today=today, days=days) if earlier else None
    if step is not None:
        result["repeat_call"] = {"verdict": "fail", "advice": step.advice}
    return result
