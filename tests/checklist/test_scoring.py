"""The score: rows that add up exactly, the floor, the cap, half points, grades."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.checklist.assessment import Adjustment, Kind, Verdict
from analyzer.checklist.loader import KINDS, load_pack
from analyzer.checklist.scoring import Line, gain_if_mended, grade_of, total

VERDICTS = [v for v in get_args(Verdict) if v != "not_applicable"]


def lines_of(kind: Kind, verdicts: dict[str, Verdict] | None = None) -> list[Line]:
    """The built-in pack's lines, all right but for ``verdicts``."""
    pack = load_pack()
    return [
        Line(
            check.id,
            check.title,
            (verdicts or {}).get(check.id, "pass"),
            check.polarity == "required",
            pack.weights[kind].get(check.id, 0),
            check.penalty or 0,
        )
        for check in pack.checks
    ]


any_lines = st.fixed_dictionaries(
    {check.id: st.sampled_from(VERDICTS) for check in load_pack().checks}
)
any_delivery = st.lists(
    st.builds(Adjustment, id=st.just("pace"), points=st.integers(-10, 0), reason=st.just("pace")),
    max_size=3,
)


@given(st.sampled_from(KINDS), any_lines, any_delivery)
def test_rows_add_up_exactly(
    kind: Kind, verdicts: dict[str, Verdict], delivery: list[Adjustment]
) -> None:
    lines = lines_of(kind, verdicts)
    result = total(lines, delivery)
    assert result.score == sum(line.points for line in lines) + sum(
        row.points for row in result.adjustments
    )
    assert result.points == sum(line.points for line in lines)
    assert 0 <= result.score <= 100
    assert result.grade == grade_of(result.score)
    assert all(row.points and row.reason for row in result.adjustments if row.id != "pace")


@given(st.sampled_from(KINDS), any_lines)
def test_no_name_caps_at_sixty(kind: Kind, verdicts: dict[str, Verdict]) -> None:
    verdicts = {**verdicts, "self_identification": "fail"}
    assert total(lines_of(kind, verdicts), []).score <= 60


@given(st.sampled_from(KINDS), any_lines, st.sampled_from(load_pack().checks))
def test_mending_a_check_never_costs(
    kind: Kind, verdicts: dict[str, Verdict], check: object
) -> None:
    assert gain_if_mended(lines_of(kind, verdicts), [], check.id) >= 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_all_right_is_a_hundred_without_rows(kind: Kind) -> None:
    result = total(lines_of(kind), [])
    assert (result.score, result.grade, result.adjustments) == (100, "A", ())


def test_no_name_is_a_row_of_its_own() -> None:
    result = total(lines_of("call", {"self_identification": "fail"}), [])
    assert result.score == 60
    assert [(row.id, row.points) for row in result.adjustments] == [("no_name_cap", -26)]


def test_unclear_name_is_no_cap_and_earns_half() -> None:
    assert total(lines_of("call", {"self_identification": "unclear"}), []).score == 93


def test_unclear_forbidden_costs_nothing() -> None:
    assert total(lines_of("call", {"pushiness": "unclear"}), []).score == 100


def test_forbidden_costs_its_penalty_with_its_reason() -> None:
    result = total(lines_of("voicemail", {"pushiness": "fail", "unprepared": "fail"}), [])
    assert result.score == 70
    rows = [(row.id, row.points, row.reason) for row in result.adjustments]
    assert rows == [
        ("pushiness", -20, "Presses or complains"),
        ("unprepared", -10, "Loses the thread"),
    ]


def test_floor_is_a_row_and_the_score_zero() -> None:
    verdicts: dict[str, Verdict] = {check.id: "fail" for check in load_pack().checks}
    result = total(lines_of("call", verdicts), [])
    assert (result.score, result.grade) == (0, "F")
    assert (result.adjustments[-1].id, result.adjustments[-1].points) == ("floor", 80)


@pytest.mark.parametrize(
    ("score", "grade"),
    [(100, "A"), (90, "A"), (89, "B"), (80, "B"), (79, "C"), (70, "C"), (69, "D"), (60, "D"),
     (59, "F"), (0, "F")],
)  # fmt: skip
def test_grades(score: int, grade: str) -> None:
    assert grade_of(score) == grade
