"""Scopes: what cancels a phrase, in which direction, how far, and what ends it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from analyzer.language.components.phrases import KEY
from analyzer.language.components.scope import ScopeMarker
from analyzer.language.reading import register_extensions


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    register_extensions()
    return spacy.blank("en").vocab


def cancelled(vocab: Vocab, text: str) -> str | None:
    """The phrase stands between < and >; | begins a sentence."""
    words: list[str] = []
    starts: list[bool] = []
    inside: list[int] = []
    opened = new = False
    for piece in text.split():
        if piece == "|":
            new = True
            continue
        opened = opened or piece.startswith("<")
        if opened:
            inside.append(len(words))
        opened = opened and not piece.endswith(">")
        words.append(piece.strip("<>"))
        starts.append(new or len(words) == 1)
        new = False
    doc = Doc(vocab, words=words, sent_starts=starts)
    span = Span(doc, inside[0], inside[-1] + 1, label="pushiness")
    doc.spans[KEY] = [span]
    ScopeMarker(vocab)(doc)
    category: str | None = doc.spans[KEY][0]._.cancelled
    return category


NEGATED = [
    "i am not asking <did i get the job>",
    "i don't want to say <you owe me> anything",
    "i dont mean <you owe me>",
    "i would never say <this is unacceptable>",
    "i have no <other offers> at all",
    "i haven't <another offer>",
    "without saying <i need an answer today>",
    "i am calling to say thanks rather than <have you made a decision>",
    "the last thing i want is to <keep calling until> you answer",
    "this is far from <an ultimatum>",
    "<have you made a decision> is not what i am asking",
]
HYPOTHETICAL = [
    "if <i had another offer> i would tell you",
    "even if you said <another company wants me>",
    "unless <you have made a decision>",
    "in case <you have decided yet>",
    "imagine <i forgot what i wanted to say>",
    "i sounded as if <i forgot what i wanted to say>",
]
QUOTED = [
    "she said <i need an answer today>",
    "they asked <have you made a decision>",
    "everyone keeps asking <did i get the job>",
    "guests used to say <this is unacceptable>",
]
OTHERS = [
    "my friend <has another offer>",
    "my older sister <got an offer from another school>",
    "my old boss would say <i need an answer by> noon",
    "a colleague of mine <lost her train of thought>",
]
LIVE = [
    # no modifier at all
    "<i need an answer today>",
    # the modifier belongs to the phrase
    "<i don't know what to say>",
    "<why hasn't anyone called> me",
    # too far away
    "not that it matters to anyone in your fine company <have you made a decision>",
    # a terminator between
    "i don't want to be rude but <i need an answer today>",
    "there is no hurry although <i have another offer>",
    "i am not angry and <i need an answer today>",
    "if you have a minute then <did i get the job>",
    # a sentence or a long pause between
    "it was not easy | <i need an answer today>",
    "my friend | <i have another offer>",
    # behind, where the modifier looks ahead
    "<i need an answer today> not tomorrow",
    "<i have another offer> if you must know",
    # ahead, where the modifier looks back
    "is not what i would have liked to hear <did i get the job>",
    # the past ones stay near their verb
    "i haven't heard anything from you <have you made a decision>",
]


@pytest.mark.parametrize("text", NEGATED)
def test_scope_negated(vocab: Vocab, text: str) -> None:
    assert cancelled(vocab, text) == "negated"


@pytest.mark.parametrize("text", HYPOTHETICAL)
def test_scope_hypothetical(vocab: Vocab, text: str) -> None:
    assert cancelled(vocab, text) == "hypothetical"


@pytest.mark.parametrize("text", QUOTED)
def test_scope_quoted(vocab: Vocab, text: str) -> None:
    assert cancelled(vocab, text) == "quoted"


@pytest.mark.parametrize("text", OTHERS)
def test_scope_other_person(vocab: Vocab, text: str) -> None:
    assert cancelled(vocab, text) == "other_person"


@pytest.mark.parametrize("text", LIVE)
def test_scope_leaves_alone(vocab: Vocab, text: str) -> None:
    assert cancelled(vocab, text) is None


def test_scope_reaches_its_number_of_words_and_no_further(vocab: Vocab) -> None:
    assert cancelled(vocab, "not a b c d e <you owe me>") == "negated"
    assert cancelled(vocab, "not a b c d e f <you owe me>") is None


def test_scope_marks_nothing_without_phrases(vocab: Vocab) -> None:
    doc = Doc(vocab, words=["not", "here"])
    assert KEY not in ScopeMarker(vocab)(doc).spans
