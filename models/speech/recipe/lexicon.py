"""The vocabulary and its pronunciations.

Words come from the word lists and grammar of this folder, the project's corpora, the names and
job titles of public lists, and the most frequent words of general English. Pronunciations come
from the CMU dictionary; for words it lacks, from the letter-to-sound rules of Flite and eSpeak NG.
"""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from .general import GeneralModel, resource
from .phones import SILENCE, from_festival
from .texts import spoken, word_list
from .voices import Espeak

Pronunciations = dict[str, list[tuple[str, ...]]]
_WORD: Final = re.compile(r"'?[a-z][a-z']*")
UNKNOWN: Final = "[unk]"

_EXTRA: Final[dict[str, tuple[str, ...]]] = {
    "um": ("AH M",), "uh": ("AH",), "er": ("ER",), "hmm": ("HH M",), "mm": ("M",),
    "gmail": ("JH IY M EY L",), "ms": ("M IH Z",), "okay": ("OW K EY",), "voicemail":
    ("V OY S M EY L",), "email": ("IY M EY L",), "a": ("AH", "EY"), "the": ("DH AH", "DH IY"),
}  # fmt: skip
"""Words whose usual pronunciation is fixed here, before any dictionary."""


def cmu_dictionary() -> Pronunciations:
    """Return the CMU dictionary in the 39-phone form that pocketsphinx carries."""
    entries: Pronunciations = {}
    with resource("cmudict-en-us.dict").open(encoding="utf-8") as lines:
        for line in lines:
            head, *phones = line.split()
            entries.setdefault(re.sub(r"\(\d+\)$", "", head), []).append(tuple(phones))
    return entries


def name_list(path: Path) -> set[str]:
    """Return the plain-letter names of a one-a-line list, lower case."""
    names = path.read_text("utf-8-sig").lower().split("\n")
    return {name.strip() for name in names if re.fullmatch(r"[a-z]{2,}", name.strip())}


def onet_titles(path: Path, general: GeneralModel, count: int) -> list[str]:
    """Return the `count` alternate job titles (one to three words) made of the commonest words."""
    titles: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t"):
            title = spoken(re.sub(r"\(.*?\)", "", row[1]))
            if 1 <= len(title.split()) <= 3:
                titles.add(title)

    def worst(title: str) -> float:
        return min(general.unigrams.get(word, 0.0) for word in title.split())

    return sorted(titles, key=lambda title: (-worst(title), title))[:count]


def vocabulary(
    data: Path, general: GeneralModel, corpus: Iterable[str], domain: Iterable[str], size: int
) -> list[str]:
    """Return the words to recognise, sorted: everything needed, then frequent words up to `size`.

    `data` holds the public lists (``names/``, ``onet/``); `corpus` are the project's own training
    lines; `domain` sentences of the grammar.
    """
    known = cmu_dictionary()
    words: set[str] = set(word_list("domain")) | set(word_list("first_names"))
    words |= set(word_list("surnames"))
    for phrase in [*word_list("job_titles"), *word_list("companies"), *domain]:
        words.update(spoken(phrase).split())
    counts = Counter(word for line in corpus for word in line.split())
    words.update(word for word, count in counts.items() if count > 1 or word in known)
    ranked = [word for word in general.ranked_words() if word in known]
    first = name_list(data / "names" / "first-us.txt") | name_list(data / "names" / "first-all.txt")
    last = name_list(data / "names" / "surnames-us.txt")
    words.update([word for word in ranked if word in first][:2200])
    words.update([word for word in ranked[2000:] if word in last][:2600])
    for title in onet_titles(data / "onet" / "alternate-titles.tsv.gz", general, 4000):
        words.update(word for word in title.split() if word in known)
    left_out = set(word_list("left_out"))
    words = {word for word in words if _WORD.fullmatch(word)} - left_out
    for word in ranked:
        if len(words) >= size:
            break
        if word not in left_out:
            words.add(word)
    return sorted(words)


def flite_pronunciations(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return Flite's pronunciation of each word (said alone, between pauses)."""
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(words), 40):
        batch = words[start : start + 40]
        groups = _flite_groups(", ".join(batch))
        if len(groups) != len(batch):
            groups = [sum(_flite_groups(word), ()) for word in batch]
        found.update({word: phones for word, phones in zip(batch, groups, strict=True) if phones})
    return found


def _flite_groups(text: str) -> list[tuple[str, ...]]:
    command = ["flite", "-voice", "kal16", "-ps", "-t", text, "-o", "none"]
    symbols = subprocess.run(command, capture_output=True, text=True).stdout.split()
    groups: list[tuple[str, ...]] = [()]
    for symbol in symbols:
        phone = from_festival(symbol)
        if phone == SILENCE or phone is None:
            groups.append(())
        else:
            groups[-1] = (*groups[-1], phone)
    return [group for group in groups if group]


def pronounce(words: Sequence[str]) -> Pronunciations:
    """Return the pronunciations of every word that has any (at most four each)."""
    known = cmu_dictionary()
    flite = flite_pronunciations(words)
    espeak = Espeak()
    lexicon: Pronunciations = {}
    for word in words:
        fixed = [tuple(text.split()) for text in _EXTRA.get(word, ())]
        variants = [*fixed, *known.get(word, [])]
        if word in flite and len(flite[word]) <= 2 * len(word) + 3:
            variants.append(flite[word])
        if word not in known and (phones := espeak.phones(word)):
            variants.append(phones)
        if unique := list(dict.fromkeys(variants))[:4]:
            lexicon[word] = unique
    return lexicon
