"""The trained encoder: what must hold for any good weights."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from analyzer.checklist.loader import load_pack
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.checklist.rules import ENCODED
from analyzer.errors import ModelError
from analyzer.language.components.encoder import KEY, SCORES, CallEncoder
from analyzer.language.pipeline import Reader, shared_reader
from analyzer.language.reading import reading_of
from analyzer.speech.typed import typed_transcript

SURE = 0.6
FILLING = (
    "the weather was fine and the road was clear so the drive took about an hour and the shop on "
    "the corner had fresh bread and a small table by the window where the light was good "
).split()
NAME = "hello this is emily carter"
PUSHY = "this is unacceptable and you have to give me an answer today"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shared_reader(phrase_rules(load_pack()))


def read(reader: Reader, text: str) -> Doc:
    return reader.read(typed_transcript(text))


def scores(doc: Doc) -> dict[str, float]:
    return dict(doc.user_data[SCORES])


def spans(doc: Doc) -> list[tuple[str, int, int, float]]:
    return [(s.label_, s.start, s.end, s._.score) for s in doc.spans[KEY]]


def filling(words: int) -> str:
    return " ".join(itertools.islice(itertools.cycle(FILLING), words))


def sentences(words: int) -> str:
    """Filling in written form, ten words a sentence."""
    said = filling(words).split()
    tens = [" ".join(said[i : i + 10]) for i in range(0, words, 10)]
    return " ".join(f"{ten.capitalize()}." for ten in tens)


UNMISTAKABLE = [
    ("My name is Emily Carter.", "self_identification"),
    ("my name is emily carter", "self_identification"),
    ("Thank you so much for taking the time to meet with me.", "thanks_for_time"),
    ("I'm still very interested in the position.", "interest"),
    ("please call me back when you have a moment", "call_to_action"),
    ("Did I get the job?", "decision_demand"),
    ("i have another job offer from a different company", "other_offers"),
    ("how many other candidates are you interviewing", "other_candidates"),
    (PUSHY, "pushiness"),
]


@pytest.mark.parametrize(("text", "check"), UNMISTAKABLE)
def test_the_unmistakable_is_found_alone_and_with_its_words(
    reader: Reader, text: str, check: str
) -> None:
    doc = read(reader, text)
    assert scores(doc)[check] > SURE
    forbidden = {"pushiness", "decision_demand", "other_offers", "other_candidates"} - {check}
    assert all(scores(doc)[other] < 0.5 for other in forbidden)
    assert any(span.label_ == check for span in doc.spans[KEY])


def test_every_check_the_packs_may_ask_for_has_a_score(reader: Reader) -> None:
    assert set(scores(read(reader, "hello"))) == set(ENCODED)


@pytest.mark.parametrize("text", ["", "...", "😀 👋🏽", "—"])
def test_nothing_said_has_no_scores_above_nothing(reader: Reader, text: str) -> None:
    doc = read(reader, text)
    assert set(scores(doc).values()) == {0.0}
    assert not len(doc.spans[KEY])


@pytest.mark.parametrize(
    "text",
    [
        "سلام عليكم انا احمد", "面試 お願いします", "𝓗𝓮𝓵𝓵𝓸 𝔱𝔥𝔢𝔯𝔢", "Z̷a̷l̷g̷o",
        "a\u0000b \u200b \ufeff c",
        "x" * 3000, "ab-" * 2000, "9" * 600, "👩‍👩‍👧 family", "\ud7ff \ue000",
    ],
)  # fmt: skip
def test_odd_letters_are_read(reader: Reader, text: str) -> None:
    doc = read(reader, text)
    assert all(0.0 <= score <= 1.0 for score in scores(doc).values())
    for span in doc.spans[KEY]:
        start, end = reading_of(doc).chars_of_tokens(span.start, span.end)
        assert text[start:end]


@pytest.mark.parametrize("before", [0, 90, 260, 550])
@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Hello, my name is Emily Carter.", "self_identification"),
        ("Thank you so much for taking the time to meet with me.", "thanks_for_time"),
    ],
)
def test_long_texts_are_read_to_their_end(
    reader: Reader, before: int, text: str, check: str
) -> None:
    doc = read(reader, f"{sentences(before)} {text} {sentences(550 - before)}")
    assert len(doc) > 550
    assert scores(doc)[check] > 0.5
    best = max((s for s in doc.spans[KEY] if s.label_ == check), key=lambda s: s._.score)
    assert best.start < before + len(text.split())
    assert best.end > before


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    text = f"{NAME}, I'm calling about the baker position. {PUSHY}"
    first, second = read(reader, text), read(reader, text)
    assert scores(first) == scores(second)
    assert spans(first) == spans(second)


def test_many_texts_are_read_as_each_alone(reader: Reader) -> None:
    texts = [NAME, "", PUSHY, filling(300), "Hello, Ms. Patel!", f"{filling(40)} {NAME}", "um"]
    together = list(reader.read_many(typed_transcript(text) for text in texts))
    assert len(together) == len(texts)
    for text, doc in zip(texts, together, strict=True):
        alone = read(reader, text)
        assert scores(doc) == scores(alone)
        assert spans(doc) == spans(alone)
        assert [t.is_sent_start for t in doc] == [t.is_sent_start for t in alone]


def test_written_and_spoken_forms_agree(reader: Reader) -> None:
    written = read(reader, "Hello, this is Emily Carter. I'm still very interested in the job.")
    spoken = read(reader, "hello this is emily carter i'm still very interested in the job")
    for check in ("self_identification", "interest"):
        assert scores(written)[check] > SURE
        assert scores(spoken)[check] > SURE


def test_spans_are_sorted_and_within_the_text(reader: Reader) -> None:
    doc = read(reader, f"{NAME} {filling(30)} {PUSHY} {NAME}")
    places = [(s.start, s.end, s.label_) for s in doc.spans[KEY]]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(doc) for start, end, _ in places)


def test_an_encoder_without_its_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"encoder\.onnx is missing"):
        CallEncoder().from_disk(tmp_path)
    with pytest.raises(ModelError, match="has not been loaded"):
        CallEncoder()._probabilities(["hello"])


def test_an_encoder_is_written_as_it_was_read(tmp_path: Path, reader: Reader) -> None:
    encoder: CallEncoder = reader._nlp.get_pipe("callcheck_encoder")  # type: ignore[assignment]
    encoder.to_disk(tmp_path / "copy")
    copy = CallEncoder().from_disk(tmp_path / "copy")
    assert copy.labels == encoder.labels
    words = NAME.split()
    assert np.array_equal(copy._probabilities(words), encoder._probabilities(words))
