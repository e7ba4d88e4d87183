"""Calibrate the intelligibility gate: ``python -m models.speech.recipe.gate``.

Speakers, human and synthetic, are parted into two halves by a seed; the numbers of
``models/speech/gate.json`` are fitted on the first half and the figures beside them measured on
the second. Human recordings are to be refused by the built-in model, synthetic calls scored.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]

from analyzer.audio.waveform import Waveform
from analyzer.speech.evidence import Evidence, evidence_in, evidence_of, trust_in
from analyzer.speech.gate import GateParameters, judge
from analyzer.speech.transcript import Transcript, Word, from_words
from analyzer.speech.vosk_engine import VoskEngine

from .augmentation import sounds
from .evaluation import CONDITIONS, VOICES
from .fingerprint import fingerprint
from .synthesis import renderings
from .texts import sayable, strip_markup
from .voices import SAMPLE_RATE, Request, Samples, resample

SEED: Final = 5
HALVINGS: Final = 12
CALLS_A_SPEAKER: Final = 4
SENTENCES_A_SPEAKER: Final = 2
LEAST_CALL_WORDS: Final = 25
SAME_PERSON: Final = {
    "slt": "slt", "cmu_us_slt_arctic_hts": "slt", "kal16": "kal", "kal_diphone": "kal",
}  # fmt: skip
"""Voices recorded from one person: they go into the same half."""
DOUBTFUL_WORDS: Final = 5
WRONG_SHARE: Final = 0.5
NEAR: Final = 0.05
FEWEST_RUNS: Final = 10
PEOPLE_SCORED: Final = 0.1
CALLS_REFUSED: Final = 0.05
SAFE_CONDITIONS: Final = ("clean", "telephone")


@dataclass(frozen=True)
class Heard:
    """One recording as the model heard it; `said` is the truth, in spoken form."""

    group: str
    speaker: str
    condition: str
    said: str
    transcript: Transcript
    evidence: Evidence

    @property
    def human(self) -> bool:
        """Whether a person spoke: to be refused."""
        return self.group == "human"


def halves(speakers: Iterable[str], seed: int) -> tuple[set[str], set[str]]:
    """Part speakers into two halves at random."""
    ordered = sorted(set(speakers))
    random.Random(seed).shuffle(ordered)
    middle = len(ordered) // 2
    return set(ordered[:middle]), set(ordered[middle:])


def call_texts(paths: Sequence[Path]) -> list[str]:
    """Return whole calls of corpus files (marked ``split: dev``) as synthesisers say them."""
    texts = []
    for path in sorted(file for p in paths for file in ([p] if p.is_file() else p.rglob("*.txt"))):
        first, *lines = path.read_text("utf-8").splitlines()
        if "split: dev" in first:
            said = (sayable(strip_markup(x)) for x in lines if x.strip() and x[0] != "#")
            texts += [text for text in said if len(text.split()) >= LEAST_CALL_WORDS]
    return texts


def speakers() -> dict[str, list[tuple[str, str]]]:
    """Return each synthetic speaker's (engine, voice) pairs."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for engine, names in VOICES.values():
        for name in names:
            found[SAME_PERSON.get(name, name)].append((engine, name))
    return dict(found)


def spoken_calls(texts: Sequence[str]) -> Iterator[tuple[str, str, str, Samples]]:
    """Yield (group, speaker, text, samples) of calls and of single sentences."""
    rng = random.Random(SEED)
    requests = []
    for speaker, voices in speakers().items():
        for number in range(CALLS_A_SPEAKER + SENTENCES_A_SPEAKER):
            engine, voice = voices[number % len(voices)]
            text = rng.choice(list(texts))
            group = "call"
            if number >= CALLS_A_SPEAKER:
                group, text = "sentence", _sentence(text, rng)
            requests.append(Request(f"{group}|{speaker}|{number}", engine, voice, text))
    for made in renderings(requests):
        group, speaker, _ = made.request.name.split("|")
        yield group, speaker, made.request.text, made.samples


def _sentence(text: str, rng: random.Random) -> str:
    words = text.replace(",", "").split()
    length = rng.randint(5, 12)
    first = rng.randrange(max(1, len(words) - length))
    return " ".join(words[first : first + length])


def human_recordings(folder: Path) -> Iterator[tuple[str, str, str, Samples]]:
    """Yield the recordings that ``manifest.jsonl`` of a folder names."""
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        samples, rate = soundfile.read(folder / entry["file"], dtype="float32", always_2d=True)
        yield "human", entry["speaker"], entry["text"], resample(samples.mean(1), rate, SAMPLE_RATE)


def hear(
    engine: VoskEngine, recordings: Iterable[tuple[str, str, str, Samples]]
) -> Iterator[Heard]:
    """Recognise every recording clean and over a telephone, and calls in one more condition."""
    others = [name for name in CONDITIONS if name not in SAFE_CONDITIONS]
    for number, (group, speaker, text, samples) in enumerate(recordings):
        more = (others[number % len(others)],) if group == "call" else ()
        for condition in (*SAFE_CONDITIONS, *more):
            rng = np.random.default_rng(SEED + number)
            waveform = as_waveform(CONDITIONS[condition](samples, rng))
            transcript = engine.transcribe(waveform)
            found = evidence_of(transcript, waveform)
            yield Heard(group, speaker, condition, text, transcript, found)


def as_waveform(samples: Samples) -> Waveform:
    """Return float samples as the waveform a recording would decode to."""
    return Waveform(np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16))


def threshold(heard: Sequence[Heard]) -> float:
    """Return the confidence midway between the two targets.

    One person in ten may be scored and one call in twenty refused: half way between the
    confidence that would score just so many people and the one that would refuse just so many
    calls, over clean and telephone recordings. Two quantiles say more of the next recordings than
    the few of a half that lie nearest to each other.
    """
    counted = [h for h in heard if h.group != "sentence" and h.condition in SAFE_CONDITIONS]
    people = [h.evidence.confidence for h in counted if h.human]
    calls = [h.evidence.confidence for h in counted if not h.human]
    lowest, highest = np.quantile(people, 1 - PEOPLE_SCORED), np.quantile(calls, CALLS_REFUSED)
    return round(float(lowest + highest) / 2, 3)


def doubtful_below(heard: Sequence[Heard]) -> float:
    """Return the largest mean posterior round which half the words of a run are wrong."""
    runs = np.array([run for one in heard if not one.human for run in _runs(one)])
    best = 0.0
    for limit in np.arange(0.2, 0.9, 0.02):
        near = runs[np.abs(runs[:, 0] - limit) < NEAR]
        if len(near) >= FEWEST_RUNS and near[:, 1].mean() >= WRONG_SHARE:
            best = float(limit)
    return round(best, 2)


def _runs(one: Heard) -> Iterator[tuple[float, float]]:
    """Yield mean posterior and share of wrong words of each run of ``DOUBTFUL_WORDS`` words."""
    from rapidfuzz.distance import Levenshtein

    words: list[Word] = list(one.transcript.words)
    heard, said = [w.text for w in words], one.said.replace(",", "").split()
    wrong = np.ones(len(heard))
    for block in Levenshtein.editops(heard, said).as_matching_blocks():
        wrong[block.a : block.a + block.size] = 0
    trust = np.array([trust_in(word) for word in words])
    for first in range(len(words) - DOUBTFUL_WORDS + 1):
        run = slice(first, first + DOUBTFUL_WORDS)
        yield float(trust[run].mean()), float(wrong[run].mean())


def wilson(count: int, total: int) -> list[float]:
    """Return Wilson's 95 % interval of a proportion."""
    z = 1.959964
    if not total:
        return [0.0, 1.0]
    share = count / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return [round((centre - spread) / scale, 3), round((centre + spread) / scale, 3)]


def rates(heard: Sequence[Heard], parameters: GateParameters) -> dict[str, dict[str, Any]]:
    """Return how many were rightly refused (human) or scored, by group and condition."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in heard:
        scored = parameters.understood(one.evidence)
        word = "refused" if one.human else "scored"
        for condition in (one.condition, "all"):
            row = counts[f"{one.group} {word}, {condition}"]
            row[0] += scored != one.human
            row[1] += 1
    return {
        name: {"right": right, "of": of, "share": round(right / of, 3),
               "interval": wilson(right, of)}
        for name, (right, of) in sorted(counts.items())
    }  # fmt: skip


def speechless(engine: VoskEngine) -> dict[str, str]:
    """Return what the gate says of sounds without speech, 10 s each."""
    rng = np.random.default_rng(SEED)
    count = 10 * SAMPLE_RATE
    moment = np.arange(count) / SAMPLE_RATE
    kinds: dict[str, npt.NDArray[Any]] = {
        "silence": np.zeros(count),
        "white noise": rng.normal(size=count) * 0.1,
        "brown noise": np.cumsum(rng.normal(size=count)) * 0.0005,
        "440 Hz tone": 0.3 * np.sin(2 * np.pi * 440 * moment),
    }
    for number in range(12):
        kinds[f"tones and music {number + 1}"] = sounds(count, rng) * 0.4
    found = {}
    for name, samples in kinds.items():
        waveform = as_waveform(samples.astype(np.float32))
        found[name] = judge(engine.transcribe(waveform), waveform, engine).status
    return found


def calibrate(heard: Sequence[Heard], seed: int) -> tuple[GateParameters, list[Heard]]:
    """Fit on one half of the speakers; return the parameters and the other half."""
    people = halves((h.speaker for h in heard if h.human), seed)
    voices = halves((h.speaker for h in heard if not h.human), seed)
    first = [h for h in heard if h.speaker in people[0] | voices[0]]
    second = [h for h in heard if h.speaker in people[1] | voices[1]]
    return GateParameters(threshold(first), doubtful_below(first), DOUBTFUL_WORDS), second


def over_halvings(heard: Sequence[Heard]) -> dict[str, dict[str, float]]:
    """Return mean and worst share of the two targets over other ways of halving the speakers."""
    shares: dict[str, list[float]] = {"call scored": [], "human refused": []}
    for seed in range(HALVINGS):
        parameters, second = calibrate(heard, seed)
        rows = rates([h for h in second if h.condition in SAFE_CONDITIONS], parameters)
        for name, found in shares.items():
            found.append(rows[f"{name}, all"]["share"])
    return {
        name: {"mean": round(float(np.mean(found)), 3), "worst": min(found)}
        for name, found in shares.items()
    }


def saved(heard: Iterable[Heard], path: Path | None) -> list[Heard]:
    """Keep what was heard in a file, or take it from there (to fit again without hearing)."""
    if path is None:
        return list(heard)
    if not path.exists():
        part = path.with_name(path.name + ".part")
        with part.open("w", encoding="utf-8", buffering=1) as out:
            for one in heard:
                out.write(json.dumps(_row(one)) + "\n")
        part.rename(path)
    return [_restored(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _row(one: Heard) -> dict[str, Any]:
    words = [[w.text, w.start_s, w.end_s, w.confidence] for w in one.transcript.words]
    return {**asdict(one), "transcript": words, "evidence": one.evidence.speech_s}


def _restored(row: dict[str, Any]) -> Heard:
    words = [Word(*word) for word in row["transcript"]]
    transcript = from_words([words], model="builtin")
    found = evidence_in(transcript, row["evidence"])
    return Heard(**{**row, "transcript": transcript, "evidence": found})


def main() -> None:
    """Calibrate and write the parameters with their figures."""
    parser = argparse.ArgumentParser(prog="python -m models.speech.recipe.gate",
                                     description=__doc__.splitlines()[0])  # fmt: skip
    parser.add_argument("--model", type=Path, default=Path("models/speech/builtin"))
    parser.add_argument("--real", type=Path, required=True, help="folder with manifest.jsonl")
    parser.add_argument("--texts", type=Path, nargs="+", default=[Path("models/language/corpus")])
    parser.add_argument("--output", type=Path, default=Path("models/speech/gate.json"))
    parser.add_argument("--heard", type=Path, help="file to keep what was heard in")
    options = parser.parse_args()
    engine = VoskEngine(options.model, name="builtin", provisional=True)

    def recordings() -> Iterator[tuple[str, str, str, Samples]]:
        yield from human_recordings(options.real)
        yield from spoken_calls(call_texts(options.texts))

    heard = saved(hear(engine, recordings()), options.heard)
    parameters, second = calibrate(heard, SEED)
    content = {
        "model": fingerprint(options.model),
        "seed": SEED,
        "parameters": asdict(parameters),
        "measured_on_the_other_half": rates(second, parameters),
        "over_twelve_halvings": over_halvings(heard),
    }
    options.output.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    # the gate that judges these sounds reads what was just written, where it travels
    content["speechless"] = speechless(engine)
    options.output.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(json.dumps(content, indent=1))


if __name__ == "__main__":
    main()
