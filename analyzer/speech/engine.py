"""The interface every speech engine has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from analyzer.audio.waveform import Waveform
from analyzer.speech.transcript import Transcript

Progress = Callable[[float], None]


class SpeechEngine(Protocol):
    """Turns a waveform into a transcript with word times and confidences."""

    @property
    def model_name(self) -> str:
        """Name of the model, as reports show it."""

    @property
    def provisional(self) -> bool:
        """Whether scores from this model are provisional (the built-in model's are)."""

    def transcribe(self, waveform: Waveform, *, progress: Progress | None = None) -> Transcript:
        """Recognise the whole recording.

        ``progress`` is called with the share done, 0 to 1.
        """
