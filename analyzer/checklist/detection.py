"""From the annotated Doc to findings: join the encoder, the phrases and the scopes.

For each check the encoder gives a probability, phrases give certainties and hints. Two
calibrated thresholds a check (``models/language/pipeline/calibration.json``) say absent,
doubtful or present; see ``docs/accuracy.md`` for what each source contributes.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.rules import Check, RulePack
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import Reading, reading_of
from analyzer.resources import language_model_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

CERTAIN = 0.97
_HINT_LOGIT = 1.5
_NEAR_FROM = 0.12
_DOUBTFUL_CONFIDENCE = 0.55


@dataclass(frozen=True)
class Thresholds:
    """Below ``absent_below`` a check is absent, from ``present_from`` on present."""

    absent_below: float = 0.4
    present_from: float = 0.5


@lru_cache(maxsize=1)
def calibrated() -> dict[str, Thresholds]:
    """The calibrated thresholds of the trained pipeline, by check id."""
    path = language_model_folder() / "calibration.json"
    if not path.is_file():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {key: Thresholds(**value) for key, value in data["thresholds"].items()}


def detect(doc: Doc, pack: RulePack, *, sources: str = "both") -> list[Finding]:
    """One finding for each check of the pack, in its order.

    Args:
        sources: "both", or "encoder" or "rules" alone, for the ablation.
    """
    reading = reading_of(doc)
    thresholds = calibrated()
    return [
        _finding(check, doc, reading, thresholds.get(check.id, Thresholds()), sources)
        for check in pack.checks
    ]


def _finding(
    check: Check, doc: Doc, reading: Reading, thresholds: Thresholds, sources: str
) -> Finding:
    certain, hints, near = _phrase_spans(check, doc) if sources != "encoder" else ([], [], [])
    use_encoder = check.encoder and sources != "rules"
    scores = doc.user_data.get("encoder_scores", {})
    score = float(scores.get(check.id, 0.0)) if use_encoder else 0.0
    if hints and use_encoder:
        score = _raised(score)
    elif hints and check.encoder:  # the rules alone, for the ablation
        score = 0.5 * (thresholds.present_from + 1)
    if certain:
        score = max(score, CERTAIN)
    encoded = _encoder_spans(check, doc) if use_encoder else []
    heard = float(scores.get(check.id, 0.0)) >= thresholds.absent_below
    detection = _decide(score, thresholds)
    evidence: tuple[EvidenceSpan, ...] = ()
    if detection is not Detection.ABSENT:
        shown = encoded if heard or not certain else []
        evidence = _evidence(reading, shown, certain, hints, thresholds)
    if detection is Detection.PRESENT and _garbled(reading, evidence):
        detection = Detection.DOUBTFUL
    nearest = None
    if detection is Detection.ABSENT:
        nearest = _nearest(reading, encoded, near)
    return Finding(check.id, detection, round(score, 4), evidence, nearest)


def _raised(score: float) -> float:
    score = min(max(score, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-(math.log(score / (1 - score)) + _HINT_LOGIT)))


def _decide(score: float, thresholds: Thresholds) -> Detection:
    if score >= thresholds.present_from:
        return Detection.PRESENT
    if score < thresholds.absent_below:
        return Detection.ABSENT
    return Detection.DOUBTFUL


def _phrase_spans(check: Check, doc: Doc) -> tuple[list[Any], list[Any], list[Any]]:
    """Certain hits, hints, and near ones (cancelled hits are near)."""
    certain, hints, near = [], [], []
    for span in doc.spans.get("phrases", []):
        name, _, role = span.label_.partition("/")
        if name != check.id:
            continue
        if role == "near" or _is_cancelled(span, check):
            near.append(span)
        elif role == "hint":
            hints.append(span)
        else:
            certain.append(span)
    return certain, hints, near


def _is_cancelled(span: Any, check: Check) -> bool:
    return not {span._.cancelled, *span._.scopes}.isdisjoint(check.cancelled_by)


def _encoder_spans(check: Check, doc: Doc) -> list[Any]:
    return [span for span in doc.spans.get("encoder", []) if span.label_ == check.id]


def _evidence(
    reading: Reading, encoded: list[Any], certain: list[Any], hints: list[Any],
    thresholds: Thresholds,
) -> tuple[EvidenceSpan, ...]:  # fmt: skip
    best = max((span._.score for span in encoded), default=0.0)
    floor = min(thresholds.present_from, best * 0.9)
    chosen = [
        span
        for span in encoded
        if span._.score >= floor and (span._.score == best or len(span) > 1)
    ]
    for span in [*certain, *(hints if not certain else [])]:
        if not any(span.start < other.end and other.start < span.end for other in chosen):
            chosen.append(span)
    chosen.sort(key=lambda span: (span.start, span.end))
    return tuple(_as_evidence(reading, span) for span in chosen)


def _as_evidence(reading: Reading, span: Any) -> EvidenceSpan:
    start, end = reading.chars_of_tokens(span.start, span.end)
    return EvidenceSpan(start, end, float(span._.score), span._.source, span._.cancelled)


def _garbled(reading: Reading, evidence: tuple[EvidenceSpan, ...]) -> bool:
    """Whether the recogniser doubted every word that shows it."""
    if not evidence or not reading.transcript.is_spoken:
        return False
    return all(
        _confidence(reading, span.start_char, span.end_char) < _DOUBTFUL_CONFIDENCE
        for span in evidence
    )


def _confidence(reading: Reading, start: int, end: int) -> float:
    heard = [
        word.confidence
        for word in reading.words
        if word.confidence is not None and word.start_char < end and word.end_char > start
    ]
    return sum(heard) / len(heard) if heard else 1.0


def _nearest(reading: Reading, encoded: list[Any], near: list[Any]) -> EvidenceSpan | None:
    likely = max(encoded, key=lambda span: span._.score, default=None)
    if near:
        return _as_evidence(reading, near[0])
    if likely is not None and likely._.score >= _NEAR_FROM:
        return _as_evidence(reading, likely)
    return None
