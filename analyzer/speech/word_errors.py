"""Word error rate, and recognising a folder of labelled recordings."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import LabelledSetError
from analyzer.language.spoken_form import spoken_text

if TYPE_CHECKING:
    from analyzer.checklist.evaluation import LabelledCall
    from analyzer.speech.transcript import Transcript


def word_errors(reference: str, heard: str) -> tuple[int, int]:
    """Edit distance in words between two texts in spoken form, and the reference's length."""
    from rapidfuzz.distance import Levenshtein

    wanted, got = spoken_text(reference).split(), spoken_text(heard).split()
    return Levenshtein.distance(wanted, got), len(wanted)


def recognise_folder(
    folder: Path, calls: list[LabelledCall], *, model: str
) -> tuple[list[Transcript], list[LabelledCall], float]:
    """Recognise ``folder/ID.*`` for each call; calls without a recording are left out.

    Returns:
        transcripts, the calls they belong to, and the word error rate over all of them.

    Raises:
        LabelledSetError: no call has a recording in the folder.
    """
    from analyzer.audio.decode import decode
    from analyzer.speech.choose import choose_engine
    from analyzer.speech.quiet import engine_output

    transcripts, found = [], []
    errors = words = 0
    with engine_output(shown=False):
        engine = choose_engine(model)
        for call in calls:
            paths = sorted(p for p in folder.glob(f"{escape(call.id)}.*") if p.suffix != ".txt")
            if not paths:
                continue
            transcript = engine.transcribe(decode(paths[0]))
            wrong, length = word_errors(call.text, transcript.text)
            errors, words = errors + wrong, words + length
            transcripts.append(transcript)
            found.append(call)
    if not found:
        raise LabelledSetError(
            f"{folder.name}: no recording is named after a line's id.",
            next_step=f"Name them like {calls[0].id}.wav.",
        )
    return transcripts, found, errors / max(1, words)
