"""Speak whole calls with synthetic voices, let the built-in recogniser write them down, and
carry the labels over to what it heard: training text with real recognition errors.

    python hear.py ../corpus ../corpus/heard/heard.jsonl

Needs flite and espeak-ng (Debian packages). The result is part of the corpus, so that the
pipeline can be rebuilt without this step.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus import Item, load_corpus
from rapidfuzz.distance import Levenshtein
from spoken import speech_like

from analyzer.audio.decode import decode
from analyzer.speech.choose import choose_engine

VOICES = (
    ("flite", "slt"), ("flite", "awb"), ("flite", "rms"), ("flite", "kal16"),
    ("espeak-ng", "en-us"), ("espeak-ng", "en-us+f2"), ("espeak-ng", "en-us+m3"),
)  # fmt: skip
SEED = 11


def carried_over(
    said: list[str], tags: list[frozenset[str]], heard: list[str]
) -> list[frozenset[str]]:
    """Tags of the heard words, by aligning them with the said ones.

    A word heard in another's place takes its tags; an inserted word takes those that the
    words on both sides share.
    """
    result: list[frozenset[str]] = [frozenset()] * len(heard)
    for tag, from_start, from_end, to_start, to_end in Levenshtein.opcodes(said, heard):
        if tag in ("equal", "replace"):
            for offset in range(to_end - to_start):
                result[to_start + offset] = tags[min(from_start + offset, from_end - 1)]
        elif tag == "insert" and 0 < from_start < len(tags):
            both = tags[from_start - 1] & tags[from_start]
            for place in range(to_start, to_end):
                result[place] = both
    return result


def hear(items: list[Item], *, limit: int) -> Iterator[dict[str, Any]]:
    """Yield one row a call: kind, heard words, their tags, and labels lost on the way."""
    rng = random.Random(SEED)
    engine = choose_engine("builtin")
    chosen = rng.sample(items, min(limit, len(items)))
    for number, item in enumerate(chosen):
        words, tags, ends = speech_like(item, rng, filler_rate=0.0)
        engine_name, voice = VOICES[number % len(VOICES)]
        text = " ".join(w + ("." if end else "") for w, end in zip(words, ends, strict=True))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            command = (
                ["flite", "-voice", voice, "-t", text, "-o", str(path)]
                if engine_name == "flite"
                else ["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), text]
            )
            subprocess.run(command, check=True, capture_output=True)
            heard = [word.text for word in engine.transcribe(decode(path)).words]
        if not heard:
            continue
        kept = carried_over(words, tags, heard)
        left = frozenset().union(*kept)
        yield {
            "kind": item.kind, "scenario": item.scenario, "words": heard,
            "tags": [sorted(t) for t in kept],
            "nulls": sorted(item.nulls | (item.labels - left)),
        }  # fmt: skip
        if number % 50 == 0:
            print(number, file=sys.stderr, flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--limit", type=int, default=500)
    given = parser.parse_args()
    calls = [item for item in load_corpus(given.corpus).train if item.kind and item.spans_known]
    given.output.parent.mkdir(parents=True, exist_ok=True)
    with given.output.open("w", encoding="utf-8") as out:
        for row in hear(calls, limit=given.limit):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
