"""What was said: words with times, grouped in utterances, each with a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CALLER = "caller"
"""Speaker of the words that count."""


@dataclass(frozen=True)
class Word:
    """One word, as heard or as typed.

    Attributes:
        text: the word.
        start_s, end_s: seconds from the start of the recording; None in typed text.
        confidence: the recogniser's posterior, 0 to 1; None in typed text.
        start_char, end_char: where it stands in ``Transcript.text``.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    confidence: float | None = None
    start_char: int = 0
    end_char: int = 0


@dataclass(frozen=True)
class Utterance:
    """Words said in one go: up to a pause in a recording, one turn in a typed transcript."""

    words: tuple[Word, ...]
    speaker: str = CALLER

    @property
    def start_s(self) -> float | None:
        """Start of the first word, seconds."""
        return self.words[0].start_s if self.words else None

    @property
    def end_s(self) -> float | None:
        """End of the last word, seconds."""
        return self.words[-1].end_s if self.words else None


@dataclass(frozen=True)
class Transcript:
    """A whole call.

    Attributes:
        text: everything said; ``Word.start_char`` and evidence point into it.
        utterances: in order.
        model: name of the speech model, or None for typed text.
    """

    text: str
    utterances: tuple[Utterance, ...] = field(default=())
    model: str | None = None

    @property
    def words(self) -> Iterator[Word]:
        """Every word, in order."""
        return (word for utterance in self.utterances for word in utterance.words)

    @property
    def caller_utterances(self) -> tuple[Utterance, ...]:
        """The utterances whose words count."""
        return tuple(u for u in self.utterances if u.speaker == CALLER)

    @property
    def is_spoken(self) -> bool:
        """Whether the words come from a recording and have times."""
        return any(word.start_s is not None for word in self.words)


def from_words(utterances: list[list[Word]], *, model: str) -> Transcript:
    """Build a transcript from recognised words, placing them in one text.

    Words are joined by single spaces; empty utterances are dropped.
    """
    placed: list[Utterance] = []
    parts: list[str] = []
    position = 0
    for words in utterances:
        row: list[Word] = []
        for word in words:
            row.append(
                Word(
                    word.text, word.start_s, word.end_s, word.confidence,
                    position, position + len(word.text),
                )
            )  # fmt: skip
            parts.append(word.text)
            position += len(word.text) + 1
        if row:
            placed.append(Utterance(tuple(row)))
    return Transcript(" ".join(parts), tuple(placed), model)
