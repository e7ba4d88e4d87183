"""The decoded recording that every later step works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second (Hz) of every waveform; what the speech models were trained on."""


@dataclass(frozen=True)
class Waveform:
    """A mono recording.

    Attributes:
        samples: int16, shape ``(n,)``, at ``SAMPLE_RATE``.
        name: file name for messages and reports, never a path.
        warnings: what is wrong with the recording though it could be used
            ("only the first 12 s of 24 s could be read").
    """

    samples: NDArray[np.int16]
    name: str = "recording"
    warnings: tuple[str, ...] = field(default=())

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE
