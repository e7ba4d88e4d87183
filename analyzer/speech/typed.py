"""Read a typed transcript, with or without labelled turns (``Me: …``, ``Manager: …``)."""

from __future__ import annotations

import re
from pathlib import Path

from analyzer.errors import TranscriptError
from analyzer.speech.transcript import CALLER, Transcript, Utterance, Word

_LABEL = re.compile(r"^[ \t]*([A-Z][\w .'’-]{0,30}|[a-z]{2,12}(?: \d)?)[ \t]*:[ \t]+(?=\S)", re.M)
_CALLER_LABELS = {"me", "caller", "candidate", "i", "applicant", "myself", "speaker 1", "you"}
_OTHER_LABELS = {
    "manager", "hiring manager", "interviewer", "them", "other", "receptionist", "reception",
    "speaker 2", "hr", "recruiter", "voicemail", "system", "operator", "employer",
}  # fmt: skip
_WORD = re.compile(r"\S+")
MAX_CHARACTERS = 200_000


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

    A transcript has labelled turns when at least one line starts with a known label, or
    two different labels each open a line. Unlabelled text is one turn of the caller.
    The caller is ``Me`` and its like, else ``caller_name``, else whoever is not a known
    other party and speaks first.
    """
    turns = _turns(text)
    caller = _caller_label([label for label, _, _ in turns if label], caller_name)
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


def _turns(text: str) -> list[tuple[str | None, int, int]]:
    """Return (label, start, end) of each turn, in characters; label None if unlabelled."""
    marks = list(_LABEL.finditer(text))
    labels = {m.group(1).lower() for m in marks}
    known = labels & (_CALLER_LABELS | _OTHER_LABELS)
    repeated = len(marks) > len(labels) or len(labels) == 2
    if not known and not (len(labels) >= 2 and repeated):
        return [(None, 0, len(text))]
    turns: list[tuple[str | None, int, int]] = []
    if text[: marks[0].start()].strip():
        turns.append((None, 0, marks[0].start()))
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        turns.append((mark.group(1).strip(), mark.end(), end))
    return turns


def _caller_label(labels: list[str], caller_name: str | None) -> str | None:
    lowered = [label.lower() for label in labels]
    for label in lowered:
        if label in _CALLER_LABELS:
            return label
    if caller_name:
        for label in lowered:
            if label in caller_name.lower() or caller_name.lower() in label:
                return label
    return next((label for label in lowered if label not in _OTHER_LABELS), None)
