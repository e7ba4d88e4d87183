"""Mask names, numbers and addresses, wherever an assessment shows text.

Every character of a private word becomes ``•``, so lengths stay as they are and
evidence still points at the right characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.report.placing import place_words
from analyzer.report.private_words import (
    NUMBERS,
    WORD,
    Span,
    is_common,
    names,
    numbers_and_addresses,
    uncommon_words,
)

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, TranscriptInfo
    from analyzer.practice.profile import Profile

MASK = "•"
_NAMING = ("greeting_by_name", "self_identification", "contact_info")
_KEPT = frozenset(
    {"id", "check", "field", "schema", "status", "kind", "grade", "verdict", "group", "model"}
)
_PRIVATE_FACTS = ("candidate.", "manager.", "company")
_PLAIN = frozenset({"title", "looked_for"})


@dataclass(frozen=True)
class _Private:
    """What to mask: whole words, and strings as they are."""

    words: frozenset[str]
    strings: tuple[str, ...]

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what is private in the text; spans may overlap."""
        yield from numbers_and_addresses(text)
        for word in WORD.finditer(text):
            if _key(word.group()) in self.words:
                yield word.span()
        for string in self.strings:
            yield from _loose(string, text)


def redact(
    assessment: Assessment, *, extra: Iterable[str] = (), spans: Iterable[Span] = ()
) -> Assessment:
    """Return the assessment with everything private masked.

    Args:
        assessment: what to mask; it is not changed.
        extra: strings known to be private, such as the profile's names, company, telephone
            number and address; each is masked as a whole and word by word.
        spans: (start, end) in the transcript's text known to be private.
    """
    text = assessment.transcript.text
    known = _known(assessment, list(spans))
    strings = [string for string in [*extra, *_facts(assessment)] if string.strip()]
    private = _private(text, known, strings)
    masked = mask(text, [*known, *private.spans(text)])
    data = assessment.to_dict()
    data["transcript"] = _transcript(assessment.transcript, data["transcript"], masked, private)
    for key in data:
        if key not in ("transcript", "source", "versions", *_KEPT):
            data[key] = _walk(data[key], private, masked, text)
    data["source"]["name"] = _file_name(assessment.source.name)
    return type(assessment).model_validate(data)


def private_strings(profile: Profile | None) -> tuple[str, ...]:
    """What of the profile must not stand in a redacted report: ``extra`` for ``redact``."""
    if profile is None:
        return ()
    candidate, manager = profile.candidate, profile.manager
    values = (
        profile.company, candidate.name, candidate.phone, candidate.email, manager.name,
        *candidate.sounds_like, *manager.sounds_like,
    )  # fmt: skip
    return tuple(value for value in values if value)


def mask(text: str, spans: Iterable[Span]) -> str:
    """Put ``•`` for everything inside the spans but white space."""
    letters = list(text)
    for start, end in spans:
        for index in range(max(0, start), min(end, len(text))):
            if not letters[index].isspace():
                letters[index] = MASK
    return "".join(letters)


def _known(assessment: Assessment, spans: list[Span]) -> list[Span]:
    """Private spans of the transcript that do not need a list of words."""
    text = assessment.transcript.text
    found = [*spans, *names(text)]
    for check in assessment.checks:
        if check.id in _NAMING:
            for item in check.evidence:
                found += uncommon_words(text, (item.start_char, item.end_char))
    return found


def _facts(assessment: Assessment) -> Iterator[str]:
    """Yield what the profile says of people and company, and what was heard instead."""
    for fact in assessment.facts:
        if fact.field.startswith(_PRIVATE_FACTS):
            yield fact.expected
            yield fact.heard or ""


def _private(text: str, known: list[Span], extra: list[str]) -> _Private:
    words = {_key(word.group()) for span in known for word in WORD.finditer(text, *span)}
    for string in extra:
        parts = [w.group() for w in WORD.finditer(string)]
        words |= {_key(part) for part in parts if len(part) > 1 and not is_common(part)}
    return _Private(frozenset(words - NUMBERS - {""}), tuple(extra))


def _key(word: str) -> str:
    """A word without its possessive, whatever its case."""
    return re.sub(r"['’]s$", "", word.casefold())


def _loose(string: str, text: str) -> Iterator[Span]:
    """Find a string whatever its case and spacing."""
    pattern = r"\s+".join(re.escape(part) for part in string.split())
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield match.span()


def _transcript(
    info: TranscriptInfo, data: dict[str, Any], masked: str, private: _Private
) -> dict[str, Any]:
    for utterance in data["utterances"]:
        if utterance["speaker"] != "caller":
            utterance["speaker"] = mask(utterance["speaker"], _speaker_spans(utterance["speaker"]))
        for word in utterance["words"]:
            word["text"] = mask(word["text"], private.spans(word["text"]))
    for row, placed in zip(data["utterances"], place_words(info), strict=True):
        if len(placed) == len(row["words"]):
            for word, place in zip(row["words"], placed, strict=True):
                word["text"] = masked[place.start : place.end]
    data["text"] = masked
    return data


def _speaker_spans(speaker: str) -> Iterable[Span]:
    return names(f"{speaker.title()}: ") if speaker else ()


def _walk(value: Any, private: _Private, masked: str, text: str) -> Any:
    """Mask every string inside, those of the contract's fixed fields aside."""
    if isinstance(value, str):
        return mask(value, private.spans(value))
    if isinstance(value, list):
        return [_walk(item, private, masked, text) for item in value]
    if not isinstance(value, dict):
        return value
    made = {
        key: item if key in _KEPT or key in _PLAIN else _walk(item, private, masked, text)
        for key, item in value.items()
    }
    if "start_char" in value and text[value["start_char"] : value["end_char"]] == value["quote"]:
        made["quote"] = masked[value["start_char"] : value["end_char"]]
    miss = value.get("nearest_miss")
    if miss and miss in text:
        at = text.index(miss)
        made["nearest_miss"] = masked[at : at + len(miss)]
    return made


def _file_name(name: str) -> str:
    """Mask a file's name and keep its ending: people name recordings after people."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isalnum():
        return mask(name, [(0, len(name))])
    return f"{mask(stem, [(0, len(stem))])}.{ending}"
