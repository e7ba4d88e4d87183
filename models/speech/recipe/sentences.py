"""What the synthetic speakers say, and what the language model reads."""

from __future__ import annotations

import random
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final

from .general import GeneralModel
from .texts import WORDS_DIR, Grammar, spoken, word_list

FILLERS: Final = ("um", "uh", "um", "uh", "er", "hmm")


def call_grammar(first: Sequence[str], last: Sequence[str], titles: Sequence[str]) -> Grammar:
    """Return the call grammar with its name, title, company and letter slots filled.

    The lists given are drawn from as often as the recipe's own.
    """

    def both(name: str, more: Sequence[str]) -> list[str]:
        own = word_list(name)
        return own * max(1, len(more) // max(1, len(own))) + list(more)

    return Grammar(
        (WORDS_DIR / "grammar.txt").read_text("utf-8"),
        {
            "first": both("first_names", first),
            "last": both("surnames", last),
            "title": both("job_titles", titles),
            "company": word_list("companies"),
            "letter": list(ascii_lowercase),
        },
    )


def hesitant(text: str, rng: random.Random, chance: float) -> str:
    """Put fillers, pauses and repeats into a sentence, each word with about `chance`."""
    words: list[str] = []
    for word in text.split():
        draw = rng.random()
        if draw < chance * 0.5:
            words.append(f"{rng.choice(FILLERS)}{rng.choice(('', ',', ','))}")
        elif draw < chance * 0.7 and words:
            words[-1] = words[-1].rstrip(",") + ","
        elif draw < chance * 0.8:
            words.append(word.rstrip(",."))
        words.append(word)
    return " ".join(words)


def general_sentence(general: GeneralModel, allowed: set[str], rng: random.Random) -> str:
    """Return five to fourteen words drawn from the general bigrams."""
    word = "<s>"
    words: list[str] = []
    length = rng.randint(5, 14)
    while len(words) < length:
        row = {w: p for w, p in general.followers(word).items() if w in allowed and p > 0}
        if not row:
            word = "<s>"
            continue
        word = rng.choices(list(row), list(row.values()))[0]
        words.append(word)
    return " ".join(words)


def training_texts(
    count: int,
    seed: str,
    words: Sequence[str],
    grammar: Grammar,
    corpus: Sequence[str],
    general: GeneralModel,
) -> list[str]:
    """Return `count` texts to speak: calls, corpus lines, general English and loose words."""
    rng = random.Random(seed)
    allowed = set(words)
    texts: list[str] = []
    while len(texts) < count:
        draw = rng.random()
        if draw < 0.30:
            text = grammar.sample(rng)
            if len(text.split()) < 5:
                text = f"{text}, {grammar.sample(rng)}"
            text = hesitant(text, rng, 0.04)
        elif draw < 0.52 and corpus:
            text = hesitant(rng.choice(corpus), rng, 0.05)
        elif draw < 0.70:
            text = hesitant(general_sentence(general, allowed, rng), rng, 0.03)
        else:
            text = hesitant(" ".join(rng.sample(words, rng.randint(5, 9))), rng, 0.06)
        if 2 <= len(text.split()) <= 30:
            texts.append(text)
    return texts


def language_model_texts(
    count: int, seed: str, grammar: Grammar, corpus: Sequence[str], corpus_weight: int
) -> list[str]:
    """Return spoken lines for the language model: grammar lines and the corpus, repeated.

    Lines are joined by twos and threes, since a pause in speech need not end a sentence; a few
    fillers are put in, so that the model expects them anywhere.
    """
    rng = random.Random(seed)
    lines = [grammar.sample(rng) for _ in range(count)]
    lines += [line for line in corpus for _ in range(corpus_weight)]
    rng.shuffle(lines)
    joined: list[str] = []
    while lines:
        taken = [lines.pop() for _ in range(min(len(lines), rng.choice((1, 1, 2, 3))))]
        joined.append(spoken(hesitant(" ".join(taken), rng, 0.012)))
    return joined
