"""Turn written words into what a speech recogniser would print, keeping each word's tags."""

from __future__ import annotations

import random
import re

from corpus import Item

from analyzer.language.spoken_form import spoken_sequence

_FILLERS = ("um", "uh", "um", "uh", "er", "you know", "well", "so", "like", "i mean")
_ENDS = re.compile(r"[.!?…][\"')\]]*$")
_NO_END = re.compile(r"^(?:mr|mrs|ms|dr|prof|st|jr|sr|no|inc|ltd|co|etc|[a-z]|a\.m|p\.m)\.$", re.I)


def sentence_ends(words: tuple[str, ...]) -> list[bool]:
    """For each written word, whether a sentence ends after it (the last one always does)."""
    ends = [bool(_ENDS.search(w)) and not _NO_END.match(w) for w in words]
    if ends:
        ends[-1] = True
    return ends


def written(item: Item) -> tuple[list[str], list[frozenset[str]], list[bool]]:
    """Words, tags and sentence ends of the written form."""
    return list(item.words), list(item.tags), sentence_ends(item.words)


def speech_like(
    item: Item, rng: random.Random, *, filler_rate: float = 0.0
) -> tuple[list[str], list[frozenset[str]], list[bool]]:
    """Words, tags and sentence ends of the speech-like form."""
    words: list[str] = []
    tags: list[frozenset[str]] = []
    ends: list[bool] = []
    spoken = spoken_sequence(item.words, oh=rng.random() < 0.5)
    for said, tag, end in zip(spoken, item.tags, sentence_ends(item.words), strict=True):
        for piece in said:
            if filler_rate and rng.random() < filler_rate:
                for filler in rng.choice(_FILLERS).split():
                    words.append(filler)
                    tags.append(tag if tags and tags[-1] == tag else frozenset())
                    ends.append(False)
            words.append(piece)
            tags.append(tag)
            ends.append(False)
            if filler_rate and rng.random() < filler_rate * 0.25:
                words.append(piece)
                tags.append(tag)
                ends.append(False)
        if said and end:
            ends[-1] = True
    return words, tags, ends
