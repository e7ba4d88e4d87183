"""Vosk as a speech engine: explicit model folders, word times, one model shared."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.audio.waveform import SAMPLE_RATE, Waveform
from analyzer.speech.dither import Dithered
from analyzer.speech.engine import Progress
from analyzer.speech.model_folder import examine_model_folder
from analyzer.speech.quiet import engine_lines_shown
from analyzer.speech.transcript import Transcript, Word, from_words

CHUNK_SAMPLES = 4000
"""Samples fed at a time, 0.25 s: where an utterance ends is decided at each of them."""


class VoskEngine:
    """Recognises with one Vosk model; a fresh recogniser for each recording.

    Args:
        folder: the model's own folder (the one that holds ``am`` and ``conf``).
        name: what reports call the model.
        provisional: whether its scores are provisional.

    Raises:
        ModelError: the folder is not a complete Vosk model.
    """

    def __init__(self, folder: Path, *, name: str, provisional: bool = False) -> None:
        self._folder = examine_model_folder(folder)
        self._name = name
        self._provisional = provisional

    @property
    def folder(self) -> Path:
        """The model's own folder."""
        return self._folder

    @property
    def model_name(self) -> str:
        """Name of the model, as reports show it."""
        return self._name

    @property
    def provisional(self) -> bool:
        """Whether scores from this model are provisional."""
        return self._provisional

    @property
    def filler_recall(self) -> float | None:
        """Share of the said fillers that the model hears, where its makers measured it."""
        try:
            described = json.loads((self._folder / "model.json").read_text(encoding="utf-8"))
            rows = [row for row in described["measured"].values() if isinstance(row, dict)]
            said = sum(int(row.get("fillers", 0)) for row in rows)
            heard = sum(int(row.get("fillers_heard", 0)) for row in rows)
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return None  # other models do not describe themselves so
        return round(heard / said, 2) if said else None

    def transcribe(self, waveform: Waveform, *, progress: Progress | None = None) -> Transcript:
        """Recognise the whole recording; see ``SpeechEngine.transcribe``."""
        recogniser = self.recogniser()
        utterances: list[list[Word]] = []
        total = len(waveform.samples)
        for start in range(0, total, CHUNK_SAMPLES):
            chunk = waveform.samples[start : start + CHUNK_SAMPLES].tobytes()
            if recogniser.AcceptWaveform(chunk):
                utterances.append(words_of(recogniser.Result()))
            if progress:
                progress(min(1.0, (start + CHUNK_SAMPLES) / total))
        # The last words sit in the recogniser until it is told that no more will come.
        utterances.append(words_of(recogniser.FinalResult()))
        return from_words(utterances, model=self._name)

    def recogniser(self) -> Any:
        """Return a new recogniser on the shared model, giving word times."""
        import vosk

        recogniser = vosk.KaldiRecognizer(self._model(), SAMPLE_RATE)
        recogniser.SetWords(True)
        return Dithered(recogniser) if self._wants_dither() else recogniser

    def _wants_dither(self) -> bool:
        """Whether the model leaves the dither to us (``--dither=0`` in its configuration)."""
        settings = (self._folder / "conf" / "mfcc.conf").read_text(encoding="utf-8")
        return "--dither=0" in settings.split()

    def knows(self, word: str) -> bool:
        """Whether the model can recognise ``word`` (lower case)."""
        return bool(self._model().vosk_model_find_word(word) >= 0)

    def _model(self) -> Any:
        import vosk

        vosk.SetLogLevel(0 if engine_lines_shown() else -1)
        return _shared_model(str(self._folder))


def words_of(result: str) -> list[Word]:
    """Read the words of one Vosk result (JSON with ``result``: conf, start, end, word)."""
    return [
        Word(
            text=item["word"],
            start_s=round(float(item["start"]), 3),
            end_s=round(float(item["end"]), 3),
            confidence=round(float(item.get("conf", 1.0)), 4),
        )
        for item in json.loads(result).get("result", [])
    ]


@lru_cache(maxsize=2)
def _shared_model(folder: str) -> Any:
    import vosk

    return vosk.Model(folder)
