"""Which words a speech model cannot write down, because it has never met them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from analyzer.language.spoken_form import spoken_text

_WORDS = Path("graph") / "words.txt"


def unknown_words(folder: Path, texts: Iterable[str]) -> list[str]:
    """The words of ``texts``, as they are said, that the model in ``folder`` does not know.

    Each stands once, in order. The model's word list is read where it has one as text; other
    models are loaded and asked.

    Raises:
        ModelError: the model must be loaded for it and is not whole.
    """
    said = dict.fromkeys(word for text in texts for word in spoken_text(text).split())
    if not said:
        return []
    knows = _knows(folder)
    return [word for word in said if not any(knows(form) for form in _forms(word))]


def _forms(word: str) -> tuple[str, ...]:
    """A word and, for a possessive, what it is made of."""
    return (word, word.removesuffix("'s")) if word.endswith("'s") else (word,)


def _knows(folder: Path) -> Callable[[str], bool]:
    listed = folder / _WORDS
    if listed.is_file():
        lines = listed.read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if line.strip()}.__contains__
    from analyzer.speech.vosk_engine import VoskEngine

    return VoskEngine(folder, name=folder.name).knows
