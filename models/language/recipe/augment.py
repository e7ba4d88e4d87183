"""Vary training items: other names and firms, sound-alike slips, missing words."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import jellyfish
from corpus import Item

_CASUAL = 0.5


@dataclass
class Names:
    """Lists of names to swap in: people's first names and surnames, and companies."""

    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)


def load_names(folder: Path | None) -> Names:
    """Read the public name lists (see ``README.md``); empty lists without a folder."""
    if folder is None:
        return Names()

    def lines(relative: str) -> list[str]:
        path = folder / relative
        return [x.strip() for x in path.read_text(encoding="utf-8", errors="ignore").splitlines()]

    companies = [row.split(",")[1].strip('"') for row in lines("companies/sp500.csv")[1:] if row]
    return Names(
        [n for n in lines("names/first-all.txt") if n.isalpha()],
        [n for n in lines("names/surnames-all.txt") if n.isalpha()],
        [c for c in companies if c and c.replace(" ", "").isalnum()],
    )


def swap_names(item: Item, names: Names, rng: random.Random) -> Item:
    """Replace each person's and firm's name by another, so that no name is learnt by heart."""
    if not names.first:
        return item
    words, tags = list(item.words), list(item.tags)
    out_words: list[str] = []
    out_tags: list[frozenset[str]] = []
    index = 0
    while index < len(words):
        label = next((n for n in ("PERSON", "ORG") if n in tags[index]), None)
        if label is None:
            out_words.append(words[index])
            out_tags.append(tags[index])
            index += 1
            continue
        end = index
        while end < len(words) and label in tags[end]:
            end += 1
        fresh = _fresh(words[index:end], label, names, rng)
        tag = frozenset.intersection(*tags[index:end])
        out_words += fresh
        out_tags += [tag] * len(fresh)
        index = end
    return replace(item, words=tuple(out_words), tags=tuple(out_tags))


def _fresh(old: list[str], label: str, names: Names, rng: random.Random) -> list[str]:
    tail = old[-1][len(old[-1].rstrip(".,!?;:'’s")) :] if old[-1] else ""
    tail = tail if not tail.startswith("s") else ""
    if label == "ORG":
        fresh = rng.choice(names.companies).split()
    elif len(old) == 1:
        fresh = [rng.choice(names.first if rng.random() < 0.7 else names.last)]
    else:
        fresh = [rng.choice(names.first), rng.choice(names.last)]
    if old[0][:1].islower():
        fresh = [word.lower() for word in fresh]
    fresh[-1] += tail
    return fresh


class SoundAlikes:
    """Words of the corpus that sound alike, to imitate a recogniser's slips."""

    def __init__(self, texts: Iterable[str]) -> None:
        by_sound: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for word in text.lower().split():
                if word.isalpha() and len(word) > 1:
                    by_sound[jellyfish.metaphone(word)].add(word)
        self._alike = {
            word: sorted(group - {word})
            for group in by_sound.values()
            if 1 < len(group) <= 12
            for word in group
        }

    def slip(self, word: str, rng: random.Random) -> str:
        """Return a word that sounds like this one, or the word itself."""
        others = self._alike.get(word)
        return rng.choice(others) if others else word


def misheard(
    words: list[str], tags: list[frozenset[str]], ends: list[bool],
    sounds: SoundAlikes, rng: random.Random, *, rate: float,
) -> tuple[list[str], list[frozenset[str]], list[bool]]:  # fmt: skip
    """Imitate recognition errors: sound-alikes, lost short words, split or doubled words."""
    out: tuple[list[str], list[frozenset[str]], list[bool]] = ([], [], [])
    for word, tag, end in zip(words, tags, ends, strict=True):
        if rng.random() < rate:
            draw = rng.random()
            if draw < 0.3 and len(word) <= 4 and not end:
                continue
            word = sounds.slip(word, rng) if draw < 0.9 else "[unk]"
        for column, value in zip(out, (word, tag, end), strict=True):
            column.append(value)  # type: ignore[attr-defined]
    return out if out[0] else (words, tags, ends)
