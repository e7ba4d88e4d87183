"""Add the same faint noise to the same samples, every time.

Digital silence makes a recogniser invent words, so Kaldi adds noise (dither) before it takes
features; but it draws it anew each time, and the same recording could score differently
twice. Here the noise is fixed by a sample's place in the recording.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analyzer.audio.waveform import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEED = 20_240_229
_DEVIATION = 1.0  # of the last bit of 16, as Kaldi's --dither=1


class Dithered:
    """A recogniser whose audio gets the noise first; everything else is passed through.

    Args:
        recogniser: a ``vosk.KaldiRecognizer`` on a model whose own dither is off.
    """

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._position = 0

    def AcceptWaveform(self, data: bytes) -> Any:  # noqa: N802 (Vosk's name)
        """Take PCM16 mono at 16 kHz, as Vosk does."""
        import numpy as np

        samples = np.frombuffer(data, np.int16).astype(np.int32)
        noise = _noise()
        places = (self._position + np.arange(len(samples))) % len(noise)
        self._position += len(samples)
        noisy = np.clip(samples + noise[places], -32768, 32767).astype(np.int16)
        return self._recogniser.AcceptWaveform(noisy.tobytes())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._recogniser, name)


@lru_cache(maxsize=1)
def _noise() -> NDArray[np.int32]:
    import numpy as np

    drawn = np.random.default_rng(_SEED).normal(0.0, _DEVIATION, 7 * SAMPLE_RATE + 1)
    return np.rint(drawn).astype(np.int32)
