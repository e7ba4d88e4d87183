"""Evidence in a stretch that was probably misheard makes a verdict unclear."""

from __future__ import annotations

import pytest

from analyzer.checklist.doubt import doubted
from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import Reading
from analyzer.speech.transcript import Word, from_words

WORDS = [Word(f"w{n}", n * 1.0, n * 1.0 + 0.5, 0.9) for n in range(8)]
TRANSCRIPT = from_words([WORDS], model="builtin")
PLACED = tuple(TRANSCRIPT.words)
READING = Reading(TRANSCRIPT, PLACED, tuple(range(8)), frozenset({0}))


def span(first: int, last: int) -> EvidenceSpan:
    return EvidenceSpan(PLACED[first].start_char, PLACED[last].end_char, 0.9, "test")


@pytest.mark.parametrize(
    ("finding", "stretches", "detection"),
    [
        (Finding("c", Detection.PRESENT, 0.9, (span(0, 1),)), [(0, 2)], Detection.DOUBTFUL),
        (Finding("c", Detection.PRESENT, 0.9, (span(0, 1),)), [(4, 6)], Detection.PRESENT),
        (Finding("c", Detection.PRESENT, 0.9, (span(0, 1),)), [], Detection.PRESENT),
        (
            Finding("c", Detection.PRESENT, 0.9, (span(0, 1), span(6, 7))),
            [(0, 2)],
            Detection.PRESENT,
        ),
        (Finding("c", Detection.ABSENT, 0.1, near=span(4, 5)), [(3.5, 6)], Detection.DOUBTFUL),
        (Finding("c", Detection.ABSENT, 0.1, near=span(4, 5)), [(0, 2)], Detection.ABSENT),
        (Finding("c", Detection.ABSENT, 0.1), [(0, 9)], Detection.ABSENT),
    ],
)
def test_doubted(
    finding: Finding, stretches: list[tuple[float, float]], detection: Detection
) -> None:
    (found,) = doubted([finding], READING, stretches)
    assert found.detection is detection


def test_a_doubtful_miss_says_where_to_listen() -> None:
    near = span(4, 5)
    (found,) = doubted([Finding("c", Detection.ABSENT, 0.1, near=near)], READING, [(3.5, 6)])
    assert found.evidence == (near,)
