"""The sentences that scripts are built from (``rules/language/scripts.yaml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analyzer.checklist.yaml_source import load_model
from analyzer.errors import RulePackError
from analyzer.resources import resource

SCRIPTS = "rules/language/scripts.yaml"
Style = Literal["warm", "formal", "brief"]
STYLES: tuple[Style, ...] = ("warm", "formal", "brief")
FIELD = re.compile(r"\{(\w+)\}")
FIELDS = frozenset(
    {"manager", "name", "job_title", "company", "day", "date", "talking_point", "liked",
     "phone", "email", "availability"}
)  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartTemplate(_Strict):
    """One part of a script and its variants: by style, or by what is known."""

    id: str
    checks: list[str]
    turn: str
    variants: dict[str, list[str]]

    @model_validator(mode="after")
    def _known_fields(self) -> PartTemplate:
        for text in (text for texts in self.variants.values() for text in texts):
            unknown = set(FIELD.findall(text)) - FIELDS
            if unknown:
                raise ValueError(f"unknown field {{{sorted(unknown)[0]}}} in {text!r}")
        return self


class ScriptTemplates(_Strict):
    """The whole file."""

    words_per_minute: int = Field(gt=0)
    longest_voicemail_s: int = Field(gt=0)
    turns: list[str]
    parts: list[PartTemplate]


@lru_cache(maxsize=1)
def script_templates() -> ScriptTemplates:
    """Load the templates.

    Raises:
        RulePackError: the file has a mistake.
    """
    return load_model(resource(SCRIPTS), ScriptTemplates, error=RulePackError)
