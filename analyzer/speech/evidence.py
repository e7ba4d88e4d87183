"""What the recogniser itself shows of how well it understood: confidences, words, energy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.audio.activity import speech_like_seconds
from analyzer.audio.waveform import Waveform
from analyzer.speech.transcript import Transcript, Word

UNKNOWN_WORD = "[unk]"
"""What a model with an unknown word prints where it heard none of its own."""

LOW_CONFIDENCE = 0.7
"""A word below this posterior was as likely as not another one."""

_WEIGHT_OF_DOUBT = 10.0
_BEFORE_HEARING = 0.6


@dataclass(frozen=True)
class Evidence:
    """Figures of one recognised recording.

    Attributes:
        words: how many were recognised.
        confidence: mean posterior of the words, 0 to 1, drawn towards doubt where there are
            few words: ten words of .6 are added, so that a few lucky ones prove little.
        speech_s: seconds that move as speech does (energy alone).
    """

    words: int
    confidence: float
    speech_s: float


def evidence_of(transcript: Transcript, waveform: Waveform) -> Evidence:
    """Gather the evidence of one recording."""
    return evidence_in(transcript, speech_like_seconds(waveform.samples))


def evidence_in(transcript: Transcript, speech_s: float) -> Evidence:
    """Gather the evidence in the words of a recording with that much speech-like sound."""
    posteriors = [trust_in(word) for word in transcript.words]
    count = len(posteriors)
    weight = _WEIGHT_OF_DOUBT
    return Evidence(
        words=count,
        confidence=(sum(posteriors) + weight * _BEFORE_HEARING) / (count + weight),
        speech_s=speech_s,
    )


def trust_in(word: Word) -> float:
    """Posterior of a word, 0 to 1; none for a word the model does not know."""
    if word.text == UNKNOWN_WORD:
        return 0.0
    return 1.0 if word.confidence is None else word.confidence


def low_stretches(
    words: Sequence[Word], *, window: int, below: float
) -> Iterator[tuple[float, float]]:
    """Yield the stretches (start, end in seconds) whose words were hardly understood.

    Each run of ``window`` words with a mean posterior under ``below`` is one; those that
    touch are joined.
    """
    start = end = -1.0
    for first in range(len(words) - window + 1):
        run = words[first : first + window]
        if sum(map(trust_in, run)) / window >= below:
            continue
        run_start, run_end = run[0].start_s or 0.0, run[-1].end_s or 0.0
        if run_start > end:
            if end >= 0:
                yield start, end
            start = run_start
        end = run_end
    if end >= 0:
        yield start, end
