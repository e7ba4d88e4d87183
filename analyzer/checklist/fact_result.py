"""What a fact check gives, and the view of a call that fact checkers share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import FILLERS, Reading, reading_of
from analyzer.language.spoken_values import Found, Kind, find_values

if TYPE_CHECKING:
    from spacy.tokens import Doc

FactVerdict = Literal["match", "mismatch", "not_heard", "doubtful"]
_DOUBTFUL_CONFIDENCE = 0.6


@dataclass(frozen=True)
class FactResult:
    """One fact held against the profile.

    Attributes:
        id: own_name, manager_name, company, job_title, interview_date, phone, email or
            talking_point_1 and so on.
        field: the profile's field, such as ``candidate.phone``.
        expected: what the profile says, for people to read.
        heard: what was heard, or None.
        message: one sentence with both.
        span: characters of the transcript (start, end), or None.
        heard_at_finding: the words stand where the check of this fact found them.
    """

    id: str
    field: str
    expected: str
    heard: str | None
    verdict: FactVerdict
    message: str
    span: tuple[int, int] | None = None
    heard_at_finding: bool = False

    @property
    def evidence(self) -> tuple[EvidenceSpan, ...]:
        """The words behind it, in the form of a finding's evidence."""
        if self.span is None:
            return ()
        return (EvidenceSpan(*self.span, score=1.0, source="profile"),)


@dataclass(frozen=True)
class Call:
    """A call as fact checkers see it.

    Attributes:
        words: spoken words without hesitations.
        places: for each of them, its token in the Doc.
        named: indices of words tagged as a person's name.
        values: spoken values, token indices of the Doc.
        findings: by check id.
        day: the day of the call.
    """

    reading: Reading
    words: tuple[str, ...]
    places: tuple[int, ...]
    named: frozenset[int]
    values: tuple[Found, ...]
    findings: dict[str, Finding]
    day: date

    @classmethod
    def of(cls, doc: Doc, findings: Sequence[Finding], call_date: date) -> Call:
        """View a Doc that ``make_doc`` made, annotated or not."""
        values = doc.user_data.get("values")
        if values is None:
            values = tuple(find_values([token.lower_ for token in doc]))
        kept = [token for token in doc if token.lower_ not in FILLERS]
        return cls(
            reading=reading_of(doc),
            words=tuple(token.lower_ for token in kept),
            places=tuple(token.i for token in kept),
            named=frozenset(n for n, token in enumerate(kept) if token._.value == "PERSON"),
            values=values,
            findings={finding.check_id: finding for finding in findings},
            day=call_date,
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters behind words ``start`` to ``end`` (end excluded)."""
        return self.reading.chars_of_tokens(self.places[start], self.places[end - 1] + 1)

    def span_of(self, value: Found) -> tuple[int, int]:
        """Characters behind a value."""
        return self.reading.chars_of_tokens(value.start, value.end)

    def quote(self, span: tuple[int, int]) -> str:
        """The transcript's words there."""
        return self.reading.transcript.text[span[0] : span[1]]

    def evidence_words(self, check_id: str) -> list[tuple[int, int]]:
        """Ranges of words in the evidence of a check that was found or is doubtful."""
        finding = self.findings.get(check_id)
        if finding is None or finding.detection is Detection.ABSENT:
            return []
        ranges = []
        for evidence in finding.evidence:
            inside = [n for n in range(len(self.words)) if self._overlaps(n, evidence)]
            if inside:
                ranges.append((inside[0], inside[-1] + 1))
        return ranges

    def standing(self, kind: Kind) -> Iterator[Found]:
        """Values of a kind that the caller did not take back."""
        return (v for v in self.values if v.kind == kind and v.superseded_by is None)

    def in_evidence(self, value: Found, check_id: str) -> bool:
        """Whether a value, or one it corrects, stands in or right beside a check's evidence."""
        told = [value, *(old for old in self.values if _final(old) == value)]
        return any(
            one.start < self.places[end - 1] + 3 and one.end > self.places[start] - 2
            for start, end in self.evidence_words(check_id)
            for one in told
        )

    def unsure(self, span: tuple[int, int]) -> bool:
        """Whether the recogniser itself doubted these words."""
        heard = [
            word.confidence
            for word in self.reading.words
            if word.confidence is not None and word.start_char < span[1] and word.end_char > span[0]
        ]
        return bool(heard) and sum(heard) / len(heard) < _DOUBTFUL_CONFIDENCE

    def _overlaps(self, n: int, evidence: EvidenceSpan) -> bool:
        word = self.reading.words[self.reading.token_word[self.places[n]]]
        return word.start_char < evidence.end_char and word.end_char > evidence.start_char


def _final(value: Found) -> Found:
    """The value that stands after all corrections."""
    while value.superseded_by is not None:
        value = value.superseded_by
    return value
