"""Network inputs and targets: Kaldi's MFCCs at 10 ms, and a phone label every 30 ms."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any, Final

import kaldi_native_fbank as knf  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]

from .augmentation import record, sounds, warp
from .phones import BASE_INDEX, SILENCE
from .voices import SAMPLE_RATE, Samples

CEPSTRA: Final = 40
FRAME_SHIFT: Final = 0.01
SUBSAMPLING: Final = 3
Frames = npt.NDArray[np.float16]
Labels = npt.NDArray[np.uint8]


def _options() -> Any:
    options = knf.MfccOptions()
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.frame_opts.dither = 0.0
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = CEPSTRA
    options.mel_opts.low_freq = 20
    options.mel_opts.high_freq = 7600
    options.num_ceps = CEPSTRA
    options.use_energy = False
    return options


def mfcc(samples: Samples) -> npt.NDArray[np.float32]:
    """Return (frames, 40) cepstra of samples on the 16-bit scale, as ``conf/mfcc.conf`` says."""
    extractor = knf.OnlineMfcc(_options())
    extractor.accept_waveform(SAMPLE_RATE, samples.tolist())
    extractor.input_finished()
    return np.stack([extractor.get_frame(i) for i in range(extractor.num_frames_ready)])


def frame_labels(segments: list[tuple[int, float]], count: int) -> Labels | None:
    """Return `count` labels at 30 ms from (phone index, end in seconds) segments.

    Label ``2b`` marks the first frame of phone ``b``, ``2b + 1`` the rest; every phone gets at
    least one frame. None when there are more phones than frames.
    """
    if len(segments) > count:
        return None
    bounds = [0]
    for _, end in segments:
        frame = round(end / (FRAME_SHIFT * SUBSAMPLING))
        bounds.append(max(bounds[-1] + 1, frame))
    bounds[-1] = count
    for index in range(len(segments) - 1, 0, -1):
        bounds[index] = min(bounds[index], bounds[index + 1] - 1)
    labels = np.zeros(count, np.uint8)
    for index, (phone, _) in enumerate(segments):
        labels[bounds[index] : bounds[index + 1]] = 2 * phone + 1
        labels[bounds[index]] = 2 * phone
    return labels


def utterance(
    samples: Samples, segments: list[tuple[str, float]], rng: np.random.Generator
) -> tuple[Frames, Labels] | None:
    """Return augmented frames and labels of one rendered utterance."""
    factor = float(np.exp(rng.uniform(np.log(0.8), np.log(1.25)))) if rng.random() < 0.75 else 1.0
    if factor != 1.0:
        samples = warp(samples, factor)
    lead = rng.uniform(0.0, 0.9) if rng.random() < 0.5 else 0.0
    tail = rng.uniform(0.0, 0.9) if rng.random() < 0.5 else 0.0
    padding = (round(lead * SAMPLE_RATE), round(tail * SAMPLE_RATE))
    samples = np.pad(samples, padding)
    indexed = [(BASE_INDEX[phone], end / factor + lead) for phone, end in segments]
    if indexed[0][0] != BASE_INDEX[SILENCE]:
        indexed.insert(0, (BASE_INDEX[SILENCE], max(lead, 0.03)))
    frames = mfcc(record(samples, rng))
    labels = frame_labels(indexed, -(-len(frames) // SUBSAMPLING))
    return None if labels is None else (frames.astype(np.float16), labels)


def no_speech(seconds: float, rng: np.random.Generator) -> tuple[Frames, Labels]:
    """Return frames of silence, noise, tones or music, all labelled silence."""
    count = round(seconds * SAMPLE_RATE)
    samples = np.zeros(count, np.float32)
    if rng.random() < 0.75:
        samples = sounds(count, rng)
    frames = mfcc(record(samples, rng))
    labels = np.ones(-(-len(frames) // SUBSAMPLING), np.uint8)
    labels[0] = 0
    return frames.astype(np.float16), labels


def save_shard(path: Path, items: list[tuple[Frames, Labels]]) -> None:
    """Write utterances as one ``.npz``: frames and labels end to end, and their lengths."""
    np.savez(
        path,
        frames=np.concatenate([frames for frames, _ in items]),
        labels=np.concatenate([labels for _, labels in items]),
        frame_counts=np.array([len(frames) for frames, _ in items]),
        label_counts=np.array([len(labels) for _, labels in items]),
    )


def write_features(speech: Path, target: Path, copy: int) -> int:
    """Augment every utterance of a rendered set once; return the number of frames written."""
    items = []
    with (speech / "index.jsonl").open(encoding="utf-8") as index:
        for line in index:
            entry = json.loads(line)
            rng = np.random.default_rng(
                zlib.crc32(f"{speech.name}/{entry['name']}/{copy}".encode())
            )
            samples, _ = soundfile.read(speech / f"{entry['name']}.wav", dtype="float32")
            segments = [(phone, float(end)) for phone, end in entry["segments"]]
            if item := utterance(samples, segments, rng):
                items.append(item)
    save_shard(target, items)
    return sum(len(frames) for frames, _ in items)


def write_no_speech(target: Path, count: int, seed: int) -> int:
    """Write `count` stretches of 3 to 8 s without speech; return the number of frames."""
    rng = np.random.default_rng(seed)
    items = [no_speech(float(rng.uniform(3, 8)), rng) for _ in range(count)]
    save_shard(target, items)
    return sum(len(frames) for frames, _ in items)
