"""Recognise sound as it comes; the final words are those of the same sound in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analyzer.speech.transcript import Transcript, Word, from_words
from analyzer.speech.vosk_engine import CHUNK_SAMPLES, VoskEngine, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class StreamingRecogniser:
    """One recording while it is made.

    Attributes:
        partial: the words of the utterance being said; they may still change.
    """

    def __init__(self, engine: VoskEngine) -> None:
        self._recogniser = engine.recogniser()
        self._model_name = engine.model_name
        self._utterances: list[list[Word]] = []
        self._waiting = bytearray()
        self.partial = ""

    @property
    def heard(self) -> str:
        """The words of the utterances that are over."""
        return " ".join(word.text for utterance in self._utterances for word in utterance)

    def feed(self, samples: NDArray[np.int16]) -> bool:
        """Take int16 samples of any number; true when an utterance came to its end.

        The recogniser decides where an utterance ends at each piece it is given, so pieces
        of the size that files are read in make the result the same.
        """
        self._waiting += samples.tobytes()
        ended = False
        size = CHUNK_SAMPLES * 2
        while len(self._waiting) >= size:
            ended = self._accept(bytes(self._waiting[:size])) or ended
            del self._waiting[:size]
        return ended

    def finish(self) -> Transcript:
        """Take what is left and return the whole transcript."""
        if self._waiting:
            self._accept(bytes(self._waiting))
            self._waiting.clear()
        self._utterances.append(words_of(self._recogniser.FinalResult()))
        self.partial = ""
        return from_words(self._utterances, model=self._model_name)

    def _accept(self, piece: bytes) -> bool:
        if self._recogniser.AcceptWaveform(piece):
            self._utterances.append(words_of(self._recogniser.Result()))
            self.partial = ""
            return True
        self.partial = str(json.loads(self._recogniser.PartialResult()).get("partial", ""))
        return False
