"""The truth table, row by row."""

from __future__ import annotations

import pytest

from analyzer.checklist.verdicts import DETECTED, VERDICTS, Detection, points_for

TABLE = [
    ("required", Detection.PRESENT, "pass", True),
    ("required", Detection.ABSENT, "fail", False),
    ("required", Detection.DOUBTFUL, "unclear", None),
    ("forbidden", Detection.PRESENT, "fail", True),
    ("forbidden", Detection.ABSENT, "pass", False),
    ("forbidden", Detection.DOUBTFUL, "unclear", None),
]


@pytest.mark.parametrize(("polarity", "detection", "verdict", "detected"), TABLE)
def test_truth_table(
    polarity: str, detection: Detection, verdict: str, detected: bool | None
) -> None:
    assert VERDICTS[polarity, detection] == verdict
    assert DETECTED[detection] is detected


def test_truth_table_is_complete() -> None:
    assert len(VERDICTS) == len(TABLE) == 2 * len(Detection)


@pytest.mark.parametrize(
    ("weight", "half"), [(0, 0), (1, 1), (2, 1), (3, 2), (7, 4), (10, 5), (14, 7)]
)
def test_unclear_earns_half_rounded_up(weight: int, half: int) -> None:
    assert points_for("pass", weight) == weight
    assert points_for("unclear", weight) == half
    assert points_for("fail", weight) == 0
    assert points_for("not_applicable", weight) == 0
