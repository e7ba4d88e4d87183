"""Keep a candidate's own draft and add only what the real checks do not hear in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.errors import TranscriptError
from analyzer.practice.script.build import Part, Script

if TYPE_CHECKING:
    from analyzer.practice.script.build import Judge

_FIRST = ("greeting", "introduction", "reason")
_GOODBYE = re.compile(
    r"[^.!?\n]*\b(?:bye|goodbye|take care|have a (?:\w+ )?(?:day|week|weekend|evening|afternoon)|"
    r"talk (?:to you )?soon)\b[^\n]*\s*$",
    re.I,
)


def like_draft(draft: str, script: Script, judge: Judge) -> Script:
    """The draft, word for word, with the parts of ``script`` that it lacks.

    What belongs at the start goes before it, the rest before its goodbye.

    Raises:
        TranscriptError: the draft holds somebody else's turns too.
    """
    from analyzer.speech.typed import typed_transcript

    transcript = typed_transcript(draft)
    if len(transcript.utterances) != len(transcript.caller_utterances):
        raise TranscriptError(
            "The draft holds two speakers.", next_step="Give only what you yourself would say."
        )
    assessment = judge(draft)
    lacking = {
        check.id
        for check in assessment.checks
        if check.max_points and check.verdict in ("fail", "unclear")
    }
    added = [_only_missing(part, lacking) for part in script.parts if set(part.checks) & lacking]
    before = [part for part in added if part.id in _FIRST]
    after = [part for part in added if part.id not in _FIRST]
    body, goodbye = _split_goodbye(draft.strip())
    parts = [*before, Part("draft", (), "draft", body), *after]
    if goodbye:
        parts.append(Part("draft_end", (), "closing", goodbye))
    faults = [
        f"Your draft: {check.message}"
        for check in assessment.checks
        if not check.max_points and check.verdict == "fail"
    ]
    missing = tuple(name for name in script.missing if _stands_in(name, added))
    return replace(script, parts=tuple(parts), missing=missing, warnings=tuple(faults))


def _only_missing(part: Part, lacking: set[str]) -> Part:
    """A part that serves two checks says both facts; harmless where only one was missing."""
    return replace(part, checks=tuple(check for check in part.checks if check in lacking))


def _split_goodbye(draft: str) -> tuple[str, str]:
    match = _GOODBYE.search(draft)
    if match is None or match.start() == 0:
        return draft, ""
    return draft[: match.start()].rstrip(), match.group().strip()


_PARTS_OF = {
    "candidate.name": "introduction",
    "candidate.phone or candidate.email": "contact",
    "manager.name": "greeting",
    "job_title": "reason",
    "interview.date": "reason",
    "talking_points": "recall",
    "liked": "appeal",
}


def _stands_in(field: str, added: list[Part]) -> bool:
    return any(part.id == _PARTS_OF.get(field) for part in added)
