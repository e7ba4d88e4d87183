"""Measure the language step: start-up, and transcripts a second on one core.

python bench/language.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from one_core import stay_on_one_core

from analyzer.checklist.detection import detect
from analyzer.checklist.evaluation import read_labelled
from analyzer.checklist.loader import load_pack
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.language.pipeline import Reader
from analyzer.language.spoken_form import spoken_text
from analyzer.speech.typed import typed_transcript

ROOT = Path(__file__).resolve().parent.parent
WORDS = 90
COUNT = 60
_START = (
    "import time; t = time.perf_counter()\n"
    "from analyzer.checklist.loader import load_pack\n"
    "from analyzer.checklist.phrase_rules import phrase_rules\n"
    "from analyzer.language.pipeline import Reader\n"
    "from analyzer.speech.typed import typed_transcript\n"
    "Reader(phrase_rules(load_pack())).read(typed_transcript('Hello Ann.'))\n"
    "print(time.perf_counter() - t)"
)


def transcripts() -> list[str]:
    """Texts of about ``WORDS`` words each, from the ordinary calls' longest."""
    calls = read_labelled(ROOT / "tests" / "eval" / "ordinary.jsonl")
    by_closeness = sorted(calls, key=lambda c: abs(len(c.text.split()) - WORDS))
    return [call.text for call in by_closeness[:COUNT]]


def main() -> None:
    """Print the figures."""
    stay_on_one_core()
    starts = [
        float(subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True,
                             check=True, cwd=ROOT).stdout)
        for _ in range(3)
    ]  # fmt: skip
    print(f"start-up of the pipeline, with its first transcript: {min(starts):.2f} s (best of 3)")
    pack = load_pack()
    reader = Reader(phrase_rules(pack))
    written = transcripts()
    for name, texts in (("text", written), ("speech-like", [spoken_text(t) for t in written])):
        words = sum(len(t.split()) for t in texts) / len(texts)
        reader.read(typed_transcript(texts[0]))
        began = time.perf_counter()
        for text in texts:
            detect(reader.read(typed_transcript(text)), pack)
        singly = len(texts) / (time.perf_counter() - began)
        began = time.perf_counter()
        for doc in reader.read_many(typed_transcript(text) for text in texts):
            detect(doc, pack)
        batch = len(texts) / (time.perf_counter() - began)
        print(f"{name} ({words:.0f} words): {singly:.0f} a second singly, {batch:.0f} in batch")


if __name__ == "__main__":
    main()
