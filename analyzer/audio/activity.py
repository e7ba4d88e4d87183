"""How much of a recording moves as speech does, told from its energy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.audio.waveform import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FRAME = SAMPLE_RATE // 50
_FULL_SCALE = 32768.0
QUIETEST_DBFS = -60.0
"""Frames below this level (dB below full scale) are silence, whatever stands around them."""

ABOVE_FLOOR_DB = 9.0
"""Speech rises and falls: its frames stand this far above the recording's quiet ones."""

_FLOOR_PERCENTILE = 10
_WINDOW_FRAMES = 100


def speech_like_seconds(samples: NDArray[np.int16]) -> float:
    """Seconds of frames (20 ms) that stand out of the quiet parts within two seconds of them.

    Speech pauses between words and inside them, so each of its loud frames has quiet ones
    near; a steady noise, hum or tone has none, however loud, and counts nothing. Music may
    count. ``samples`` is int16 at ``SAMPLE_RATE``, shape ``(n,)``.
    """
    import numpy as np

    count = len(samples) // _FRAME
    if count < 2:
        return 0.0
    frames = samples[: count * _FRAME].reshape(count, _FRAME).astype(np.float32) / _FULL_SCALE
    level = 10 * np.log10((frames**2).mean(axis=1) + 1e-10)
    floor = _floor(level)
    speech = (level > QUIETEST_DBFS) & (level > floor + ABOVE_FLOOR_DB)
    return float(speech.sum()) * _FRAME / SAMPLE_RATE


def _floor(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """The level of the quiet frames around each frame, dB."""
    import numpy as np

    floor = np.empty_like(level)
    for start in range(0, len(level), _WINDOW_FRAMES):
        around = level[max(0, start - _WINDOW_FRAMES) : start + 2 * _WINDOW_FRAMES]
        floor[start : start + _WINDOW_FRAMES] = np.percentile(around, _FLOOR_PERCENTILE)
    return floor
