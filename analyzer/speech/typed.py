"""Read a typed transcript, with or without labelled turns (``Me: …``, ``Manager: …``)."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from analyzer.checklist.assessment import Status
from analyzer.errors import TranscriptError
from analyzer.speech.transcript import CALLER, Transcript, Utterance, Word

_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]*(?:[-–][ \t]*)?)?"
_LABEL = re.compile(
    rf"^[ \t]*{_TIME}([^\W\d_][\w .'’-]{{0,30}}?)[ \t]*:(?:[ \t]+(?=\S)|[ \t]*$)", re.M
)
_CALLER_LABELS = {"me", "caller", "candidate", "i", "applicant", "myself", "speaker 1", "you"}
_MACHINES = {"voicemail", "system"}
_OTHER_LABELS = _MACHINES | {
    "manager", "hiring manager", "interviewer", "them", "other", "receptionist", "reception",
    "speaker 2", "hr", "recruiter", "operator", "employer",
}  # fmt: skip
_HEADINGS = {
    "address", "cell", "closing", "company", "contact", "date", "draft", "e-mail", "email",
    "ending", "example", "greeting", "hello", "hi", "intro", "introduction", "job", "message",
    "mobile", "name", "note", "notes", "number", "opening", "phone", "position", "ps", "re",
    "regards", "role", "script", "subject", "tel", "telephone", "thanks", "time", "title",
}  # fmt: skip
_NAME_PARTICLES = {"al", "bin", "da", "de", "del", "der", "di", "la", "le", "van", "von"}
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"}
_MOST_LABEL_WORDS = 4
_WORD = re.compile(r"\S+")
TEXT_ENDINGS = (".txt", ".text", ".md")
SNIFFED = 8192
"""How many bytes of a file ``is_text`` needs to see."""
MAX_CHARACTERS = 200_000
NOT_ENGLISH = (
    "Most of these words are not written in Latin letters, and callcheck understands English "
    "alone. Type what you would say in English."
)
NO_WORDS = "There are no words in this text. Type what you would say."
NOT_YOURS = (
    "None of the turns in this transcript is yours, so there is nothing to score. Label your "
    "turns Me: and the others Manager:, or leave the labels out."
)


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is plain text (UTF-8); the head may end within a character."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and all(c.isprintable() or c in "\n\r\t\f\ufeff" for c in text)


def read_typed(data: bytes, *, name: str) -> str:
    """Decode the bytes of a text file.

    Raises:
        TranscriptError: it is not text, or holds no words.
    """
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_text(name)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _not_text(name)
    control = sum(1 for c in text if ord(c) < 32 and c not in "\n\r\t\f")
    if control > 0.02 * max(1, len(text)):
        raise _not_text(name)
    if len(text) > MAX_CHARACTERS:
        raise TranscriptError(
            f"{name}: this text has {len(text):,} characters; a call has a few thousand.",
            next_step="Give the words of one call.",
        )
    if not re.search(r"\w", text):
        raise TranscriptError(
            f"{name}: there are no words in this text.", next_step="Type what you would say."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def _not_text(name: str) -> TranscriptError:
    return TranscriptError(
        f"{name}: this is not a text file.",
        next_step="Save the words as plain text (.txt, UTF-8), or give the recording itself.",
    )


def read_typed_file(path: Path) -> str:
    """Read a transcript file; see ``read_typed``."""
    if not path.exists():
        raise TranscriptError(
            f"{path.name}: there is no such file.", next_step="Check the name and the folder."
        )
    if path.is_dir():
        raise TranscriptError(f"{path.name}: this is a folder, not a text file.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: the file cannot be opened ({error.strerror})."
        ) from error
    if not data.strip():
        raise TranscriptError(f"{path.name}: the file is empty.")
    return read_typed(data, name=path.name)


def typed_transcript(text: str, *, caller_name: str | None = None) -> Transcript:
    """Split a typed transcript into turns.

    A line opens a turn with a known label (``Me:``, ``Manager:``) or with a name
    (``Ann Lee:``), which a time may precede (``[00:12] Me:``); "my number is:" and "At 10:30"
    are no labels. Names alone make turns only where the text begins with one and there are two
    of them; other text is one turn of the caller. The caller is ``Me`` and its like, else
    whoever has ``caller_name``, else the one of unknown role who says most: whoever answers
    the phone speaks first.
    """
    turns = _turns(text)
    caller = _caller_label(text, turns, caller_name)
    utterances = []
    for label, start, end in turns:
        words = tuple(
            Word(m.group(), start_char=start + m.start(), end_char=start + m.end())
            for m in _WORD.finditer(text[start:end])
        )
        if words:
            speaker = CALLER if label is None or label.lower() == caller else label.lower()
            utterances.append(Utterance(words, speaker))
    return Transcript(text, tuple(utterances))


def why_unscored(transcript: Transcript) -> tuple[Status, str] | None:
    """The status of words that cannot be scored, and why; None for words that can."""
    words = _said(transcript.caller_utterances)
    if not words:
        return "no_speech", NOT_YOURS if _said(transcript.utterances) else NO_WORDS
    latin = sum(bool(re.search(r"[a-zA-Z0-9]", word)) for word in words)
    return ("not_understood", NOT_ENGLISH) if latin * 2 < len(words) else None


def _said(utterances: tuple[Utterance, ...]) -> list[str]:
    """The words, without those that are only punctuation or signs."""
    return [w.text for turn in utterances for w in turn.words if re.search(r"\w", w.text)]


def _turns(text: str) -> list[tuple[str | None, int, int]]:
    """Return (label, start, end) of each turn, in characters; label None if unlabelled."""
    marks = [mark for mark in _LABEL.finditer(text) if _may_be_label(mark[1])]
    labels = {mark[1].lower() for mark in marks}
    known = labels & (_CALLER_LABELS | _OTHER_LABELS)
    named = len(labels) >= 2 and not text[: marks[0].start()].strip()
    if not (known or named) or labels <= _MACHINES:
        return [(None, 0, len(text))]
    turns: list[tuple[str | None, int, int]] = []
    if text[: marks[0].start()].strip():
        turns.append((None, 0, marks[0].start()))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    turns += [(mark[1], mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return turns


def _may_be_label(label: str) -> bool:
    """Whether the words before a colon name a speaker: a known role, or a name by its capitals."""
    lowered = label.lower()
    if lowered in _CALLER_LABELS | _OTHER_LABELS:
        return True
    words = label.split()
    return (
        len(words) <= _MOST_LABEL_WORDS
        and lowered not in _HEADINGS
        and all(
            word[0].isupper() or word in _NAME_PARTICLES or (number > 0 and word.isdigit())
            for number, word in enumerate(words)
        )
    )


def _caller_label(
    text: str, turns: list[tuple[str | None, int, int]], caller_name: str | None
) -> str | None:
    said: dict[str, int] = {}
    for label, start, end in turns:
        if label is not None:
            said[label.lower()] = said.get(label.lower(), 0) + len(_WORD.findall(text[start:end]))
    for label in said:
        if label in _CALLER_LABELS:
            return label
    for label in said:
        if caller_name and _same_person(label, caller_name):
            return label
    unknown = [label for label in said if label not in _OTHER_LABELS]
    return max(unknown, key=lambda label: said[label], default=None)


def _same_person(label: str, name: str) -> bool:
    """Whether the words of one are all in the other: "ann" and "Ann Lee", not "Jo" and "Joan"."""
    one, other = (
        {word.strip(".") for word in words.lower().split()} - _TITLES for words in (label, name)
    )
    return bool(one and other) and (one <= other or other <= one)
