"""Trying, explaining and starting packs, and the published schemas."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from analyzer.checklist import pack_tools
from analyzer.checklist.loader import load_pack
from analyzer.checklist.pack_tools import Example, ExampleResult
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.checklist.verdicts import Detection
from analyzer.errors import RulePackError
from analyzer.resources import resource

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def result(kind: pack_tools.ExampleKind, detection: Detection) -> ExampleResult:
    return ExampleResult(Example("interest", kind, "I want it."), detection, 0.5, "want it")


@pytest.mark.parametrize(
    ("kind", "detection", "ok", "now_passes"),
    [
        ("hit", Detection.PRESENT, True, False),
        ("hit", Detection.DOUBTFUL, False, False),
        ("hit", Detection.ABSENT, False, False),
        ("miss", Detection.PRESENT, False, False),
        ("miss", Detection.DOUBTFUL, True, False),
        ("miss", Detection.ABSENT, True, False),
        ("known_miss", Detection.PRESENT, True, True),
        ("known_miss", Detection.ABSENT, True, False),
        ("known_alarm", Detection.PRESENT, True, False),
        ("known_alarm", Detection.ABSENT, True, True),
    ],
)
def test_example_result(
    kind: pack_tools.ExampleKind, detection: Detection, ok: bool, now_passes: bool
) -> None:
    tried = result(kind, detection)
    assert (tried.ok, tried.now_passes) == (ok, now_passes)
    assert bool(tried.message) == (now_passes or not ok)


def test_messages_name_file_text_and_what_to_do() -> None:
    assert result("hit", Detection.ABSENT).message == (
        'interest.yaml, examples, hit: is not detected, and should be. "I want it." '
        '(sureness 0.50; heard "want it")'
    )
    assert "move it to hit" in result("known_miss", Detection.PRESENT).message
    assert "move it to miss" in result("known_alarm", Detection.ABSENT).message


def test_phrase_rules_keep_order_and_roles() -> None:
    rules = phrase_rules(load_pack(resource("rules/examples/nursing")))
    licence = [(rule.role, rule.phrase) for rule in rules if rule.check_id == "licence"]
    roles = [role for role, _ in licence]
    assert roles == sorted(roles, key=["certain", "exception", "near"].index)
    assert ("near", "licence|license|licensed") in licence
    assert {rule.role for rule in rules} == {"certain", "hint", "exception", "near"}


def test_explain_tells_all_of_a_check() -> None:
    check = load_pack().check("other_offers")
    told = pack_tools.explain(check)
    texts = [
        check.title, check.looked_for, check.why, *check.say_instead, *check.references,
        *(pattern.phrase for pattern in check.patterns), *check.exceptions, *check.examples.hit,
        *check.examples.known_alarm, "costs 10 points", "other person",
    ]  # fmt: skip
    for text in texts:
        assert text in told
    assert "6 points in a voicemail" in pack_tools.explain(load_pack().check("greeting_by_name"))


def test_new_pack_loads_and_passes_its_own_examples(tmp_path: Path) -> None:
    written = pack_tools.new_pack(tmp_path / "mine", "career-centre")
    assert [path.name for path in written] == ["pack.yaml", "offers_references.yaml"]
    pack = load_pack(tmp_path / "mine")
    assert pack.name == "career-centre"
    own = list(pack_tools.examples_of(pack.check("offers_references")))
    results = pack_tools.try_examples(pack, own)
    assert len(results) == 4
    assert [r.message for r in results if not r.ok] == []


@pytest.mark.parametrize("name", ["", "Our Centre", "1st", "a/b", "x" * 61])
def test_new_pack_refuses_a_bad_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(RulePackError, match="no name for a pack"):
        pack_tools.new_pack(tmp_path / "mine", name)
    assert not (tmp_path / "mine").exists()


def test_new_pack_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(RulePackError, match="there already"):
            pack_tools.new_pack(folder, "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_published_schemas_are_current() -> None:
    # python -m analyzer.checklist.pack_tools docs/schema
    for name, text in pack_tools.schema_files().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, name


@pytest.mark.parametrize("name", ["follow-up", "examples/nursing"])
def test_shipped_packs_follow_the_published_schemas(name: str) -> None:
    schemas = {"pack": pack_tools.pack_schema(), "check": pack_tools.check_schema()}
    for path in sorted(resource(f"rules/{name}").glob("*.yaml")):
        schema = schemas["pack" if path.name == "pack.yaml" else "check"]
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))
