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

_WEIGHT_OF_DOUBT = 3.0
_BEFORE_HEARING = 0.6


@dataclass(frozen=True)
class Evidence:
    """Figures of one recognised recording.

    Attributes:
        words: how many were recognised.
        confidence: mean posterior of the words, 0 to 1, drawn towards doubt where there are
            few words: three words of .6 are added, so that one lucky word proves nothing.
        low_share: share of words below ``LOW_CONFIDENCE``, drawn towards one half likewise.
        tenth: 10th percentile of the posteriors; 0 without words.
        speech_s: seconds that move as speech does (energy alone).
        words_a_second: words for each of those seconds.
    """

    words: int
    confidence: float
    low_share: float
    tenth: float
    speech_s: float
    words_a_second: float


def evidence_of(transcript: Transcript, waveform: Waveform) -> Evidence:
    """Gather the evidence of one recording."""
    posteriors = [trust_in(word) for word in transcript.words]
    speech_s = speech_like_seconds(waveform.samples)
    count = len(posteriors)
    low = sum(value < LOW_CONFIDENCE for value in posteriors)
    weight = _WEIGHT_OF_DOUBT
    return Evidence(
        words=count,
        confidence=(sum(posteriors) + weight * _BEFORE_HEARING) / (count + weight),
        low_share=(low + weight * 0.5) / (count + weight),
        tenth=_percentile(posteriors, 0.1),
        speech_s=speech_s,
        words_a_second=count / max(speech_s, 0.2),
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


def _percentile(values: list[float], share: float) -> float:
    if not values:
        return 0.0
    return sorted(values)[int(share * (len(values) - 1))]
