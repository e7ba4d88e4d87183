"""Joining the encoder, the phrases and the scopes into findings."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from analyzer.checklist import detection
from analyzer.checklist.detection import Thresholds, detect
from analyzer.checklist.findings import Finding
from analyzer.checklist.loader import load_pack
from analyzer.checklist.rules import RulePack
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import make_doc
from analyzer.speech.transcript import Word, from_words
from analyzer.speech.typed import typed_transcript

TEXT = "Hello there, I never said this is an ultimatum, I need an answer today."


@pytest.fixture(autouse=True)
def fixed_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "calibrated", dict)  # the defaults: 0.4 and 0.5


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def doc_of(text: str = TEXT) -> Doc:
    return make_doc(spacy.blank("en").vocab, typed_transcript(text))


def add_phrase(doc: Doc, start: int, end: int, label: str, *, cancelled: str | None = None) -> None:
    span = Span(doc, start, end, label=label)
    span._.cancelled = cancelled
    span._.source = "a phrase"
    doc.spans["phrases"] = [*doc.spans.get("phrases", []), span]


def add_encoder(doc: Doc, start: int, end: int, label: str, score: float) -> None:
    span = Span(doc, start, end, label=label)
    span._.score = score
    span._.source = "encoder"
    doc.spans["encoder"] = [*doc.spans.get("encoder", []), span]
    scores = doc.user_data.setdefault("encoder_scores", {})
    scores[label] = max(score, scores.get(label, 0.0))


def finding(doc: Doc, pack: RulePack, check_id: str = "pushiness", **options: str) -> Finding:
    return next(f for f in detect(doc, pack, **options) if f.check_id == check_id)


def quotes(found: Finding, text: str = TEXT) -> list[str]:
    return [text[span.start_char : span.end_char] for span in found.evidence]


def test_every_check_has_one_finding_in_the_pack_s_order(pack: RulePack) -> None:
    assert [f.check_id for f in detect(doc_of(), pack)] == [c.id for c in pack.checks]


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0.0, "absent"), (0.39, "absent"), (0.4, "doubtful"), (0.49, "doubtful"), (0.5, "present")],
)
def test_encoder_alone_is_decided_by_two_thresholds(
    pack: RulePack, score: float, expected: str
) -> None:
    doc = doc_of()
    add_encoder(doc, 9, 14, "pushiness", score)
    assert finding(doc, pack).detection is Detection(expected)


def test_certain_phrase_decides_alone(pack: RulePack) -> None:
    doc = doc_of()
    add_phrase(doc, 9, 14, "pushiness")
    found = finding(doc, pack)
    assert found.detection is Detection.PRESENT
    assert quotes(found) == ["I need an answer today"]


@pytest.mark.parametrize(
    ("score", "expected"), [(0.0, "absent"), (0.1, "absent"), (0.3, "present")]
)
def test_hint_lifts_the_encoder_and_no_more(pack: RulePack, score: float, expected: str) -> None:
    doc = doc_of()
    add_encoder(doc, 9, 14, "pushiness", score)
    add_phrase(doc, 9, 11, "pushiness/hint")
    assert finding(doc, pack).detection is Detection(expected)


def test_cancelled_phrase_is_the_nearest_miss(pack: RulePack) -> None:
    doc = doc_of()
    add_phrase(doc, 5, 9, "pushiness", cancelled="negated")
    found = finding(doc, pack)
    assert found.detection is Detection.ABSENT
    assert found.near is not None
    assert found.near.cancelled == "negated"


def test_polite_mention_of_other_candidates_still_counts(pack: RulePack) -> None:
    doc = doc_of()
    add_phrase(doc, 5, 9, "other_candidates", cancelled="negated")
    assert finding(doc, pack, "other_candidates").detection is Detection.PRESENT


def test_near_phrase_is_quoted_and_counts_for_nothing(pack: RulePack) -> None:
    doc = doc_of()
    add_phrase(doc, 0, 2, "greeting_by_name/near")
    found = finding(doc, pack, "greeting_by_name")
    assert found.detection is Detection.ABSENT
    assert found.near is not None
    assert TEXT[found.near.start_char : found.near.end_char] == "Hello there"


def test_unlikely_encoder_span_is_the_nearest_miss(pack: RulePack) -> None:
    doc = doc_of()
    add_encoder(doc, 2, 4, "interest", 0.2)
    assert finding(doc, pack, "interest").near is not None
    add_encoder(doc, 2, 4, "job_title", 0.11)
    assert finding(doc, pack, "job_title").near is None


def test_evidence_is_merged_and_stands_in_order(pack: RulePack) -> None:
    doc = doc_of()
    add_phrase(doc, 10, 14, "pushiness")
    add_phrase(doc, 5, 9, "pushiness")
    add_encoder(doc, 9, 13, "pushiness", 0.9)
    found = finding(doc, pack)
    assert quotes(found) == ["this is an ultimatum", "I need an answer"]


def test_sources_can_be_taken_alone(pack: RulePack) -> None:
    doc = doc_of()
    add_encoder(doc, 9, 14, "pushiness", 0.9)
    add_phrase(doc, 2, 4, "interest")
    assert finding(doc, pack, sources="rules").detection is Detection.ABSENT
    assert finding(doc, pack, sources="encoder").detection is Detection.PRESENT
    assert finding(doc, pack, "interest", sources="encoder").detection is Detection.ABSENT
    assert finding(doc, pack, "interest", sources="rules").detection is Detection.PRESENT


@pytest.mark.parametrize(("confidence", "expected"), [(0.3, "doubtful"), (0.9, "present")])
def test_words_the_recogniser_doubted_are_unclear(
    pack: RulePack, confidence: float, expected: str
) -> None:
    words = [
        Word(text, start_s=float(i), end_s=i + 0.5, confidence=confidence)
        for i, text in enumerate("i need an answer today".split())
    ]
    doc = make_doc(spacy.blank("en").vocab, from_words([words], model="test"))
    add_phrase(doc, 0, 5, "pushiness")
    assert finding(doc, pack).detection is Detection(expected)


def test_calibration_is_read_by_check(monkeypatch: pytest.MonkeyPatch, pack: RulePack) -> None:
    monkeypatch.setattr(detection, "calibrated", lambda: {"pushiness": Thresholds(0.7, 0.8)})
    doc = doc_of()
    add_encoder(doc, 9, 14, "pushiness", 0.75)
    assert finding(doc, pack).detection is Detection.DOUBTFUL


def test_missing_calibration_gives_the_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(detection, "language_model_folder", lambda: tmp_path)
    detection.calibrated.cache_clear()
    assert detection.calibrated() == {}
    detection.calibrated.cache_clear()
