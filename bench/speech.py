"""Measure a speech model: word errors by voice and line, speed, memory, time to load.

    python bench/speech.py                    # prints the tables
    python bench/speech.py --write            # also writes them into docs/speech.md
    python bench/speech.py --model NAME       # an installed official model

Needs what the recipe needs (models/speech/recipe/requirements.txt, flite, espeak-ng, festival).
The texts are the corpus files kept out of training. Processor time of one process is shown, not
time on the clock, and all runs on one core: other work on the machine adds little to it.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from one_core import stay_on_one_core

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the recipe is no installed package

DOCUMENT = ROOT / "docs" / "speech.md"
LONG = ROOT / "samples" / "long.ogg"
CORPUS = ROOT / "models" / "language" / "corpus"
MINUTES = 5
TARGETS = {"clean": "8 %", "telephone": "14 %"}

_LOAD = """
import sys, time
import vosk
vosk.SetLogLevel(-1)

def peak_kb():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = peak_kb()
start = time.process_time()
model = vosk.Model(sys.argv[1])
loaded = time.process_time() - start
recogniser = vosk.KaldiRecognizer(model, 16000)
recogniser.SetWords(True)
recogniser.AcceptWaveform(open(sys.argv[2], "rb").read()[:640000])
recogniser.FinalResult()
print(loaded, (peak_kb() - before) / 1024)
"""

_BARE = """
import sys, time
import vosk
vosk.SetLogLevel(-1)
model = vosk.Model(sys.argv[1])
pcm = open(sys.argv[2], "rb").read()
recogniser = vosk.KaldiRecognizer(model, 16000)
recogniser.SetWords(True)
start = time.process_time()
for at in range(0, len(pcm), 8000):
    if recogniser.AcceptWaveform(pcm[at : at + 8000]):
        recogniser.Result()
recogniser.FinalResult()
print(time.process_time() - start)
"""

_WHOLE = """
import sys, time
import numpy as np
from analyzer import assess
from analyzer.audio.waveform import Waveform
from analyzer.checklist.loader import load_pack
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.language.pipeline import shared_reader
from analyzer.report.formats import RenderOptions, render
from analyzer.speech.vosk_engine import VoskEngine
from pathlib import Path
engine = VoskEngine(Path(sys.argv[1]), name="builtin", provisional=True)
engine.recogniser()
shared_reader(phrase_rules(load_pack()))
assess.assess_text("hello this is a first sentence to warm up with")
samples = np.fromfile(sys.argv[2], np.int16)
start = time.process_time()
assessment, _ = assess.assess_waveform(Waveform(samples), engine=engine)
render("table", assessment, options=RenderOptions(waveform=None))
print(time.process_time() - start)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="builtin", help="builtin, an installed name, a folder")
    parser.add_argument("--calls", type=int, default=8, help="calls each voice says")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write into docs/speech.md")
    arguments = parser.parse_args()
    stay_on_one_core()
    folder = _model_folder(arguments.model)
    blocks = {
        "words": "\n".join(_word_errors(folder, arguments.calls)),
        "speed": "\n".join(_speed(folder, arguments.runs)),
        "gate": "\n".join(_gate()),
    }
    for block in blocks.values():
        print(block, end="\n\n")
    if arguments.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        for name, block in blocks.items():
            text = with_block(text, name, block)
        DOCUMENT.write_text(text, encoding="utf-8")


def with_block(text: str, name: str, block: str) -> str:
    """Put a block between its two marks in a document.

    Raises:
        ValueError: a mark is missing; nothing of the document may be lost.
    """
    start, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    before, opened, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not (opened and closed):
        raise ValueError(f"the marks of {name} are missing")
    return f"{before}{start}\n{block}\n{end}{after}"


def _model_folder(name: str) -> Path:
    from analyzer.speech.choose import choose_engine

    return choose_engine(name).folder


def _word_errors(folder: Path, calls: int) -> Iterator[str]:
    """One row a voice, one column a condition; the two means at the end."""
    from models.speech.recipe import evaluation, synthesis
    from models.speech.recipe.gate import call_texts

    recogniser = evaluation.Recogniser(folder)
    texts = call_texts([CORPUS])
    conditions = list(evaluation.CONDITIONS)
    rates: dict[str, dict[str, float]] = {}
    busy = seconds = 0.0
    yield f"| voice | words | {' | '.join(conditions)} |"
    yield f"|---|---:|{'---:|' * len(conditions)}"
    for number, voice in enumerate(evaluation.VOICES):
        said = [texts[(number * calls + n) % len(texts)] for n in range(calls)]
        speech = [
            (made.request.text, made.samples)
            for made in synthesis.renderings(evaluation.requests(said, voice))
        ]
        scores = {name: evaluation.measure(recogniser, speech, name) for name in conditions}
        rates[voice] = {name: score.rate for name, score in scores.items()}
        busy += sum(score.busy for score in scores.values())
        seconds += sum(score.seconds for score in scores.values())
        new = ", speaker not in training" if voice in evaluation.NEW_VOICES else ""
        yield _row(f"{voice}{new}", str(scores["clean"].words), rates[voice], conditions)
    for name, group in (
        ("**mean of the five usual voices**", evaluation.TARGET_VOICES),
        ("**mean of speakers not in training**", evaluation.NEW_VOICES),
    ):
        means = {c: sum(rates[voice][c] for voice in group) / len(group) for c in conditions}
        yield _row(name, "", means, conditions)
    yield ""
    yield f"Recognition of all of it took {busy / seconds:.3f} × real time on the clock."


def _row(name: str, words: str, rates: dict[str, float], conditions: list[str]) -> str:
    return f"| {name} | {words} | {' | '.join(f'{rates[c]:.1%}' for c in conditions)} |"


def _speed(folder: Path, runs: int) -> Iterator[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        audio = _long_audio(Path(temporary) / "audio.raw")
        loads = [_run(_LOAD, folder, audio) for _ in range(runs)]
        pairs = [(_run(_BARE, folder, audio), _run(_WHOLE, folder, audio)) for _ in range(runs)]
    load_s, memory_mb = min(row[0] for row in loads), max(row[1] for row in loads)
    bare = statistics.median(row[0][0] for row in pairs)
    whole = statistics.median(row[1][0] for row in pairs)
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    yield f"| {folder.name}, {size / 1e6:.1f} MB | measured | wanted |"
    yield "|---|---:|---:|"
    yield f"| time to load | {load_s:.2f} s | |"
    yield f"| memory of model and recogniser | {memory_mb:.0f} MB | |"
    yield f"| a bare recogniser loop, {MINUTES} minutes of speech | {bare:.2f} s | |"
    yield f"| callcheck beyond start-up, the same speech | {whole:.2f} s | |"
    more = (whole - bare) / MINUTES
    yield f"| – more, a minute of speech | {more:.2f} s | 0.3 s (built-in) |"
    yield f"| – times the bare loop | {whole / bare:.2f} | 1.15 (official) |"
    yield f"| recognition, times real time | {bare / (60 * MINUTES):.3f} | 0.05 (built-in) |"
    yield ""
    yield f"Processor seconds on one core, median of {runs} runs in turn ({machine})."


def _long_audio(path: Path) -> Path:
    """Five minutes of speech: the long sample, again from its start where it is shorter."""
    import numpy as np

    from analyzer.audio.decode import decode
    from analyzer.audio.waveform import SAMPLE_RATE

    samples = decode(LONG).samples
    np.resize(samples, MINUTES * 60 * SAMPLE_RATE).tofile(path)
    return path


def _run(code: str, folder: Path, audio: Path) -> list[float]:
    command = [sys.executable, "-c", code, str(folder), str(audio)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [float(part) for part in done.stdout.split()]


def _gate() -> Iterator[str]:
    """The figures that the calibration kept beside its parameters."""
    from analyzer.resources import speech_gate_file

    data: dict[str, Any] = json.loads(speech_gate_file().read_text(encoding="utf-8"))
    yield "| recordings of the half not used to fit | right | share | 95 % interval |"
    yield "|---|---:|---:|---|"
    for name, row in data.get("measured_on_the_other_half", {}).items():
        low, high = row["interval"]
        yield (
            f"| {name} | {row['right']} of {row['of']} | {row['share']:.1%} | "
            f"{low:.1%} to {high:.1%} |"
        )
    for name, row in data.get("over_twelve_halvings", {}).items():
        yield f"| {name}, mean of 12 halvings | | {row['mean']:.1%} | worst {row['worst']:.1%} |"
    statuses = list(data.get("speechless", {}).values())
    if statuses:
        counts = ", ".join(f"{statuses.count(s)} {s}" for s in sorted(set(statuses)))
        yield ""
        yield f"Silence, noise, tones and music (10 s each, {len(statuses)} sounds): {counts}."


if __name__ == "__main__":
    main()
