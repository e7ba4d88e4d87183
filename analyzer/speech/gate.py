"""The intelligibility gate: was there speech, and did the recogniser understand it?

Judged from the recogniser's own evidence (``evidence``), never from whose voice it is. The
thresholds were fitted by ``models/speech/recipe/gate.py`` and stand in
``models/speech/gate.json``. ``docs/speech.md`` says how well they do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.audio.waveform import Waveform
from analyzer.checklist.assessment import Status
from analyzer.resources import speech_gate_file
from analyzer.speech.engine import SpeechEngine
from analyzer.speech.evidence import (
    LOW_CONFIDENCE,
    Evidence,
    evidence_of,
    low_stretches,
    trust_in,
)
from analyzer.speech.transcript import Transcript

NO_SPEECH = (
    "No speech was found in this recording. Check that the microphone was on and that the "
    "right file was given, then record it again."
)
SPEECH_FROM_S = 1.0
"""Seconds of speech-like energy without a word from which something was said but not heard."""

FEW_WORDS = 12
"""With fewer words than this, how many there are is the first thing to say."""

_FETCH = (
    "An official model hears people: fetch it once with callcheck models fetch and check the "
    "recording again. Or write down what was said and give it with --correct FILE.txt."
)
_RECORD_AGAIN = (
    "Record it again in a quiet room, closer to the microphone; or write down what was said "
    "and give it with --correct FILE.txt."
)
_MAX_NAMED = 4


@dataclass(frozen=True)
class GateResult:
    """What the gate decided.

    Attributes:
        status: ``scored`` unless there is nothing to score.
        reason: why there is no score, and what to do; None when scored.
        warnings: doubts that do not stop the scoring.
        doubtful: stretches (start, end) in seconds that were probably misheard.
    """

    status: Status = "scored"
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    doubtful: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class GateParameters:
    """The fitted thresholds.

    Attributes:
        understood_from: least ``Evidence.confidence`` to be scored.
        doubtful_below: mean posterior under which ``doubtful_words`` words in a row were
            probably misheard.
    """

    understood_from: float
    doubtful_below: float
    doubtful_words: int

    @classmethod
    def read(cls, path: Path) -> GateParameters:
        """Read them from a file that the calibration wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["parameters"]
        return cls(**data)

    def understood(self, evidence: Evidence) -> bool:
        """Whether the recogniser understood enough of the recording to score it."""
        return evidence.words > 0 and evidence.confidence >= self.understood_from


@lru_cache(maxsize=1)
def gate_parameters() -> GateParameters:
    """The parameters that travel with the built-in model."""
    return GateParameters.read(speech_gate_file())


def judge(transcript: Transcript, waveform: Waveform, engine: SpeechEngine) -> GateResult:
    """Decide whether what was heard can be scored.

    The gate was calibrated on the built-in model (whose scores are provisional). Where another
    one heard words, it only warns.
    """
    parameters = gate_parameters()
    evidence = evidence_of(transcript, waveform)
    if evidence.words == 0:
        return _nothing_heard(evidence, engine)
    understood = parameters.understood(evidence)
    if not engine.provisional:
        return GateResult(warnings=() if understood else (_hardly(transcript, engine),))
    if not understood:
        if evidence.speech_s < SPEECH_FROM_S / 2:
            return GateResult("no_speech", NO_SPEECH)
        reason = f"{_hardly(transcript, engine)} So there is no score. {_FETCH}"
        return GateResult("not_understood", reason)
    doubtful = tuple(
        low_stretches(
            list(transcript.words),
            window=parameters.doubtful_words,
            below=parameters.doubtful_below,
        )
    )
    return GateResult(warnings=_doubts(doubtful), doubtful=doubtful)


def _nothing_heard(evidence: Evidence, engine: SpeechEngine) -> GateResult:
    if evidence.speech_s < SPEECH_FROM_S:
        return GateResult("no_speech", NO_SPEECH)
    advice = _FETCH if engine.provisional else _RECORD_AGAIN
    return GateResult(
        "not_understood",
        f"The speech model {engine.model_name} made out no word in this recording, though "
        f"{evidence.speech_s:.0f} seconds of it sound like speech. {advice}",
    )


def _hardly(transcript: Transcript, engine: SpeechEngine) -> str:
    words = [trust_in(word) for word in transcript.words]
    sure = sum(value >= LOW_CONFIDENCE for value in words)
    if len(words) < FEW_WORDS:
        count = "one word" if len(words) == 1 else f"{len(words)} words"
        return (
            f"The speech model {engine.model_name} made out only {count} in this recording: too "
            "few to tell whether it understood."
        )
    return (
        f"The speech model {engine.model_name} hardly understood this recording: it is sure of "
        f"{sure} of {len(words)} words."
    )


def _doubts(doubtful: tuple[tuple[float, float], ...]) -> tuple[str, ...]:
    if not doubtful:
        return ()
    places = [f"{_clock(start)}–{_clock(end)}" for start, end in doubtful[:_MAX_NAMED]]
    more = " and elsewhere" if len(doubtful) > _MAX_NAMED else ""
    return (
        f"Hardly understood at {', '.join(places)}{more}: checks that rest on these words are "
        "unclear. Listen there; --correct scores what was really said.",
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
