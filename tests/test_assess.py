"""The public interface and the JSON contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from analyzer import assess_recording, assess_text
from analyzer.assess import assess_transcript, assess_waveform
from analyzer.audio.waveform import Waveform
from analyzer.checklist.assessment import Assessment
from analyzer.checklist.loader import load_pack
from analyzer.checklist.rules import ENCODED
from analyzer.errors import ProfileError, RecordingError, RulePackError, UsageError
from analyzer.practice.profile import Profile
from analyzer.speech.transcript import Transcript, Word, from_words
from analyzer.speech.typed import NO_WORDS, NOT_YOURS

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs/schema/assessment.schema.json").read_text(encoding="utf-8"))

# Written for this test: two voicemails and two calls with the manager on the line.
SCRIPTS = {
    "voicemail": (
        "voicemail",
        "Hello Ms. Okafor, this is Daniel Reyes. I interviewed with you for the warehouse "
        "supervisor position last Thursday. Thank you so much for taking the time to meet with "
        "me. I really enjoyed meeting your team, and I am still very interested in the job. I am "
        "calling to ask if there is any update on the next steps. You can reach me at "
        "555-201-0134 any time after three. I look forward to hearing from you. Goodbye.",
    ),
    "voicemail of more words": (
        "voicemail",
        "Good morning Mr. Lindqvist. My name is Priya Raman, and we met on March third, when I "
        "interviewed for the dental assistant position. I want to thank you for your time and for "
        "the opportunity to learn more about the practice. I was very impressed by how calmly "
        "your staff talk to nervous patients, and our conversation about the new children's room "
        "has stayed with me. I'd love to work with you. When you have a moment, could you please "
        "let me know if you have an update on your timeline? My number is 555-218-0167, and you "
        "can call me any weekday afternoon. Thank you, and have a good day.",
    ),
    "call": (
        "call",
        "Manager: Hello, Tom Becker speaking.\n"
        "Me: Hello Mr. Becker, this is Alice Moreau. I interviewed with you on Monday for the "
        "line cook position. Do you have a minute?\n"
        "Manager: Sure, hello Alice.\n"
        "Me: Thank you for taking the time to meet with me, and for the opportunity to see your "
        "kitchen. I really enjoyed our talk about the new autumn menu, and I am very interested "
        "in the job.\n"
        "Manager: That is nice to hear.\n"
        "Me: I was wondering if you have an update on the hiring timeline. Is there anything else "
        "you need from me?\n"
        "Manager: We will decide next week.\n"
        "Me: That's great. My number is 555-230-0188, and you can reach me any time after two. I "
        "look forward to hearing from you. Thank you and goodbye.",
    ),
    "call with labels of names": (
        "call",
        "Grace Lim: Grace Lim.\n"
        "Omar Haddad: Good afternoon Ms. Lim, my name is Omar Haddad. I interviewed with you last "
        "Wednesday for the primary school teacher position.\n"
        "Grace Lim: Oh yes, hello.\n"
        "Omar Haddad: I wanted to thank you again for meeting with me and for the chance to learn "
        "about your school. I loved seeing how the older pupils read with the younger ones, and I "
        "have been thinking about what you told me about the science garden. I'm still very "
        "interested in the position and wanted to ask when you expect to decide.\n"
        "Grace Lim: By Friday.\n"
        "Omar Haddad: Thank you. You can reach me at 555-244-0156 in the mornings. Please let me "
        "know if you need anything else.",
    ),
}
PUSHY = "This is unacceptable. I need an answer today. Did I get the job?"
OFFER = "This is Ann Lee. I have another job offer from a different company."
TURNS = f"Manager: {PUSHY}\nMe: Hello Ms. Patel, this is Ann Lee."


def validate(assessment: Assessment) -> dict[str, Any]:
    data = assessment.to_dict()
    Draft202012Validator(SCHEMA).validate(data)
    assert json.loads(assessment.to_json()) == data
    return data


def assert_adds_up(assessment: Assessment) -> None:
    points = sum(check.points for check in assessment.checks)
    adjustments = sum(row.points for row in assessment.adjustments)
    assert assessment.score == points + adjustments
    assert 0 <= assessment.score <= 100
    least = {"A": 90, "B": 80, "C": 70, "D": 60, "F": 0}[str(assessment.grade)]
    most = {"A": 100, "B": 89, "C": 79, "D": 69, "F": 59}[str(assessment.grade)]
    assert least <= assessment.score <= most


def assert_quotes_the_transcript(assessment: Assessment) -> None:
    text = assessment.transcript.text
    for check in assessment.checks:
        for evidence in check.evidence:
            assert evidence.quote == text[evidence.start_char : evidence.end_char]
            assert evidence.quote.strip()
        if check.nearest_miss is not None:
            assert check.nearest_miss in text


# The JSON contract


def test_every_key_of_the_contract_is_there() -> None:
    data = validate(assess_text(SCRIPTS["voicemail"][1]))
    assert set(data) == {
        "schema", "status", "provisional", "kind", "reason", "warnings", "source", "transcript",
        "score", "grade", "checks", "adjustments", "delivery", "plan", "tips", "next_steps",
        "facts", "versions",
    }  # fmt: skip
    assert data["schema"] == "callcheck/assessment@1"
    assert data["source"] == {"name": "text", "duration_s": None}
    assert set(data["transcript"]) == {"text", "model", "utterances"}
    (utterance,) = data["transcript"]["utterances"]
    assert set(utterance) == {"speaker", "start_s", "end_s", "words"}
    assert utterance["words"][0] == {
        "text": "Hello", "start_s": None, "end_s": None, "confidence": None,
    }  # fmt: skip
    for check in data["checks"]:
        assert set(check) == {
            "id", "title", "group", "detected", "verdict", "points", "max_points", "message",
            "say_instead", "looked_for", "nearest_miss", "evidence",
        }  # fmt: skip
        for evidence in check["evidence"]:
            assert set(evidence) == {"quote", "start_char", "end_char", "start_s", "end_s"}
    assert {"callcheck", "rules", "language"} <= set(data["versions"])


def test_published_schema_is_a_schema_and_refuses_what_is_not_in_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    data = assess_text("Hello.").to_dict()
    for broken in ({**data, "more": 1}, {**data, "status": "fine"}, {**data, "schema": "other"}):
        assert not Draft202012Validator(SCHEMA).is_valid(broken)


@pytest.mark.parametrize("kind", ["voicemail", "call"])
def test_checks_are_the_contract_s_in_its_order_and_sum_to_100(kind: Any) -> None:
    result = assess_text("Hello.", kind=kind)
    assert tuple(check.id for check in result.checks) == ENCODED
    assert sum(check.max_points for check in result.checks) == 100
    assert result.kind == kind
    assert result.check("contact_info").max_points == {"voicemail": 10, "call": 4}[kind]
    with pytest.raises(KeyError):
        result.check("no_such_check")


def test_the_same_text_gives_the_same_json() -> None:
    text = SCRIPTS["voicemail"][1] + " " + PUSHY
    assert assess_text(text).to_json() == assess_text(text).to_json()


# What scores


@pytest.mark.parametrize("name", SCRIPTS)
def test_good_scripts_score_80_or_more(name: str) -> None:
    kind, text = SCRIPTS[name]
    result = assess_text(text, kind=kind)  # type: ignore[arg-type]
    validate(result)
    assert_adds_up(result)
    assert_quotes_the_transcript(result)
    missed = [check.id for check in result.checks if check.verdict in ("fail", "unclear")]
    assert result.score is not None
    assert result.score >= 80, missed
    assert not [c.id for c in result.checks if c.max_points == 0 and c.verdict == "fail"]


PIECES = st.sampled_from(
    [
        "Hello Ms. Patel.", "This is Ann Lee.", "my name is ann lee", PUSHY, OFFER,
        "Thank you for your time.", "I am still interested in the baker job.",
        "call me at 555-0143 any time", "um uh um i don't know what to say", "No pressure at all.",
        "How many other candidates are there?", "\n\n", "Manager: What is it?\nMe: ", "...", "😀",
        "سلام", "on March 3", "I interviewed last Tuesday.", "— ", "a@b.com",
    ]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=10).map(" ".join), st.sampled_from(["voicemail", "call"]))
def test_any_text_gives_rows_that_add_up(text: str, kind: Any) -> None:
    result = assess_text(text, kind=kind)
    validate(result)
    assert_quotes_the_transcript(result)
    if result.status == "scored":
        assert_adds_up(result)
    else:
        assert_unjudged(result)


def test_no_name_caps_the_score_with_a_row_of_its_own() -> None:
    text = SCRIPTS["voicemail"][1].replace("this is Daniel Reyes. ", "")
    result = assess_text(text)
    assert result.check("self_identification").verdict == "fail"
    assert result.score is not None
    assert result.score <= 60
    assert_adds_up(result)


def test_every_failed_check_says_what_was_looked_for_and_what_to_say() -> None:
    for check in assess_text("Hello there. Call me.").checks:
        assert check.looked_for
        assert check.message
        if check.verdict == "fail":
            assert check.say_instead
            assert "{" not in check.say_instead


def test_the_worst_call_of_all_is_told_what_to_change() -> None:
    result = assess_text(f"{PUSHY} {OFFER} How many other candidates are you interviewing?")
    assert result.next_steps
    assert len(result.next_steps) <= 3
    gains = [step.gain for step in result.next_steps]
    assert gains == sorted(gains, reverse=True)


# Whose words count


def test_only_the_caller_s_turns_count() -> None:
    result = assess_text(TURNS, kind="call")
    validate(result)
    assert result.check("pushiness").detected is False
    assert result.check("decision_demand").detected is False
    assert result.check("self_identification").detected is True
    assert [u.speaker for u in result.transcript.utterances] == ["manager", "caller"]
    assert_quotes_the_transcript(result)


def assert_unjudged(result: Assessment) -> None:
    validate(result)
    assert result.status != "scored"
    assert result.score is None
    assert result.grade is None
    assert result.reason
    assert {check.verdict for check in result.checks} == {"unclear"}
    assert {check.detected for check in result.checks} == {None}
    assert not any(check.evidence or check.points for check in result.checks)
    for empty in (result.adjustments, result.next_steps, result.delivery, result.facts):
        assert not empty


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NO_WORDS),
        (" \n\n\t", NO_WORDS),
        ("... — !?", NO_WORDS),
        ("😀 👋🏽", NO_WORDS),
        ("Manager: Hello?\nManager: Who is it?", NOT_YOURS),
        ("Manager: Hello?\nMe: ...", NOT_YOURS),
    ],
)
def test_without_words_of_the_caller_there_is_no_score(text: str, reason: str) -> None:
    result = assess_text(text, profile=Profile.model_validate({"candidate": {"name": "Ann Lee"}}))
    assert_unjudged(result)
    assert result.status == "no_speech"
    assert result.reason == reason


@pytest.mark.parametrize("text", ["سلام عليكم انا احمد", "面試 の 件 で ok"])
def test_words_of_other_scripts_are_not_understood(text: str) -> None:
    result = assess_text(text)
    assert_unjudged(result)
    assert result.status == "not_understood"


def test_a_few_words_of_other_scripts_do_no_harm() -> None:
    assert assess_text("Hello, this is Łukasz Żółć and Зоя speaking.").status == "scored"


# The profile


def test_a_declared_offer_turns_the_penalty_into_advice() -> None:
    plain = assess_text(OFFER)
    declared = assess_text(OFFER, profile=Profile.model_validate({"other_offer": True}))
    assert plain.check("other_offers").verdict == "fail"
    assert [row.points for row in plain.adjustments if row.id == "other_offers"] == [-10]
    assert not [row for row in declared.adjustments if row.id == "other_offers"]
    assert "without pressure" in declared.check("other_offers").message
    assert declared.check("other_offers").detected is True
    assert_adds_up(declared)


def test_the_profile_s_name_tells_whose_turns_are_the_caller_s() -> None:
    text = f"Ann: Hi, Ann here.\nJo Webb: {PUSHY} I say far more than the other one does here."
    profile = Profile.model_validate({"candidate": {"name": "Ann Lee"}})
    assert assess_text(text, profile=profile).check("pushiness").detected is False


def test_a_profile_fills_the_advice_and_holds_facts_against_it(tmp_path: Path) -> None:
    path = tmp_path / "me.yaml"
    path.write_text("candidate: {name: Ann Lee, phone: 555-201-0143}\n", encoding="utf-8")
    result = assess_text("Hello. My number is 555-201-0134.", profile=path)
    assert "Ann Lee" in str(result.check("self_identification").say_instead)
    (phone,) = [fact for fact in result.facts if fact.id == "phone"]
    assert phone.verdict == "mismatch"
    assert assess_text("Hello.", profile=str(path)).plan == assess_text("Hi.", profile=path).plan


def test_advice_gives_the_number_that_was_not_taken_back() -> None:
    text = "Call 555-201-0134, sorry, I mean 555-201-0143."
    assert "0134" not in str(assess_text(text).next_steps)


# Mistakes are named


def test_mistakes_are_named_errors(tmp_path: Path) -> None:
    wrong = tmp_path / "me.yaml"
    wrong.write_text("candidate: {nam: Ann}\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"me\.yaml line 1: .*nam"):
        assess_text("Hello.", profile=wrong)
    with pytest.raises(RulePackError, match="no such rule folder"):
        assess_text("Hello.", rules=tmp_path / "none")
    with pytest.raises(UsageError, match="no kind 'letter'"):
        assess_text("Hello.", kind="letter")  # type: ignore[arg-type]
    with pytest.raises(RecordingError, match="no such file"):
        assess_recording(tmp_path / "none.wav")


# Recordings, by an engine made up for the test


class FakeEngine:
    """Hears what it is told."""

    model_name = "fake"
    provisional = True
    calls = 0

    def __init__(self, *utterances: str) -> None:
        self.utterances = utterances

    def transcribe(self, waveform: Waveform, *, progress: Any = None) -> Transcript:
        self.calls += 1
        start, heard = 0.0, []
        for utterance in self.utterances:
            heard.append([])
            for text in utterance.split():
                heard[-1].append(Word(text, round(start, 2), round(start + 0.3, 2), 0.99))
                start += 0.35
            start += 1.0
        if progress:
            progress(1.0)
        return from_words(heard, model=self.model_name)


def tone(seconds: float) -> Waveform:
    time = np.arange(int(seconds * 16_000)) / 16_000
    wave = np.sin(time * 900) * (np.sin(time * 25) > 0) * 9000
    return Waveform(samples=wave.astype(np.int16), name="call.wav")


def test_a_recording_s_evidence_has_seconds() -> None:
    seen: list[str] = []
    result, transcript = assess_waveform(
        tone(8), engine=FakeEngine("hello miss patel this is ann lee", "thank you for your time"),
        progress=lambda step, share: seen.append(step),
    )  # fmt: skip
    data = validate(result)
    assert data["source"]["name"] == "call.wav"
    assert data["source"]["duration_s"] == 8.0
    assert data["transcript"]["model"] == "fake"
    assert data["versions"]["speech"] == "fake"
    assert transcript.text == "hello miss patel this is ann lee thank you for your time"
    assert "recognise" in seen
    if result.status == "scored":
        assert result.provisional
        for check in result.checks:
            for evidence in check.evidence:
                assert evidence.start_s is not None
                assert evidence.end_s is not None
                assert 0 <= evidence.start_s < evidence.end_s <= 8
        assert_adds_up(result)


def test_silence_is_no_speech() -> None:
    silence = Waveform(samples=np.zeros(32_000, np.int16), name="call.wav")
    result, _ = assess_waveform(silence, engine=FakeEngine())
    assert_unjudged(result)
    assert result.status == "no_speech"


def test_mistakes_in_pack_or_profile_are_told_before_listening(tmp_path: Path) -> None:
    engine = FakeEngine("hello")
    with pytest.raises(RulePackError):
        assess_waveform(tone(1), engine=engine, rules=tmp_path / "none")
    with pytest.raises(ProfileError):
        assess_waveform(tone(1), engine=engine, profile=tmp_path / "none.yaml")
    assert engine.calls == 0


def test_a_refused_recording_is_not_judged_whatever_was_heard() -> None:
    heard = FakeEngine("hello miss patel this is ann lee").transcribe(tone(1))
    result = assess_transcript(heard, status="not_understood", reason="Too noisy.")
    assert_unjudged(result)
    assert result.reason == "Too noisy."


def test_a_pack_of_one_s_own_is_used_and_named(tmp_path: Path) -> None:
    from analyzer.checklist.pack_tools import new_pack

    new_pack(tmp_path / "ours", "ours")
    result = assess_text("Hello. I can send you my references tonight.", rules=tmp_path / "ours")
    assert result.check("offers_references").verdict == "pass"
    assert result.versions["rules"] == "ours 0.1"
    assert load_pack().label != "ours 0.1"
    assert_adds_up(result)


def test_a_hint_decides_nothing_where_only_phrases_do(tmp_path: Path) -> None:
    from analyzer.checklist.pack_tools import new_pack

    new_pack(tmp_path / "ours", "ours")
    path = tmp_path / "ours" / "offers_references.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  - phrase: my references are ready",
                     "  - {phrase: my references are ready, strength: hint}"),
        encoding="utf-8",
    )  # fmt: skip
    result = assess_text("My references are ready.", rules=tmp_path / "ours")
    assert result.check("offers_references").verdict == "fail"
