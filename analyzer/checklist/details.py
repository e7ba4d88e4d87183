"""What is known of the call's particulars, to fill advice with: from the profile, else heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.checklist.findings import Finding
from analyzer.checklist.verdicts import Detection
from analyzer.language.reading import reading_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analyzer.practice.profile import Profile

_TITLE_LEAD = re.compile(r"^(?:about|regarding|for|as|to be)\s+", re.I)
_TITLE_TAIL = re.compile(
    r"\s+(?:position|role|job|post|vacancy|opening|interview|one|opportunity)$", re.I
)
_ARTICLE = re.compile(r"^(?:the|a|an|your|that)\s+", re.I)


def known_details(doc: Doc, findings: list[Finding], profile: Profile | None) -> dict[str, str]:
    """Field name → words, for ``advice.fill``; only what is known."""
    details = _heard(doc, findings)
    if profile is not None:
        details.update(_declared(profile))
    return {key: value for key, value in details.items() if value}


def _heard(doc: Doc, findings: list[Finding]) -> dict[str, str]:
    reading = reading_of(doc)
    text = reading.transcript.text
    found = {
        f.check_id: f.evidence[0]
        for f in findings
        if f.detection is Detection.PRESENT and f.evidence
    }
    details: dict[str, str] = {}
    for field, check in (("manager", "greeting_by_name"), ("name", "self_identification")):
        if check in found:
            span = found[check]
            details[field] = _person(doc, span.start_char, span.end_char)
    if "job_title" in found:
        span = found["job_title"]
        title = _TITLE_LEAD.sub("", text[span.start_char : span.end_char])
        details["job_title"] = _TITLE_TAIL.sub("", _ARTICLE.sub("", title))
    if "interview_date" in found:
        span = found["interview_date"]
        words = text[span.start_char : span.end_char]
        if len(words.split()) <= 5:
            details["interview_date"] = words
    for span in doc.spans.get("values", []):
        if span.label_ in ("PHONE", "EMAIL") and not span._.cancelled:
            start, end = reading.chars_of_tokens(span.start, span.end)
            details.setdefault(span.label_.lower(), text[start:end])
    return details


def _person(doc: Doc, start: int, end: int) -> str:
    """The name tokens between two characters of the transcript, as they were said."""
    reading = reading_of(doc)
    words: list[str] = []
    seen: set[int] = set()
    for token in doc:
        number = reading.token_word[token.i]
        word = reading.words[number]
        inside = word.start_char < end and word.end_char > start
        if inside and token._.value == "PERSON" and number not in seen:
            seen.add(number)
            words.append(word.text.strip(".,!?;:"))
    name = " ".join(words)
    return name.title() if name.islower() else name


def _declared(profile: Profile) -> dict[str, str]:
    candidate, manager = profile.candidate, profile.manager
    details = {
        "name": candidate.name if candidate else None,
        "phone": candidate.phone if candidate else None,
        "email": candidate.email if candidate else None,
        "manager": manager.name if manager else None,
        "company": profile.company,
        "job_title": profile.job_title,
        "availability": profile.availability,
        "talking_point": profile.talking_points[0] if profile.talking_points else None,
        "liked": profile.liked[0] if profile.liked else None,
    }
    if profile.interview and profile.interview.date:
        day = profile.interview.date
        details["interview_date"] = f"{day:%B} {day.day}"
    return {key: str(value) for key, value in details.items() if value}
