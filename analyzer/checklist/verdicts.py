"""The one truth table from what was detected to a verdict and its points."""

from __future__ import annotations

from enum import Enum

from analyzer.checklist.assessment import Verdict


class Detection(Enum):
    """Whether the caller said it."""

    PRESENT = "present"
    ABSENT = "absent"
    DOUBTFUL = "doubtful"


VERDICTS: dict[tuple[str, Detection], Verdict] = {
    ("required", Detection.PRESENT): "pass",
    ("required", Detection.ABSENT): "fail",
    ("required", Detection.DOUBTFUL): "unclear",
    ("forbidden", Detection.PRESENT): "fail",
    ("forbidden", Detection.ABSENT): "pass",
    ("forbidden", Detection.DOUBTFUL): "unclear",
}
"""(polarity, detection) → verdict, for a check that applies to this kind of call."""

DETECTED: dict[Detection, bool | None] = {
    Detection.PRESENT: True,
    Detection.ABSENT: False,
    Detection.DOUBTFUL: None,
}


def points_for(verdict: Verdict, max_points: int) -> int:
    """Points a required check earns: all, none, or half (rounded up) when unclear."""
    if verdict == "pass":
        return max_points
    if verdict == "unclear":
        return (max_points + 1) // 2
    return 0
