from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import spacy
from spacy.vocab import Vocab

from analyzer.checklist.assessment import Evidence
from analyzer.checklist.fact_contacts import format_phone, same_phone
from analyzer.checklist.facts import FactResult, check_facts, confirmed, fact_infos
from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import make_doc
from analyzer.practice.profile import Profile
from analyzer.speech.transcript import Word, from_words
from analyzer.speech.typed import typed_transcript

TODAY = date(2026, 3, 17)  # a Tuesday


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return spacy.blank("en").vocab


def _findings(
    text: str, evidence: dict[str, str], detection: Detection = Detection.PRESENT
) -> list[Finding]:
    return [
        Finding(check, detection, 1.0,
                (EvidenceSpan(text.index(q), text.index(q) + len(q), 1.0, "encoder"),))
        for check, q in evidence.items()
    ]  # fmt: skip


def _check(
    vocab: Vocab, text: str, profile: dict[str, Any], evidence: dict[str, str] | None = None
) -> dict[str, FactResult]:
    transcript = typed_transcript(text)
    doc = make_doc(vocab, transcript)
    findings = _findings(transcript.text, evidence or {})
    facts = check_facts(doc, findings, Profile.model_validate(profile), TODAY)
    for fact in facts:
        if fact.span:
            assert transcript.text[slice(*fact.span)]
    return {fact.id: fact for fact in facts}


NAMES = [
    # profile's name, sounds_like, said, evidence, verdict, heard
    ("Emily Carter", [], "Hi, this is Emily Carter.", "this is Emily Carter", "match",
     "Emily Carter"),
    ("Emily Carter", [], "Hi, it's Emily.", "it's Emily", "match", "Emily"),
    ("Emily Carter", [], "this is emma lee carter", "this is emma lee carter", "match",
     "emma lee carter"),
    ("Wildan Prasetya", [], "hi it's will done here", "it's will done", "match", "will done"),
    ("Nguyen", ["when"], "hi this is when calling", "this is when calling", "match", "when"),
    ("Emily Carter", [], "hello this is amelia", "this is amelia", "mismatch", "amelia"),
    ("Emily Carter", [], "Hello, this is Marcus Reed.", "this is Marcus Reed", "mismatch",
     "Marcus Reed"),
    ("Emily Carter", [], "hello i interviewed last week", "", "not_heard", None),
    ("Emily Carter", [], "thank you bye emily carter", "", "match", "emily carter"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sounds", "said", "evidence", "verdict", "heard"), NAMES)
def test_facts_own_name(
    vocab: Vocab, name: str, sounds: list[str], said: str, evidence: str, verdict: str,
    heard: str | None,
) -> None:  # fmt: skip
    found = {"self_identification": evidence} if evidence else {}
    profile = {"candidate": {"name": name, "sounds_like": sounds}}
    fact = _check(vocab, said, profile, found)["own_name"]
    assert (fact.verdict, fact.heard) == (verdict, heard)
    assert fact.expected == name


@pytest.mark.parametrize(
    ("said", "evidence", "verdict", "heard"),
    [
        ("Hello Mr. Johnson, how are you?", "Hello Mr. Johnson", "match", "Johnson"),
        ("hello mister jon son", "hello mister jon son", "match", "jon son"),
        ("Hi Peter, it's me", "Hi Peter", "match", "Peter"),
        ("Hello Mrs. Alvarez", "Hello Mrs. Alvarez", "mismatch", "Alvarez"),
        ("hello there i called before", "", "not_heard", None),
    ],
)
def test_facts_manager_name(
    vocab: Vocab, said: str, evidence: str, verdict: str, heard: str | None
) -> None:
    found = {"greeting_by_name": evidence} if evidence else {}
    fact = _check(vocab, said, {"manager": {"name": "Mr. Peter Johnson"}}, found)["manager_name"]
    assert (fact.verdict, fact.heard) == (verdict, heard)


PHONES = [
    ("555-0134", "call five five five zero one four three", "mismatch",
     "Heard 555-0143, your profile says 555-0134."),
    ("555-0134", "call five five five zero one three four", "match",
     "Your number was heard: 555-0134."),
    ("212-555-0134", "call five five five zero one three four", "match",
     "Your number was heard: 555-0134."),
    ("(212) 555-0134", "call me at 212-555-0134", "match",
     "Your number was heard: (212) 555-0134."),
    ("+44 7700 900123", "call oh double seven double oh nine hundred one two three", "match", None),
    ("555-0134", "i will call back", "not_heard", "Your number, 555-0134, was not heard."),
    ("01632 960123", "call me on zero one six three two", "doubtful",
     "Heard only 01632 of 01632 960123."),
    ("555-0134",
     "call five five five zero one three four that's five five five zero one four three",
     "doubtful", "You gave 555-0134 and also 555-0143: say the same number both times."),
    ("555-0134",
     "call five five five zero one four three sorry five five five zero one three four",
     "match", "Your number was heard: 555-0134."),
    ("555-0134 ext 12", "call five five five zero one three four extension one three", "mismatch",
     "Heard extension 13, your profile says 12."),
]  # fmt: skip


@pytest.mark.parametrize(("phone", "said", "verdict", "message"), PHONES)
def test_facts_phone(
    vocab: Vocab, phone: str, said: str, verdict: str, message: str | None
) -> None:
    fact = _check(vocab, said, {"candidate": {"phone": phone}})["phone"]
    assert fact.verdict == verdict
    assert message is None or fact.message == message


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("write to emily dot carter at example dot com", "match"),
        ("Write to Emily.Carter@Example.com.", "match"),
        ("write to emily underscore carter at example dot com", "mismatch"),
        ("write to emily dot carter at example dot org", "mismatch"),
        ("my email is emily dot carter at gmail thanks", "mismatch"),
        ("write to me any time", "not_heard"),
    ],
)
def test_facts_email(vocab: Vocab, said: str, verdict: str) -> None:
    profile = {"candidate": {"email": "Emily.Carter@example.com"}}
    assert _check(vocab, said, profile)["email"].verdict == verdict


DATES = [
    ("2026-03-03", "we met on march third", "on march third", "match"),
    ("2026-03-03", "we met on the third of march", "the third of march", "match"),
    ("2026-03-03", "i came on Tuesday, March 3rd", "Tuesday, March 3rd", "match"),
    ("2026-03-03", "we met two weeks ago", "two weeks ago", "match"),
    ("2026-03-10", "we met last tuesday", "last tuesday", "match"),
    ("2026-03-10", "it was a week ago today", "a week ago today", "match"),
    ("2026-03-10", "we met last thursday", "last thursday", "mismatch"),
    ("2026-03-03", "we met on march fifth", "on march fifth", "mismatch"),
    ("2026-03-12", "on the tenth sorry i meant the twelfth", "on the tenth sorry i meant", "match"),
    ("2026-03-12", "on the twelfth sorry i meant the tenth", "on the twelfth", "mismatch"),
    ("2026-03-03", "i am free on tuesday", "", "not_heard"),
    ("2026-03-24", "we met last week", "last week", "doubtful"),
    ("2026-03-03", "we met next week", "next week", "doubtful"),
]


@pytest.mark.parametrize(("day", "said", "evidence", "verdict"), DATES)
def test_facts_interview_date(
    vocab: Vocab, day: str, said: str, evidence: str, verdict: str
) -> None:
    found = {"interview_date": evidence} if evidence else {}
    fact = _check(vocab, said, {"interview": {"date": day}}, found)["interview_date"]
    assert fact.verdict == verdict, fact.message


def test_facts_date_message_says_which_day_was_heard(vocab: Vocab) -> None:
    fact = _check(
        vocab, "we met on march fifth", {"interview": {"date": "2026-03-03"}},
        {"interview_date": "on march fifth"},
    )["interview_date"]  # fmt: skip
    assert fact.message == (
        "Heard 5 March (that would be Thursday 5 March 2026), "
        "your profile says Tuesday 3 March 2026."
    )


@pytest.mark.parametrize(
    ("said", "evidence", "verdict"),
    [
        ("about the warehouse coordinator position", "the warehouse coordinator position", "match"),
        ("about the ware house coordinator job", "the ware house coordinator job", "match"),
        ("about the coordinator role", "the coordinator role", "match"),
        ("about the warehouse job", "the warehouse job", "doubtful"),
        ("about the pastry chef job", "the pastry chef job", "mismatch"),
        ("i really want to coordinate the warehouse coordinator team", "", "match"),
        ("about the job", "", "not_heard"),
    ],
)
def test_facts_job_title(vocab: Vocab, said: str, evidence: str, verdict: str) -> None:
    found = {"job_title": evidence} if evidence else {}
    fact = _check(vocab, said, {"job_title": "warehouse coordinator"}, found)["job_title"]
    assert fact.verdict == verdict, fact.message


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("i would love to work at Harbor Lane Logistics", "match"),
        ("i would love to work at harbour lane logistics", "match"),
        ("i would love to work at liberty freight", "not_heard"),
        ("i would love to work there", "not_heard"),
    ],
)
def test_facts_company(vocab: Vocab, said: str, verdict: str) -> None:
    fact = _check(vocab, said, {"company": "Harbor Lane Logistics, Inc."})["company"]
    assert fact.verdict == verdict


def test_facts_talking_points_by_content_words(vocab: Vocab) -> None:
    facts = _check(
        vocab,
        "I keep thinking about the delivery schedules you described.",
        {"talking_points": ["the new delivery schedule", "opening on Sundays"]},
    )
    assert facts["talking_point_1"].verdict == "match"
    assert facts["talking_point_1"].heard == "delivery schedules"
    assert facts["talking_point_2"].verdict == "not_heard"


def test_facts_of_an_empty_profile_are_none(vocab: Vocab) -> None:
    assert _check(vocab, "hello this is emily", {}) == {}
    assert _check(vocab, "", {"company": "Acme"})["company"].verdict == "not_heard"


def test_facts_confirm_a_doubtful_name_that_is_the_profiles(vocab: Vocab) -> None:
    transcript = typed_transcript("hi it's will done here")
    doc = make_doc(vocab, transcript)
    doubtful = _findings(
        transcript.text, {"self_identification": "it's will done"}, Detection.DOUBTFUL
    )
    other = replace(doubtful[0], check_id="job_title")
    for name, expected in (("Wildan", Detection.PRESENT), ("Sofia", Detection.DOUBTFUL)):
        profile = Profile.model_validate({"candidate": {"name": name}})
        facts = check_facts(doc, [*doubtful, other], profile, TODAY)
        named, job = confirmed([*doubtful, other], facts)
        assert named.detection is expected
        assert job.detection is Detection.DOUBTFUL


def test_facts_hard_to_hear_number_is_doubtful(vocab: Vocab) -> None:
    text = "call five five five zero one four three"
    words = [
        Word(word, start_s=i / 2, end_s=i / 2 + 0.4, confidence=0.4)
        for i, word in enumerate(text.split())
    ]
    doc = make_doc(vocab, from_words([words], model="test"))
    profile = Profile.model_validate({"candidate": {"phone": "555-0134"}})
    (fact,) = check_facts(doc, [], profile, TODAY)
    assert fact.verdict == "doubtful"
    assert "Heard 555-0143" in fact.message


def test_facts_take_the_published_form(vocab: Vocab) -> None:
    facts = _check(
        vocab, "call five five five zero one four three", {"candidate": {"phone": "555-0134"}}
    )

    def quote(span: EvidenceSpan) -> Evidence:
        return Evidence(
            quote="…", start_char=span.start_char, end_char=span.end_char, start_s=None, end_s=None
        )

    (info,) = fact_infos(list(facts.values()), quote)
    assert (info.id, info.verdict, info.heard) == ("phone", "mismatch", "555-0143")
    assert info.evidence[0].start_char == len("call ")


@pytest.mark.parametrize(
    ("heard", "expected", "same"),
    [
        ("5550143", "5550143", True),
        ("5550143", "2125550143", True),
        ("12125550143", "2125550143", True),
        ("07700900123", "447700900123", True),
        ("5550143", "5550134", False),
        ("143", "5550143", False),
    ],
)
def test_same_phone_leaves_area_and_country_aside(heard: str, expected: str, same: bool) -> None:
    assert same_phone(heard, expected) is same


@pytest.mark.parametrize(
    ("digits", "like", "written"),
    [
        ("5550143", "555-0134", "555-0143"),
        ("5550143", "(212) 555-0134", "555-0143"),
        ("2125550143", "(212) 555-0134", "(212) 555-0143"),
        ("2125550143", "555-0134", "212-555-0143"),
        ("01632", "01632 960123", "01632"),
    ],
)
def test_format_phone_follows_the_profile(digits: str, like: str, written: str) -> None:
    assert format_phone(digits, like) == written
