"""The score: points of the required checks plus adjustments, to the whole point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyzer.checklist.assessment import Adjustment, Verdict
from analyzer.checklist.verdicts import points_for

NAME_CHECK = "self_identification"
NO_NAME_CAP = 60
"""No score above this when the caller never says who is calling."""

Grade = Literal["A", "B", "C", "D", "F"]
_GRADES: tuple[tuple[int, Grade], ...] = ((90, "A"), (80, "B"), (70, "C"), (60, "D"))


@dataclass(frozen=True)
class Line:
    """What scoring needs to know of one check."""

    check_id: str
    title: str
    verdict: Verdict
    required: bool
    max_points: int
    penalty: int = 0

    @property
    def points(self) -> int:
        """Points earned by a required check; forbidden ones earn none."""
        return points_for(self.verdict, self.max_points) if self.required else 0


@dataclass(frozen=True)
class Total:
    """A score and the rows it is the exact sum of."""

    score: int
    grade: Grade
    points: int
    adjustments: tuple[Adjustment, ...]


def total(lines: list[Line], delivery: list[Adjustment]) -> Total:
    """Add up: Σ points + Σ adjustments (penalties, delivery, caps), never below 0."""
    points = sum(line.points for line in lines)
    rows = [
        Adjustment(id=line.check_id, points=-line.penalty, reason=line.title)
        for line in lines
        if not line.required and line.verdict == "fail" and line.penalty
    ]
    rows += delivery
    running = points + sum(row.points for row in rows)
    name_missing = any(
        line.check_id == NAME_CHECK and line.required and line.verdict == "fail" for line in lines
    )
    if name_missing and running > NO_NAME_CAP:
        rows.append(
            Adjustment(
                id="no_name_cap",
                points=NO_NAME_CAP - running,
                reason=f"no name was said: the score cannot be above {NO_NAME_CAP}",
            )
        )
        running = NO_NAME_CAP
    if running < 0:
        rows.append(Adjustment(id="floor", points=-running, reason="a score is never below 0"))
        running = 0
    return Total(running, grade_of(running), points, tuple(rows))


def grade_of(score: int) -> Grade:
    """A ≥ 90, B ≥ 80, C ≥ 70, D ≥ 60, else F."""
    for least, grade in _GRADES:
        if score >= least:
            return grade
    return "F"


def worth(line: Line) -> int:
    """Points that one check loses, caps and the floor left aside."""
    if line.required:
        return line.max_points - line.points
    return line.penalty if line.verdict == "fail" else 0


def gain_if_mended(lines: list[Line], delivery: list[Adjustment], check_id: str) -> int:
    """Points the score would gain if this one check were right, caps included."""
    mended = [
        Line(line.check_id, line.title, "pass", line.required, line.max_points, line.penalty)
        if line.check_id == check_id
        else line
        for line in lines
    ]
    return total(mended, delivery).score - total(lines, delivery).score
