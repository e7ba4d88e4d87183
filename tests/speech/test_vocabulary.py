"""Words a model does not know are told beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.resources import builtin_speech_model_folder
from analyzer.speech.vocabulary import unknown_words
from analyzer.speech.vosk_engine import VoskEngine

KNOWN = "<eps> 0\nthe 1\ndata 2\nanalyst 3\nmaria 4\no'brien 5\ntwenty 6\nfirst 7\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "words.txt").write_text(KNOWN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("texts", "unknown"),
    [
        (["Maria O'Brien"], []),
        (["Data Analyst", "the DATA analyst"], []),
        (["Maria Achterhuis", "Achterhuis"], ["achterhuis"]),
        (["Maria's data"], []),
        (["21st"], []),
        (["Quux-Frobnitz"], ["quux", "frobnitz"]),
        ([], []),
        ([""], []),
    ],
)
def test_unknown_words(model: Path, texts: list[str], unknown: list[str]) -> None:
    assert unknown_words(model, texts) == unknown


def test_a_model_without_a_word_list_is_asked(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (model / "graph" / "words.txt").unlink()
    asked: list[str] = []

    class Engine:
        def __init__(self, folder: Path, *, name: str) -> None: ...

        def knows(self, word: str) -> bool:
            asked.append(word)
            return word == "maria"

    monkeypatch.setattr("analyzer.speech.vosk_engine.VoskEngine", Engine)
    assert unknown_words(model, ["Maria Quux"]) == ["quux"]
    assert asked == ["maria", "quux"]


def test_the_builtin_model_answers_like_its_word_list() -> None:
    engine = VoskEngine(builtin_speech_model_folder(), name="builtin")
    assert engine.knows("thank")
    assert not engine.knows("zyzzyvafrob")
    assert unknown_words(engine.folder, ["thank zyzzyvafrob"]) == ["zyzzyvafrob"]
