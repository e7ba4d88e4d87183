"""Synthetic speakers: Flite, Festival and eSpeak NG, each giving samples and phone boundaries.

Every voice renders a text as 16 kHz mono samples (float, -1 to 1) and a list of segments, each a
base phone and its end time in seconds. Speaker variety comes from the engines' own voices, pitch
and rate here, and from the vocal-tract warps in `augmentation`.
"""

from __future__ import annotations

import ctypes
import random
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]

from .phones import SILENCE, from_espeak, from_festival

Samples = npt.NDArray[np.float32]
Segments = list[tuple[str, float]]
SAMPLE_RATE: Final = 16_000

FLITE_PITCH: Final = {"kal16": 105.0, "awb": 120.0, "rms": 105.0, "slt": 165.0}
"""Mean pitch of each Flite voice in Hz, round which training speech varies."""

ESPEAK_ACCENTS: Final = (
    "gmw/en", "gmw/en-GB-scotland", "gmw/en-GB-x-rp", "gmw/en-GB-x-gbclan", "gmw/en-029",
    "gmw/en-US-nyc",
)  # fmt: skip
ESPEAK_VARIANTS: Final = tuple(
    str.split(
        "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 klatt klatt2 klatt3 klatt4 klatt6 Alex "
        "Alicia Andrea Denis Diogo Gene Henrique Hugo Jacky Lee Marco Mario Mike Nguyen "
        "adam anika antonio aunty belinda benjamin boris caleb david ed grandma grandpa "
        "gustave iven iven2 john kaukovalta marcelo max michel miguel norbert pablo pedro "
        "quincy rob sandro shelby steph steph2 travis victor whisper zac"
    )
)
"""Variants of the eSpeak NG voice that training uses."""
ESPEAK_HELD_OUT: Final = ("Annie", "edward", "linda", "Michael", "Andy", "paul", "f5", "klatt5")
"""Variants never used in training: they measure how the model does on speakers it has not met."""


@dataclass(frozen=True)
class Request:
    """One thing to say.

    `stretch` multiplies durations; `pitch` is in Hz for Flite, 0 to 99 for eSpeak NG; `rate` is
    eSpeak NG's, in words a minute.
    """

    name: str
    engine: str
    voice: str
    text: str
    stretch: float = 1.0
    pitch: float | None = None
    rate: int = 160
    pitch_range: int = 50


@dataclass(frozen=True)
class Rendering:
    """Speech and its phones: `samples` at 16 kHz, `segments` as (phone, end in seconds)."""

    request: Request
    samples: Samples
    segments: Segments

    def record(self) -> dict[str, Any]:
        """Return what the index of a rendered set says about this utterance."""
        ends = [[phone, round(end, 4)] for phone, end in self.segments]
        return {**asdict(self.request), "segments": ends}


def _smooth_lengths(limit: int) -> npt.NDArray[np.int64]:
    lengths = {1}
    for factor in (2, 3, 5, 7, 11):
        grown = set(lengths)
        for length in lengths:
            while (length := length * factor) <= limit:
                grown.add(length)
        lengths = grown
    return np.array(sorted(length for length in lengths if length % 2 == 0))


_LENGTHS: Final = _smooth_lengths(1 << 22)


def resample(samples: npt.ArrayLike, source_rate: float, target_rate: float) -> Samples:
    """Resample by Fourier transform (band-limited; rates in Hz).

    Transform lengths are products of small primes, so an odd ratio may be off by 0.05 %.
    """
    wave = np.asarray(samples, np.float32)
    ratio = target_rate / source_rate
    if ratio == 1:
        return wave
    padded = 1 << (len(wave) - 1).bit_length()
    padded_out = int(_LENGTHS[np.argmin(np.abs(_LENGTHS - padded * ratio))])
    spectrum = np.fft.rfft(wave, padded)
    keep = padded_out // 2 + 1
    out = np.zeros(keep, np.complex64)
    shared = min(keep, len(spectrum))
    out[:shared] = spectrum[:shared]
    result = np.fft.irfft(out, padded_out)[: round(len(wave) * ratio)]
    return (result * (padded_out / padded)).astype(np.float32)


def _merged(segments: Segments) -> Segments:
    merged: Segments = []
    for phone, end in segments:
        if merged and phone == SILENCE and merged[-1][0] == SILENCE:
            merged[-1] = (phone, end)
        else:
            merged.append((phone, end))
    return merged


def _scaled(pairs: Sequence[str], duration: float) -> Segments | None:
    """Read ``phone:end`` pairs; stretch the times where they do not end with the audio."""
    segments: Segments = []
    for pair in pairs:
        symbol, _, end = pair.rpartition(":")
        phone = from_festival(symbol)
        if phone is None:
            return None
        segments.append((phone, float(end)))
    if not segments:
        return None
    factor = duration / segments[-1][1]
    if abs(factor - 1) > 0.2:
        return None
    return _merged([(phone, end * factor) for phone, end in segments])


class Flite:
    """The Flite command (voices awb, rms, slt, kal16)."""

    def render(self, request: Request) -> Rendering | None:
        """Speak one request; None when its segments cannot be used."""
        command = ["flite", "-voice", request.voice, "-psdur"]
        command += ["--setf", f"duration_stretch={request.stretch:.3f}"]
        if request.pitch:
            command += ["--setf", f"int_f0_target_mean={request.pitch:.1f}"]
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            done = subprocess.run(
                [*command, "-t", request.text, "-o", file.name], capture_output=True, text=True
            )
            try:
                wave, rate = soundfile.read(file.name, dtype="float32")
            except soundfile.LibsndfileError:
                return None
        samples = resample(wave, rate, SAMPLE_RATE)
        segments = _scaled(done.stdout.split(), len(samples) / SAMPLE_RATE)
        return Rendering(request, samples, segments) if segments else None


_DIPHONE_PITCH: Final = (
    "(set! int_lr_params '((target_f0_mean {:.0f}) (target_f0_std 14)"
    " (model_f0_mean 170) (model_f0_std 34)))"
)


CROSSED: Final = {"rab_diphone": "sound_rab", "don_diphone": "sound_don"}
"""British voices that speak American, and what `crossing.scm` calls them."""


def _festival_lines(request: Request) -> list[str]:
    """Return the commands that leave one utterance in `u`, its phones printed."""
    text = request.text.replace('"', "").replace("\\", "")
    crossed = CROSSED.get(request.voice)
    lines = [
        f"(voice_{'kal_diphone' if crossed else request.voice})",
        f"(Parameter.set 'Duration_Stretch {request.stretch:.3f})",
        *([_DIPHONE_PITCH.format(request.pitch)] if request.pitch else []),
    ]
    printed = "(mapcar print_segment (utt.relation.items u 'Segment))"
    if crossed:
        return [*lines, f'(set! u (plan_american "{text}"))', printed,
                f"(sound_british u {crossed})"]  # fmt: skip
    return [*lines, f"(set! u (utt.synth (eval (list 'Utterance 'Text \"{text}\"))))", printed]


class Festival:
    """The Festival command, in batches.

    Its voices here: kal_diphone, ked_diphone, cmu_us_slt_arctic_hts and those of `CROSSED`.
    """

    def render_all(self, requests: Sequence[Request]) -> list[Rendering]:
        """Speak requests of any voices; those whose segments cannot be used are left out."""
        renderings: list[Rendering] = []
        with tempfile.TemporaryDirectory() as folder:
            lines = [
                "(define (print_segment s)",
                '  (format t "%s:%f " (item.name s) (item.feat s "end")))',
            ]
            if any(request.voice in CROSSED for request in requests):
                lines.append(f'(load "{Path(__file__).with_name("crossing.scm")}")')
            for number, request in enumerate(requests):
                lines += [
                    *_festival_lines(request),
                    f'(format t "\\n@ {number}\\n")',
                    f'(utt.save.wave u "{folder}/{number}.wav" \'riff)',
                ]
            script = Path(folder) / "batch.scm"
            script.write_text("\n".join(lines), "utf-8")
            done = subprocess.run(["festival", "-b", str(script)], capture_output=True, text=True)
            said: list[str] = []
            for line in done.stdout.splitlines():
                if not line.startswith("@ "):
                    said = line.split()
                    continue
                number = int(line[2:])
                path = Path(folder) / f"{number}.wav"
                if not path.exists():
                    continue
                wave, rate = soundfile.read(path, dtype="float32")
                samples = resample(wave, rate, SAMPLE_RATE)
                duration = len(samples) / SAMPLE_RATE
                if said and requests[number].voice in CROSSED:  # a tail, but no other tempo
                    said[-1] = f"{said[-1].rpartition(':')[0]}:{duration}"
                if segments := _scaled(said, duration):
                    renderings.append(Rendering(requests[number], samples, segments))
        return renderings


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_CALLBACK: Final = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)
_PHONEME_EVENT: Final = 7


@dataclass
class Espeak:
    """The eSpeak NG library; voices are named ``LANGUAGE+VARIANT`` as on its command line."""

    _wave: list[npt.NDArray[np.int16]] = field(default_factory=list)
    _events: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate = self._library.espeak_Initialize(2, 0, None, 1)
        self._callback = _CALLBACK(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._wave.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != 0:
            event = events[index]
            if event.type == _PHONEME_EVENT:
                mnemonic = event.id.string.decode("utf-8", "replace")
                self._events.append((mnemonic, event.audio_position / 1000))
            index += 1
        return 0

    def _speak(self, request: Request) -> bool:
        self._wave.clear()
        self._events.clear()
        if self._library.espeak_SetVoiceByName(request.voice.encode()) != 0:
            raise ValueError(f"eSpeak NG has no voice {request.voice}")
        pitch = 50 if request.pitch is None else round(request.pitch)
        rate = round(request.rate / request.stretch)
        for parameter, value in ((1, rate), (3, pitch), (4, request.pitch_range)):
            self._library.espeak_SetParameter(parameter, value, 0)
        text = request.text.encode()
        self._library.espeak_Synth(text, len(text) + 1, 0, 0, 0, 1, None, None)
        self._library.espeak_Synchronize()
        return bool(self._wave and self._events)

    def phones(self, text: str, voice: str = "gmw/en-US") -> tuple[str, ...] | None:
        """Return the base phones of a text without its pauses, None where one is unknown."""
        if not self._speak(Request("", "espeak", voice, text)):
            return None
        phones: list[str] = []
        for mnemonic, _ in self._events:
            mapped = from_espeak(mnemonic)
            if mapped is None:
                return None
            phones += [phone for phone in mapped if phone != SILENCE]
        return tuple(phones) or None

    def render(self, request: Request) -> Rendering | None:
        """Speak one request; None when it has a phoneme without a mapping."""
        if not self._speak(request):
            return None
        wave = np.concatenate(self._wave).astype(np.float32) / 32768
        if len(wave) < self._rate // 4:
            return None
        duration = len(wave) / self._rate
        lead, tail = 0.15, 0.2
        segments: Segments = [(SILENCE, self._events[0][1] + lead)]
        for index, (mnemonic, _) in enumerate(self._events):
            last = index + 1 == len(self._events)
            end = (duration if last else self._events[index + 1][1]) + lead
            mapped = from_espeak(mnemonic)
            if mapped is None:
                return None
            if not mapped:
                segments[-1] = (segments[-1][0], end)
                continue
            start = segments[-1][1]
            for part, phone in enumerate(mapped, 1):
                segments.append((phone, start + (end - start) * part / len(mapped)))
        segments.append((SILENCE, duration + lead + tail))
        body = resample(wave, self._rate, SAMPLE_RATE)
        samples = np.concatenate(
            [np.zeros(round(lead * SAMPLE_RATE), np.float32), body,
             np.zeros(round(tail * SAMPLE_RATE), np.float32)]
        )  # fmt: skip
        return Rendering(request, samples, _merged(segments))


def training_requests(texts: Sequence[str], engine: str, seed: int) -> list[Request]:
    """Return one request a text, with voices, pitch and rate drawn for training.

    `engine` is flite, festival (slt-hts), diphone (Festival's kal), crossed (its British rab and
    don, speaking American) or espeak.
    """
    rng = random.Random(f"{engine}/{seed}")
    requests = []
    for number, text in enumerate(texts):
        name = f"{engine}-{number:05d}"
        if engine == "flite":
            voice = rng.choice(("awb", "awb", "rms", "rms", "slt", "slt", "kal16"))
            plain = rng.random() < 0.3
            stretch = 1.0 if plain else rng.uniform(0.78, 1.3)
            pitch = None if plain else FLITE_PITCH[voice] * rng.uniform(0.72, 1.4)
            requests.append(Request(name, engine, voice, text, stretch, pitch))
        elif engine == "festival":
            stretch = rng.uniform(0.8, 1.3)
            requests.append(Request(name, engine, "cmu_us_slt_arctic_hts", text, stretch))
        elif engine == "diphone":
            stretch, pitch = rng.uniform(0.78, 1.3), 105 * rng.uniform(0.72, 1.6)
            requests.append(Request(name, "festival", "kal_diphone", text, stretch, pitch))
        elif engine == "crossed":
            stretch, pitch = rng.uniform(0.78, 1.3), 115 * rng.uniform(0.72, 1.6)
            voice = rng.choice(("rab_diphone", "rab_diphone", "don_diphone"))
            requests.append(Request(name, "festival", voice, text, stretch, pitch))
        else:
            accent = rng.choice(ESPEAK_ACCENTS) if rng.random() < 0.16 else "gmw/en-US"
            variant = rng.choice(ESPEAK_VARIANTS)
            voice = accent if rng.random() < 0.15 else f"{accent}+{variant}"
            requests.append(
                Request(name, engine, voice, text, 1.0, rng.randint(15, 85),
                        rng.randint(115, 200), rng.randint(20, 80))
            )  # fmt: skip
    return requests
