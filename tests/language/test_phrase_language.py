"""The phrase language of rule packs: what each element matches, and what is refused."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.matcher import Matcher

from analyzer.language.phrases import VALUE_KINDS, PhraseError, compile_phrase, needed_words
from analyzer.language.reading import make_doc
from analyzer.speech.typed import typed_transcript


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def matches(nlp: Language, phrase: str, text: str) -> bool:
    doc = make_doc(nlp.vocab, typed_transcript(text.replace("<", "").replace(">", "")))
    for token, written in zip(doc, text.split(), strict=True):
        if written.startswith("<"):
            token._.value = "DATE"
    matcher = Matcher(nlp.vocab)
    matcher.add("phrase", [compile_phrase(phrase)])
    return bool(matcher(doc))


MATCHES = [
    ("thank", "thank you", True),
    ("thank", "thanks", False),
    ("Thank", "thank", True),
    ("thanks|thank you", "thanks you", True),
    ("thanks|thank you", "thank them", False),
    ("interview*", "an interviewer", True),
    ("interview*", "the interview", True),
    ("interview*", "an inter view", False),
    ("thank*|grateful", "i'm grateful", True),
    ("thank*|grateful", "so thankful", True),
    ("don’t|dont worry", "don't worry", True),
    ("so? sorry", "sorry", True),
    ("so? sorry", "so sorry", True),
    ("i'm very|so? sorry", "i'm so sorry", True),
    ("call ... back", "call back", True),
    ("call ... back", "call one two three four back", True),
    ("call ... back", "call one two three four five back", False),
    ("call ...1 back", "call me back", True),
    ("call ...1 back", "call me right back", False),
    ("call ...8 back", "call one two three four five six seven eight back", True),
    ("call _ back", "call me back", True),
    ("call _ back", "call back", False),
    ("on <DATE>", "on <monday>", True),
    ("on <DATE>", "on <monday> <morning>", True),
    ("on <DATE>", "on foot", False),
    ("on <DATE>? please", "on please", True),
    ("thank you", "thank um uh you", True),
    ("thank you", "thank hmm kindly you", False),
    ("call ...1 back", "call um back", True),
]


@pytest.mark.parametrize(("phrase", "text", "hit"), MATCHES)
def test_phrase_matches(nlp: Language, phrase: str, text: str, hit: bool) -> None:
    assert matches(nlp, phrase, text) is hit


REFUSED = [
    ("", "names no word"),
    ("...", "names no word"),
    ("_ ...2 _", "names no word"),
    ("so?", "names no word"),
    ("<DATE>?", "names no word"),
    ("<FAX>", "is no kind of thing"),
    ("<date>", "not in the phrase language"),
    ("call (me)", "not in the phrase language"),
    ("call me!", "not in the phrase language"),
    ("*", "not in the phrase language"),
    ("|", "is not a word"),
    ("e-mail me", "said as 'e mail'"),
    ("21 days", "said as 'twenty one'"),
    ("call ....2 me", "not in the phrase language"),
]


@pytest.mark.parametrize(("phrase", "message"), REFUSED)
def test_what_is_no_phrase_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message):
        compile_phrase(phrase)


@pytest.mark.parametrize("kind", VALUE_KINDS)
def test_every_kind_of_value_can_be_asked_for(nlp: Language, kind: str) -> None:
    Matcher(nlp.vocab).add("phrase", [compile_phrase(f"on <{kind}>")])


ELEMENTS = st.sampled_from(
    ["thank", "you|me", "inter*", "so?", "...", "...2", "_", "<DATE>", "<PHONE>?", "don't", "x*?"]
)


@given(st.lists(ELEMENTS, min_size=1, max_size=6))
def test_a_phrase_compiles_for_the_matcher_or_is_refused(elements: list[str]) -> None:
    try:
        pattern = compile_phrase(" ".join(elements))
    except PhraseError:
        return
    doc = make_doc(spacy.blank("en").vocab, typed_transcript("thank you so much"))
    matcher = Matcher(doc.vocab)
    matcher.add("phrase", [pattern])
    matcher(doc)


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("thank you so? much", ["thank", "you", "much"]),
        ("thanks|thank ... time", [{"thanks", "thank"}, "time"]),
        ("_ interview* on <DATE>", ["interview", "on"]),
    ],
)
def test_words_that_must_be_there(phrase: str, words: list[str | set[str]]) -> None:
    needed = needed_words(compile_phrase(phrase))
    assert len(needed) == len(words)
    for found, expected in zip(needed, words, strict=True):
        if isinstance(found, re.Pattern):
            assert found.match("interviewing")
            assert not found.match("view")
        else:
            assert found == ({expected} if isinstance(expected, str) else expected)


@pytest.mark.parametrize("phrase", ["thank you so? much", "thanks|thank ... time", "all your"])
def test_a_pattern_without_hesitations_finds_the_same_where_there_are_none(phrase: str) -> None:
    nlp = spacy.blank("en")
    doc = make_doc(nlp.vocab, typed_transcript("thank you much thanks for all your time"))
    found = []
    for hesitations in (True, False):
        matcher = Matcher(nlp.vocab)
        matcher.add("phrase", [compile_phrase(phrase, hesitations=hesitations)])
        found.append(matcher(doc))
    assert found[0] == found[1]
