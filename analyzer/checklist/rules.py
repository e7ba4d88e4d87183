"""The schema of a rule pack: one YAML file a check, plus ``pack.yaml``.

A pack is data. ``rules/README.md`` explains every field to its authors;
``docs/schema/check.schema.json`` and ``pack.schema.json`` are generated from these models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from analyzer.checklist.assessment import Kind
from analyzer.language.phrases import compile_phrase

FIELDS = (
    "name", "manager", "company", "job_title", "interview_date", "phone", "email",
    "availability", "talking_point", "liked",
)  # fmt: skip
"""What a sentence of ``say_instead`` may leave in braces, to be filled from the profile."""

ENCODED = (
    "greeting_by_name", "self_identification", "job_title", "interview_date", "thanks_for_time",
    "opportunity_gratitude", "interest", "company_appeal", "discussion_recall", "update_request",
    "contact_info", "availability", "call_to_action", "pushiness", "decision_demand",
    "other_candidates", "other_offers", "wrong_contact", "unprepared",
)  # fmt: skip
"""The checks the trained pipeline knows, in the order reports show them: that of a call, then
what to avoid."""


def _in_phrase_language(phrase: str) -> str:
    compile_phrase(phrase)
    return phrase


def _with_known_fields(sentence: str) -> str:
    for field in re.findall(r"\{([^{}]*)\}", sentence):
        if field not in FIELDS:
            raise ValueError(f"{{{field}}} cannot be filled; use {', '.join(FIELDS)}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", sentence)):
        raise ValueError("a brace { or } without its fellow")
    return sentence


def _mistake(field: str, message: str) -> PydanticCustomError:
    """A mistake between fields, blamed on one of them so that its line can be shown."""
    return PydanticCustomError("inconsistent", "{message}", {"message": message, "field": field})


CheckId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
PackName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Phrase = Annotated[
    str,
    StringConstraints(min_length=2, strip_whitespace=True),
    AfterValidator(_in_phrase_language),
]
Sentence = Annotated[Text, AfterValidator(_with_known_fields)]
Scope = Literal["negated", "hypothetical", "quoted", "other_person", "historical"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weight(_Strict):
    """Points a required check is worth, by kind of call; 0 means it does not apply."""

    voicemail: int = Field(ge=0, le=100)
    call: int = Field(ge=0, le=100)

    def of(self, kind: Kind) -> int:
        """Points for this kind."""
        return self.voicemail if kind == "voicemail" else self.call


class Messages(_Strict):
    """What the report says of each verdict."""

    passed: Text = Field(alias="pass")
    fail: Text
    unclear: Text

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Pattern(_Strict):
    """One way of saying it, in the phrase language of ``rules/README.md``."""

    phrase: Phrase
    strength: Literal["certain", "hint"] = Field(
        default="certain",
        description="certain: decides alone; hint: counts only beside the encoder",
    )
    note: str | None = None


class Examples(_Strict):
    """Texts that every run of the tests tries."""

    hit: list[Text] = Field(min_length=1)
    miss: list[Text] = Field(min_length=1)
    known_miss: list[Text] = Field(
        default_factory=list,
        description="texts it should detect and does not yet: kept to be honest, and to mend",
    )
    known_alarm: list[Text] = Field(
        default_factory=list,
        description="texts it detects and should not: kept to be honest, and to mend",
    )


class Check(_Strict):
    """One check of a rule pack."""

    id: CheckId
    title: Text
    group: Text
    polarity: Literal["required", "forbidden"]
    weight: Weight | None = None
    penalty: int | None = Field(default=None, ge=0, le=100)
    looked_for: Text = Field(description="what the check listens for, shown when it was not heard")
    message: Messages
    say_instead: list[Sentence] = Field(
        min_length=1, description="sentences to say; {fields} are filled from what is known"
    )
    why: Text
    references: list[Text] = Field(min_length=1)
    encoder: bool = Field(
        default=False, description="the trained pipeline knows this check under its id"
    )
    patterns: list[Pattern] = Field(default_factory=list)
    exceptions: list[Phrase] = Field(
        default_factory=list, description="look-alikes: a pattern inside one of these is not a hit"
    )
    near: list[Phrase] = Field(
        default_factory=list, description="comes close: quoted as the nearest miss"
    )
    cancelled_by: list[Scope] = Field(default_factory=list)
    advice_if_declared: Literal["other_offer"] | None = Field(
        default=None, description="profile field that turns a forbidden check into advice"
    )
    examples: Examples

    @model_validator(mode="after")
    def _consistent(self) -> Check:
        self._require_points()
        self._require_sources()
        self._require_distinct_phrases()
        if self.advice_if_declared and self.polarity == "required":
            raise _mistake("advice_if_declared", "only a forbidden check can become advice")
        both = set(self.examples.hit) & set(self.examples.miss)
        if both:
            raise _mistake("examples", f"{min(both)!r} stands under hit and under miss")
        return self

    def _require_points(self) -> None:
        required = self.polarity == "required"
        wanted, other = ("weight", "penalty") if required else ("penalty", "weight")
        if getattr(self, other) is not None:
            raise _mistake(other, f"a {self.polarity} check has a {wanted} and no {other}")
        if getattr(self, wanted) is None:
            raise _mistake("polarity", f"a {self.polarity} check needs a {wanted}")

    def _require_sources(self) -> None:
        if self.encoder and self.id not in ENCODED:
            raise _mistake(
                "encoder",
                f"the trained pipeline does not know {self.id}: leave encoder out and write "
                f"patterns (it knows {', '.join(ENCODED)})",
            )
        if not self.encoder and not self.patterns:
            raise _mistake("id", "a check without the encoder needs at least one pattern")
        if not self.encoder and not any(p.strength == "certain" for p in self.patterns):
            raise _mistake(
                "patterns",
                "hints count only beside the encoder: without it at least one pattern must be "
                "certain",
            )

    def _require_distinct_phrases(self) -> None:
        seen: dict[str, str] = {}
        written = [("patterns", pattern.phrase) for pattern in self.patterns]
        written += [("exceptions", phrase) for phrase in self.exceptions]
        written += [("near", phrase) for phrase in self.near]
        for field, phrase in written:
            key = " ".join(phrase.split())
            if key in seen:
                raise _mistake(field, f"the phrase {phrase!r} stands here twice, or in {seen[key]}")
            seen[key] = field

    def max_points(self, kind: Kind) -> int:
        """Points it can earn: its weight, or 0 for a forbidden check."""
        return self.weight.of(kind) if self.weight else 0

    def applies_to(self, kind: Kind) -> bool:
        """Whether it is looked at for this kind of call."""
        return self.polarity == "forbidden" or self.max_points(kind) > 0


class Band(_Strict):
    """A range that costs nothing, and the most that leaving it costs."""

    low: float | None = None
    high: float | None = None
    per_point: float = Field(
        gt=0, description="how far outside the band costs one point, in the band's unit"
    )
    max_cost: int = Field(ge=0, le=10)
    unit: Text
    advice_low: str = ""
    advice_high: str = ""
    source: Text = Field(description="where the numbers come from")

    @model_validator(mode="after")
    def _is_a_range(self) -> Band:
        if self.low is None and self.high is None:
            raise _mistake("unit", "a band needs low, high or both")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise _mistake("low", f"low ({self.low:g}) must be below high ({self.high:g})")
        return self


class DeliveryBands(_Strict):
    """Bands of how it was said, by kind where they differ."""

    max_cost: int = Field(default=10, ge=0, le=10)
    brevity_voicemail: Band
    brevity_call: Band
    pace: Band
    fillers: Band
    pauses: Band
    early_introduction: Band
    pause_s: float = Field(gt=0, description="a silence of at least this many seconds is a pause")


class PackHead(_Strict):
    """``pack.yaml``: what the pack is."""

    pack: PackName
    version: Text
    title: Text
    extends: Literal["follow-up"] | None = Field(
        default=None, description="start from the built-in pack; files here add or replace checks"
    )
    rescale: bool = Field(
        default=False, description="scale the weights so that they sum to 100, keeping proportions"
    )
    drop: list[CheckId] = Field(default_factory=list, description="checks of the base to leave out")
    delivery: DeliveryBands | None = None


@dataclass(frozen=True)
class RulePack:
    """A loaded pack.

    Attributes:
        checks: in the order reports show them.
        weights: check id → points, by kind; each kind sums to 100.
    """

    name: str
    version: str
    title: str
    checks: tuple[Check, ...]
    delivery: DeliveryBands
    weights: dict[Kind, dict[str, int]]
    folder: Path

    @property
    def label(self) -> str:
        """Name and version, as reports carry it."""
        return f"{self.name} {self.version}"

    def check(self, check_id: str) -> Check:
        """Return one check.

        Raises:
            KeyError: the pack has none of this id.
        """
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)
