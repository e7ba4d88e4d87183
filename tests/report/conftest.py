"""Assessments made by hand: a strong voicemail, a pushy one, silence, and typed text."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.checklist.assessment import (
    Adjustment,
    Assessment,
    CheckResult,
    Evidence,
    FactInfo,
    NextStep,
    SourceInfo,
    Tip,
    TranscriptInfo,
    UtteranceInfo,
    WordInfo,
)

REQUIRED = {
    "greeting_by_name": ("Greets the manager by name", "opening", 6),
    "self_identification": ("Says who is calling", "opening", 14),
    "job_title": ("Names the job", "opening", 12),
    "interview_date": ("Says when the interview was", "opening", 10),
    "thanks_for_time": ("Thanks them for their time", "substance", 8),
    "opportunity_gratitude": ("Is grateful for the opportunity", "substance", 3),
    "interest": ("Says they still want the job", "substance", 10),
    "company_appeal": ("Says what they like about the company", "substance", 7),
    "discussion_recall": ("Recalls something talked about", "substance", 4),
    "update_request": ("Asks for an update politely", "closing", 6),
    "contact_info": ("Leaves a number or an address", "closing", 10),
    "availability": ("Says when they can be reached", "closing", 3),
    "call_to_action": ("Asks for a next step", "closing", 7),
}
FORBIDDEN = {
    "pushiness": ("Pressures or complains", 20),
    "decision_demand": ("Demands the decision", 15),
    "other_candidates": ("Mentions other candidates", 15),
    "other_offers": ("Mentions other offers", 10),
    "wrong_contact": ("Reached the wrong person", 10),
    "unprepared": ("Sounds unprepared", 10),
}
STRONG = [
    "hello ms patel",
    "this is jordan reyes and i interviewed for the data analyst position last tuesday",
    "thank you for taking the time to meet with me",
    "i really enjoyed our talk about the new warehouse in leeds and i'm still very excited "
    "about the role",
    "i was hoping you could share any update on the next steps",
    "you can reach me at five five five oh one four two any time after three",
    "i look forward to hearing back from you",
]
STRONG_SAID = {
    "greeting_by_name": ["hello ms patel"],
    "self_identification": ["this is jordan reyes"],
    "job_title": ["the data analyst position"],
    "interview_date": ["last tuesday"],
    "thanks_for_time": ["thank you for taking the time to meet with me"],
    "interest": ["i'm still very excited about the role"],
    "company_appeal": ["i really enjoyed our talk about the new warehouse in leeds"],
    "discussion_recall": ["our talk about the new warehouse"],
    "update_request": ["share any update on the next steps"],
    "contact_info": ["reach me at five five five oh one four two"],
    "availability": ["any time after three"],
    "call_to_action": ["i look forward to hearing back from you"],
}
PUSHY = [
    "hi this is jordan",
    "i've called you every single day this week and nobody calls me back",
    "did i get the job or not i have another offer on the table so i need an answer by friday",
    "i know the other candidates are weaker",
    "thanks for your time",
]
PUSHY_SAID = {
    "self_identification": ["this is jordan"],
    "thanks_for_time": ["thanks for your time"],
    "pushiness": ["called you every single day", "i need an answer by friday"],
    "decision_demand": ["did i get the job or not"],
    "other_offers": ["i have another offer on the table"],
    "other_candidates": ["the other candidates are weaker"],
}


def spoken(utterances: list[str], *, pause_s: float = 0.7) -> TranscriptInfo:
    at, made = 0.4, []
    for index, text in enumerate(utterances):
        words = []
        for number, word in enumerate(text.split()):
            end = at + 0.12 + 0.045 * len(word)
            confidence = 0.41 if (index + number) % 11 == 7 else 0.97
            words.append(
                WordInfo(
                    text=word, start_s=round(at, 2), end_s=round(end, 2), confidence=confidence
                )
            )
            at = end + 0.04
        made.append(
            UtteranceInfo(
                speaker="caller", start_s=words[0].start_s, end_s=words[-1].end_s, words=words
            )
        )
        at += pause_s + (0.9 if index == 2 else 0)
    return TranscriptInfo(text=" ".join(utterances), model="builtin-en", utterances=made)


def evidence(transcript: TranscriptInfo, quote: str) -> Evidence:
    start = transcript.text.index(quote)
    end = start + len(quote)
    position, times = 0, []
    for utterance in transcript.utterances:
        for word in utterance.words:
            at = transcript.text.index(word.text, position)
            position = at + len(word.text)
            if at < end and position > start and word.start_s is not None:
                times += [word.start_s, word.end_s]
    return Evidence(
        quote=quote,
        start_char=start,
        end_char=end,
        start_s=times[0] if times else None,
        end_s=times[-1] if times else None,
    )


def checks(
    transcript: TranscriptInfo,
    said: dict[str, list[str]],
    *,
    unclear: tuple[str, ...] = (),
    not_applicable: tuple[str, ...] = (),
) -> list[CheckResult]:
    made = []
    for check_id, (title, group, weight) in REQUIRED.items():
        found = check_id in said
        verdict = "pass" if found else "fail"
        points = weight if found else 0
        if check_id in unclear:
            verdict, points = "unclear", (weight + 1) // 2
        made.append(
            CheckResult(
                id=check_id,
                title=title,
                group=group,
                detected=None if check_id in unclear else found,
                verdict=verdict,
                points=points,
                max_points=weight,
                message={
                    "pass": "Good: the listener knows what they need.",
                    "fail": "Not heard, and a listener misses it.",
                    "unclear": "Something like it was heard; listen there.",
                }[verdict],
                say_instead=None if found else "I am calling about the data analyst position.",
                looked_for=f"words that show it: {title.lower()}",
                nearest_miss="calls me back" if check_id == "call_to_action" else None,
                evidence=[evidence(transcript, quote) for quote in said.get(check_id, [])],
            )
        )
    for check_id, (title, _) in FORBIDDEN.items():
        found = check_id in said
        verdict = "fail" if found else "pass"
        if check_id in not_applicable:
            verdict = "not_applicable"
        made.append(
            CheckResult(
                id=check_id,
                title=title,
                group="avoid",
                detected=found,
                verdict=verdict,
                points=0,
                max_points=0,
                message="This puts people off." if found else "Nothing of the kind was heard.",
                say_instead="Whenever you have news, I would be glad to hear it."
                if found
                else None,
                looked_for="pressure, complaints, ultimatums",
                nearest_miss=None,
                evidence=[evidence(transcript, quote) for quote in said.get(check_id, [])],
            )
        )
    return made


def assessment(
    transcript: TranscriptInfo, results: list[CheckResult], **changes: Any
) -> Assessment:
    adjustments = [
        Adjustment(id=c.id, points=-FORBIDDEN[c.id][1], reason=c.title)
        for c in results
        if c.id in FORBIDDEN and c.verdict == "fail"
    ] + changes.pop("delivery_rows", [])
    total = sum(c.points for c in results) + sum(row.points for row in adjustments)
    if total < 0:
        adjustments.append(Adjustment(id="floor", points=-total, reason="a score is never below 0"))
        total = 0
    grades = ((90, "A"), (80, "B"), (70, "C"), (60, "D"), (0, "F"))
    last = max((u.end_s or 0.0 for u in transcript.utterances), default=0.0)
    values: dict[str, Any] = {
        "status": "scored",
        "provisional": True,
        "kind": "voicemail",
        "source": SourceInfo(name="voicemail.ogg", duration_s=round(last + 0.6, 2)),
        "transcript": transcript,
        "score": total,
        "grade": next(grade for least, grade in grades if total >= least),
        "checks": results,
        "adjustments": adjustments,
        "delivery": {},
        "plan": {},
        "tips": [],
        "next_steps": [],
        "versions": {"callcheck": "0.1.0", "rules": "follow-up 1"},
    }
    return Assessment(**{**values, **changes})


def make_strong(**changes: Any) -> Assessment:
    transcript = spoken(STRONG)
    results = checks(
        transcript, STRONG_SAID, unclear=("company_appeal",), not_applicable=("other_offers",)
    )
    values: dict[str, Any] = {
        "delivery_rows": [
            Adjustment(id="pauses", points=-1, reason="One pause is longer than two seconds")
        ],
        "delivery": {
            "pace": {
                "value": 148,
                "unit": "words a minute",
                "low": 120,
                "high": 165,
                "cost": 0,
                "advice": "",
                "source": "a handbook",
            },
            "pauses": {
                "value": 1.0,
                "unit": "pauses",
                "low": None,
                "high": 0.0,
                "cost": 1,
                "advice": "Keep the thread: breathe, then go on.",
                "source": "a handbook",
                "at_s": [{"start_s": 11.3, "end_s": 12.94}],
            },
            "fillers": {
                "value": 0.0,
                "unit": "of 100 words",
                "low": None,
                "high": 3.0,
                "cost": 0,
                "advice": "",
                "source": "a handbook",
                "at_least": 0,
            },
            "early_introduction": {
                "value": None,
                "unit": "seconds",
                "low": None,
                "high": 10.0,
                "cost": 0,
                "advice": "",
                "source": "a handbook",
            },
        },
        "plan": {
            "call_timing": {"verdict": "pass", "advice": ""},
            "thank_you_email": {"verdict": "fail", "advice": "Send it within a day."},
        },
        "facts": [
            FactInfo(
                id="phone",
                field="candidate.phone",
                expected="555 0142",
                heard="555 0142",
                verdict="match",
                message="The number is yours.",
                evidence=[evidence(transcript, "five five five oh one four two")],
            ),
            FactInfo(
                id="company",
                field="company",
                expected="Northwind",
                heard=None,
                verdict="not_heard",
                message="Northwind was not heard.",
                evidence=[],
            ),
        ],
        "tips": [
            Tip(id="names_company", done=True, advice="Name the company."),
            Tip(id="offers_to_answer", done=False, advice="Offer to answer questions."),
        ],
        "next_steps": [
            NextStep(
                check="company_appeal",
                gain=3,
                advice="Say plainly what you like about the company.",
                say="What stayed with me is how the Leeds team works with its drivers.",
            ),
            NextStep(
                check="opportunity_gratitude",
                gain=3,
                advice="Thank them for the opportunity.",
                say="I am grateful for the chance to learn about your team.",
            ),
        ],
    }
    return assessment(transcript, results, **{**values, **changes})


def make_pushy(**changes: Any) -> Assessment:
    transcript = spoken(PUSHY)
    results = checks(transcript, PUSHY_SAID)
    step = NextStep(
        check="pushiness", gain=20, advice="Leave the pressure out.", say="No hurry at all."
    )
    return assessment(transcript, results, **{"next_steps": [step], **changes})


def make_no_speech() -> Assessment:
    empty = TranscriptInfo(text="", model="builtin-en", utterances=[])
    results = [
        c.model_copy(update={"verdict": "unclear", "detected": None, "points": 0})
        for c in checks(empty, {})
    ]
    return assessment(
        empty,
        results,
        status="no_speech",
        score=None,
        grade=None,
        adjustments=[],
        reason="No speech was found in this recording. Check the microphone and record again.",
        source=SourceInfo(name="silence.ogg", duration_s=12.0),
    )


TYPED = (
    "Manager: Hello, Dana Smith speaking.\n"
    "Me: Hi Dana Smith, this is Ann Lee. Thank you for your time last Tuesday!\n"
    "Manager: You're welcome.\n"
    "Me: You can reach me at (415) 555-0142 or ann.lee@example.com."
)


def typed_transcript(text: str) -> TranscriptInfo:
    utterances = []
    for line in text.split("\n"):
        label, _, said = line.partition(": ")
        words = [WordInfo(text=w, start_s=None, end_s=None, confidence=None) for w in said.split()]
        speaker = "caller" if label == "Me" else label.lower()
        utterances.append(UtteranceInfo(speaker=speaker, start_s=None, end_s=None, words=words))
    return TranscriptInfo(text=text, model=None, utterances=utterances)


def make_typed(**changes: Any) -> Assessment:
    transcript = typed_transcript(TYPED)
    said = {
        "greeting_by_name": ["Hi Dana Smith"],
        "self_identification": ["this is Ann Lee"],
        "thanks_for_time": ["Thank you for your time"],
        "contact_info": ["reach me at (415) 555-0142 or ann.lee@example.com"],
    }
    values: dict[str, Any] = {
        "provisional": False,
        "kind": "call",
        "source": SourceInfo(name="call.txt", duration_s=None),
    }
    return assessment(transcript, checks(transcript, said), **{**values, **changes})


@pytest.fixture(scope="session")
def strong() -> Assessment:
    return make_strong()


@pytest.fixture(scope="session")
def pushy() -> Assessment:
    return make_pushy()


@pytest.fixture(scope="session")
def no_speech() -> Assessment:
    return make_no_speech()


@pytest.fixture(scope="session")
def typed() -> Assessment:
    return make_typed()


@pytest.fixture(scope="session", params=["strong", "pushy", "no_speech", "typed"])
def any_assessment(request: pytest.FixtureRequest) -> Assessment:
    makers = {
        "strong": make_strong,
        "pushy": make_pushy,
        "no_speech": make_no_speech,
        "typed": make_typed,
    }
    return makers[request.param]()
