"""Put corrected words in the place of heard ones; times are kept by alignment."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from analyzer.errors import TranscriptError
from analyzer.speech.transcript import Transcript, Utterance, Word
from analyzer.speech.typed import typed_transcript

_SPELLING = re.compile(r"[^\w']+")


def corrected(transcript: Transcript, text: str) -> Transcript:
    """The typed words with the times of the heard ones.

    A word that was heard as it is typed keeps its times; the words between two such share
    the time heard between them, by their length. The text is kept as it was typed, with its
    punctuation and its labelled turns. Corrected words are certain: their confidence is 1.

    Args:
        transcript: what was heard, with times.
        text: what was said, as the caller typed it; may label turns (``Me: …``).

    Raises:
        TranscriptError: there are no words in the text.
    """
    typed = typed_transcript(text)
    words = list(typed.words)
    if not words:
        raise TranscriptError(
            "There are no words in the corrected transcript.", next_step="Type what was said."
        )
    heard = [word for word in transcript.words if word.start_s is not None]
    timed = iter(_timed(words, heard) if heard else words)
    utterances = [
        Utterance(tuple(next(timed) for _ in utterance.words), utterance.speaker)
        for utterance in typed.utterances
    ]
    if len(utterances) == 1 and len(transcript.utterances) > 1 and heard:
        utterances = _at_the_pauses(utterances[0], transcript)
    return Transcript(typed.text, tuple(utterances), transcript.model)


def _timed(words: list[Word], heard: list[Word]) -> list[Word]:
    """Each typed word with a start and an end, in order and never before the one before it."""
    matcher = SequenceMatcher(
        None, [_key(word) for word in heard], [_key(word) for word in words], autojunk=False
    )
    timed: list[Word] = []
    for tag, heard_from, heard_to, from_, to in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(words[from_:to], heard[heard_from:heard_to], strict=True)
            timed += [
                replace(word, start_s=old.start_s, end_s=old.end_s, confidence=1.0)
                for word, old in pairs
            ]
        elif to > from_:
            start, end = _room(heard, heard_from, heard_to)
            timed += _shared_out(words[from_:to], start, end)
    return timed


def _room(heard: list[Word], from_: int, to: int) -> tuple[float, float]:
    """The time of these heard words; of the gap between their neighbours where none."""
    if to > from_:
        return heard[from_].start_s or 0.0, heard[to - 1].end_s or 0.0
    before = (heard[from_ - 1].end_s or 0.0) if from_ else 0.0
    after = (heard[to].start_s or before) if to < len(heard) else before
    return before, max(before, after)


def _shared_out(words: list[Word], start: float, end: float) -> list[Word]:
    total = sum(len(word.text) for word in words)
    placed, position = [], 0
    for word in words:
        from_s = start + (end - start) * position / total
        position += len(word.text)
        to_s = start + (end - start) * position / total
        placed.append(replace(word, start_s=round(from_s, 3), end_s=round(to_s, 3), confidence=1.0))
    return placed


def _at_the_pauses(utterance: Utterance, transcript: Transcript) -> list[Utterance]:
    """Break unlabelled words where the recording has its pauses."""
    starts = [u.start_s for u in transcript.utterances[1:] if u.start_s is not None]
    groups: list[list[Word]] = [[]]
    for word in utterance.words:
        while starts and word.start_s is not None and word.start_s >= starts[0]:
            starts.pop(0)
            if groups[-1]:
                groups.append([])
        groups[-1].append(word)
    return [Utterance(tuple(group), utterance.speaker) for group in groups if group]


def _key(word: Word) -> str:
    return _SPELLING.sub("", word.text).lower()
