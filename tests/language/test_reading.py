"""From a transcript to a Doc: offsets quote the transcript, turns, and where phrases must end."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analyzer.language.reading import LONG_PAUSE_S, evidence_span, make_doc, reading_of
from analyzer.language.spoken_form import spoken_sequence
from analyzer.speech.transcript import Transcript, Utterance, Word, from_words
from analyzer.speech.typed import typed_transcript


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return spacy.blank("en").vocab


def read(vocab: Vocab, text: str) -> Doc:
    return make_doc(vocab, typed_transcript(text))


def spoken(*words: tuple[str, float, float]) -> Transcript:
    return from_words([[Word(text, a, b, 1.0) for text, a, b in words]], model="test")


def hard_starts(doc: Doc) -> list[str]:
    return [doc[at].text for at in sorted(reading_of(doc).hard_starts)]


def test_doc_is_the_spoken_form_of_the_words(vocab: Vocab) -> None:
    doc = read(vocab, "Hello, it's the 3rd — call 555-0143!")
    assert [token.text for token in doc] == (
        "hello it's the third call five five five zero one four three".split()
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "quote"),
    [
        ("Hello, Ms. Patel!", 1, 3, "Ms. Patel!"),
        ("(Call me) on 555-0143.", 0, 2, "Call me"),
        ("(Call me) on 555-0143.", 3, 10, "555-0143"),
        ("(Call me) on 555-0143.", 4, 6, "555-0143"),
        ("“Thanks,” I said…", 0, 1, "Thanks"),
        ("On March 3, 2026 we met", 1, 3, "March 3"),
        ("Well — hello", 0, 2, "Well — hello"),
        ("Did I get it? Yes.", 0, 4, "Did I get it?"),
        ("line one\nline two", 1, 3, "one\nline"),
    ],
)
def test_tokens_quote_the_transcript(
    vocab: Vocab, text: str, first: int, last: int, quote: str
) -> None:
    start, end = reading_of(read(vocab, text)).chars_of_tokens(first, last)
    assert text[start:end] == quote


@given(st.lists(st.sampled_from(
    ["Hello,", "Ms.", "Patel!", "3rd", "555-0143.", "a@b.com,", "—", "...", "😀", "(um)", "\n\n",
     "سلام", "\nMe: yes.", "\nManager: no.", "“I'd", "say”", "\u200b", "$5"]
), max_size=25).map(" ".join))  # fmt: skip
def test_any_span_lies_within_the_caller_s_words(text: str) -> None:
    doc = make_doc(spacy.blank("en").vocab, typed_transcript(text))
    reading = reading_of(doc)
    assert len(reading.token_word) == len(doc)
    assert list(reading.token_word) == sorted(reading.token_word)
    for i in range(len(doc)):
        for j in range(i + 1, min(i + 5, len(doc) + 1)):
            start, end = reading.chars_of_tokens(i, j)
            assert 0 <= start < end <= len(text)
            words = reading.words[reading.token_word[i] : reading.token_word[j - 1] + 1]
            assert words[0].start_char <= start
            assert end <= words[-1].end_char
    assert [token.text for token in doc] == [
        word for group in spoken_sequence([w.text for w in reading.words]) for word in group
    ]
    assert not len(doc) or 0 in reading.hard_starts


def test_only_the_caller_s_turns_are_read(vocab: Vocab) -> None:
    text = "Manager: Did I get the job?\nMe: Hello there.\nManager: No.\nMe: Good bye."
    doc = read(vocab, text)
    assert [token.text for token in doc] == ["hello", "there", "good", "bye"]
    assert hard_starts(doc) == ["hello", "good"]
    start, end = reading_of(doc).chars_of_tokens(2, 4)
    assert text[start:end] == "Good bye"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("hello there you", ["hello"]),
        ("Hello. Thanks! Is it? Yes… No", ["hello", "thanks", "is", "yes", "no"]),
        ("Hello (there.) You said “thanks.” Bye", ["hello", "you", "bye"]),
        ("Ask Mr. Lee or Dr. O. Ray at 3 p.m. sharp", ["ask"]),
        ("Did they call? No. Thanks", ["did", "no", "thanks"]),
        ("Thanks. — Bye", ["thanks", "bye"]),
        ("one,\ntwo", ["one"]),
        ("one\n\ntwo", ["one", "two"]),
        ("one\r\n \r\ntwo", ["one", "two"]),
        ("Me: one\nMe: — two", ["one", "two"]),
        ("call 555. 0143", ["call", "zero"]),
    ],
)
def test_phrases_must_end_at_a_sentence_or_turn(vocab: Vocab, text: str, starts: list[str]) -> None:
    assert hard_starts(read(vocab, text)) == starts


@pytest.mark.parametrize(
    ("pause", "starts"), [(0.1, ["one"]), (LONG_PAUSE_S + 0.01, ["one", "two"])]
)
def test_phrases_must_end_at_a_long_pause(vocab: Vocab, pause: float, starts: list[str]) -> None:
    transcript = spoken(("one", 0.0, 0.5), ("two", 0.5 + pause, 2.0))
    assert hard_starts(make_doc(vocab, transcript)) == starts


def test_utterances_of_a_recogniser_are_no_sentences(vocab: Vocab) -> None:
    words = [[Word("one", 0.0, 0.4, 1.0)], [Word("two", 0.6, 1.0, 1.0)]]
    assert hard_starts(make_doc(vocab, from_words(words, model="test"))) == ["one"]


def test_nothing_said_gives_an_empty_doc(vocab: Vocab) -> None:
    for transcript in (
        Transcript(""), typed_transcript("... !?"), Transcript("hi", (Utterance((), "me"),)),
    ):  # fmt: skip
        assert len(make_doc(vocab, transcript)) == 0


def test_evidence_has_no_hesitations_at_its_edges(vocab: Vocab) -> None:
    doc = read(vocab, "um uh thank um you uh")
    assert evidence_span(doc, 0, 6, "x").text == "thank um you"
    assert evidence_span(doc, 0, 2, "x").text == "uh"
