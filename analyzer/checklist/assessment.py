"""The result of a check: what the JSON holds, field by field.

``docs/schema/assessment.schema.json`` is generated from these models.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "callcheck/assessment@1"
Status = Literal["scored", "not_understood", "no_speech"]
Kind = Literal["voicemail", "call"]
Verdict = Literal["pass", "fail", "unclear", "not_applicable"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceInfo(_Model):
    """Where the words came from."""

    name: str = Field(description="the file's name, never its path")
    duration_s: float | None = Field(description="seconds; null for typed text")


class WordInfo(_Model):
    """One word of the transcript."""

    text: str
    start_s: float | None
    end_s: float | None
    confidence: float | None


class UtteranceInfo(_Model):
    """Words said in one go."""

    speaker: str
    start_s: float | None
    end_s: float | None
    words: list[WordInfo]


class TranscriptInfo(_Model):
    """What was heard or typed."""

    text: str
    model: str | None = Field(description="speech model; null for typed text")
    utterances: list[UtteranceInfo]


class Evidence(_Model):
    """The words behind a verdict."""

    quote: str
    start_char: int
    end_char: int
    start_s: float | None
    end_s: float | None


class CheckResult(_Model):
    """One line of the checklist."""

    id: str
    title: str
    group: str
    detected: bool | None = Field(description="null when unclear")
    verdict: Verdict
    points: int
    max_points: int
    message: str
    say_instead: str | None
    looked_for: str
    nearest_miss: str | None
    evidence: list[Evidence]


class Adjustment(_Model):
    """A penalty, a delivery cost or a cap."""

    id: str
    points: int
    reason: str


class NextStep(_Model):
    """A change that would raise the score."""

    check: str
    gain: int = Field(description="points it would add")
    advice: str
    say: str = Field(description="a sentence to say instead, or an empty string")


class Tip(_Model):
    """Advice that is never scored."""

    id: str
    done: bool
    advice: str


class FactInfo(_Model):
    """One fact of the call held against the profile: advice beside the checks."""

    id: str
    field: str = Field(description="the profile's field, such as candidate.phone")
    expected: str = Field(description="what the profile says")
    heard: str | None = Field(description="what was heard; null when nothing was")
    verdict: Literal["match", "mismatch", "not_heard", "doubtful"]
    message: str
    evidence: list[Evidence]


class Assessment(_Model):
    """A whole assessment; ``to_dict`` is the JSON contract."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    status: Status
    provisional: bool
    kind: Kind
    reason: str | None = Field(
        default=None, description="why there is no score, and what to do; null when scored"
    )
    warnings: list[str] = Field(default_factory=list)
    source: SourceInfo
    transcript: TranscriptInfo
    score: int | None
    grade: Literal["A", "B", "C", "D", "F"] | None
    checks: list[CheckResult]
    adjustments: list[Adjustment]
    delivery: dict[str, Any]
    plan: dict[str, Any]
    tips: list[Tip]
    next_steps: list[NextStep]
    facts: list[FactInfo] = Field(
        default_factory=list,
        description="what was said held against the profile; empty without one",
    )
    versions: dict[str, str]

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the published form."""
        return self.model_dump(mode="json", by_alias=True)

    def to_json(self) -> str:
        """Return the published form as JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def check(self, check_id: str) -> CheckResult:
        """Return one check's result.

        Raises:
            KeyError: the rule pack has no such check.
        """
        for result in self.checks:
            if result.id == check_id:
                return result
        raise KeyError(check_id)


def assessment_schema() -> dict[str, Any]:
    """JSON Schema of the published form."""
    schema = Assessment.model_json_schema(by_alias=True, mode="serialization")
    schema["$id"] = SCHEMA
    schema["properties"]["schema"]["const"] = SCHEMA
    return schema
