"""Speak labelled transcripts with synthetic voices, to measure the checks on recordings.

    python bench/speak.py tests/eval/ordinary.jsonl OUT/ordinary

Needs flite and espeak-ng (Debian packages of these names). Voices take turns by line; the
recordings are named by id, as ``callcheck evaluate --audio`` wants them.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from analyzer.checklist.evaluation import read_labelled
from analyzer.language.spoken_form import spoken_text

VOICES: tuple[tuple[str, str], ...] = (
    ("flite", "slt"),
    ("flite", "awb"),
    ("flite", "rms"),
    ("espeak-ng", "en-us"),
    ("espeak-ng", "en-us+f3"),
)


def speak(text: str, engine: str, voice: str, output: Path) -> None:
    """Speak one text to a wav file.

    Sentences keep their full stops so that the voice pauses there; numbers are said as words.
    """
    sentences = [spoken_text(part) for part in text.replace("?", ".").replace("!", ".").split(". ")]
    said = ". ".join(part for part in sentences if part) + "."
    command = (
        ["flite", "-voice", voice, "-t", said, "-o", str(output)]
        if engine == "flite"
        else ["espeak-ng", "-v", voice, "-s", "150", "-w", str(output), said]
    )
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--every", type=int, default=1, help="speak every n-th line only")
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    for number, call in enumerate(read_labelled(given.labelled)):
        if number % given.every == 0:
            engine, voice = VOICES[(number // given.every) % len(VOICES)]
            speak(call.text, engine, voice, given.output / f"{call.id}.wav")


if __name__ == "__main__":
    main()
