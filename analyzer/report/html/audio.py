"""The recording as a small file that every current browser plays, in a ``data:`` URI."""

from __future__ import annotations

import base64
import io
import wave
from typing import TYPE_CHECKING

from analyzer.audio.waveform import SAMPLE_RATE

if TYPE_CHECKING:
    from analyzer.audio.waveform import Waveform

BIT_RATE = 48_000
"""Bits a second; constant, so that a click lands where it should."""


def data_uri(waveform: Waveform) -> str:
    """Return the recording as a ``data:`` URI."""
    data, media_type = encode(waveform)
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def encode(waveform: Waveform) -> tuple[bytes, str]:
    """Return the encoded recording and its media type.

    MP3, which Chromium, Firefox and Safari all play on every system; where this PyAV
    cannot write it, plain WAV, which they play too and which is about five times larger.
    """
    try:
        return _mp3(waveform), "audio/mpeg"
    except (ImportError, OSError, ValueError):  # av's errors derive from the latter two
        return _wav(waveform), "audio/wav"


def _mp3(waveform: Waveform) -> bytes:
    import av

    out = io.BytesIO()
    with av.open(out, mode="w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=SAMPLE_RATE)
        stream.bit_rate = BIT_RATE
        stream.layout = "mono"
        stream.format = "s16p"
        frame = av.AudioFrame.from_ndarray(
            waveform.samples.reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        frame.pts = 0
        resampler = av.AudioResampler(format="s16p", layout="mono", rate=SAMPLE_RATE)
        for converted in resampler.resample(frame):
            container.mux(stream.encode(converted))
        container.mux(stream.encode(None))
    return out.getvalue()


def _wav(waveform: Waveform) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(waveform.samples.astype("<i2").tobytes())
    return out.getvalue()
