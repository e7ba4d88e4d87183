"""Cut the transcript into pieces that carry highlights, whatever way they overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.report import view
from analyzer.report.placing import PlacedWord, place_words

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, TranscriptInfo

UNSURE = 0.6
"""Words the recogniser is less sure of than this are marked for the reader."""
_SEVERITY = ("fail", "unclear", "pass")


@dataclass(frozen=True)
class Highlight:
    """One evidence span."""

    check_id: str
    title: str
    number: int
    verdict: str
    start: int
    end: int
    start_s: float | None
    end_s: float | None
    anchor: str


@dataclass(frozen=True)
class Piece:
    """Characters between two boundaries; ``word`` is None between words."""

    text: str
    word: PlacedWord | None

    @property
    def unsure(self) -> bool:
        """Whether the recogniser doubted this word."""
        confidence = self.word.word.confidence if self.word else None
        return confidence is not None and confidence < UNSURE


@dataclass(frozen=True)
class Run:
    """Pieces covered by the same highlights (or by none)."""

    highlights: tuple[Highlight, ...]
    opening: tuple[Highlight, ...]
    closing: tuple[Highlight, ...]
    pieces: tuple[Piece, ...]

    @property
    def main(self) -> Highlight:
        """The highlight that gives the run its colour: the worst, then the shortest."""
        return min(
            self.highlights, key=lambda h: (_SEVERITY.index(h.verdict), h.end - h.start, h.number)
        )

    @property
    def classes(self) -> str:
        """Style classes: each verdict once, and whether two spans share the strongest."""
        verdicts = [h.verdict for h in self.highlights]
        names = [f"cc-{verdict}" for verdict in _SEVERITY if verdict in verdicts]
        if verdicts.count(self.main.verdict) > 1:
            names.append("cc-several")
        return " ".join(names)

    @property
    def label(self) -> str:
        """Titles of all its checks."""
        return "; ".join(dict.fromkeys(h.title for h in self.highlights))


@dataclass(frozen=True)
class Block:
    """One utterance, or one turn."""

    speaker: str | None
    start_s: float | None
    runs: tuple[Run, ...]


def anchor(check_id: str, index: int) -> str:
    """Element id of a piece of evidence in the transcript."""
    return f"cc-ev-{check_id}-{index}"


def blocks(assessment: Assessment) -> list[Block]:
    """The transcript, block by block."""
    marks = _highlights(assessment)
    several = len({u.speaker for u in assessment.transcript.utterances}) > 1
    made = []
    for start, end, words, speaker in _extents(assessment.transcript):
        label = view.sentence_case(speaker) if several and speaker else None
        first = words[0].word.start_s if words else None
        runs = tuple(_runs(assessment.transcript.text, start, end, words, marks))
        made.append(Block(label, first, runs))
    return made


def _highlights(assessment: Assessment) -> list[Highlight]:
    length = len(assessment.transcript.text)
    return [
        Highlight(
            check.id,
            check.title,
            number,
            check.verdict,
            max(0, item.start_char),
            min(length, item.end_char),
            item.start_s,
            item.end_s,
            anchor(check.id, index),
        )
        for number, check in enumerate(assessment.checks, 1)
        for index, item in enumerate(check.evidence)
        if check.verdict in _SEVERITY and item.start_char < item.end_char <= length
    ]


def _extents(
    transcript: TranscriptInfo,
) -> Iterator[tuple[int, int, list[PlacedWord], str]]:
    """Yield (start, end, words, speaker) of each utterance that has words."""
    found = False
    for utterance, words in zip(transcript.utterances, place_words(transcript), strict=True):
        if words:
            found = True
            yield words[0].start, words[-1].end, words, utterance.speaker
    if not found and transcript.text.strip():
        yield 0, len(transcript.text), [], ""


def _runs(
    text: str, start: int, end: int, words: list[PlacedWord], marks: list[Highlight]
) -> Iterator[Run]:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end}
    edges.update(min(max(edge, start), end) for mark in here for edge in (mark.start, mark.end))
    bounds = sorted(edges)
    for left, right in pairwise(bounds):
        covering = tuple(mark for mark in here if mark.start <= left and mark.end >= right)
        yield Run(
            covering,
            tuple(mark for mark in covering if max(mark.start, start) == left),
            tuple(mark for mark in covering if min(mark.end, end) == right),
            tuple(_pieces(text, left, right, words)),
        )


def _pieces(text: str, left: int, right: int, words: list[PlacedWord]) -> Iterator[Piece]:
    position = left
    for word in words:
        begin, stop = max(word.start, left), min(word.end, right)
        if begin >= stop:
            continue
        if begin > position:
            yield Piece(view.printable(text[position:begin]), None)
        yield Piece(view.printable(text[begin:stop]), word)
        position = stop
    if position < right:
        yield Piece(view.printable(text[position:right]), None)
