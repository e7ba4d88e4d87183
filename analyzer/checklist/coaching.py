"""Advice on delivery that never costs points: words said twice, loudness, clipping."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyzer.language.reading import FILLERS

if TYPE_CHECKING:
    from analyzer.audio.level import Levels
    from analyzer.speech.transcript import Transcript

MOST_REPEATED = 2
_GAP_S = 1.0
# Said twice on purpose, or rightly: digits and letters of numbers and addresses, "that that".
_NUMBERS = frozenset(
    "zero oh one two three four five six seven eight nine ten double triple".split()
)
_RIGHTLY = frozenset({"that", "had", "very", "really", "so", "bye", "no", "yes", "[unk]"})


def coaching_rows(transcript: Transcript, levels: Levels | None) -> dict[str, Any]:
    """Rows of the ``delivery`` part that are advice alone; empty for typed text."""
    if not transcript.is_spoken:
        return {}
    return {**_repeated(transcript), **(_loudness(levels) if levels else {})}


def _repeated(transcript: Transcript) -> dict[str, Any]:
    found = []
    for utterance in transcript.caller_utterances:
        words = [word for word in utterance.words if word.text.lower() not in FILLERS]
        for first, second in pairwise(words):
            text = first.text.lower().strip(".,!?;:")
            same = text == second.text.lower().strip(".,!?;:")
            gap = (second.start_s or 0.0) - (first.end_s or 0.0)
            spelled = len(text) == 1 and text != "i"
            if same and gap < _GAP_S and not spelled and text not in _NUMBERS | _RIGHTLY:
                found.append((text, first.start_s, second.end_s))
    many = len(found) > MOST_REPEATED
    return {
        "repeated_words": {
            "value": len(found),
            "unit": "words said twice in a row",
            "low": None,
            "high": MOST_REPEATED,
            "cost": 0,
            "advice": "You often start a word again. Pause instead: nobody hears a pause."
            if many
            else "",
            "source": "Our own choice; advice only.",
            "at_s": [{"word": word, "start_s": a, "end_s": b} for word, a, b in found],
        }
    }


def _loudness(levels: Levels) -> dict[str, Any]:
    from analyzer.audio.level import CLIPPING_SHARE, LOUD_DBFS, QUIET_DBFS

    quiet = "You are hard to hear. Come closer to the microphone, or turn its level up."
    clipped = "Your voice crackles. Move away from the microphone, or turn its level down."
    return {
        "loudness": {
            "value": levels.speech_dbfs,
            "unit": "dB (full scale is 0)",
            "low": QUIET_DBFS,
            "high": LOUD_DBFS,
            "cost": 0,
            "advice": quiet if levels.too_quiet else "",
            "source": "Our own choice; advice only.",
        },
        "clipping": {
            "value": round(100 * levels.clipped_share, 2),
            "unit": "% of the sound at the limit",
            "low": None,
            "high": round(100 * CLIPPING_SHARE, 2),
            "cost": 0,
            "advice": clipped if levels.clips else "",
            "source": "Our own choice; advice only.",
        },
    }
