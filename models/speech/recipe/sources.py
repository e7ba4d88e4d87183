"""What every step reads: the word lists, corpus, general model and vocabulary, made once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .general import GeneralModel
from .lexicon import Pronunciations, name_list, onet_titles, pronounce, vocabulary
from .sentences import call_grammar
from .texts import WORDS_DIR, Grammar, corpus_lines

VOCABULARY_SIZE = 20_000


@dataclass
class Sources:
    """Paths of the inputs (`data`, `corpus`) and of the working folder, and what they hold."""

    data: Path
    corpus: Path
    work: Path

    @cached_property
    def general(self) -> GeneralModel:
        """The general English model."""
        return GeneralModel(self.work)

    @cached_property
    def train_lines(self) -> list[str]:
        """The project's own training sentences, spoken form, kept once read."""
        return self._lines("train")

    @cached_property
    def dev_lines(self) -> list[str]:
        """The project's own development sentences, for tuning only."""
        return self._lines("dev")

    def _lines(self, split: str) -> list[str]:
        kept = self.work / f"corpus-{split}.txt"
        if not kept.exists():
            kept.write_text("\n".join(corpus_lines(self.corpus, split)) + "\n", "utf-8")
        return kept.read_text("utf-8").splitlines()

    @cached_property
    def grammar(self) -> Grammar:
        """The call grammar with names and job titles of the public lists."""
        ranked = self.general.ranked_words()
        first = name_list(self.data / "names" / "first-us.txt")
        last = name_list(self.data / "names" / "surnames-us.txt")
        titles = onet_titles(self.data / "onet" / "alternate-titles.tsv.gz", self.general, 900)
        return call_grammar(
            [word for word in ranked[300:] if word in first][:1200],
            [word for word in ranked[3000:] if word in last][:1500],
            titles,
        )

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, without the unknown word."""
        kept = self.work / "words.txt"
        if not kept.exists():
            grammar = (WORDS_DIR / "grammar.txt").read_text("utf-8").splitlines()
            domain = [line.replace("$", " $") for line in grammar if not line.startswith("#")]
            domain = [" ".join(w for w in line.split() if w[0] not in "$|=_") for line in domain]
            found = vocabulary(self.data, self.general, self.train_lines, domain, VOCABULARY_SIZE)
            kept.write_text("\n".join(found) + "\n", "utf-8")
        return kept.read_text("utf-8").split()

    @cached_property
    def lexicon(self) -> Pronunciations:
        """The pronunciations of the vocabulary."""
        kept = self.work / "lexicon.json"
        if not kept.exists():
            kept.write_text(json.dumps(pronounce(self.words)), "utf-8")
        return {w: [tuple(p) for p in v] for w, v in json.loads(kept.read_text("utf-8")).items()}
