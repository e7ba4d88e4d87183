"""Whatever the bytes are: a waveform or a named error, never anything else, and soon."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.audio.decode import decode
from analyzer.audio.waveform import Waveform
from analyzer.errors import RecordingError

DATA = Path(__file__).parents[1] / "data"
FORMATS = {
    "wav": ("pcm_s16le", "wav", 16_000),
    "wav-alaw": ("pcm_alaw", "wav", 8000),
    "mp3": ("libmp3lame", "mp3", 16_000),
    "m4a": ("aac", "ipod", 16_000),
    "ogg": ("libopus", "ogg", 16_000),
    "webm": ("libopus", "webm", 16_000),
    "flac": ("flac", "flac", 16_000),
    "amr": None,
    "3gp": None,
}
HEADS = [b"", b"RIFF\xff\xff\x00\x00WAVEfmt ", b"OggS", b"fLaC", b"ID3\x04", b"\xff\xfb\x90",
         b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x18ftypM4A ", b"#!AMR\n", b"#EXTM3U\n"]  # fmt: skip
QUICK = settings(
    max_examples=40, deadline=10_000, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def outcome(data: bytes) -> None:
    try:
        waveform = decode(io.BytesIO(data), name="call", max_duration_s=120)
    except RecordingError:
        return
    assert isinstance(waveform, Waveform)
    assert waveform.samples.dtype == np.int16
    assert 0 < waveform.duration_s < 121


@pytest.fixture
def whole(encode):
    @cache
    def make(name: str) -> bytes:
        if FORMATS[name] is None:
            return (DATA / f"greeting.{name}").read_bytes()
        codec, container, rate = FORMATS[name]
        sound = 0.2 * np.random.default_rng(0).standard_normal((1, 2 * rate))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a"
            encode(path, sound, rate=rate, codec=codec, container=container)
            return path.read_bytes()

    return make


@QUICK
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=4000))
def test_decode_random_bytes(head, rest):
    outcome(head + rest)


@pytest.mark.parametrize("name", FORMATS)
@QUICK
@given(share=st.floats(0, 1))
def test_decode_truncated(whole, name, share):
    data = whole(name)
    outcome(data[: int(share * len(data))])


@pytest.mark.parametrize("name", FORMATS)
@QUICK
@given(flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7)), min_size=1, max_size=40))
def test_decode_flipped_bits(whole, name, flips):
    data = bytearray(whole(name))
    for place, bit in flips:
        data[int(place * (len(data) - 1))] ^= 1 << bit
    outcome(bytes(data))


@pytest.mark.parametrize("name", FORMATS)
@QUICK
@given(at=st.integers(0, 200), new=st.binary(min_size=1, max_size=16))
def test_decode_damaged_head(whole, name, at, new):
    data = bytearray(whole(name))
    data[at : at + len(new)] = new
    outcome(bytes(data))
