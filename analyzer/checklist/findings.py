"""Findings: what the language step saw, check by check, with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.checklist.verdicts import Detection


@dataclass(frozen=True)
class EvidenceSpan:
    """Words of the transcript.

    Attributes:
        start_char, end_char: in ``Transcript.text``.
        score: 0 to 1, how sure the detection is.
        source: ``encoder`` or the rule's phrase.
        cancelled: why it does not count (``negated`` …), or None.
    """

    start_char: int
    end_char: int
    score: float
    source: str
    cancelled: str | None = None


@dataclass(frozen=True)
class Finding:
    """One check's detection.

    Attributes:
        evidence: the words that show it, best first by place; for a doubtful one, where to
            listen.
        near: words that came close, for a check that was not detected.
    """

    check_id: str
    detection: Detection
    score: float
    evidence: tuple[EvidenceSpan, ...] = ()
    near: EvidenceSpan | None = None
