"""The same checks are found for the same words in every audio format."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer import assess_recording
from analyzer.audio.decode import decode

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "strong-voicemail.ogg"

# name: codec, container, rate (Hz), bit rate
FORMATS = {
    "wav-8-khz-8-bit": ("pcm_u8", "wav", 8000, None),
    "wav-16-khz-16-bit": ("pcm_s16le", "wav", 16_000, None),
    "wav-44-khz-24-bit": ("pcm_s24le", "wav", 44_100, None),
    "wav-48-khz-32-bit": ("pcm_s32le", "wav", 48_000, None),
    "wav-float": ("pcm_f32le", "wav", 44_100, None),
    "wav-double": ("pcm_f64le", "wav", 16_000, None),
    "wav-mu-law": ("pcm_mulaw", "wav", 8000, None),
    "wav-a-law": ("pcm_alaw", "wav", 8000, None),
    "mp3": ("libmp3lame", "mp3", 44_100, 64_000),
    "m4a": ("aac", "ipod", 44_100, 64_000),
    "ogg": ("libopus", "ogg", 48_000, 32_000),
    "webm": ("libopus", "webm", 48_000, 32_000),
    "flac": ("flac", "flac", 44_100, None),
    "amr": ("libopencore_amrnb", "amr", 8000, 12_200),
    "3gp": ("libopencore_amrnb", "3gp", 8000, 12_200),
    "wav-stereo": ("pcm_s16le", "wav", 44_100, None),
}


@pytest.fixture(scope="module")
def words():
    return decode(SAMPLE).samples.astype(float) / 32768


def _at(samples, rate):
    """Resample with a sharp low pass; without one the test would measure aliasing."""
    wanted = int(len(samples) * rate / 16_000)
    spectrum = np.fft.rfft(samples)[: wanted // 2 + 1]
    return np.clip(np.fft.irfft(spectrum, wanted) * (wanted / len(samples)), -1, 1)


def verdicts(path: Path, **options: Any) -> dict[str, str]:
    # in this process, which loads the models once for all formats; what the command adds is
    # tested in test_wrong_input.py
    result = assess_recording(path, model="builtin", **options)
    return {check.id: check.verdict for check in result.checks}


@cache
def original() -> dict[str, str]:
    return verdicts(SAMPLE)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_check_finds_the_same_in_every_format(encode, words, tmp_path, name):
    import av

    codec, container, rate, bit_rate = FORMATS[name]
    if codec not in av.codecs_available:
        pytest.skip(f"this build of PyAV cannot write {codec}")
    sound = _at(words, rate)[None]
    options: dict[str, Any] = {}
    if name == "wav-stereo":  # the other side of the call is on the right
        other = 0.1 * np.random.default_rng(0).standard_normal(sound.shape)
        sound, options = np.concatenate([sound, other]), {"channel": "left"}
    path = encode(
        tmp_path / "call", sound, rate=rate, codec=codec, container=container, bit_rate=bit_rate
    )
    found = verdicts(path, **options)
    assert found == original()
