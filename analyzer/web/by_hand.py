"""Verdicts set by hand, beside the machine's, and the score they would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analyzer.checklist.scoring import Line, total

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.checklist.assessment import Assessment

HandVerdict = Literal["pass", "fail"]
_MADE_BY_SCORING = ("no_name_cap", "floor")


@dataclass(frozen=True)
class HandScore:
    """What the score would be."""

    score: int
    grade: str


def hand_score(
    assessment: Assessment, verdicts: dict[str, str], *, rules: Path | None = None
) -> HandScore | None:
    """The score with these verdicts in place of the machine's; None without any or a score."""
    if assessment.score is None or not verdicts:
        return None
    from analyzer.checklist.loader import load_pack

    penalties = {check.id: check.penalty or 0 for check in load_pack(rules).checks}
    lines = [
        Line(
            check_id=check.id,
            title=check.title,
            verdict=verdicts.get(check.id, check.verdict),  # type: ignore[arg-type]
            required=check.max_points > 0,
            max_points=check.max_points,
            penalty=_penalty(assessment, check.id, check.verdict, penalties.get(check.id, 0)),
        )
        for check in assessment.checks
        if check.verdict != "not_applicable"
    ]
    ids = {check.id for check in assessment.checks}
    delivery = [
        row
        for row in assessment.adjustments
        if row.id not in ids and row.id not in _MADE_BY_SCORING
    ]
    result = total(lines, delivery)
    return HandScore(result.score, result.grade)


def _penalty(assessment: Assessment, check_id: str, verdict: str, usual: int) -> int:
    """What the machine took off for it; where it took nothing off, the pack's own penalty."""
    if verdict != "fail":
        return usual
    return -sum(row.points for row in assessment.adjustments if row.id == check_id)
