"""How long start-up and the analysis beyond recognition take, on one core.

    python bench/startup.py              # prints the table
    python bench/startup.py --write      # also writes bench/startup.md

Start-up is from the start of the process until the first audio goes to the recogniser: Python,
imports, the speech model and the language pipeline. The analysis is everything after
recognition: spaCy, checks, score, report. The processes run on one core where the system can
tie them to one. Processor seconds are counted (on an idle machine nearly what the clock shows),
and the best of several runs is shown, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
from pathlib import Path

from one_core import stay_on_one_core

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "strong-voicemail.ogg"
LONG = ROOT / "samples" / "long.ogg"

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_START = """
from analyzer.checklist.loader import load_pack
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.language.pipeline import shared_reader
from analyzer.speech.choose import choose_engine
choose_engine("builtin").recogniser()
shared_reader(phrase_rules(load_pack()))
"""

_PARTS = """
import sys, time
from analyzer import assess
from analyzer.audio.decode import decode
from analyzer.report.formats import RenderOptions, render
from analyzer.speech.choose import choose_engine
path = sys.argv[1]
start = time.process_time()
waveform = decode(path)
decoded = time.process_time()
engine = choose_engine("builtin")
engine.recogniser()
ready = time.process_time()
transcript = engine.transcribe(waveform)
heard = time.process_time()
seconds = []
for _ in range(4):
    begin = time.process_time()
    assessment = assess.assess_transcript(transcript, duration_s=waveform.duration_s)
    scored = time.process_time()
    render("table", assessment, options=RenderOptions(waveform=None))
    seconds.append((scored - begin, time.process_time() - scored))
best = min(seconds[1:])
print(waveform.duration_s, decoded - start, heard - ready, *best)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write bench/startup.md")
    arguments = parser.parse_args()
    stay_on_one_core()
    rows = _rows(arguments.runs)
    table = _table(rows, arguments.runs)
    print(table)
    if arguments.write:
        (ROOT / "bench" / "startup.md").write_text(table, encoding="utf-8")


def _rows(runs: int) -> list[tuple[str, str, str]]:
    command = [sys.executable, "-m", "analyzer.cli.main"]
    help_s = _best(runs, [*command, "--help"])
    text = ROOT / "samples" / "strong-voicemail.txt"
    rows = [
        ("`callcheck --help`", f"{help_s:.2f} s", "0.5 s"),
        ("start-up: Python, imports, both models", f"{_best(runs, _python(_START)):.2f} s", "2 s"),
        ("`callcheck check` of a typed transcript",
         f"{_best(runs, [*command, 'check', str(text), '--no-save']):.2f} s", ""),
        ("`callcheck demo`", f"{_best(runs, [*command, 'demo']):.2f} s", ""),
    ]  # fmt: skip
    for path, name in ((SAMPLE, "the sample voicemail"), (LONG, "the long call")):
        seconds, decoding, recognising, analysing, rendering = _parts(runs, path)
        share = 60 / seconds
        rows += [
            (
                f"{name} ({seconds:.0f} s), a minute of it: decoding",
                f"{decoding * share:.3f} s",
                "",
            ),
            ("– recognition", f"{recognising * share:.2f} s", ""),
            ("– analysis and report", f"{(analysing + rendering) * share:.3f} s", "0.3 s"),
        ]
    return rows


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def _run(command: list[str]) -> tuple[float, str]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **_ONE_THREAD}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, done.stdout


def _best(runs: int, command: list[str]) -> float:
    return min(_run(command)[0] for _ in range(runs))


def _parts(runs: int, path: Path) -> list[float]:
    found = [
        [float(part) for part in _run(_python(_PARTS, str(path)))[1].split()] for _ in range(runs)
    ]
    return [min(column) for column in zip(*found, strict=True)]


def _table(rows: list[tuple[str, str, str]], runs: int) -> str:
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    lines = [
        "# Start-up and analysis",
        "",
        "Written by `python bench/startup.py --write`: processor seconds on one core, best of",
        f"{runs} ({machine}).",
        "",
        "| what | measured | wanted |",
        "|---|---:|---:|",
        *(f"| {what} | {measured} | {wanted} |" for what, measured, wanted in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
