from __future__ import annotations

from analyzer.audio.level import Levels
from analyzer.checklist.coaching import coaching_rows
from analyzer.speech.transcript import Word, from_words
from analyzer.speech.typed import typed_transcript


def spoken(text, gap=0.1):
    words, at = [], 0.0
    for word in text.split():
        words.append(Word(word, at, at + 0.3, 1.0))
        at += 0.3 + gap
    return from_words([words], model="m")


def repeated(text, **more):
    return coaching_rows(spoken(text, **more), None)["repeated_words"]


def test_coaching_counts_words_said_twice_and_advises_when_there_are_many():
    row = repeated("i i wanted to to thank you um the the um the team")
    assert row["value"] == 4
    assert "start a word again" in row["advice"]
    assert row["at_s"][0]["word"] == "i"
    assert row["cost"] == 0
    assert repeated("the the team")["advice"] == ""


def test_coaching_leaves_out_what_is_rightly_said_twice():
    assert repeated("five five five zero one e e very very glad that that works")["value"] == 0
    assert repeated("the the", gap=2.0)["value"] == 0


def test_coaching_says_when_it_is_quiet_or_clips_and_costs_nothing():
    rows = coaching_rows(spoken("hello"), Levels(-50.0, -40.0, 0.0))
    assert "hard to hear" in rows["loudness"]["advice"]
    assert rows["clipping"]["advice"] == ""
    rows = coaching_rows(spoken("hello"), Levels(-8.0, 0.0, 0.01))
    assert rows["loudness"]["advice"] == ""
    assert "crackles" in rows["clipping"]["advice"]
    assert {row["cost"] for row in rows.values()} == {0}


def test_coaching_has_nothing_to_say_of_typed_text():
    assert coaching_rows(typed_transcript("hello hello"), None) == {}
