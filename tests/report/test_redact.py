"""Redaction: nothing private left anywhere, everything else in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.checklist.assessment import (
    Assessment,
    CheckResult,
    Evidence,
    SourceInfo,
    TranscriptInfo,
    UtteranceInfo,
    WordInfo,
)
from analyzer.practice.profile import Candidate, Manager, Profile
from analyzer.report.formats import FORMATS, render
from analyzer.report.options import RenderOptions
from analyzer.report.redact import MASK, private_strings, redact


def of_text(text: str, evidence: dict[str, str] | None = None, **changes: Any) -> Assessment:
    words = [WordInfo(text=w, start_s=None, end_s=None, confidence=None) for w in text.split()]
    checks = []
    for check_id, quote in (evidence or {}).items():
        start = text.index(quote)
        item = Evidence(
            quote=quote, start_char=start, end_char=start + len(quote), start_s=None, end_s=None
        )
        checks.append(
            CheckResult(
                id=check_id,
                title=check_id,
                group="g",
                detected=True,
                verdict="pass",
                points=1,
                max_points=1,
                message="fine",
                say_instead=None,
                looked_for="x",
                nearest_miss=None,
                evidence=[item],
            )
        )
    utterance = UtteranceInfo(speaker="caller", start_s=None, end_s=None, words=words)
    values: dict[str, Any] = {
        "status": "scored", "provisional": False, "kind": "voicemail",
        "source": SourceInfo(name="a.txt", duration_s=None),
        "transcript": TranscriptInfo(text=text, model=None, utterances=[utterance]),
        "score": 1, "grade": "F", "checks": checks, "adjustments": [], "delivery": {},
        "plan": {}, "tips": [], "next_steps": [], "versions": {},
    }  # fmt: skip
    return Assessment(**{**values, **changes})


def redacted(text: str, **evidence: str) -> str:
    return redact(of_text(text, evidence)).transcript.text


def dots(text: str, *private: str) -> str:
    """The text with these words masked, as the specification reads."""
    for word in private:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", MASK * len(word), text)
    return text


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("hi this is bob calling again", ["bob"]),
        ("hello ms patel my name is ann lee", ["patel", "ann", "lee"]),
        ("Dear Dr. O'Brien, I hope you are well.", ["O'Brien"]),
        ("call five five five oh one four two", "five oh one four two".split()),
        ("it is four one five twenty three forty", "four one five twenty three forty".split()),
        ("call one eight hundred please", "one eight hundred".split()),
        ("my cell is 415.555.0100 thanks", ["415.555.0100"]),
        ("write to ann.lee@example.com today", ["ann.lee@example.com"]),
        (
            "my email is ann dot lee seven at mail dot example dot com thanks",
            "ann dot lee seven mail dot example com".split(),
        ),
        ("i live at twelve oak hill road", "twelve oak hill road".split()),
        ("that is spelled j o n", "j o n".split()),
        ("I spoke with Maria about Python.", ["Maria", "Python"]),
    ],
)
def test_redact_masks(text: str, private: list[str]) -> None:
    assert redacted(text) == dots(text, *private)


@pytest.mark.parametrize(
    "text",
    [
        "the interview was on march third twenty twenty five",
        "any time after three or four on Monday works",
        "i have two or three questions about one thing",
        "this is regarding the position we talked about",
        "I am calling about the job. Thank you for your time!",
        "you can reach me at the office at ten thirty",
    ],
)
def test_redact_leaves_everyday_words(text: str) -> None:
    assert redacted(text) == text


def test_redact_masks_names_within_evidence_and_then_everywhere() -> None:
    text = "good afternoon wildan it's zofia again thank you wildan zofia's number is on file"
    shown = redacted(
        text, greeting_by_name="good afternoon wildan", self_identification="it's zofia"
    )
    assert shown == dots(text, "wildan", "zofia's", "zofia")


def test_redact_numbers_of_a_telephone_do_not_mask_other_numbers() -> None:
    text = "we met two weeks ago call me at two two five one"
    shown = redacted(text, contact_info="me at two two five one")
    assert shown.startswith("we met two weeks ago call me at •••")


def test_redact_masks_turn_labels_that_are_names() -> None:
    text = "Priya Shah: Hello?\nMe: Hi, I am calling about the job."
    assert redacted(text) == dots(text, "Priya", "Shah")


def test_redact_takes_extra_strings_and_spans() -> None:
    text = "greetings from blue harbor and the quay team"
    shown = redact(of_text(text), extra=["Blue Harbor"], spans=[(35, 39)]).transcript.text
    assert shown == dots(text, "blue", "harbor", "quay")


def test_redact_masks_the_names_as_a_stranger_would_write_them() -> None:
    profile = Profile(
        candidate=Candidate(name="Siobhan Nguyen", sounds_like=["shivon win"]),
        manager=Manager(name="Johnson", sounds_like=["jon son"]),
    )
    text = "greetings jon son here is shivon with good news"
    shown = redact(of_text(text), extra=private_strings(profile)).transcript.text
    assert shown == dots(text, "jon", "son", "shivon")
    assert private_strings(None) == ()


def test_redact_masks_the_file_name_and_keeps_its_ending(typed: Assessment) -> None:
    assert redact(typed).source.name == "••••.txt"


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def test_redact_reaches_every_field(typed: Assessment) -> None:
    data = typed.to_dict()
    secret = "Ask Ann Lee or Dana Smith at ann.lee@example.com, 415-555-0142"
    data["reason"] = secret
    data["warnings"] = [secret]
    data["next_steps"] = [{"check": "x", "gain": 1, "advice": secret, "say": secret}]
    data["tips"] = [{"id": "x", "done": False, "advice": secret}]
    data["delivery"] = {"pace": {"advice": secret, "list": [secret]}}
    data["plan"] = {"repeat_call": {"advice": secret}}
    data["adjustments"] = [{"id": "x", "points": 0, "reason": secret}]
    data["checks"][2] |= {"message": secret, "say_instead": secret, "nearest_miss": secret}
    masked = redact(Assessment.model_validate(data)).to_dict()
    for text in strings(masked):
        assert not re.search(r"\b(ann|lee|dana|smith|0142|example)\b", text, re.IGNORECASE)


def test_redact_shows_in_every_format(typed: Assessment) -> None:
    options = RenderOptions(redact=True, private=("Ann Lee",))
    for name in FORMATS:
        text = render(name, typed, options=options)
        assert not re.search(r"\bAnn\b|\bDana\b|0142|example\.com", text)


def test_redact_changes_nothing_given(typed: Assessment) -> None:
    before = typed.to_json()
    redact(typed)
    assert typed.to_json() == before


NAMES = ["zofia", "Wildan", "o'brien", "nguyễn", "Smith-Jones", "María"]
WORDS = [
    *NAMES, "hello", "this", "is", "my", "name", "five", "oh", "dot", "at", "com", "gmail",
    "thank", "you", "555-0142", "a.b@c.de", "twenty", "street", "Me:", "ms", ",", "the", "job.",
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


@given(texts, st.data())
@settings(max_examples=150, deadline=None)
def test_redact_properties(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    known = data.draw(st.sampled_from(NAMES))
    assessment = of_text(text, {"self_identification": quote}, reason=f"Say {known}, {known}.")
    at = assessment.checks[0].evidence[0]
    masked = redact(assessment, extra=[known])
    shown = masked.transcript.text
    assert len(shown) == len(text)
    assert all(b in (a, MASK) for a, b in zip(text, shown, strict=True))
    assert masked.checks[0].evidence[0].quote == shown[at.start_char : at.end_char]
    assert [w.text for w in masked.transcript.utterances[0].words] == shown.split()
    whole = json.dumps([shown, masked.reason], ensure_ascii=False)
    assert not re.search(rf"(?<!\w){re.escape(known)}(?!\w)", whole, re.IGNORECASE)
    assert "555-0142" not in shown
    assert "a.b@c.de" not in shown


def test_redact_masks_facts_of_people_and_company(strong: Assessment) -> None:
    masked = redact(strong)
    assert [fact.expected for fact in masked.facts] == ["••• ••••", MASK * 9]
    assert masked.facts[1].message == f"{MASK * 9} was not heard."
