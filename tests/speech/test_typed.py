"""Typed transcripts: whose words are whose, and what bytes are text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import TranscriptError
from analyzer.speech.transcript import CALLER, Transcript
from analyzer.speech.typed import (
    MAX_CHARACTERS,
    is_text,
    read_typed,
    read_typed_file,
    typed_transcript,
)

Turns = list[tuple[str, str]]


def turns(text: str, caller_name: str | None = None) -> Turns:
    transcript = typed_transcript(text, caller_name=caller_name)
    return [
        (utterance.speaker, " ".join(word.text for word in utterance.words))
        for utterance in transcript.utterances
    ]


LABELLED = {
    "me and manager": (
        "Manager: Hello?\nMe: Hi, this is Ann.",
        [("manager", "Hello?"), (CALLER, "Hi, this is Ann.")],
    ),
    "a caller's label alone": ("Me: Hi, this is Ann.", [(CALLER, "Hi, this is Ann.")]),
    "only the manager": ("Manager: Hello?\nManager: Bye.", [("manager", "Hello?"),
                                                            ("manager", "Bye.")]),
    "numbered speakers": (
        "Speaker 2: Hello?\nSpeaker 1: Hi, this is Ann.",
        [("speaker 2", "Hello?"), (CALLER, "Hi, this is Ann.")],
    ),
    "unknown numbered speakers": (
        "Speaker 3: Hello?\nSpeaker 4: Hi, this is Ann Lee about the job.",
        [("speaker 3", "Hello?"), (CALLER, "Hi, this is Ann Lee about the job.")],
    ),
    "lower case": ("me: hi\nmanager: yes", [(CALLER, "hi"), ("manager", "yes")]),
    "blanks around": ("  ME :  hi\n\tManager :yes\nManager: no",
                      [(CALLER, "hi Manager :yes"), ("manager", "no")]),
    "a label on a line of its own": ("Me:\nHello there.\nManager:\nYes?",
                                     [(CALLER, "Hello there."), ("manager", "Yes?")]),
    "words before the first label": ("Hi, Ann here.\nManager: Yes?",
                                     [(CALLER, "Hi, Ann here."), ("manager", "Yes?")]),
    "turns over several lines": ("Me: one\ntwo\n\nthree\nManager: four",
                                 [(CALLER, "one two three"), ("manager", "four")]),
    "names, the manager answers first": (
        "Karen Webb: Hello, Karen Webb.\nAnn: Hello, this is Ann Lee, I interviewed on Monday.\n"
        "Karen Webb: Yes.",
        [("karen webb", "Hello, Karen Webb."),
         (CALLER, "Hello, this is Ann Lee, I interviewed on Monday."), ("karen webb", "Yes.")],
    ),
    "names with titles and particles": (
        "Ms. van der Berg: Yes?\nDr. O’Neil-Smith: Hello, this is Sam O’Neil.",
        [("ms. van der berg", "Yes?"), (CALLER, "Hello, this is Sam O’Neil.")],
    ),
    "names beside a known role": (
        "Receptionist: Front desk.\nAnn: Hello.\nÉlise: Yes, what is it that you want, please?\n"
        "Me: Hello again.",
        [("receptionist", "Front desk."), ("ann", "Hello."),
         ("élise", "Yes, what is it that you want, please?"), (CALLER, "Hello again.")],
    ),
    "a colon inside a turn": (
        "Me: Two things: my number is: 555-0143.\nMy number is: 555-0143\nManager: Fine.",
        [(CALLER, "Two things: my number is: 555-0143. My number is: 555-0143"),
         ("manager", "Fine.")],
    ),
    "a heading inside a turn": ("Me: Hello.\nPhone: 555-0143\nManager: Fine.",
                                [(CALLER, "Hello. Phone: 555-0143"), ("manager", "Fine.")]),
    "times before the labels": (
        "[00:00] Manager: Hello?\n00:02 - Me: Hi, at 10:30\nthen.\n(0:05:10.250) Manager: Yes.",
        [("manager", "Hello?"), (CALLER, "Hi, at 10:30 then."), ("manager", "Yes.")],
    ),
    "an empty turn": ("Me:\nManager: Hello?\nMe: Hi.", [("manager", "Hello?"), (CALLER, "Hi.")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELLED.values(), ids=LABELLED)
def test_labelled_turns(text: str, expected: Turns) -> None:
    assert turns(text) == expected


UNLABELLED = {
    "plain": "Hello, this is Ann.",
    "times": "I called at 10:30.\n10:30 would suit me.\nAt 10: 30 people came.",
    "colons in sentences": "One thing: thank you.\nMy number is: 555-0143\nMy e-mail is: a@b.com",
    "headings of a draft": "Subject: follow-up\nPhone: 555-0143\nEmail: a@b.com",
    "headings at the end": "Hello, this is Ann.\nPhone: 555-0143\nAddress: Elm Street",
    "one name alone": "Hello.\nAnn: that is me.",
    "a title above": "Voicemail: Hello, this is Ann.",
    "a title on its own line": "Voicemail:\nHello, this is Ann.",
    "an address of the web": "Look at\nhttps://example.com",
    "a long line with a colon": "I would like to say one thing before I go and it is: thank you.\n"
                                "And another thing I would like to say is: good bye.",
}  # fmt: skip


@pytest.mark.parametrize("text", UNLABELLED.values(), ids=UNLABELLED)
def test_colons_that_are_no_labels(text: str) -> None:
    assert turns(text) == [(CALLER, " ".join(text.split()))]


@pytest.mark.parametrize(
    ("caller_name", "caller"),
    [("Ann Lee", "ann"), ("Ms. Ann Lee", "ann"), ("Joan Webb", "jo webb"), (None, "jo webb"),
     ("Jo Webb", "jo webb")],
)  # fmt: skip
def test_the_caller_is_who_has_the_profile_s_name(caller_name: str | None, caller: str) -> None:
    text = "Ann: Hello?\nJo Webb: Hello, I am here, and I say more than all the others."
    speakers = ["ann", "jo webb"]
    speakers[speakers.index(caller)] = CALLER
    assert [speaker for speaker, _ in turns(text, caller_name)] == speakers


def test_me_is_the_caller_whatever_the_profile_says() -> None:
    assert [speaker for speaker, _ in turns("Ann: Hi.\nMe: Hello.", "Ann Lee")] == ["ann", CALLER]


@given(st.lists(st.sampled_from(
    ["Me: ", "Manager: ", "Ann Lee: ", "me:", "10:30 ", "a: b", "\n", "\n\n", " ", "hello ",
     "😀 ", "سلام ", "Phone: 5 ", "\t", ":"]
)).map("".join))  # fmt: skip
def test_every_word_stands_where_it_says(text: str) -> None:
    transcript: Transcript = typed_transcript(text)
    assert transcript.text == text
    last = 0
    for word in transcript.words:
        assert text[word.start_char : word.end_char] == word.text
        assert word.start_char >= last
        last = word.end_char
        assert word.start_s is None
        assert word.confidence is None
    assert all(utterance.words for utterance in transcript.utterances)
    assert not transcript.is_spoken


TEXT = "Hello, this is José.\nMy number is 555-0143 — thanks."
ENCODED = {
    "utf-8": TEXT.encode("utf-8"),
    "utf-8 with a mark": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "cp1252": TEXT.encode("cp1252"),
    "windows lines": TEXT.replace("\n", "\r\n").encode("utf-8"),
    "old mac lines": TEXT.replace("\n", "\r").encode("utf-8"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_text_is_read_in_any_usual_encoding(data: bytes) -> None:
    assert read_typed(data, name="call.txt") == TEXT


REFUSED = {
    "zeros": (b"RIFF\x00\x00\x00\x00WAVE", "not a text file"),
    "control characters": (bytes(range(1, 32)) * 8, "not a text file"),
    "bytes of no encoding": (b"\x81\x8d\x8f\x90\x9d\xff\xc3", "not a text file"),
    "half a utf-16 character": (b"\xff\xfeH\x00e", "not a text file"),
    "only punctuation": (b"... -- !?\n", "no words"),
    "only emoji": ("😀 👋🏽".encode(), "no words"),
    "far too long": (b"word " * (MAX_CHARACTERS // 4), "characters"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_transcript_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(TranscriptError, match=message) as refused:
        read_typed(data, name="call.txt")
    assert refused.value.message.startswith("call.txt: ")
    assert refused.value.next_step


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = read_typed(data, name="call.txt")
    except TranscriptError:
        return
    assert "\r" not in text
    assert not text.startswith("\ufeff")


def test_file_is_read_or_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    assert read_typed_file(path) == TEXT
    path.write_bytes(b" \n")
    with pytest.raises(TranscriptError, match="empty"):
        read_typed_file(path)
    with pytest.raises(TranscriptError, match="folder"):
        read_typed_file(tmp_path)
    with pytest.raises(TranscriptError, match="no such file") as missing:
        read_typed_file(tmp_path / "none.txt")
    assert str(tmp_path) not in str(missing.value)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"Hello, this is Ann.\r\n\tBye.", True),
        ("Gráinne".encode()[:3], True),  # cut within a character
        (b"\xef\xbb\xbfHello", True),
        (b"", False),
        (b"\xc3", False),
        (b"\xff\xfe\x00H", False),
        (b"RIFF\x00\x00\x00\x00WAVE", False),
    ],
)
def test_is_text_looks_at_the_bytes(head: bytes, text: bool) -> None:
    assert is_text(head) is text
