"""Measure a model folder: word errors by voice and condition, speed, memory, and quiet on noise."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import jiwer
import numpy as np

from .augmentation import sounds, telephone
from .texts import spoken
from .voices import ESPEAK_HELD_OUT, SAMPLE_RATE, Request, Samples, resample

TARGET_VOICES: Final = {
    "flite awb": ("flite", ("awb",)),
    "flite rms": ("flite", ("rms",)),
    "flite slt": ("flite", ("slt",)),
    "festival slt-hts": ("festival", ("cmu_us_slt_arctic_hts",)),
    "espeak-ng": ("espeak", ("gmw/en-US",)),
}
"""The voices whose mean is the headline figure; training knows them, not the texts."""
FILLERS: Final = frozenset({"um", "uh", "er", "hmm"})
NEW_VOICES: Final = {
    "festival ked": ("festival", ("ked_diphone",)),
    "espeak-ng variants": ("espeak", tuple(f"gmw/en-US+{name}" for name in ESPEAK_HELD_OUT)),
}
"""Speakers kept wholly out of training."""
OTHER_VOICES: Final = {
    "flite kal16": ("flite", ("kal16",)),
    "festival kal": ("festival", ("kal_diphone",)),
    "espeak-ng British": ("espeak", ("gmw/en",)),
}
VOICES: Final = {**TARGET_VOICES, **NEW_VOICES, **OTHER_VOICES}


def clean(samples: Samples, rng: np.random.Generator) -> Samples:
    """Return the samples as the engine gave them, at a usual level."""
    return np.asarray(samples / (np.abs(samples).max() + 1e-9) * 0.6, np.float32)


def phone_line(samples: Samples, rng: np.random.Generator) -> Samples:
    """Return the samples over a simulated 8 kHz line: 300 to 3,400 Hz, mu-law, noise at 30 dB."""
    strength = float(np.sqrt(np.mean(samples**2)))
    noisy = samples + rng.normal(size=len(samples)) * strength * 10 ** (-30 / 20)
    scaled = (noisy / (np.abs(noisy).max() + 1e-9) * 0.6).astype(np.float32)
    return telephone(scaled, 300, 3400, "mu-law")


def mobile(samples: Samples, rng: np.random.Generator) -> Samples:
    """Return the samples over a GSM mobile line."""
    scaled = (samples / (np.abs(samples).max() + 1e-9) * 0.6).astype(np.float32)
    return telephone(scaled, 250, 3500, "gsm")


def noisy(samples: Samples, rng: np.random.Generator) -> Samples:
    """Return the samples in white noise 15 dB below them."""
    strength = float(np.sqrt(np.mean(samples**2)))
    mixed = samples + rng.normal(size=len(samples)) * strength * 10 ** (-15 / 20)
    return np.asarray(mixed / (np.abs(mixed).max() + 1e-9) * 0.6, np.float32)


Condition = Callable[[Samples, np.random.Generator], Samples]
CONDITIONS: Final[dict[str, Condition]] = {
    "clean": clean, "telephone": phone_line, "gsm": mobile, "noise 15 dB": noisy,
}  # fmt: skip


@dataclass
class Score:
    """Word errors over `words` reference words, in `seconds` of audio that kept us `busy` so long.

    `unknown` counts ``[unk]``; `fillers_heard` the fillers of the reference heard in their place.
    """

    words: int = 0
    errors: int = 0
    seconds: float = 0.0
    busy: float = 0.0
    unknown: int = 0
    fillers: int = 0
    fillers_heard: int = 0
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def add(self, reference: str, heard: str, seconds: float, busy: float) -> None:
        """Count one utterance."""
        if reference:
            found = jiwer.process_words(reference, heard)
            self.errors += found.substitutions + found.deletions + found.insertions
            self.words += len(reference.split())
            said = reference.split()
            self.fillers += sum(word in FILLERS for word in said)
            for part in found.alignments[0]:
                if part.type == "equal":
                    kept = said[part.ref_start_idx : part.ref_end_idx]
                    self.fillers_heard += sum(word in FILLERS for word in kept)
        else:
            self.errors += len(heard.split())
        self.seconds += seconds
        self.busy += busy
        self.unknown += heard.split().count("[unk]")
        self.pairs.append((reference, heard))

    @property
    def rate(self) -> float:
        """Word error rate, 0 to 1 or more."""
        return self.errors / max(1, self.words)

    def row(self) -> dict[str, Any]:
        """Return the figures without the texts."""
        figures = {k: v for k, v in asdict(self).items() if k != "pairs"}
        return {**figures, "wer": round(self.rate, 4), "rtf": round(self.busy / self.seconds, 4)}


class Recogniser:
    """A Vosk model and how long it took to load (seconds)."""

    def __init__(self, folder: Path) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        started = time.perf_counter()
        self._vosk = vosk
        self._model = vosk.Model(str(folder))
        self.load_seconds = time.perf_counter() - started

    def hear(self, samples: Samples) -> tuple[str, float]:
        """Return the words heard in 16 kHz samples, and the processor time taken in seconds."""
        pcm = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2").tobytes()
        started = time.process_time()
        recogniser = self._vosk.KaldiRecognizer(self._model, SAMPLE_RATE)
        recogniser.SetWords(True)
        texts = []
        for start in range(0, len(pcm), 8000):
            if recogniser.AcceptWaveform(pcm[start : start + 8000]):
                texts.append(json.loads(recogniser.Result())["text"])
        texts.append(json.loads(recogniser.FinalResult())["text"])
        return " ".join(text for text in texts if text), time.process_time() - started


def requests(texts: Sequence[str], voice: str) -> list[Request]:
    """Return what one voice of `VOICES` says of the texts (variants take turns)."""
    engine, names = VOICES[voice]
    return [
        Request(f"{voice.replace(' ', '-')}-{n:03d}", engine, names[n % len(names)], text)
        for n, text in enumerate(texts)
    ]


def measure(
    recogniser: Recogniser,
    speech: Iterable[tuple[str, Samples]],
    condition: str,
    seed: int = 0,
) -> Score:
    """Score (text, samples) pairs under one condition; references are put in spoken form."""
    score = Score()
    rng = np.random.default_rng(seed)
    for text, samples in speech:
        heard, busy = recogniser.hear(CONDITIONS[condition](samples, rng))
        score.add(spoken(text), heard, len(samples) / SAMPLE_RATE, busy)
    return score


def quiet(recogniser: Recogniser, seed: int = 11) -> dict[str, int]:
    """Return how many words each kind of speechless sound (10 s of each) gives; all should be 0."""
    rng = np.random.default_rng(seed)
    count = 10 * SAMPLE_RATE
    moment = np.arange(count) / SAMPLE_RATE
    kinds: dict[str, Samples] = {
        "silence": np.zeros(count, np.float32),
        "faint noise": (rng.normal(size=count) * 0.001).astype(np.float32),
        "white noise": (rng.normal(size=count) * 0.1).astype(np.float32),
        "brown noise": (np.cumsum(rng.normal(size=count)) * 0.0005).astype(np.float32),
    }
    for pitch in (220, 440, 1000, 3000):
        kinds[f"{pitch} Hz tone"] = (0.3 * np.sin(2 * np.pi * pitch * moment)).astype(np.float32)
    for number in range(24):
        kinds[f"tones and music {number + 1}"] = sounds(count, rng) * np.float32(0.4)
    return {name: len(recogniser.hear(wave)[0].split()) for name, wave in kinds.items()}


def real_speech(recogniser: Recogniser, folder: Path) -> Score:
    """Score a folder of recordings with a ``manifest.jsonl`` (keys ``file`` and ``text``)."""
    import soundfile  # type: ignore[import-untyped]

    score = Score()
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        samples, rate = soundfile.read(folder / entry["file"], dtype="float32")
        if samples.ndim > 1:
            samples = samples.mean(1)
        samples = resample(samples, rate, SAMPLE_RATE)
        heard, busy = recogniser.hear(samples)
        score.add(spoken(entry["text"]), heard, len(samples) / SAMPLE_RATE, busy)
    return score


def peak_memory() -> float:
    """Return this process's peak memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
