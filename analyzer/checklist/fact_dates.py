"""The day of the interview, as said, against the profile's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from analyzer.checklist.fact_result import Call, FactResult, FactVerdict
from analyzer.language.spoken_values import Found, SpokenDate

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile

CHECK = "interview_date"


def check_interview_date(call: Call, profile: Profile) -> list[FactResult]:
    """Was it the right day? "Last Tuesday" and its like count from the day of the call."""
    expected = profile.interview.date
    if expected is None:
        return []
    shown = written_date(expected)
    said = [value for value in call.standing("DATE") if call.in_evidence(value, CHECK)]
    if not said:
        message = f"The day of the interview, {shown}, was not heard."
        return [FactResult(CHECK, "interview.date", shown, None, "not_heard", message)]
    right = [value for value in said if _means(value, expected, call.day)]
    value = right[0] if right else said[0]
    verdict, message = _judged(call, value, expected, right=bool(right))
    span = call.span_of(value)
    return [FactResult(CHECK, "interview.date", shown, _text(value), verdict, message, span,
                       heard_at_finding=True)]  # fmt: skip


def _judged(call: Call, value: Found, expected: date, *, right: bool) -> tuple[FactVerdict, str]:
    shown, heard = written_date(expected), _text(value)
    if right:
        return "match", f"You said {heard}, which fits {shown}."
    if expected > call.day:
        return "doubtful", (
            f"You said {heard}; your profile's interview, {shown}, lies after the call."
        )
    said = value.value
    meant = said.resolve(call.day) if isinstance(said, SpokenDate) else None
    if meant is None:
        return "doubtful", f"You said {heard}, which is no past day; your profile says {shown}."
    if call.unsure(call.span_of(value)):
        return "doubtful", f"Heard {heard}, your profile says {shown}; listen here."
    read = written_date(meant[0]) if meant[0] == meant[1] else ""
    by_that = f" (that would be {read})" if read and read != heard else ""
    return "mismatch", f"Heard {heard}{by_that}, your profile says {shown}."


def _means(value: Found, expected: date, today: date) -> bool:
    said = value.value
    return isinstance(said, SpokenDate) and said.can_mean(expected, today)


def _text(value: Found) -> str:
    return value.value.text() if isinstance(value.value, SpokenDate) else str(value.value)


def written_date(day: date) -> str:
    """A date with its weekday: "Tuesday 3 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
