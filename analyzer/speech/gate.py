"""The intelligibility gate: was there speech, and did the recogniser understand it?

Judged from the recogniser's own evidence, never from whose voice it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.audio.waveform import Waveform
from analyzer.checklist.assessment import Status
from analyzer.speech.engine import SpeechEngine
from analyzer.speech.transcript import Transcript

NO_SPEECH = (
    "No speech was found in this recording. Check that the microphone was on and that the "
    "right file was given, then record it again."
)


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


def judge(transcript: Transcript, waveform: Waveform, engine: SpeechEngine) -> GateResult:
    """Decide whether what was heard can be scored."""
    if not any(True for _ in transcript.words):
        return GateResult("no_speech", NO_SPEECH)
    return GateResult()
