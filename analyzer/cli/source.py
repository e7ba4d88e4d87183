"""What the person gave: a recording or a typed transcript; the content decides."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import RecordingError, TranscriptError

if TYPE_CHECKING:
    from analyzer.audio.decode import Channel
    from analyzer.audio.waveform import Waveform

_RECORDING_ENDINGS = (
    ".3gp", ".aac", ".aif", ".aiff", ".amr", ".caf", ".flac", ".m4a", ".mkv", ".mov", ".mp3",
    ".mp4", ".oga", ".ogg", ".opus", ".wav", ".webm", ".wma",
)  # fmt: skip
"""A text that is named so is a mistake, not a transcript."""


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
    from analyzer.speech.typed import TEXT_ENDINGS

    path = Path(given)
    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS or (ending not in _RECORDING_ENDINGS and _holds_text(path)):
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
        if _holds_text(path):
            raise RecordingError(
                f"{path.name}: this is text, not a recording.",
                next_step="If it is a transcript, name it .txt.",
            ) from error
        raise


def _holds_text(path: Path) -> bool:
    from analyzer.speech.typed import SNIFFED, is_text

    if not path.is_file():
        return False
    try:
        with path.open("rb") as handle:
            return is_text(handle.read(SNIFFED))
    except OSError:
        return False  # whoever reads it says why


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
