"""Make clean synthetic speech sound like recordings: throats, rooms, lines, codecs and noise.

All functions take and return 16 kHz mono samples (float, about -1 to 1) of unchanged length, but
for `warp`, and draw every choice from the generator they are given.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]

from .voices import SAMPLE_RATE, Samples, resample

Generator = np.random.Generator
Spectrum = npt.NDArray[np.floating]
LINE_RATE: Final = 8_000


def warp(samples: Samples, factor: float) -> Samples:
    """Play faster (factor above 1) or slower: shifts formants and pitch like another throat."""
    return resample(samples, factor, 1.0)


def _filtered(samples: Samples, gain: Spectrum, size: int) -> Samples:
    spectrum = np.fft.rfft(samples, size) * gain.astype(np.float32)
    return np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


def _grid(samples: Samples) -> tuple[int, Spectrum]:
    size = 1 << (len(samples) - 1).bit_length()
    return size, np.fft.rfftfreq(size, 1 / SAMPLE_RATE)


def equalise(samples: Samples, rng: Generator) -> Samples:
    """Tilt and bend the spectrum by up to 9 dB: another microphone."""
    size, frequency = _grid(samples)
    points = rng.uniform(-9, 9, 7)
    decibels = np.interp(frequency, np.linspace(0, 8000, 7), points)
    return _filtered(samples, 10 ** (decibels / 20), size)


def room(samples: Samples, rng: Generator) -> Samples:
    """Add a decaying diffuse tail (60 to 350 ms) and one early echo."""
    length = int(SAMPLE_RATE * rng.uniform(0.06, 0.35))
    decay = np.exp(-np.arange(length) / (length / rng.uniform(5, 9)))
    response = rng.normal(size=length) * decay * rng.uniform(0.02, 0.13)
    response[0] = 1.0
    response[int(rng.integers(40, 600))] += rng.uniform(0.0, 0.5)
    size = 1 << (len(samples) + length - 1).bit_length()
    response = response.astype(np.float32)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return wet[: len(samples)].astype(np.float32)


def line_band(samples: Samples, low: float, high: float) -> Samples:
    """Keep the band of a telephone line (edges in Hz, steep but not brick-wall)."""
    size, frequency = _grid(samples)
    safe = np.maximum(frequency, 1.0)
    gain = 1 / (1 + (low / safe) ** 8) / (1 + (safe / high) ** 24)
    return _filtered(samples, np.sqrt(gain), size)


def _through_file(samples: Samples, rate: int, container: str, subtype: str) -> Samples:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.clip(samples, -1, 1), rate, format=container, subtype=subtype)
    buffer.seek(0)
    decoded, _ = soundfile.read(buffer, dtype="float32")
    return _fit(decoded, len(samples))


def _fit(samples: npt.NDArray[np.float32], length: int) -> Samples:
    if len(samples) >= length:
        return samples[:length]
    return np.pad(samples, (0, length - len(samples)))


def mu_law(samples: Samples) -> Samples:
    """Code and decode 8 kHz samples with G.711 mu-law."""
    return _through_file(samples, LINE_RATE, "WAV", "ULAW")


def gsm(samples: Samples) -> Samples:
    """Code and decode 8 kHz samples with GSM full rate (13 kbit/s)."""
    return _through_file(samples, LINE_RATE, "WAV", "GSM610")


def opus(samples: Samples) -> Samples:
    """Code and decode 8 kHz samples with Opus."""
    return _through_file(samples, LINE_RATE, "OGG", "OPUS")


def amr(samples: Samples, bit_rate: int = 12_200) -> Samples:
    """Code and decode 8 kHz samples with AMR narrow band at `bit_rate` bits a second."""
    import av

    encoder = av.CodecContext.create("libopencore_amrnb", "w")
    encoder.sample_rate = LINE_RATE
    encoder.layout = "mono"
    encoder.format = "s16"
    encoder.bit_rate = bit_rate
    encoder.time_base = Fraction(1, LINE_RATE)
    decoder: Any = av.CodecContext.create("amrnb", "r")
    pcm = np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16)
    pcm = np.pad(pcm, (0, -len(pcm) % 160))
    packets = []
    for start in range(0, len(pcm), 160):
        frame = av.AudioFrame.from_ndarray(pcm[None, start : start + 160], "s16", "mono")
        frame.sample_rate = LINE_RATE
        frame.pts = start
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    pieces = []
    for packet in packets:
        for decoded in decoder.decode(packet):
            piece = decoded.to_ndarray().astype(np.float32).reshape(-1)
            pieces.append(piece if decoded.format.name.startswith("flt") else piece / 32768)
    return _fit(np.concatenate(pieces), len(samples))


CODECS: Final[dict[str, Callable[[Samples], Samples]]] = {
    "mu-law": mu_law, "gsm": gsm, "opus": opus, "amr": amr,
}  # fmt: skip


def telephone(samples: Samples, low: float, high: float, codec: str | None) -> Samples:
    """Pass speech through a line: its band (Hz), 8 kHz sampling and, if given, a codec."""
    narrow = resample(line_band(samples, low, high), SAMPLE_RATE, LINE_RATE)
    if codec:
        narrow = CODECS[codec](narrow)
    return _fit(resample(narrow, LINE_RATE, SAMPLE_RATE), len(samples))


def coloured_noise(count: int, rng: Generator) -> Samples:
    """Return `count` samples of noise of unit strength, its tilt between white and brown."""
    size = 1 << (count - 1).bit_length()
    spectrum = np.fft.rfft(rng.standard_normal(size, np.float32))
    frequency = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    spectrum /= (np.maximum(frequency, 50) ** rng.uniform(0, 1.2)).astype(np.float32)
    noise = np.fft.irfft(spectrum, size)[:count]
    return np.asarray(noise / (noise.std() + 1e-9), np.float32)


def sounds(count: int, rng: Generator) -> Samples:
    """Return `count` samples of something that is not speech: tones, beeps, music, hum, clicks."""
    time = np.arange(count) / SAMPLE_RATE
    kind = rng.integers(7)
    wave = np.zeros(count)
    if kind == 0:  # a steady tone or two
        for _ in range(int(rng.integers(1, 4))):
            wave += rng.uniform(0.3, 1) * np.sin(2 * np.pi * np.exp(rng.uniform(4.2, 8.5)) * time)
    elif kind == 1:  # beeps, dial and ringing tones
        pair = rng.choice([350.0, 440.0, 480.0, 620.0, 697, 770, 852, 941, 1209, 1336, 1477], 2)
        wave = sum(np.sin(2 * np.pi * f * time) for f in pair) * 1.0
        period, share = rng.uniform(0.15, 3), rng.uniform(0.3, 0.8)
        wave *= (time / period + rng.random()) % 1 < share
    elif kind == 2:  # mains hum
        base = rng.choice([50.0, 60.0])
        for harmonic in range(1, int(rng.integers(3, 12))):
            wave += np.sin(2 * np.pi * base * harmonic * time) / harmonic
    elif kind == 3:  # a sweep or warble
        low, high = np.sort(np.exp(rng.uniform(4.5, 8.3, 2)))
        phase = (high - low) * np.sin(2 * np.pi * rng.uniform(0.2, 8) * time) / 2 + (high + low) / 2
        wave = np.sin(2 * np.pi * np.cumsum(phase) / SAMPLE_RATE)
    elif kind == 4:  # clicks and knocks
        for at in rng.integers(0, max(1, count - 800), int(rng.integers(2, 25))):
            size = int(rng.integers(40, 800))
            wave[at : at + size] += (
                rng.normal(size=size) * np.exp(-np.arange(size) / (size / 6)) * rng.uniform(0.2, 1)
            )[: count - at]
    else:  # plucked or held chords: music
        step = rng.uniform(0.12, 0.6)
        root = rng.uniform(80, 300)
        decay = rng.uniform(0.15, 3.0)
        for start in np.arange(0, count / SAMPLE_RATE, step):
            first = int(start * SAMPLE_RATE)
            length = min(count - first, int(SAMPLE_RATE * min(2.5, decay * 3)))
            moment = np.arange(length) / SAMPLE_RATE
            envelope = np.exp(-moment / decay) * np.minimum(1, moment / 0.01)
            for note in rng.choice([0, 2, 4, 5, 7, 9, 11, 12, 16, 19], int(rng.integers(1, 4))):
                pitch = root * 2 ** (note / 12)
                for harmonic in range(1, int(rng.integers(2, 8))):
                    tone = np.sin(2 * np.pi * pitch * harmonic * moment)
                    wave[first : first + length] += tone * envelope / harmonic
        if rng.random() < 0.4:
            wave += rng.normal(size=count) * (time * 2 % 1 < 0.06) * 0.5
    return np.asarray(wave / (np.abs(wave).max() + 1e-9), np.float32)


def background(samples: Samples, rng: Generator, low: float, high: float) -> Samples:
    """Add noise, sometimes hum or music, between `low` and `high` dB below the speech."""
    strength = float(np.sqrt(np.mean(samples**2)))
    noise = coloured_noise(len(samples), rng)
    noise = noise * strength * 10 ** (-rng.uniform(low, high) / 20)
    if rng.random() < 0.12:
        other = sounds(len(samples), rng)
        noise = noise + other * strength * 10 ** (-rng.uniform(max(low, 10), high) / 20)
    return (samples + noise).astype(np.float32)


def record(samples: Samples, rng: Generator) -> Samples:
    """Return the samples as some telephone, laptop or phone app would have recorded them.

    The result is on the 16-bit scale (whole numbers, -32768 to 32767).
    """
    if rng.random() < 0.28:
        samples = room(samples, rng)
    if rng.random() < 0.6:
        samples = equalise(samples, rng)
    noisy = rng.random() < 0.7
    before = rng.random() < 0.6
    if noisy and before:
        samples = background(samples, rng, 6, 40)
    if rng.random() < 0.42:
        samples = samples / (np.abs(samples).max() + 1e-9) * rng.uniform(0.1, 0.95)
        codec = rng.choice(["", "mu-law", "gsm", "amr", "opus"], p=[0.35, 0.3, 0.22, 0.08, 0.05])
        low, high = rng.uniform(120, 340), rng.uniform(3250, 3850)
        samples = telephone(samples.astype(np.float32), low, high, str(codec) or None)
    if noisy and not before:
        samples = background(samples, rng, 8, 40)
    peak = 10 ** (rng.uniform(-26, -0.5) / 20) * 32767
    scaled = samples / (np.abs(samples).max() + 1e-9) * peak
    if rng.random() < 0.04:
        scaled = scaled * rng.uniform(1.5, 4)
    hiss = rng.standard_normal(len(scaled), np.float32)
    scaled = scaled + hiss * 10 ** rng.uniform(-1.5, 1.2)
    return np.asarray(np.clip(np.round(scaled), -32768, 32767), np.float32)
