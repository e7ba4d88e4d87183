"""Loading packs: what a coach may change, and the mistakes a coach may make."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.checklist.loader import ORDER, _scaled_to_100, load_pack
from analyzer.errors import RulePackError
from analyzer.resources import resource

HEAD = """\
pack: our-centre
version: "1"
title: Our centre
extends: follow-up
rescale: true
"""
CHECK = """\
id: offers_references
title: Offers references
group: Next step
polarity: required
weight: {voicemail: 4, call: 4}
looked_for: an offer to send references
message:
  pass: You did.
  fail: You did not.
  unclear: Perhaps you did.
say_instead:
  - "I can send my references, {manager}."
why: It saves a step.
references:
  - Our own coaches
patterns:
  - phrase: send you my references
  - phrase: my references are ready
    strength: certain
exceptions:
  - have sent you my references
near:
  - references
cancelled_by: [negated]
examples:
  hit:
    - I can send you my references.
  miss:
    - Thank you.
"""

MakePack = Callable[..., Path]


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    def make(head: str = HEAD, **checks: str) -> Path:
        (tmp_path / "pack.yaml").write_text(head, encoding="utf-8")
        for name, text in checks.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def mistake(folder: Path) -> str:
    with pytest.raises(RulePackError) as caught:
        load_pack(folder)
    return caught.value.message


def test_builtin_pack_has_the_contract_s_weights() -> None:
    pack = load_pack()
    assert tuple(check.id for check in pack.checks) == ORDER
    assert pack.weights["voicemail"] == {
        "greeting_by_name": 6, "self_identification": 14, "job_title": 12, "interview_date": 10,
        "thanks_for_time": 8, "opportunity_gratitude": 3, "interest": 10, "company_appeal": 7,
        "discussion_recall": 4, "update_request": 6, "contact_info": 10, "availability": 3,
        "call_to_action": 7,
    }  # fmt: skip
    assert pack.weights["call"] == {
        "greeting_by_name": 6, "self_identification": 14, "job_title": 12, "interview_date": 10,
        "thanks_for_time": 12, "opportunity_gratitude": 4, "interest": 12, "company_appeal": 8,
        "discussion_recall": 6, "update_request": 8, "contact_info": 4, "availability": 2,
        "call_to_action": 2,
    }  # fmt: skip
    assert {c.id: c.penalty for c in pack.checks if c.polarity == "forbidden"} == {
        "pushiness": 20, "decision_demand": 15, "other_candidates": 15, "other_offers": 10,
        "wrong_contact": 10, "unprepared": 10,
    }  # fmt: skip


def test_builtin_pack_cancels_as_the_contract_says() -> None:
    for check in load_pack().checks:
        if check.polarity == "forbidden":
            cancels = {"negated", "hypothetical"} <= set(check.cancelled_by)
            assert cancels == (check.id != "other_candidates"), check.id


def test_builtin_delivery_costs_at_most_ten_and_names_its_sources() -> None:
    bands = load_pack().delivery
    assert bands.max_cost == 10
    assert (bands.pace.low, bands.pace.high) == (100, 175)
    assert (bands.brevity_voicemail.low, bands.brevity_voicemail.high) == (20, 60)
    assert bands.brevity_call.high == 180
    assert bands.early_introduction.high == 10
    for name in ("Read AI", "Orai", "Microsoft"):
        assert name in bands.pace.source


def test_nursing_example_adds_and_changes_a_check() -> None:
    base, nursing = load_pack(), load_pack(resource("rules/examples/nursing"))
    assert nursing.label == "nursing 1.0"
    assert nursing.check("job_title").message.fail != base.check("job_title").message.fail
    assert nursing.check("interest") == base.check("interest")
    added = [check.id for check in nursing.checks if check.id not in ORDER]
    assert added == ["licence"]
    places = [check.id for check in nursing.checks]
    assert places.index("licence") == places.index("interview_date") + 1
    assert all(sum(weights.values()) == 100 for weights in nursing.weights.values())


def test_changed_files_are_read_again(make_pack: MakePack) -> None:
    folder = make_pack(offers_references=CHECK)
    assert load_pack(folder).check("offers_references").title == "Offers references"
    make_pack(offers_references=CHECK.replace("Offers references", "Brings references along"))
    assert load_pack(folder).check("offers_references").title == "Brings references along"


def test_dropped_checks_leave_no_weight(make_pack: MakePack) -> None:
    pack = load_pack(make_pack(HEAD + "drop: [company_appeal, pushiness]\n"))
    assert "company_appeal" not in pack.weights["call"]
    assert sum(pack.weights["call"].values()) == 100
    with pytest.raises(KeyError):
        pack.check("pushiness")


def test_loading_a_pack_needs_no_spacy() -> None:
    code = (
        "import sys; from analyzer.checklist.loader import load_pack; load_pack(); "
        "sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PATTERNS = """\
  - phrase: send you my references
  - phrase: my references are ready
    strength: certain"""
CHECK_MISTAKES = {
    # what was changed: (from, to, line, what the message must say)
    "unknown field": ("why:", "wy:", 13, ["wy: this field is not known here", "mean why?"]),
    "unknown nested field": ("  fail:", "  fails:", 9, ["message, fails", "mean fail?", "unclear"]),
    "missing field": ("title: Offers references\n", "", 1, ["title: this field is missing"]),
    "missing message": ("  unclear: Perhaps you did.\n", "", 7, ["message, unclear: this field"]),
    "field twice": ("group:", "title: Again\ngroup:", 3, ["title: this field stands twice"]),
    "id": ("offers_references", "Offers References", 1, ["id: small letters", "'Offers Ref"]),
    "title": ("Offers references", "[a, b]", 2, ["title: this must be text"]),
    "group": ("Next step", "''", 3, ["group: this text is empty"]),
    "polarity": ("required", "needed", 4, ["polarity: this must be 'required' or 'forbidden'"]),
    "weight not a number": ("voicemail: 4", "voicemail: four", 5, ["weight, voicemail", "whole"]),
    "weight too high": ("voicemail: 4", "voicemail: 400", 5, ["at most 100", "found 400"]),
    "weight below zero": ("call: 4", "call: -4", 5, ["weight, call", "at least 0"]),
    "weight a half": ("call: 4", "call: 4.5", 5, ["weight, call", "whole number"]),
    "weight alone": ("{voicemail: 4, call: 4}", "4", 5, ["weight: this must be a group"]),
    "penalty of required": ("weight:", "penalty: 4\nweight:", 5, ["a required check has a weight"]),
    "penalty missing": ("required", "forbidden", 5, ["a forbidden check has a penalty and no"]),
    "say_instead": ('\n  - "I can send my references, {manager}."', " Hello.", 11, ["be a list"]),
    "say_instead field": ("{manager}", "{boss}", 12, ["number 1", "{boss} cannot be", "manager"]),
    "say_instead brace": ("{manager}", "{manager", 12, ["a brace"]),
    "references empty": ("\n  - Our own coaches", " []", 14, ["references: this list is empty"]),
    "encoder": ("why:", "encoder: true\nwhy:", 13, ["does not know offers_references", "interest"]),
    "encoder not a truth": ("why:", "encoder: maybe\nwhy:", 13, ["must be true or false", "maybe"]),
    "phrase kind": ("you my references", "<FAX>", 17, ["<FAX>", "is no kind of thing", "PHONE"]),
    "phrase nothing": ("send you my references", "... _", 17, ["names no word that must be"]),
    "phrase sign": ("my references are", "my (references) are", 18, ["'(references)' is not in"]),
    "phrase number": ("my references are", "my 21st references are", 18, ["twenty first"]),
    "phrase twice": ("my references are ready", "send you my references", 16, ["here twice"]),
    "pattern without phrase": ("phrase: send", "phrases: send", 17, ["phrase: this field is mis"]),
    "strength": ("strength: certain", "strength: sure", 19, ["number 2", "'certain' or 'hint'"]),
    "only hints": (
        PATTERNS,
        "  - phrase: send you my references\n    strength: hint",
        16, ["hints count only beside the encoder"],
    ),
    "no pattern": (
        "patterns:\n" + PATTERNS + "\n", "", 1, ["needs at least one pattern"],
    ),
    "exception": ("have sent you my references", "<WHAT>", 21, ["exceptions, number 1", "<WHAT>"]),
    "near": ("  - references\ncancelled", "  - '???'\ncancelled", 23, ["near, number 1"]),
    "cancelled_by": ("[negated]", "[denied]", 24, ["'negated', 'hypothetical'", "found 'denied'"]),
    "advice_if_declared": ("why:", "advice_if_declared: other_offer\nwhy:", 13, ["only a"]),
    "examples without miss": ("  miss:\n    - Thank you.\n", "", 25, ["examples, miss", "missing"]),
    "example both": ("- Thank you.", "- I can send you my references.", 25, ["under hit and"]),
    "text as number": ("title: Offers references", "title: 12", 2, ["must be text", "found 12"]),
    "brace unquoted": ('"I can send my references, {manager}."', "{name} hello", 12, ["in quotes"]),
    "a colon unquoted": ("why: It saves a step.", "why: Note: it saves", 13, ["not valid YAML"]),
    "a tab": ("  pass:", "\tpass:", 8, ["not valid YAML"]),
    "a key that is no word": ("why:", "12: x\nwhy:", 1, ["must be a word"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHECK_MISTAKES.values(), ids=CHECK_MISTAKES)
def test_mistake_in_a_check_is_told_with_file_and_line(
    make_pack: MakePack, case: tuple[str, str, int, list[str]]
) -> None:
    before, after, line, parts = case
    assert before in CHECK
    message = mistake(make_pack(offers_references=CHECK.replace(before, after, 1)))
    assert f"offers_references.yaml line {line}: " in message
    for part in parts:
        assert part in message
    for jargon in ("pydantic", "ValidationError", "type=", "Input should"):
        assert jargon not in message


HEAD_MISTAKES = {
    "pack": ("our-centre", "Our Centre", 1, ["pack: small letters"]),
    "version": ('"1"', "1", 2, ["version: this must be text", "quotes"]),
    "title": ("title: Our centre\n", "", 1, ["title: this field is missing"]),
    "extends": ("follow-up", "nursing", 4, ["extends: this must be 'follow-up'"]),
    "rescale": ("true", "sometimes", 5, ["rescale: this must be true or false"]),
    "drop": ("rescale", "drop: [intrest]\nrescale", 5, ["intrest is no check", "interest"]),
    "drop not a list": ("rescale", "drop: interest\nrescale", 5, ["drop: this must be a list"]),
    "drop without base": (
        "extends: follow-up", "drop: [interest]", 4, ["nothing to leave out"],
    ),
    "delivery missing": ("extends: follow-up\n", "", 1, ["delivery: this field is missing"]),
    "delivery": ("rescale", "delivery: {max_cost: 50}\nrescale", 5, ["max_cost", "at most 10"]),
    "weights": ("rescale: true", "rescale: false", 5, ["sum to 104, not 100", "references 4"]),
}  # fmt: skip


@pytest.mark.parametrize("case", HEAD_MISTAKES.values(), ids=HEAD_MISTAKES)
def test_mistake_in_the_head_is_told_with_file_and_line(
    make_pack: MakePack, case: tuple[str, str, int, list[str]]
) -> None:
    before, after, line, parts = case
    assert before in HEAD
    message = mistake(make_pack(HEAD.replace(before, after, 1), offers_references=CHECK))
    assert f"pack.yaml line {line}: " in message
    for part in parts:
        assert part in message


def test_band_with_low_above_high_is_told(make_pack: MakePack) -> None:
    text = (resource("rules/follow-up") / "pack.yaml").read_text(encoding="utf-8")
    broken = text.replace("low: 100", "low: 400")
    line = broken.splitlines().index("    low: 400") + 1
    message = mistake(make_pack(broken))
    assert f"pack.yaml line {line}: delivery, pace, low: low (400) must be below" in message


def test_misspelt_id_of_a_builtin_check_is_told(make_pack: MakePack) -> None:
    check = CHECK.replace("id: offers_references", "id: self_identificaton")
    message = mistake(make_pack(self_identificaton=check))
    assert "self_identificaton.yaml line 1: id: self_identificaton is all but the same" in message
    assert "write self_identification to change that check" in message


def test_id_unlike_the_file_s_name_is_told(make_pack: MakePack) -> None:
    message = mistake(make_pack(something_else=CHECK))
    assert "something_else.yaml line 1: id:" in message
    assert "offers_references.yaml" in message


def test_mistakes_of_several_files_are_told_together(make_pack: MakePack) -> None:
    other = CHECK.replace("offers_references", "thanks_the_team").replace("why:", "wy:")
    message = mistake(
        make_pack(offers_references=CHECK.replace("group", "groop"), thanks_the_team=other)
    )
    assert "offers_references.yaml line 3" in message
    assert "thanks_the_team.yaml line 13" in message


def test_missing_folder_and_missing_head_are_told(tmp_path: Path) -> None:
    assert "no such rule folder" in mistake(tmp_path / "nowhere")
    assert "pack.yaml: there is no such file" in mistake(tmp_path)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "\n\n"])
def test_head_that_is_no_group_of_fields_is_told(make_pack: MakePack, text: str) -> None:
    assert "pack.yaml line 1: this is not a YAML file of fields" in mistake(make_pack(text))


def test_head_that_is_not_utf8_or_nested_without_end_is_told(tmp_path: Path) -> None:
    head = tmp_path / "pack.yaml"
    head.write_bytes(b"pack: a\ntitle: caf\xe9\n")
    assert "pack.yaml line 2: the file cannot be read as UTF-8" in mistake(tmp_path)
    head.write_text("[" * 5000, encoding="utf-8")
    assert "pack.yaml: this is nested too deeply" in mistake(tmp_path)


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.integers(0, 100), min_size=1))
def test_rescaled_weights_are_whole_and_sum_to_100(raw: dict[str, int]) -> None:
    total = sum(raw.values())
    if total == 0:
        return
    scaled = _scaled_to_100(raw, total)
    assert sum(scaled.values()) == 100
    for key, value in raw.items():
        assert abs(scaled[key] - value * 100 / total) < 1
        assert value or not scaled[key]
