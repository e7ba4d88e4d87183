"""What every renderer needs to know of an assessment: order, groups, marks, sums.

Nothing is decided here: verdicts, points and wording come with the assessment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, CheckResult, Evidence, FactInfo

MARKS = {"pass": "✓", "fail": "✗", "unclear": "?", "not_applicable": "–"}
"""Verdict → a mark that can be told apart without colour."""

FACT_MARKS = {"match": "✓", "mismatch": "✗", "doubtful": "?", "not_heard": "–"}
"""Outcome of a fact → mark."""

FACTS = "Checked against your profile"
LEGEND = "✓ right   ✗ wrong   ? unclear   – does not apply"
PROVISIONAL = "provisional: fetch the official model for your own voice"

_ASCII = str.maketrans(
    {"✓": "+", "✗": "x", "–": "-", "“": '"', "”": '"', "•": "*", "·": "|", "’": "'", "─": "-"}
)

SectionKey = Literal["required", "forbidden", "not_applicable"]
_TITLES: dict[SectionKey, str] = {
    "required": "To say",
    "forbidden": "To avoid",
    "not_applicable": "Does not apply to this call",
}
_VERDICT_WORDS: dict[tuple[bool, str], str] = {
    (False, "pass"): "said",
    (False, "fail"): "not heard",
    (False, "unclear"): "unclear",
    (True, "pass"): "kept out",
    (True, "fail"): "heard",
    (True, "unclear"): "unclear",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Group:
    """Checks of one group, in the order of the rule pack."""

    title: str
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True)
class Section:
    """A part of the checklist: what to say, what to avoid, what does not apply."""

    key: SectionKey
    title: str
    groups: tuple[Group, ...]

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """All checks of the section."""
        return tuple(check for group in self.groups for check in group.checks)


@dataclass(frozen=True)
class SumRow:
    """One row of the arithmetic; ``max_points`` is None for an adjustment."""

    label: str
    points: int
    max_points: int | None = None
    verdict: str | None = None


@dataclass(frozen=True)
class Arithmetic:
    """The rows a score is the exact sum of."""

    checks: tuple[SumRow, ...]
    subtotal: int
    max_subtotal: int
    adjustments: tuple[SumRow, ...]
    total: int


def section_key(check: CheckResult) -> SectionKey:
    """Which part of the checklist a check stands in (a check to avoid earns no points)."""
    if check.verdict == "not_applicable":
        return "not_applicable"
    return "required" if check.max_points else "forbidden"


def sections(assessment: Assessment) -> tuple[Section, ...]:
    """The checklist in parts, empty ones left out."""
    found = []
    for key, title in _TITLES.items():
        groups: dict[str, list[CheckResult]] = {}
        for check in assessment.checks:
            if section_key(check) == key:
                groups.setdefault(check.group, []).append(check)
        if groups:
            made = tuple(Group(sentence_case(n), tuple(c)) for n, c in groups.items())
            found.append(Section(key, title, made))
    return tuple(found)


def verdict_word(check: CheckResult) -> str:
    """The verdict in a word that says what was heard."""
    key = section_key(check)
    if key == "not_applicable":
        return "does not apply"
    return _VERDICT_WORDS[(key == "forbidden", check.verdict)]


def fact_title(fact: FactInfo) -> str:
    """The profile's field in words: ``candidate.phone`` → ``Candidate phone``."""
    return sentence_case(fact.field.replace(".", " "))


def points_text(check: CheckResult, assessment: Assessment) -> str:
    """``6/6`` for something to say; the penalty, if any, for something to avoid."""
    if check.verdict == "not_applicable" or assessment.score is None:
        return ""
    if check.max_points:
        return f"{check.points}/{check.max_points}"
    cost = sum(row.points for row in assessment.adjustments if row.id == check.id)
    return signed(cost) if cost else ""


def arithmetic(assessment: Assessment) -> Arithmetic | None:
    """Every row of the score, or None where there is no score."""
    if assessment.score is None:
        return None
    rows = tuple(
        SumRow(check.title, check.points, check.max_points, check.verdict)
        for check in assessment.checks
        if section_key(check) == "required"
    )
    return Arithmetic(
        checks=rows,
        subtotal=sum(row.points for row in rows),
        max_subtotal=sum(row.max_points or 0 for row in rows),
        adjustments=tuple(SumRow(row.reason, row.points) for row in assessment.adjustments),
        total=assessment.score,
    )


def counts(assessment: Assessment) -> str:
    """How many of each, in a sentence."""
    required = [c for c in assessment.checks if section_key(c) == "required"]
    forbidden = [c for c in assessment.checks if section_key(c) == "forbidden"]
    parts = [f"{_with(required, 'pass')} of {len(required)} things to say were heard"]
    if unclear := _with(required + forbidden, "unclear"):
        parts.append(f"{unclear} unclear")
    parts.append(f"{_with(forbidden, 'fail')} of {len(forbidden)} things to avoid")
    return ", ".join(parts)


def _with(checks: list[CheckResult], verdict: str) -> int:
    return sum(1 for check in checks if check.verdict == verdict)


def headline(assessment: Assessment) -> str:
    """The outcome in a few words, for any status."""
    if assessment.score is not None:
        return f"Score {assessment.score} of 100, grade {assessment.grade}"
    if assessment.status == "no_speech":
        return "No score: no speech found"
    return "No score: the words could not be understood"


def source_line(assessment: Assessment) -> str:
    """File name, kind, length and speech model."""
    length = assessment.source.duration_s
    model = assessment.transcript.model
    parts = [
        clean(assessment.source.name),
        assessment.kind,
        clock(length) if length is not None else "typed",
    ]
    if model:
        parts.append(f"model {clean(model)}")
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """``m:ss``, rounded down, as players show it."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def quoted(evidence: Evidence) -> str:
    """The quote, with its time where there is one."""
    when = "" if evidence.start_s is None else f" at {clock(evidence.start_s)}"
    return f"“{clean(evidence.quote)}”{when}"


def signed(points: int) -> str:
    """``+3``, ``-20``, ``0``."""
    return f"{points:+d}" if points else "0"


def sentence_case(text: str) -> str:
    """First letter upper case, underscores as spaces."""
    plain = text.replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]


def mark(verdict: str | None) -> str:
    """The mark of a verdict; a blank for a check that an attempt did not have."""
    return MARKS[verdict] if verdict else " "


def in_ascii(text: str) -> str:
    """Marks and typographic quotes as ASCII, for output that cannot show them."""
    return text.translate(_ASCII)


def clean(text: str) -> str:
    """Text without control characters (a typed transcript may hold any), on one line."""
    return " ".join(_CONTROL.sub("", text).split())


def printable(text: str) -> str:
    """Text without control characters, line breaks kept."""
    return _CONTROL.sub("", text)


@dataclass(frozen=True)
class Detail:
    """One row of delivery or plan: a title, a value and what to do."""

    title: str
    value: str
    note: str = ""


_NOTES = ("advice", "message", "note", "reason", "why")
_HIDDEN = ("id", "title", "unit", "source", "low", "high")
_VERDICT_PLAIN = {"pass": "fine", "fail": "to mend", "unclear": "unclear"}


def details(data: Mapping[str, Any]) -> Iterator[Detail]:
    """Rows of the open ``delivery`` and ``plan`` parts, whatever a rule pack put there."""
    for key, value in data.items():
        if value is None or value in ("", [], {}):
            continue
        if isinstance(value, Mapping):
            if "value" in value and value["value"] is None:
                continue  # could not be measured
            title = clean(str(value.get("title") or sentence_case(key)))
            yield Detail(title, _value_of(value), _note_of(value))
        else:
            yield Detail(sentence_case(key), _scalar(value))


def _value_of(row: Mapping[str, Any]) -> str:
    unit = str(row.get("unit") or "")
    parts = []
    for key, value in row.items():
        if key in _NOTES or key in _HIDDEN or value is None or isinstance(value, (list, Mapping)):
            continue
        if key == "value":
            parts.append(clean(f"{_scalar(value)} {unit}"))
        elif key == "verdict":
            parts.append(_VERDICT_PLAIN.get(str(value), _scalar(value)))
        elif key == "cost":
            parts.append(f"costs {value} point{'s' if value != 1 else ''}" if value else "")
        elif key == "at_least":
            parts.append(f"at least {value} heard" if value else "")
        else:
            parts.append(f"{sentence_case(key).lower()} {_scalar(value)}")
    return ", ".join(part for part in parts if part) + _band_of(row)


def _band_of(row: Mapping[str, Any]) -> str:
    low, high = row.get("low"), row.get("high")
    if low is None and high is None:
        return ""
    if low is None:
        return f" (usual: up to {_scalar(high)})"
    if high is None:
        return f" (usual: at least {_scalar(low)})"
    return f" (usual: {_scalar(low)} to {_scalar(high)})"


def _note_of(row: Mapping[str, Any]) -> str:
    return " ".join(clean(str(row[key])) for key in _NOTES if row.get(key))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, (list, tuple)):
        return ", ".join(_scalar(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{sentence_case(str(k)).lower()} {_scalar(v)}" for k, v in value.items())
    return clean(str(value))
