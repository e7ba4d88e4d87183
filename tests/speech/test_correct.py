from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import TranscriptError
from analyzer.speech.correct import corrected
from analyzer.speech.transcript import CALLER, Word, from_words


def heard(*utterances, gap=2.0):
    """Words of half a second, utterances ``gap`` seconds apart."""
    rows, at = [], 1.0
    for utterance in utterances:
        row = []
        for text in utterance.split():
            row.append(Word(text, at, at + 0.5, 0.4))
            at += 0.5
        rows.append(row)
        at += gap
    return from_words(rows, model="m")


def times(transcript):
    return [(w.text, w.start_s, w.end_s) for w in transcript.words]


def test_corrected_keeps_the_times_of_words_heard_right():
    result = corrected(heard("hello this is wildan"), "Hello, this is Wildan.")
    assert times(result) == [
        ("Hello,", 1.0, 1.5), ("this", 1.5, 2.0), ("is", 2.0, 2.5), ("Wildan.", 2.5, 3.0),
    ]  # fmt: skip
    assert result.text == "Hello, this is Wildan."
    assert result.model == "m"
    assert {word.confidence for word in result.words} == {1.0}


def test_corrected_shares_the_time_of_misheard_words():
    result = corrected(heard("this is will done calling"), "this is Wildan calling")
    assert times(result)[2:] == [("Wildan", 2.0, 3.0), ("calling", 3.0, 3.5)]
    result = corrected(heard("this is wildan calling"), "this is will done calling")
    assert times(result)[2:4] == [("will", 2.0, 2.25), ("done", 2.25, 2.5)]


def test_corrected_gives_missed_words_the_gap_between_their_neighbours():
    result = corrected(heard("hello there", "thank you"), "hello there friend thank you")
    assert times(result)[2] == ("friend", 2.0, 4.0)


def test_corrected_drops_words_that_were_not_said():
    result = corrected(heard("um hello the there"), "hello there")
    assert times(result) == [("hello", 1.5, 2.0), ("there", 2.5, 3.0)]


def test_corrected_breaks_unlabelled_text_at_the_pauses_heard():
    result = corrected(heard("hello there", "thank you"), "Hello there. Thanks, thank you.")
    assert [[w.text for w in u.words] for u in result.utterances] == [
        ["Hello", "there.", "Thanks,"], ["thank", "you."],
    ]  # fmt: skip


def test_corrected_respects_labelled_turns():
    said = "Manager: Hello, who is it?\nMe: Anna."
    result = corrected(heard("hello who is it", "it is anna"), said)
    assert [u.speaker for u in result.utterances] == ["manager", CALLER]
    assert result.caller_utterances[0].words[0].start_s is not None


def test_corrected_of_nothing_heard_is_typed_text():
    result = corrected(from_words([], model="m"), "hello there")
    assert not result.is_spoken


def test_corrected_with_no_words_is_an_error():
    with pytest.raises(TranscriptError, match="no words"):
        corrected(heard("hello"), "  \n ")


words = st.lists(st.sampled_from("a b hello the um you thank Wildan five".split()), max_size=12)


@given(words, st.lists(words, min_size=1, max_size=3))
def test_corrected_times_never_go_back(typed, said):
    transcript = heard(*(" ".join(row) for row in said))
    result = corrected(transcript, " ".join(["start", *typed]))
    assert [w.text for w in result.words] == ["start", *typed]
    for word in result.words:
        assert result.text[word.start_char : word.end_char] == word.text
    if result.is_spoken:
        flat = [t for w in result.words for t in (w.start_s, w.end_s)]
        assert flat == sorted(flat)
