"""Findings that rest on words which were probably misheard are doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import Reading

Stretches = Sequence[tuple[float, float]]


def doubted(findings: list[Finding], reading: Reading, doubtful: Stretches) -> list[Finding]:
    """The findings as doubtful where all that shows them, or the nearest miss, is doubtful.

    Args:
        doubtful: stretches (start, end) of the recording in seconds.
    """
    if not doubtful:
        return findings
    return [_doubted(finding, reading, doubtful) for finding in findings]


def _doubted(finding: Finding, reading: Reading, doubtful: Stretches) -> Finding:
    spans = finding.evidence or ((finding.near,) if finding.near else ())
    if not spans or not all(_inside(span, reading, doubtful) for span in spans):
        return finding
    return replace(finding, detection=Detection.DOUBTFUL, evidence=tuple(spans))


def _inside(span: EvidenceSpan, reading: Reading, doubtful: Stretches) -> bool:
    """Whether most of the span's words lie in the stretches."""
    times = [
        ((word.start_s or 0.0) + (word.end_s or 0.0)) / 2
        for word in reading.words
        if word.start_s is not None
        and word.start_char < span.end_char
        and word.end_char > span.start_char
    ]
    within = sum(any(start <= time <= end for start, end in doubtful) for time in times)
    return bool(times) and within > len(times) / 2
