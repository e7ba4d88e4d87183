"""Other throats for the price of a matrix: formants moved and blurred in the cepstra themselves.

The network's 40 cepstra are an invertible transform of 40 logarithmic mel bands, so moving energy
between bands (vocal-tract length perturbation: Jaitly and Hinton 2013) is one matrix a chunk. The
moves differ along the frequency axis, as formants of speakers do, which resampling cannot give.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from .features import CEPSTRA

Matrix = npt.NDArray[np.float64]
LIFTER: Final = 22.0
"""Kaldi's default cepstral lifter, which `features.mfcc` leaves on."""


@cache
def _cepstra_of_bands() -> Matrix:
    """Return the matrix from 40 log mel bands to Kaldi's 40 cepstra."""
    order, band = np.arange(CEPSTRA)[:, None], np.arange(CEPSTRA)[None, :]
    cosines = np.cos(np.pi / CEPSTRA * (band + 0.5) * order) * np.sqrt(2 / CEPSTRA)
    cosines[0] = np.sqrt(1 / CEPSTRA)
    lifter = 1 + LIFTER / 2 * np.sin(np.pi * np.arange(CEPSTRA) / LIFTER)
    return np.asarray(lifter[:, None] * cosines)


@cache
def _bands_of_cepstra() -> Matrix:
    return np.linalg.inv(_cepstra_of_bands())


def moved(bow: float, swing: float) -> Matrix:
    """Return a matrix on mel bands: each takes the energy found some bands further up.

    `bow` bands in the middle of the axis; `swing` more in its lower half and less in the upper.
    Two bands are about 16 % of the frequency at 1 kHz.
    """
    place = np.arange(CEPSTRA) / (CEPSTRA - 1)
    shift = bow * np.sin(np.pi * place) + swing * np.sin(2 * np.pi * place)
    source = np.clip(np.arange(CEPSTRA) + shift, 0, CEPSTRA - 1)
    return np.maximum(0.0, 1.0 - np.abs(source[:, None] - np.arange(CEPSTRA)[None, :]))


def blurred(bands: float) -> Matrix:
    """Return a matrix on mel bands that blurs the spectrum over `bands` (standard deviation)."""
    distance = np.arange(CEPSTRA)[:, None] - np.arange(CEPSTRA)[None, :]
    weights = np.exp(-0.5 * (distance / bands) ** 2)
    return np.asarray(weights / weights.sum(1, keepdims=True))


def on_cepstra(bands: Matrix) -> npt.NDArray[np.float32]:
    """Return the matrix on cepstra that does what `bands` does on log mel bands."""
    return (_cepstra_of_bands() @ bands @ _bands_of_cepstra()).astype(np.float32)


def other_throat(rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return a random (40, 40) matrix that makes cepstra another speaker's."""
    bands = moved(rng.uniform(-2.2, 2.2), rng.uniform(-1.0, 1.0))
    if rng.random() < 0.5:
        bands = blurred(rng.uniform(0.3, 1.4)) @ bands
    return on_cepstra(bands)


def loudness_curve(count: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return what to add to the first cepstrum of `count` frames: speech that swells and fades.

    Up to 10 dB either way, with a new goal every 0.6 s.
    """
    points = rng.uniform(-2.3, 2.3, max(2, count // 60))
    curve = np.interp(np.linspace(0, len(points) - 1, count), np.arange(len(points)), points)
    return (curve * np.sqrt(CEPSTRA)).astype(np.float32)


def smeared(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Average every frame of a (time, 40) chunk with its neighbours: soft joins and closures."""
    padded = np.pad(frames, ((1, 1), (0, 0)), mode="edge")
    return ((padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4).astype(np.float32)
