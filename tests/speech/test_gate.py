"""The gate: what was not understood gets no score, and what to do is said."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest

from analyzer.audio.activity import speech_like_seconds
from analyzer.audio.decode import decode
from analyzer.audio.waveform import SAMPLE_RATE, Waveform
from analyzer.resources import builtin_speech_model_folder, sample_recording, speech_gate_file
from analyzer.speech.choose import choose_engine
from analyzer.speech.evidence import evidence_of, low_stretches
from analyzer.speech.gate import gate_parameters, judge
from analyzer.speech.transcript import Transcript, Word, from_words

TIME = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
RNG = np.random.default_rng(1)
SILENCE = np.zeros(len(TIME))
NOISE = RNG.normal(0, 0.1, len(TIME))
TONE = 0.3 * np.sin(2 * np.pi * 440 * TIME)
SYLLABLES = NOISE * (np.sin(2 * np.pi * 3 * TIME) > 0)


@dataclass
class Engine:
    model_name: str = "builtin"
    provisional: bool = True

    def transcribe(self, *_: object, **__: object) -> Transcript:
        raise NotImplementedError


OFFICIAL = Engine("vosk-model-small-en-us-0.15", provisional=False)


def waveform(samples: np.ndarray) -> Waveform:
    return Waveform((samples * 32767).astype(np.int16))


def heard(*confidences: float) -> Transcript:
    words = [
        Word(f"word{number}", number * 0.4, number * 0.4 + 0.35, confidence)
        for number, confidence in enumerate(confidences)
    ]
    return from_words([words] if words else [], model="builtin")


@pytest.mark.parametrize("sound", [SILENCE, NOISE, TONE])
def test_steady_sound_is_no_speech(sound: np.ndarray) -> None:
    assert judge(heard(), waveform(sound), Engine()).status == "no_speech"


@pytest.mark.parametrize("engine", [Engine(), OFFICIAL])
def test_speech_without_a_word_is_not_understood(engine: Engine) -> None:
    result = judge(heard(), waveform(SYLLABLES), engine)
    assert result.status == "not_understood"
    assert engine.model_name in (result.reason or "")
    assert "--correct" in (result.reason or "")


def test_low_confidence_is_not_understood_and_says_what_to_do() -> None:
    result = judge(heard(*[0.5] * 25), waveform(SYLLABLES), Engine())
    assert result.status == "not_understood"
    assert result.reason is not None
    for part in ("speech model builtin", "0 of 25 words", "callcheck models fetch", "--correct"):
        assert part in result.reason


def test_high_confidence_is_scored_without_a_word_about_it() -> None:
    result = judge(heard(*[0.99] * 25), waveform(SYLLABLES), Engine())
    assert (result.status, result.reason, result.warnings) == ("scored", None, ())


def test_for_other_models_the_gate_only_warns() -> None:
    result = judge(heard(*[0.4] * 25), waveform(SYLLABLES), OFFICIAL)
    assert result.status == "scored"
    assert "hardly understood" in result.warnings[0]


def test_one_sure_word_proves_little() -> None:
    one = evidence_of(heard(0.95), waveform(SYLLABLES)).confidence
    many = evidence_of(heard(*[0.95] * 40), waveform(SYLLABLES)).confidence
    assert one < 0.7 < 0.85 < many


def test_few_words_are_said_to_be_few() -> None:
    reason = judge(heard(0.95), waveform(SYLLABLES), Engine()).reason
    assert reason is not None
    assert "only one word" in reason


def test_unknown_words_count_as_not_understood() -> None:
    words = [Word("[unk]", 0.0, 0.4, 0.99), Word("hello", 0.5, 0.9, 0.99)]
    unknown = evidence_of(from_words([words], model="m"), waveform(SYLLABLES))
    assert unknown.confidence < evidence_of(heard(0.99, 0.99), waveform(SYLLABLES)).confidence


def test_a_doubtful_stretch_is_returned_and_warned_of() -> None:
    result = judge(heard(*[0.99] * 20, *[0.1] * 6, *[0.99] * 20), waveform(SYLLABLES), Engine())
    assert result.status == "scored"
    ((start, end),) = result.doubtful
    assert 6.0 <= start <= 8.0
    assert 10.0 <= end <= 12.0
    assert "Hardly understood at 0:0" in result.warnings[0]


def test_low_stretches_that_touch_are_one() -> None:
    words = list(heard(0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1).words)
    found = list(low_stretches(words, window=2, below=0.3))
    assert found == [(0.8, pytest.approx(2.35)), (4.0, pytest.approx(4.75))]


def test_speech_like_seconds_tells_speech_from_steady_sound() -> None:
    assert speech_like_seconds(waveform(NOISE).samples) == 0.0
    assert speech_like_seconds(waveform(TONE).samples) == 0.0
    assert speech_like_seconds(waveform(SYLLABLES).samples) == pytest.approx(5.0, abs=1.0)
    assert speech_like_seconds(np.zeros(10, np.int16)) == 0.0


def test_the_parameters_were_fitted_to_the_model_in_the_box() -> None:
    from models.speech.recipe.fingerprint import fingerprint

    fitted = json.loads(speech_gate_file().read_text(encoding="utf-8"))
    assert fitted["model"] == fingerprint(builtin_speech_model_folder())
    assert 0 < gate_parameters().understood_from < 1


def test_the_sample_is_scored_and_its_reverse_is_not() -> None:
    engine = choose_engine("builtin")
    sample = decode(sample_recording())
    assert judge(engine.transcribe(sample), sample, engine).status == "scored"
    backwards = Waveform(np.ascontiguousarray(sample.samples[::-1]))
    assert judge(engine.transcribe(backwards), backwards, engine).status == "not_understood"
