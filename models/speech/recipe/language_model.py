"""The language model: call sentences and general English mixed, pruned to a small trigram model."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .general import GeneralModel

START, END = "<s>", "</s>"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Mixture:
    """How much general English there is, and how many n-grams are kept."""

    general_weight: float = 0.3
    discount: float = 0.7
    bigrams: int = 85_000
    trigrams: int = 45_000
    trust: float = 10.0
    """Occurrences of a history at which the call sentences' say reaches half its limit."""


@dataclass
class BackoffModel:
    """Kept n-grams and back-off weights (probabilities, not logarithms)."""

    unigrams: dict[str, float]
    bigrams: dict[str, dict[str, float]] = field(default_factory=dict)
    trigrams: dict[Pair, dict[str, float]] = field(default_factory=dict)
    bigram_backoff: dict[str, float] = field(default_factory=dict)
    trigram_backoff: dict[Pair, float] = field(default_factory=dict)

    def after_word(self, first: str, word: str) -> float:
        """Return p(word | first)."""
        kept = self.bigrams.get(first, {}).get(word)
        return kept or self.bigram_backoff.get(first, 1.0) * self.unigrams[word]


class _Calls:
    """Counts and discounted estimates of the call sentences."""

    def __init__(self, sentences: Iterable[str], known: set[str], discount: float) -> None:
        self.discount = discount
        self.words: Counter[str] = Counter()
        self.pairs: Counter[Pair] = Counter()
        self.triples: Counter[tuple[str, str, str]] = Counter()
        for sentence in sentences:
            words = [START, *(w for w in sentence.split() if w in known), END]
            self.words.update(words[1:])
            self.pairs.update(pairwise(words))
            self.triples.update(zip(words, words[1:], words[2:], strict=False))
        self.total = sum(self.words.values())
        self.after: Counter[str] = Counter()
        self.kinds_after: Counter[str] = Counter()
        for (first, _), count in self.pairs.items():
            self.after[first] += count
            self.kinds_after[first] += 1
        self.after_pair: Counter[Pair] = Counter()
        self.kinds_after_pair: Counter[Pair] = Counter()
        for (one, two, _), count in self.triples.items():
            self.after_pair[one, two] += count
            self.kinds_after_pair[one, two] += 1

    def one(self, word: str) -> float:
        """Return p(word)."""
        return (self.words[word] + 0.05) / (self.total + 0.05 * 20_000)

    def two(self, first: str, word: str) -> float:
        """Return p(word | first)."""
        seen = self.after[first]
        if not seen:
            return self.one(word)
        rest = self.discount * self.kinds_after[first] / seen
        return max(self.pairs[first, word] - self.discount, 0) / seen + rest * self.one(word)

    def three(self, first: str, second: str, word: str) -> float:
        """Return p(word | first second)."""
        seen = self.after_pair[first, second]
        if not seen:
            return self.two(second, word)
        rest = self.discount * self.kinds_after_pair[first, second] / seen
        count = self.triples[first, second, word]
        return max(count - self.discount, 0) / seen + rest * self.two(second, word)


def build(
    words: Sequence[str], sentences: Sequence[str], general: GeneralModel, mixture: Mixture
) -> BackoffModel:
    """Return the pruned mixture over a vocabulary (`words`, without sentence marks)."""
    known = set(words)
    calls = _Calls(sentences, known, mixture.discount)

    def share(seen: int) -> float:
        """General English's say where the call sentences hold a history `seen` times."""
        rare = mixture.trust / (mixture.trust + seen)
        return mixture.general_weight + (1 - mixture.general_weight) * rare

    least = 2e-7
    unigrams = {
        word: (1 - mixture.general_weight) * calls.one(word)
        + mixture.general_weight * max(general.unigrams.get(word, 0.0), least)
        for word in [*words, END]
    }
    scale = 1 / sum(unigrams.values())
    model = BackoffModel({word: p * scale for word, p in unigrams.items()})

    pairs = set(calls.pairs)
    for first in [START, *words]:
        pairs.update((first, word) for word in general.followers(first) if word in known)
    scored = []
    for first, word in pairs:
        if word not in model.unigrams:
            continue
        part = share(calls.after[first])
        p_general = general.followers(first).get(word)
        if p_general is None:
            p_general = general.probability((first,), word)
        p = (1 - part) * calls.two(first, word) + part * p_general
        gain = p / model.unigrams[word]
        if gain > 1.3:
            weight = model.unigrams.get(first, 0.1) * p * math.log(gain)
            scored.append((weight, first, word, p))
    scored.sort(reverse=True)
    kept: dict[str, dict[str, float]] = defaultdict(dict)
    for _, first, word, p in scored[: mixture.bigrams]:
        kept[first][word] = p
    for first, row in kept.items():
        total = _limit(row)
        rest = max(1 - sum(model.unigrams[word] for word in row), 1e-4)
        model.bigram_backoff[first] = (1 - total) / rest
    model.bigrams = dict(kept)

    best = []
    for (one, two, word), count in calls.triples.items():
        if count < 2 or two not in model.bigrams.get(one, {}) or word not in model.unigrams:
            continue
        part = share(calls.after_pair[one, two])
        p_general = general.probability((one, two), word)
        p = (1 - part) * calls.three(one, two, word) + part * p_general
        gain = p / model.after_word(two, word)
        if gain > 1.3:
            reach = model.unigrams.get(one, 0.1) * model.bigrams[one][two]
            best.append((reach * p * math.log(gain), one, two, word, p))
    best.sort(reverse=True)
    triples: dict[Pair, dict[str, float]] = defaultdict(dict)
    for _, one, two, word, p in best[: mixture.trigrams]:
        triples[one, two][word] = p
    for (one, two), row in triples.items():
        total = _limit(row)
        rest = max(1 - sum(model.after_word(two, word) for word in row), 1e-4)
        model.trigram_backoff[one, two] = (1 - total) / rest
    model.trigrams = dict(triples)
    return model


def _limit(row: dict[str, float]) -> float:
    """Scale a row's probabilities so that they leave at least 2 % for the rest; return the sum."""
    total = sum(row.values())
    if total > 0.98:
        for word in row:
            row[word] *= 0.98 / total
        return 0.98
    return total


def acceptor(model: BackoffModel, ids: dict[str, int], extra: dict[str, float]) -> str:
    """Return the model as an OpenFst text acceptor; `extra` are costs of further single words.

    Back-off arcs carry ``#0`` on the input side and nothing on the output side.
    """
    states: dict[tuple[str, ...], int] = {(START,): 0, (): 1}
    arcs: list[tuple[int, str]] = []
    finals: dict[int, float] = {}

    def state(history: tuple[str, ...]) -> int:
        return states.setdefault(history, len(states))

    def reached(history: tuple[str, ...]) -> int:
        if len(history) == 2 and history not in model.trigrams:
            history = history[1:]
        if len(history) == 1 and history[0] not in model.bigrams:
            history = ()
        return state(history)

    def add(source: int, word: str, cost: float, history: tuple[str, ...]) -> None:
        if word == END:
            finals[source] = cost
        else:
            arcs.append((source, f"{source} {reached(history)} {ids[word]} {ids[word]} {cost:.5f}"))

    def back_off(source: int, history: tuple[str, ...], weight: float) -> None:
        cost = -math.log(max(weight, 1e-9))
        arcs.append((source, f"{source} {reached(history)} {ids['#0']} 0 {cost:.5f}"))

    for word, p in model.unigrams.items():
        add(1, word, -math.log(p), (word,))
    for word, cost in extra.items():
        add(1, word, cost, ())
    for first, row in model.bigrams.items():
        for word, p in row.items():
            add(state((first,)), word, -math.log(p), (first, word))
        back_off(state((first,)), (), model.bigram_backoff[first])
    for (one, two), row in model.trigrams.items():
        for word, p in row.items():
            add(state((one, two)), word, -math.log(p), (two, word))
        back_off(state((one, two)), (two,), model.trigram_backoff[one, two])
    arcs.sort(key=lambda arc: arc[0])
    lines = [line for _, line in arcs]
    return "\n".join(lines + [f"{s} {cost:.5f}" for s, cost in finals.items()]) + "\n"
