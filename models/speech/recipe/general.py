"""General English: unigrams, bigrams and single n-gram probabilities of a ready-made model.

The model is the ``en-us.lm.bin`` that the pocketsphinx package carries (BSD licence).
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

_DUMP: Final = """
import sys
from pocketsphinx import Config, LogMath, NGramModel
NGramModel(Config(lm=None), LogMath(1.0001), sys.argv[1]).write(sys.argv[2])
"""
_LOG_BASE: Final = math.log(1.0001)


def resource(name: str) -> Path:
    """Return the path of a file of the pocketsphinx package's US English model."""
    import pocketsphinx  # type: ignore[import-untyped]

    return Path(pocketsphinx.__file__).parent / "model" / "en-us" / name


class GeneralModel:
    """A back-off trigram model: its words, which bigrams it lists, and its probabilities."""

    def __init__(self, work: Path) -> None:
        from pocketsphinx import Config, LogMath, NGramModel

        source = str(resource("en-us.lm.bin"))
        self._model = NGramModel(Config(lm=None), LogMath(1.0001), source)
        arpa = work / "general.arpa"
        if not arpa.exists():
            # The writer dies once it reaches the trigrams; the lists we need are written by then.
            subprocess.run([sys.executable, "-c", _DUMP, source, str(arpa)], check=False)
        self._words: list[str] = []
        self._following: dict[str, list[str]] = {}
        self._rows: dict[str, dict[str, float]] = {}
        self._read(arpa)
        self.unigrams = {word: self.probability((), word) for word in self._words}

    def _read(self, path: Path) -> None:
        # Only the words are taken from the file: its figures are in the writer's own scale.
        order = 0
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith("\\"):
                    order = int(line[1]) if line[1].isdigit() else 0
                    continue
                fields = line.split()
                if order == 1 and len(fields) == 3:
                    self._words.append(fields[1])
                elif order == 2 and len(fields) == 4:
                    self._following.setdefault(fields[1], []).append(fields[2])

    def probability(self, history: tuple[str, ...], word: str) -> float:
        """Return p(word | history) for a history of up to two words, 0.0 for an unknown word."""
        score = self._model.prob([word, *reversed(history)])
        return math.exp(score * _LOG_BASE) if score > -(10**7) else 0.0

    def followers(self, word: str) -> dict[str, float]:
        """Return p(next | word) for the words listed after `word` (``<s>`` begins a sentence)."""
        if word not in self._rows:
            history = (word,)
            self._rows[word] = {
                other: self.probability(history, other)
                for other in self._following.get(word, ())
                if other in self.unigrams
            }
        return self._rows[word]

    def ranked_words(self) -> list[str]:
        """Return the plain words, most frequent first."""
        words = [w for w in self.unigrams if re.fullmatch(r"[a-z][a-z']*", w)]
        return sorted(words, key=lambda w: (-self.unigrams[w], w))
