"""Where each word of a transcript stands in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.checklist.assessment import TranscriptInfo, WordInfo


@dataclass(frozen=True)
class PlacedWord:
    """A word with its characters in ``transcript.text``; ``end`` is exclusive."""

    word: WordInfo
    start: int
    end: int


def place_words(transcript: TranscriptInfo) -> list[list[PlacedWord]]:
    """Find the words of each utterance in the text, in order.

    A word that is not in the text (someone edited one and not the other) is left out.
    """
    position = 0
    placed: list[list[PlacedWord]] = []
    for utterance in transcript.utterances:
        row: list[PlacedWord] = []
        for word in utterance.words:
            start = find_word(transcript.text, word.text, position)
            if start < 0:
                continue
            position = start + len(word.text)
            row.append(PlacedWord(word, start, position))
        placed.append(row)
    return placed


def find_word(text: str, word: str, position: int) -> int:
    """Index of ``word`` at or after ``position``, standing alone if it does so anywhere."""
    if not word:
        return -1
    first = at = text.find(word, position)
    while at >= 0:
        end = at + len(word)
        alone_before = at == 0 or text[at - 1].isspace()
        if alone_before and (end == len(text) or text[end].isspace()):
            return at
        at = text.find(word, at + 1)
    return first
