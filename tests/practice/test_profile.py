from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from analyzer.errors import ProfileError
from analyzer.practice.profile import Profile, load_profile, profile_schema, schema_file
from analyzer.resources import sample_profile

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = DOCS / "schema" / "profile.schema.json"


def _write(folder: Path, text: str) -> Path:
    path = folder / "me.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_profile_sample_is_complete_and_valid() -> None:
    profile = load_profile(sample_profile())
    given = profile.model_dump(exclude_unset=True)
    assert set(given) == set(Profile.model_fields)
    for group in ("candidate", "manager", "interview", "call"):
        assert set(given[group]) == set(type(getattr(profile, group)).model_fields)
    assert profile.interview.date == date(2026, 3, 3)
    assert profile.call.planned_at == datetime(2026, 3, 17, 10, 30)
    assert profile.manager.sounds_like == ["jon son"]


@pytest.mark.parametrize(
    "text", ["company: Acme\n", "candidate:\ncall:\n  earlier:\ntalking_points:\ncompany: ' '\n"]
)
def test_profile_parts_may_be_left_out(tmp_path: Path, text: str) -> None:
    profile = load_profile(_write(tmp_path, text))
    assert profile.candidate.name is None
    assert profile.manager.sounds_like == []
    assert profile.call.earlier == []
    assert profile.talking_points == []
    assert profile.other_offer is False
    assert profile.company in ("Acme", None)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("candidate:\n  phone: 5550143\n", 2, "put it in quotes"),
        ("candidate:\n  phone: '12'\n", 2, "not a telephone number"),
        ("candidate:\n  phone: call me\n", 2, "not a telephone number"),
        ("candidate:\n  email: emily at example\n", 2, "not an e-mail address"),
        ("candidate:\n  emial: a@example.com\n", 2, "allowed here: email, name, phone"),
        ("candidate:\n  time_zone: Mars/Base\n", 2, "America/New_York"),
        ("candidate:\n  time_zone: ../etc/passwd\n", 2, "America/New_York"),
        ("manager: Bob\n", 1, "group of fields"),
        ("interview:\n  date: next week\n", 2, "write it like 2026-03-03"),
        ("interview:\n  date: 20260303\n", 2, "write it like 2026-03-03"),
        ("interview:\n  date: 2026-03-05\n  promised_by: 2026-03-01\n", 1, "before the interview"),
        ("call:\n  planned_at: 2026-03-05\n", 2, "day with its time"),
        ("call:\n  earlier:\n    - 2026-03-01\n    - soon\n", 4, "write it like"),
        ("thank_you_email_sent_at: yes please\n", 1, "not a date"),
        ("company: A\ntalking_points:\n  - 5\n", 3, "must be text"),
        ("other_offer: perhaps\n", 1, "true or false"),
        ("name: Emily\n", 1, "not known here"),
    ],
)
def test_profile_mistake_names_file_line_and_field(
    tmp_path: Path, text: str, line: int, part: str
) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(_write(tmp_path, text))
    assert f"me.yaml line {line}:" in caught.value.message
    assert part in caught.value.message
    assert "callcheck profile new" in caught.value.next_step


def test_profile_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nobody\.yaml"):
        load_profile(tmp_path / "nobody.yaml")


@pytest.mark.parametrize(
    "phone", ["555-0143", "(212) 555-0134", "+44 1632 960123", "212.555.0134 ext. 12", "5550143x9"]
)
def test_profile_takes_usual_ways_of_writing_a_number(phone: str) -> None:
    assert Profile.model_validate({"candidate": {"phone": phone}}).candidate.phone == phone


@pytest.mark.parametrize(
    "moment", ["2026-03-17 10:30", "2026-03-17T10:30:00", "2026-03-17T10:30:00Z"]
)
def test_profile_takes_iso_moments(moment: str) -> None:
    call = Profile.model_validate({"call": {"planned_at": moment}}).call
    assert call.planned_at is not None
    assert call.planned_at.replace(tzinfo=None) == datetime(2026, 3, 17, 10, 30)


def test_profile_takes_days_as_text_and_as_time_stamps() -> None:
    profile = Profile.model_validate(
        {
            "interview": {"date": "2026-03-03"},
            "call": {"earlier": datetime(2026, 3, 10, 9, 0)},
            "thank_you_email_sent_at": date(2026, 3, 4),
        }
    )
    assert profile.interview.date == date(2026, 3, 3)
    assert profile.call.earlier == [date(2026, 3, 10)]
    assert profile.thank_you_email_sent_at == datetime(2026, 3, 4)


def test_published_profile_schema_is_current() -> None:
    # python -m analyzer.practice.profile docs/schema/profile.schema.json
    assert SCHEMA.read_text(encoding="utf-8") == schema_file()


def test_profile_schema_accepts_the_sample() -> None:
    data = yaml.load(sample_profile().read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    data["other_offer"] = False
    schema = profile_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"nickname": "x"}, schema)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("manager: {sounds_like: jon son}", True),
        ("manager: {sounds_like: [jon son, john sun]}", True),
        ("talking_points:", True),
        ("call: {earlier: '2026-03-10'}", True),
        ("call: {planned_at: '2026-03-17 10:30'}", True),
        ("thank_you_email_sent_at: '2026-03-04'", True),
        ("call: {planned_at: '2026-03-17'}", False),
        ("talking_points: {first: the schedule}", False),
    ],
)
def test_profile_schema_allows_what_the_profile_takes(text: str, known: bool) -> None:
    data = yaml.safe_load(text)
    if known:
        Profile.model_validate(data)
    else:
        with pytest.raises(ValueError, match="validation error"):
            Profile.model_validate(data)
    valid = jsonschema.Draft202012Validator(profile_schema()).is_valid(data)
    assert valid is known


def test_every_field_of_a_profile_is_in_the_table_of_the_contract() -> None:
    table = (DOCS / "contracts.md").read_text(encoding="utf-8").partition("\n## Profile\n")[2]
    schema = profile_schema()
    for name, field in schema["properties"].items():
        group = schema["$defs"].get(field.get("$ref", "").rpartition("/")[2])
        for inner in group["properties"] if group else [""]:
            assert f"| `{name}{'.' * bool(inner)}{inner}` |" in table.partition("\n## ")[0]
