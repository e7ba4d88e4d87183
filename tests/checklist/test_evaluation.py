"""Measuring the checks: counts, rates and intervals on outcomes made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.checklist.evaluation import (
    CheckFigures,
    Figures,
    LabelledCall,
    Outcome,
    Rate,
    figures,
    read_labelled,
    wilson,
)
from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.loader import load_pack
from analyzer.checklist.rules import RulePack
from analyzer.checklist.verdicts import Detection
from analyzer.errors import LabelledSetError

SAID, NOT, MAYBE = Detection.PRESENT, Detection.ABSENT, Detection.DOUBTFUL
Label = bool | None


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def outcome(pack: RulePack, number: int, **checks: tuple[Label, Detection]) -> Outcome:
    """A call with these labels and detections; other checks have no label."""
    labels = {check: label for check, (label, _) in checks.items()}
    findings = {
        check.id: Finding(check.id, checks.get(check.id, (None, NOT))[1], 0.5)
        for check in pack.checks
    }
    return Outcome(LabelledCall(f"call-{number}", "voicemail", "hello there", labels), findings)


def outcomes(pack: RulePack, check: str, *pairs: tuple[Label, Detection]) -> list[Outcome]:
    return [outcome(pack, number, **{check: pair}) for number, pair in enumerate(pairs)]


def row(result: Figures, check: str) -> CheckFigures:
    return next(figure for figure in result.checks if figure.check == check)


def test_counts(pack: RulePack) -> None:
    pairs = [(True, SAID)] * 3 + [(True, NOT)] + [(False, SAID)] * 2 + [(False, NOT)] * 4
    found = row(figures(outcomes(pack, "interest", *pairs), pack), "interest")
    assert (found.tp, found.fn, found.fp) == (3, 1, 2)
    assert (found.positives, found.negatives) == (4, 6)
    assert found.precision.value == pytest.approx(3 / 5)
    assert found.recall.value == pytest.approx(3 / 4)
    assert found.f1 == pytest.approx(6 / 9)


def test_null_is_not_scored(pack: RulePack) -> None:
    result = figures(outcomes(pack, "interest", (None, SAID), (None, NOT), (True, SAID)), pack)
    found = row(result, "interest")
    assert (found.positives, found.negatives, found.tp, found.fp) == (1, 0, 1, 0)
    assert row(result, "job_title") == CheckFigures(
        "job_title", 0, 0, 0, 0, 0, 0, Rate(None, None, None), Rate(None, None, None), None
    )
    assert result.calls == 3


def test_unclear_counts_as_not_detected_and_apart(pack: RulePack) -> None:
    pairs = [(True, MAYBE), (False, MAYBE), (True, SAID), (None, MAYBE)]
    found = row(figures(outcomes(pack, "interest", *pairs), pack), "interest")
    assert (found.tp, found.fn, found.fp, found.unclear) == (1, 1, 0, 2)


def test_a_check_without_positives_is_left_out_of_the_macro_mean(pack: RulePack) -> None:
    results = [
        outcome(pack, 0, interest=(True, SAID), job_title=(False, SAID), pushiness=(True, SAID)),
        outcome(pack, 1, interest=(True, NOT), job_title=(False, NOT), pushiness=(True, SAID)),
    ]
    result = figures(results, pack)
    assert row(result, "job_title").f1 == 0.0
    assert result.macro_f1.value == pytest.approx((2 / 3 + 1) / 2)
    assert result.required_f1 == pytest.approx(2 / 3)


def test_forbidden_checks_are_counted_together(pack: RulePack) -> None:
    results = [
        outcome(pack, 0, pushiness=(True, SAID), other_offers=(False, SAID), interest=(True, NOT)),
        outcome(pack, 1, unprepared=(True, NOT), other_offers=(True, SAID)),
    ]
    result = figures(results, pack)
    assert result.forbidden_precision == wilson(2, 3)
    assert result.forbidden_recall == wilson(2, 3)


def test_nothing_to_measure_has_no_figures(pack: RulePack) -> None:
    result = figures(outcomes(pack, "interest", (None, SAID)), pack)
    nothing = Rate(None, None, None)
    assert result.macro_f1 == result.forbidden_precision == result.forbidden_recall == nothing
    assert result.required_f1 is None
    assert result.misses == ()


def test_intervals_hold_the_value_and_do_not_change(pack: RulePack) -> None:
    pairs = [(True, SAID)] * 15 + [(True, NOT)] * 5 + [(False, SAID)] * 3
    once, twice = (figures(outcomes(pack, "interest", *pairs), pack).macro_f1 for _ in range(2))
    assert once == twice
    assert once.low is not None
    assert once.high is not None
    assert once.value is not None
    assert 0 < once.low < once.value < once.high < 1


def test_misses_name_the_call_the_error_and_the_words(pack: RulePack) -> None:
    alarm = outcome(pack, 0, interest=(False, SAID), job_title=(True, MAYBE), update_request=(
        True, SAID))  # fmt: skip
    alarm.findings["interest"] = Finding(
        "interest", SAID, 0.9, (EvidenceSpan(0, 5, 0.9, "encoder"),)
    )
    missed, wrong = sorted(figures([alarm], pack).misses, key=lambda miss: miss["error"],
                           reverse=True)  # fmt: skip
    assert (wrong["id"], wrong["check"], wrong["error"]) == ("call-0", "interest", "false alarm")
    assert wrong["quotes"] == ["hello"]
    assert (missed["check"], missed["error"], missed["unclear"]) == ("job_title", "missed", True)


# Wilson, E. B. (1927): limits as published for these counts
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0),
     (1, 10, 0.0179, 0.4042), (81, 263, 0.2553, 0.3662), (1, 1, 0.2065, 1.0)],
)  # fmt: skip
def test_wilson_interval(hits: int, total: int, low: float, high: float) -> None:
    rate = wilson(hits, total)
    assert rate.value == hits / total
    assert rate.low == pytest.approx(low, abs=5e-5)
    assert rate.high == pytest.approx(high, abs=5e-5)


def test_wilson_of_nothing() -> None:
    assert wilson(0, 0) == Rate(None, None, None)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share(counts: tuple[int, int]) -> None:
    rate = wilson(*counts)
    assert rate.value is not None
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.value + 1e-12
    assert rate.value <= rate.high + 1e-12
    assert rate.high <= 1


# Labelled transcripts


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


GOOD = {"id": "a", "kind": "call", "text": "Hi.", "labels": {"interest": True, "job_title": None}}


def test_labelled_transcripts_are_read(tmp_path: Path) -> None:
    second = {"text": "one\u2028two\u0085three", "labels": {}}
    lines = [json.dumps(GOOD), "", json.dumps(second, ensure_ascii=False), " "]
    first, other = read_labelled(write(tmp_path, "\ufeff" + "\r\n".join(lines)))
    assert first == LabelledCall("a", "call", "Hi.", {"interest": True, "job_title": None})
    assert other.kind == "voicemail"
    assert other.text == second["text"]
    assert other.id == "calls.jsonl line 3"


MISTAKES = {
    "not JSON": ("{", "line 2: this is not JSON"),
    "not an object": ("[1]", 'line 2: "text" must be there'),
    "no text": ('{"labels": {}}', 'line 2: "text" must be there'),
    "text not text": ('{"text": 1, "labels": {}}', 'line 2: "text"'),
    "no labels": ('{"text": "a"}', 'line 2: "labels" must give true, false or null'),
    "labels a list": ('{"text": "a", "labels": []}', 'line 2: "labels"'),
    "a label a word": ('{"text": "a", "labels": {"interest": "yes"}}', 'line 2: "labels"'),
    "a label a number": ('{"text": "a", "labels": {"interest": 1}}', 'line 2: "labels"'),
    "kind": ('{"text": "a", "labels": {}, "kind": "letter"}', 'line 2: "kind" must be'),
}


@pytest.mark.parametrize(("line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(LabelledSetError) as told:
        read_labelled(write(tmp_path, json.dumps(GOOD) + "\n" + line))
    assert told.value.message.startswith("calls.jsonl ")
    assert message in told.value.message


@pytest.mark.parametrize("content", ["", "\n \n", b"\xff\xfe\x00"])
def test_file_without_transcripts_is_told(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(LabelledSetError, match=r"^calls\.jsonl: "):
        read_labelled(write(tmp_path, content))


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(LabelledSetError, match="cannot be read"):
            read_labelled(path)
