"""Compose training sequences: items joined into call-like texts, with their targets."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from augment import Names, SoundAlikes, misheard, swap_names
from corpus import Item
from labels import BOUNDARY, CHECKS, INDEX, LABELS
from numpy.typing import NDArray
from spoken import speech_like, written
from tokenizers import Tokenizer

from analyzer.language.spoken_form import is_written

N_CHECKS = len(CHECKS)
MAX_PIECES = 160


@dataclass
class Sequence:
    """One training text.

    Attributes:
        ids: word-piece ids with the two special ones, shape (n,).
        target: 0/1 for each piece and label, shape (n, labels).
        mask: 1 where the loss looks, shape (n, labels).
        segment: number of the joined item each piece belongs to, -1 for special ones.
        present: for each joined item and check, 1/0, or -1 where disputed; (items, checks).
    """

    ids: list[int]
    target: NDArray[np.float32]
    mask: NDArray[np.float32]
    segment: NDArray[np.int64]
    present: NDArray[np.float32]


@dataclass
class Variation:
    """How strongly texts are varied."""

    speech_share: float = 0.6
    filler_share: float = 0.4
    misheard_share: float = 0.4
    swap_share: float = 0.6


class Composer:
    """Makes sequences from items, deterministically for a given random generator."""

    def __init__(
        self, tokenizer: Tokenizer, *, names: Names, sounds: SoundAlikes, variation: Variation
    ) -> None:
        self._tokenizer = tokenizer
        self._names = names
        self._sounds = sounds
        self._variation = variation
        self._cls = tokenizer.token_to_id("[CLS]")
        self._sep = tokenizer.token_to_id("[SEP]")

    def epoch(self, items: list[Item], rng: random.Random) -> list[Sequence]:
        """Whole calls alone, in both forms if they were typed; segments in runs of one to seven."""
        segments = [item for item in items if not item.kind]
        calls = [item for item in items if item.kind]
        rng.shuffle(segments)
        groups = [([call], speech) for call in calls for speech in _forms(call)]
        position = 0
        while position < len(segments):
            size = rng.choice((1, 1, 2, 3, 4, 5, 6, 7))
            speech = rng.random() < self._variation.speech_share
            groups.append((segments[position : position + size], speech))
            position += size
        rng.shuffle(groups)
        return [self.compose(group, rng, speech=speech) for group, speech in groups]

    def compose(self, group: list[Item], rng: random.Random, *, speech: bool) -> Sequence:
        """Join items into one text, all written or all speech-like."""
        ids, rows, masks, segment = [self._cls], [_zeros()], [_zeros()], [-1]
        present: list[NDArray[np.float32]] = []
        for number, item in enumerate(group):
            pieces, targets, mask = self._item(item, rng, speech=speech)
            if number and len(ids) + len(pieces) + 1 > MAX_PIECES:
                break
            ids += pieces
            rows += targets
            masks += mask
            segment += [number] * len(pieces)
            present.append(_presence(item))
        ids.append(self._sep)
        rows.append(_zeros())
        masks.append(_zeros())
        segment.append(-1)
        return Sequence(ids, np.stack(rows), np.stack(masks), np.array(segment), np.stack(present))

    def _item(
        self, item: Item, rng: random.Random, *, speech: bool
    ) -> tuple[list[int], list[NDArray[np.float32]], list[NDArray[np.float32]]]:
        vary = self._variation
        if rng.random() < vary.swap_share:
            item = swap_names(item, self._names, rng)
        if speech:
            rate = rng.uniform(0.01, 0.12) if rng.random() < vary.filler_share else 0.0
            words, tags, ends = speech_like(item, rng, filler_rate=rate)
            if rng.random() < vary.misheard_share:
                rate = rng.uniform(0.02, 0.12)
                words, tags, ends = misheard(words, tags, ends, self._sounds, rng, rate=rate)
        else:
            words, tags, ends = written(item)
        encoding = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        mask = item_mask(item)
        targets = []
        word_ids = encoding.word_ids
        for place, word in enumerate(word_ids):
            row = _zeros()
            for label in tags[word]:
                row[INDEX[label]] = 1.0
            last_piece = place + 1 == len(word_ids) or word_ids[place + 1] != word
            if ends[word] and last_piece:
                row[INDEX[BOUNDARY]] = 1.0
            targets.append(row)
        return encoding.ids, targets, [mask] * len(targets)


def _forms(call: Item) -> tuple[bool, ...]:
    """Whether a call is read as it stands, made speech-like, or both, each epoch."""
    if call.heard:
        return (False,)
    return (False, True) if is_written(call.words) else (True,)


def item_mask(item: Item) -> NDArray[np.float32]:
    """Labels the tagging loss may look at: not disputed ones, nor spans nobody marked."""
    mask = np.ones(len(LABELS), np.float32)
    for label in item.nulls:
        mask[INDEX[label]] = 0.0
    if not item.spans_known:
        for label in (*item.labels, "PERSON", "ORG"):
            mask[INDEX[label]] = 0.0
    return mask


def _presence(item: Item) -> NDArray[np.float32]:
    row = np.zeros(N_CHECKS, np.float32)
    for label in item.nulls:
        if INDEX[label] < N_CHECKS:
            row[INDEX[label]] = -1.0
    for label in item.labels:
        if INDEX[label] < N_CHECKS:
            row[INDEX[label]] = 1.0
    return row


def _zeros() -> NDArray[np.float32]:
    return np.zeros(len(LABELS), np.float32)
