"""Helpers that several folders of tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

# a busy machine makes no property wrong
settings.register_profile("callcheck", deadline=None)
settings.load_profile("callcheck")

Encode = Callable[..., Path]


def encode_recording(
    path: Path,
    samples: np.ndarray[Any, Any],
    *,
    rate: int,
    codec: str,
    container: str,
    bit_rate: int | None = None,
) -> Path:
    """Write ``samples`` (float, -1 to 1, shape ``(channels, n)``) as ``codec`` in ``container``.

    Args:
        path: the file to write; its ending does not matter.
        samples: the sound at ``rate`` (Hz).
        rate: sample rate of the file.
        codec: FFmpeg's name of the encoder.
        container: FFmpeg's name of the container.
        bit_rate: bits a second for the lossy codecs.
    """
    import av

    layout = "mono" if len(samples) == 1 else "stereo"
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout=layout)
        if bit_rate:
            stream.bit_rate = bit_rate
        resampler = av.AudioResampler(
            format=stream.codec_context.format.name, layout=layout, rate=rate,
            frame_size=stream.codec_context.frame_size or 0,
        )  # fmt: skip
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples, np.float32), format="fltp", layout=layout
        )
        frame.sample_rate = rate
        position = 0
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            piece.pts = position
            position += piece.samples
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="session")
def encode() -> Encode:
    """``encode_recording`` as a fixture (test modules cannot import one another)."""
    return encode_recording
