"""How loud a recording is, and whether it clips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.audio.waveform import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FULL_SCALE = 32768.0
SILENCE_DBFS = -96.0
"""What digital silence is given as: the quietest step of 16 bits."""

CLIPPED_FROM = 32700
"""A sample this large (of 32767) touches the limit."""

CLIPPING_SHARE = 0.0005
"""More clipped samples than this is heard as crackling."""

QUIET_DBFS = -40.0
"""Speech below this level is hard to hear on a telephone."""

LOUD_DBFS = -6.0
"""Speech above this level is about to clip."""

_FRAME = SAMPLE_RATE // 20
_SPEECH_PERCENTILE = 90


@dataclass(frozen=True)
class Levels:
    """Levels of a recording, in dB below full scale.

    Attributes:
        speech_dbfs: the louder tenth's edge of its twentieth-second frames: the voice, not
            the pauses.
        peak_dbfs: its largest sample.
        clipped_share: share of the samples that touch the limit.
    """

    speech_dbfs: float
    peak_dbfs: float
    clipped_share: float

    @property
    def clips(self) -> bool:
        """Whether the clipping is heard."""
        return self.clipped_share > CLIPPING_SHARE

    @property
    def too_quiet(self) -> bool:
        """Whether the voice is hard to hear."""
        return self.speech_dbfs < QUIET_DBFS

    @property
    def warnings(self) -> list[str]:
        """A sentence for each fault, with what to do."""
        found = []
        if self.clips:
            found.append(
                "The recording clips: move away from the microphone or turn its level down."
            )
        if self.too_quiet:
            found.append(
                "The recording is very quiet: come closer to the microphone or turn its level up."
            )
        return found


def levels_of(samples: NDArray[np.int16]) -> Levels:
    """Measure int16 samples at ``SAMPLE_RATE``, shape ``(n,)``."""
    import numpy as np

    if len(samples) == 0:
        return Levels(SILENCE_DBFS, SILENCE_DBFS, 0.0)
    wide = np.abs(samples.astype(np.int32))
    whole = len(samples) // _FRAME * _FRAME
    frames = (samples[:whole].reshape(-1, _FRAME) if whole else samples.reshape(1, -1)).astype(
        np.float64
    )
    rms = np.sqrt((frames**2).mean(axis=1))
    return Levels(
        speech_dbfs=_dbfs(float(np.percentile(rms, _SPEECH_PERCENTILE))),
        peak_dbfs=_dbfs(float(wide.max())),
        clipped_share=float((wide >= CLIPPED_FROM).mean()),
    )


def rms_dbfs(samples: NDArray[Any]) -> float:
    """Level of one short piece, for a meter."""
    import numpy as np

    if len(samples) == 0:
        return SILENCE_DBFS
    return _dbfs(float(np.sqrt((samples.astype(np.float64) ** 2).mean())))


def _dbfs(amplitude: float) -> float:
    import math

    if amplitude <= 0:
        return SILENCE_DBFS
    return round(max(SILENCE_DBFS, 20 * math.log10(amplitude / FULL_SCALE)), 1)
