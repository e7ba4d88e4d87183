"""The fact check: was your own name said, the right day, your number?

What was said is held against the profile. The results are advice beside the checks and
never change a verdict, with one exception: a garbled name that sounds like the profile's
own confirms a doubtful finding (``confirmed``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from analyzer.checklist.assessment import Evidence, FactInfo
from analyzer.checklist.fact_contacts import check_email, check_phone
from analyzer.checklist.fact_dates import check_interview_date
from analyzer.checklist.fact_result import Call, FactResult
from analyzer.checklist.fact_words import (
    check_company,
    check_job_title,
    check_manager_name,
    check_own_name,
    check_talking_points,
)
from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.verdicts import Detection

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analyzer.practice.profile import Profile

__all__ = ["FactResult", "check_facts", "confirmed", "fact_infos"]

_CHECKERS: tuple[Callable[[Call, Profile], list[FactResult]], ...] = (
    check_own_name, check_manager_name, check_company, check_job_title, check_interview_date,
    check_phone, check_email, check_talking_points,
)  # fmt: skip
_CONFIRMS = {"own_name": "self_identification", "manager_name": "greeting_by_name"}


def check_facts(
    doc: Doc, findings: Sequence[Finding], profile: Profile, call_date: date | None = None
) -> list[FactResult]:
    """Hold what was said against the profile, field by field in its order.

    Args:
        doc: the annotated caller's words; values are found here if no component did.
        findings: of the rule pack's checks; they say where names and dates stand.
        call_date: the day of the call, for relative dates; the profile's planned day
            without one, else today.

    Returns:
        One result for each field that the profile fills (and each talking point).
    """
    call = Call.of(doc, findings, _day_of(profile, call_date))
    return [result for checker in _CHECKERS for result in checker(call, profile)]


def confirmed(findings: Sequence[Finding], facts: Sequence[FactResult]) -> list[Finding]:
    """The findings, a doubtful name counted as said where it sounds like the profile's own."""
    names = {_CONFIRMS[fact.id] for fact in facts if fact.id in _CONFIRMS and fact.heard_at_finding
             and fact.verdict == "match"}  # fmt: skip
    return [
        replace(finding, detection=Detection.PRESENT)
        if finding.check_id in names and finding.detection is Detection.DOUBTFUL
        else finding
        for finding in findings
    ]


def fact_infos(
    facts: Sequence[FactResult], evidence_of: Callable[[EvidenceSpan], Evidence]
) -> list[FactInfo]:
    """The facts as the published form has them.

    Args:
        evidence_of: quotes a span of the transcript, as for the evidence of a check.
    """
    return [
        FactInfo(
            id=fact.id,
            field=fact.field,
            expected=fact.expected,
            heard=fact.heard,
            verdict=fact.verdict,
            message=fact.message,
            evidence=[evidence_of(span) for span in fact.evidence],
        )
        for fact in facts
    ]


def _day_of(profile: Profile, call_date: date | None) -> date:
    if call_date is not None:
        return call_date
    planned = profile.call.planned_at
    return planned.date() if planned else date.today()
