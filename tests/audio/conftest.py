"""Test sounds: tones whose pitch and place can be measured after any codec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Sound = np.ndarray[Any, Any]


@pytest.fixture(scope="session")
def tone() -> Callable[..., Sound]:
    """``tone(hertz, seconds, rate)``: float samples of shape ``(n,)`` at a quarter of full scale.

    The first half second is silent, so that a shift in time shows.
    """

    def make(hertz: float, seconds: float, rate: int) -> Sound:
        t = np.arange(int(seconds * rate)) / rate
        return np.where(t < 0.5, 0.0, 0.25 * np.sin(2 * np.pi * hertz * t))

    return make


@pytest.fixture(scope="session")
def pitch() -> Callable[[Sound], float]:
    """``pitch(samples)``: the strongest frequency (Hz) of 16 kHz samples."""

    def measure(samples: Sound) -> float:
        spectrum = np.abs(np.fft.rfft(samples.astype(float) * np.hanning(len(samples))))
        return float(np.argmax(spectrum) * 16_000 / len(samples))

    return measure
