"""The profile: what the candidate means to say, one file an application (``me.yaml``).

Every part may be left out; what is there is checked. Nothing is inferred from file times.
``samples/profile.yaml`` is a complete example; ``docs/schema/profile.schema.json`` is
generated from these models: ``python -m analyzer.practice.profile FILE`` writes it anew.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from analyzer.checklist.yaml_source import load_model
from analyzer.errors import ProfileError

SCHEMA = "callcheck/profile@1"
_NEXT_STEP = "`callcheck profile new` asks for each field; every field may be left out."
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?", re.I)
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15


def _text(value: Any) -> Any:
    """No text where there are only blanks."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return value


def _one_or_many(value: Any) -> Any:
    """A list of texts, from one text, a list or nothing."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


def _days(value: Any) -> Any:
    """A list of days, from one day, a list or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _group(value: Any) -> Any:
    """An empty group of fields where its heading stands alone."""
    return {} if value is None else value


def _zone(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str):
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(
                "this time zone is not known; write it like America/New_York or Europe/London"
            ) from error
    return text


def _email(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str) and not _EMAIL.fullmatch(text):
        raise ValueError("this is not an e-mail address; write it like name@example.com")
    return text


def _phone(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str):
        main = re.split(r"x|ext", text, maxsplit=1, flags=re.I)[0]
        count = sum(character.isdigit() for character in main)
        if not _PHONE.fullmatch(text) or not _FEWEST_DIGITS <= count <= _MOST_DIGITS:
            raise ValueError(
                f"this is not a telephone number; write its {_FEWEST_DIGITS} to {_MOST_DIGITS} "
                'digits in quotes, like "212-555-0134" or "+44 1632 960123"'
            )
    return text


def _day(value: Any) -> Any:
    """A calendar day from a YAML date, a YAML time stamp or text in ISO form."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip())
    except (AttributeError, ValueError) as error:
        raise ValueError("this is not a date; write it like 2026-03-03") from error


def _moment(value: Any) -> Any:
    """A day with its time; the time may carry an offset."""
    if value is None or isinstance(value, dt.datetime):
        return value
    try:
        text = value.strip().replace("Z", "+00:00")
        if len(text) > len("2026-03-17"):
            return dt.datetime.fromisoformat(text)
    except (AttributeError, ValueError):
        pass
    raise ValueError("this is not a day with its time; write it like 2026-03-17 10:30")


def _moment_or_day(value: Any) -> Any:
    """A day, with its time where it is known (else its first minute)."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    try:
        return _moment(value)
    except ValueError:
        return dt.datetime.combine(_day(value), dt.time())


def _one_list_or_none(item: dict[str, Any]) -> WithJsonSchema:
    """The schema of what is made a list: one item, a list of them, or nothing."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]})


def _written(pattern: str) -> WithJsonSchema:
    """The schema of a time as people write it, which JSON Schema's own form is too strict for."""
    return WithJsonSchema({"anyOf": [{"type": "string", "pattern": pattern}, {"type": "null"}]})


Text = Annotated[str | None, BeforeValidator(_text)]
Texts = Annotated[
    list[Annotated[str, Field(min_length=1)]],
    BeforeValidator(_one_or_many),
    _one_list_or_none({"type": "string"}),
]
Zone = Annotated[str | None, BeforeValidator(_zone)]
Email = Annotated[str | None, BeforeValidator(_email)]
Phone = Annotated[str | None, BeforeValidator(_phone)]
Day = Annotated[dt.date | None, BeforeValidator(_day)]
PastDays = Annotated[
    list[Annotated[dt.date, BeforeValidator(_day)]],
    BeforeValidator(_days),
    _one_list_or_none({"type": "string", "format": "date"}),
]
Moment = Annotated[
    dt.datetime | None,
    BeforeValidator(_moment),
    _written(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"),
]
MomentOrDay = Annotated[
    dt.datetime | None, BeforeValidator(_moment_or_day), _written(r"^\d{4}-\d{2}-\d{2}")
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Candidate(_Strict):
    """The person who calls."""

    name: Text = Field(default=None, description="full name, as said on the telephone")
    sounds_like: Texts = Field(
        default_factory=list, description="how a stranger might write the name down by ear"
    )
    phone: Phone = Field(default=None, description="number to call back, in quotes")
    email: Email = Field(default=None, description="e-mail address")
    time_zone: Zone = Field(default=None, description="IANA name, such as Europe/London")


class Manager(_Strict):
    """The person who is called."""

    name: Text = Field(default=None, description="name, with or without a title")
    sounds_like: Texts = Field(
        default_factory=list, description="how a stranger might write the name down by ear"
    )
    time_zone: Zone = Field(default=None, description="IANA name, such as America/Chicago")


class Interview(_Strict):
    """The interview that the call follows up."""

    date: Day = Field(default=None, description="day of the interview")
    promised_by: Day = Field(default=None, description="day by which an answer was promised")

    @model_validator(mode="after")
    def _in_order(self) -> Interview:
        if self.date and self.promised_by and self.promised_by < self.date:
            raise ValueError("promised_by lies before the interview's date")
        return self


class Call(_Strict):
    """The follow-up call itself."""

    planned_at: Moment = Field(
        default=None,
        description="day and time of the planned call; the candidate's time zone where the "
        "value has no offset of its own",
    )
    earlier: PastDays = Field(default_factory=list, description="days of earlier follow-up calls")


class Profile(_Strict):
    """What the candidate means to say; every part optional."""

    candidate: Annotated[Candidate, BeforeValidator(_group)] = Field(default_factory=Candidate)
    manager: Annotated[Manager, BeforeValidator(_group)] = Field(default_factory=Manager)
    company: Text = Field(default=None, description="the company, as people say it")
    job_title: Text = Field(default=None, description="the job interviewed for")
    interview: Annotated[Interview, BeforeValidator(_group)] = Field(default_factory=Interview)
    call: Annotated[Call, BeforeValidator(_group)] = Field(default_factory=Call)
    thank_you_email_sent_at: MomentOrDay = Field(
        default=None, description="when the thank-you e-mail was sent"
    )
    availability: Text = Field(default=None, description='such as "any weekday after three"')
    talking_points: Texts = Field(
        default_factory=list, description="things talked about in the interview"
    )
    liked: Texts = Field(default_factory=list, description="what appeals about the job or company")
    other_offer: bool = Field(default=False, description="whether there is a real other offer")


def load_profile(path: str | Path) -> Profile:
    """Read a profile from a YAML file.

    Raises:
        ProfileError: the file is missing, is not YAML, or has a wrong field; the message
            names file, line and field.
    """
    return load_model(Path(path), Profile, error=ProfileError, next_step=_NEXT_STEP)


def profile_schema() -> dict[str, Any]:
    """JSON Schema of a profile."""
    return {"$schema": _DRAFT, "$id": SCHEMA, **Profile.model_json_schema(mode="validation")}


def schema_file() -> str:
    """The text of the published schema."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_file(), encoding="utf-8")
