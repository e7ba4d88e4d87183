"""Finding a pack's phrases: roles, exceptions, the longest match, the ends of sentences."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from analyzer.language.components.boundaries import Boundaries
from analyzer.language.components.phrases import KEY, PhraseFinder, PhraseRule
from analyzer.language.phrases import PhraseError
from analyzer.language.reading import make_doc
from analyzer.speech.transcript import Word, from_words
from analyzer.speech.typed import typed_transcript

CALL = PhraseRule("call", "call ...3 back", "certain")
HINT = PhraseRule("call", "back", "hint")
NEAR = PhraseRule("call", "call", "near")
NOT_OWN = PhraseRule("call", "i will call", "exception")
OTHER = PhraseRule("other", "back", "certain")


def found(text: str, *rules: PhraseRule, doc: Doc | None = None) -> list[tuple[str, str]]:
    vocab = spacy.blank("en").vocab
    finder = PhraseFinder(doc.vocab if doc else vocab)
    finder.use(rules)
    doc = finder(doc or make_doc(vocab, typed_transcript(text)))
    return [(span.label_, span.text) for span in doc.spans[KEY]]


def test_role_stands_in_the_label() -> None:
    assert found("call me back", CALL, HINT, NEAR) == [
        ("call/near", "call"), ("call", "call me back"), ("call/hint", "back"),
    ]  # fmt: skip


def test_source_is_the_phrase() -> None:
    doc = make_doc(spacy.blank("en").vocab, typed_transcript("call me back"))
    found("", CALL, doc=doc)
    assert doc.spans[KEY][0]._.source == CALL.phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i will call you back", []),
        ("i will call you back please call me back", [("call", "call me back")]),
        ("please call me back", [("call", "call me back")]),
    ],
)
def test_a_hit_that_touches_an_exception_does_not_count(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, CALL, NOT_OWN) == expected


def test_an_exception_is_its_own_check_s_alone() -> None:
    assert found("i will call you back", CALL, NOT_OWN, OTHER) == [("other", "back")]


def test_of_overlapping_matches_the_longest_counts() -> None:
    assert found("call me back back", CALL) == [("call", "call me back back")]
    assert found("call call back", CALL) == [("call", "call call back")]
    assert found("call back and call me back", CALL) == [
        ("call", "call back"), ("call", "call me back"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Please call. Back soon.", 0),
        ("Please call! I am back.", 0),
        ("Please call\n\nback soon", 0),
        ("Me: please call\nMe: back soon", 0),
        ("Please call, um, back.", 1),
        ("Please call Mr. Lee back.", 1),
    ],
)
def test_a_phrase_stays_within_a_sentence(text: str, hits: int) -> None:
    assert len(found(text, CALL)) == hits


def test_a_phrase_does_not_reach_over_a_long_pause_but_within_a_number() -> None:
    words = [Word("call", 0.0, 0.4, 1.0), Word("back", 2.0, 2.4, 1.0)]
    doc = make_doc(spacy.blank("en").vocab, from_words([words], model="test"))
    assert found("", CALL, doc=doc) == []
    for token in doc:
        token._.value = "PHONE"
    assert found("", PhraseRule("number", "<PHONE>", "certain"), doc=doc) == [
        ("number", "call back")
    ]


def test_hesitations_are_passed_over_and_not_shown_at_the_edges() -> None:
    rule = PhraseRule("call", "... call me", "certain")
    assert found("um please uh call um me uh", rule) == [("call", "please uh call um me")]


def test_nothing_is_found_without_rules_or_words() -> None:
    assert found("call me back") == []
    assert found("", CALL) == []
    assert found("... !", CALL) == []


def test_rules_are_replaced_and_checked() -> None:
    vocab = spacy.blank("en").vocab
    finder = PhraseFinder(vocab)
    finder.use([CALL])
    finder.use([OTHER])
    doc = finder(make_doc(vocab, typed_transcript("call back")))
    assert [span.label_ for span in doc.spans[KEY]] == ["other"]
    with pytest.raises(PhraseError, match="is no kind of thing"):
        finder.use([PhraseRule("x", "<FAX>", "certain")])


# Where sentences begin


def sentences(doc: Doc) -> list[str]:
    return [sentence.text for sentence in Boundaries()(doc).sents]


def timed(*starts: float) -> Doc:
    words = [Word(w, s, s + 0.3, 1.0) for w, s in zip("a b c d".split(), starts, strict=False)]
    return make_doc(spacy.blank("en").vocab, from_words([words], model="test"))


def test_written_sentences_begin_after_punctuation_and_turns() -> None:
    text = "Me: Hello there. Is it you?\nManager: Yes.\nMe: it's Ann"
    doc = make_doc(spacy.blank("en").vocab, typed_transcript(text))
    assert sentences(doc) == ["hello there", "is it you", "it's ann"]


def test_spoken_sentences_begin_after_a_long_pause() -> None:
    assert sentences(timed(0, 0.4, 2.0, 2.4)) == ["a b", "c d"]


@pytest.mark.parametrize(
    ("likely", "pause", "expected"),
    [
        (0.6, 0.0, ["a b", "c d"]),
        (0.3, 0.0, ["a b c d"]),
        (0.3, 0.4, ["a b", "c d"]),
        (0.1, 0.4, ["a b c d"]),
    ],
)
def test_learned_sentences_need_less_beside_a_short_pause(
    likely: float, pause: float, expected: list[str]
) -> None:
    doc = timed(0, 0.3, 0.6 + pause, 0.9 + pause)
    doc.user_data["boundary"] = [0.0, likely, 0.0, 0.0]
    assert sentences(doc) == expected


def test_no_words_have_no_sentences() -> None:
    assert list(Boundaries()(make_doc(spacy.blank("en").vocab, typed_transcript(""))).sents) == []
