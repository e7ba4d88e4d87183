"""What the person gave: a recording or a typed transcript; the content decides."""

from __future__ import annotations

import codecs
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import RecordingError, TranscriptError

if TYPE_CHECKING:
    from analyzer.audio.decode import Channel
    from analyzer.audio.waveform import Waveform

TEXT_ENDINGS = {".txt", ".text", ".md"}


@dataclass(frozen=True)
class Source:
    """A recording (``waveform``) or a typed transcript (``text``); one of them is set."""

    name: str
    waveform: Waveform | None = None
    text: str | None = None


def read_source(given: str, *, channel: Channel = "mix", progress: object = None) -> Source:
    """Read a file, or standard input for ``-``.

    Raises:
        RecordingError: not a recording.
        TranscriptError: not a text.
    """
    if given == "-":
        return _from_bytes(sys.stdin.buffer.read(), "standard input", channel)
    path = Path(given)
    if path.suffix.lower() in TEXT_ENDINGS:
        return _from_text_file(path, channel)
    return _from_recording(path, channel, progress)


def _from_text_file(path: Path, channel: Channel) -> Source:
    from analyzer.speech.typed import read_typed_file

    try:
        return Source(path.name, text=read_typed_file(path))
    except TranscriptError as not_text:
        if not path.is_file() or path.stat().st_size == 0:
            raise
        from analyzer.audio.decode import decode

        try:  # a recording that was named .txt
            return Source(path.name, waveform=decode(path, channel=channel))
        except RecordingError:
            raise not_text from None


def _from_recording(path: Path, channel: Channel, progress: object) -> Source:
    from analyzer.audio.decode import decode

    report = progress if callable(progress) else None
    try:
        return Source(path.name, waveform=decode(path, channel=channel, progress=report))
    except RecordingError as error:
        if path.is_file() and _looks_like_text(path):
            raise RecordingError(
                f"{path.name}: this is text, not a recording.",
                next_step="If it is a transcript, name it .txt.",
            ) from error
        raise


def _looks_like_text(path: Path) -> bool:
    with path.open("rb") as handle:
        head = handle.read(2048)
    try:  # the head may end within a character
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(head) and all(c.isprintable() or c in "\n\r\t" for c in text)


def _from_bytes(data: bytes, name: str, channel: Channel) -> Source:
    from analyzer.speech.typed import read_typed

    if not data.strip():
        raise TranscriptError(f"{name}: nothing was given.", next_step="Pipe a text into it.")
    try:
        return Source(name, text=read_typed(data, name=name))
    except TranscriptError as not_text:
        from analyzer.audio.decode import decode

        try:
            return Source(name, waveform=decode(io.BytesIO(data), name=name, channel=channel))
        except RecordingError:
            if b"\x00" in data:
                raise
            raise not_text from None
