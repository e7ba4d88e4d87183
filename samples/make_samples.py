"""Make the sample recordings from their scripts, with synthetic voices.

Each ``NAME.txt`` beside this file holds one script: a sentence a line, an empty line for a
longer pause. Every sentence is spoken on its own by Flite, eSpeak NG or Festival, the pauses
between sentences are drawn from a seeded generator, a little room noise is laid under it all,
and the result is written as Ogg Opus. Nothing here runs when callcheck is installed or used.

Needs the programs ``flite``, ``espeak-ng`` and ``text2wave`` (Festival, with the kal and ked
diphone voices), and the Python packages numpy and av::

    python samples/make_samples.py              # all of them
    python samples/make_samples.py pushy weak   # some of them
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
SAMPLE_RATE = 16_000
SPEECH_RMS = 0.08
"""Loudness of the speech (share of full scale, root mean square over its loud half)."""


@dataclass(frozen=True)
class Voice:
    """Who speaks: an engine, one of its voices, and how fast.

    ``stretch`` multiplies the length of every sound (Flite and Festival); ``rate`` is eSpeak
    NG's words a minute.
    """

    engine: str
    name: str
    stretch: float = 1.0
    rate: int = 150


@dataclass(frozen=True)
class Recipe:
    """One recording: its voice, its seed, the pauses and the noise under it."""

    voice: Voice
    seed: int
    pause_s: tuple[float, float] = (0.35, 0.6)
    long_pause_s: tuple[float, float] = (0.7, 1.0)
    noise_db: float = -62.0
    bit_rate: int = 24_000


RECIPES = {
    "strong-voicemail": Recipe(Voice("flite", "slt"), seed=1),
    "strong-call": Recipe(Voice("flite", "rms"), seed=2, long_pause_s=(1.0, 1.5)),
    "strong-email": Recipe(Voice("festival", "voice_cmu_us_slt_arctic_hts"), seed=3),
    "weak": Recipe(Voice("flite", "kal16"), seed=4),
    "pushy": Recipe(Voice("flite", "rms", stretch=0.95), seed=5),
    "candidates": Recipe(Voice("flite", "slt", stretch=1.05), seed=6),
    "decision": Recipe(Voice("flite", "awb"), seed=7),
    "offers": Recipe(Voice("espeak-ng", "en-us+linda"), seed=8),
    "wrong-contact": Recipe(Voice("flite", "kal16"), seed=9),
    "unprepared": Recipe(Voice("flite", "rms", stretch=1.1), seed=10, pause_s=(0.7, 1.3)),
    "rambling": Recipe(Voice("flite", "slt"), seed=11, bit_rate=20_000),
    "long": Recipe(Voice("flite", "rms"), seed=12, long_pause_s=(1.2, 1.8), bit_rate=16_000),
}
SILENCE_S = 15.0
SILENCE_SEED = 13


def main(names: list[str]) -> None:
    """Make the named samples, or all."""
    unknown = set(names) - {*RECIPES, "silence"}
    if unknown:
        sys.exit(f"no such sample: {', '.join(sorted(unknown))}")
    for name in names or [*RECIPES, "silence"]:
        samples, bit_rate = _silence() if name == "silence" else _spoken(name)
        path = HERE / f"{name}.ogg"
        _write_opus(path, samples, bit_rate)
        print(f"{path.name}: {len(samples) / SAMPLE_RATE:.1f} s, {path.stat().st_size} bytes")
    _copy_scripts_into_labels()


def _copy_scripts_into_labels() -> None:
    # labels.jsonl repeats each script, so that `callcheck evaluate` can read it
    path = HERE / "labels.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        script = HERE / f"{row['id']}.txt"
        row["text"] = script.read_text(encoding="utf-8") if script.exists() else ""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _spoken(name: str) -> tuple[NDArray[np.float64], int]:
    recipe = RECIPES[name]
    random = np.random.default_rng(recipe.seed)
    parts = [np.zeros(int(0.5 * SAMPLE_RATE))]
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            parts += [_trim(_say(line.strip(), recipe.voice)), _pause(random, recipe.pause_s)]
        else:
            parts.append(_pause(random, recipe.long_pause_s))
    samples = np.concatenate(parts)
    loud = np.abs(samples) > np.median(np.abs(samples[samples != 0]))
    samples *= SPEECH_RMS / np.sqrt(np.mean(samples[loud] ** 2))
    return samples + _room(random, len(samples), recipe.noise_db), recipe.bit_rate


def _silence() -> tuple[NDArray[np.float64], int]:
    random = np.random.default_rng(SILENCE_SEED)
    return _room(random, int(SILENCE_S * SAMPLE_RATE), -58.0), 12_000


def _pause(random: np.random.Generator, bounds_s: tuple[float, float]) -> NDArray[np.float64]:
    return np.zeros(int(random.uniform(*bounds_s) * SAMPLE_RATE))


def _room(random: np.random.Generator, length: int, level_db: float) -> NDArray[np.float64]:
    """Room noise: noise with more low than high in it, and a faint mains hum."""
    white = random.standard_normal(length)
    spectrum = np.fft.rfft(white)
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    low = np.fft.irfft(spectrum / np.sqrt(1 + (hertz / 200) ** 2), length)
    hum = 0.2 * np.sin(2 * np.pi * 60 * np.arange(length) / SAMPLE_RATE)
    noise = low / np.sqrt(np.mean(low**2)) + hum
    return np.asarray(noise * 10 ** (level_db / 20))


def _trim(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut the engine's own silence, keeping 60 ms on both sides."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    margin = int(0.06 * SAMPLE_RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _say(text: str, voice: Voice) -> NDArray[np.float64]:
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "said.wav"
        if voice.engine == "flite":
            stretch = f"duration_stretch={voice.stretch}"
            command = ["flite", "-voice", voice.name, "--setf", stretch]
            command += ["-t", text, "-o", str(wave)]
            subprocess.run(command, check=True)
        elif voice.engine == "espeak-ng":
            command = ["espeak-ng", "-v", voice.name, "-s", str(voice.rate), "-w", str(wave), text]
            subprocess.run(command, check=True)
        else:
            settings = f"(begin ({voice.name}) (Parameter.set 'Duration_Stretch {voice.stretch}))"
            command = ["text2wave", "-eval", settings, "-o", str(wave)]
            subprocess.run(command, input=text.encode(), check=True)
        return _read(wave)


def _read(wave: Path) -> NDArray[np.float64]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    chunks = []
    with av.open(str(wave)) as container:
        for frame in container.decode(audio=0):
            chunks += [part.to_ndarray()[0] for part in resampler.resample(frame)]
        chunks += [part.to_ndarray()[0] for part in resampler.resample(None)]
    return np.concatenate(chunks).astype(np.float64) / 32768


def _write_opus(path: Path, samples: NDArray[np.float64], bit_rate: int) -> None:
    whole = np.clip(np.round(samples * 32768), -32768, 32767).astype(np.int16)
    # bitexact: no random stream number and no program version, so the same recipe
    # gives the same file
    with av.open(str(path), "w", format="ogg", container_options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = bit_rate
        stream.codec_context.options = {"application": "voip", "vbr": "on"}
        for start in range(0, len(whole), SAMPLE_RATE):
            frame = av.AudioFrame.from_ndarray(
                whole[None, start : start + SAMPLE_RATE], format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = SAMPLE_RATE, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    main(sys.argv[1:])
