"""Component ``callcheck_boundaries``: where sentences begin.

From punctuation and turns in written text, from pauses in a recording, and from the
encoder's learned boundaries where there is neither.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from analyzer.language.reading import reading_of

NAME = "callcheck_boundaries"
_LEARNED_FROM = 0.5
_SHORT_PAUSE_S = 0.25
_LEARNED_WITH_PAUSE_FROM = 0.2


class Boundaries:
    """Sets ``token.is_sent_start``."""

    def __call__(self, doc: Doc) -> Doc:
        """Decide each token of the Doc."""
        reading = reading_of(doc)
        learned = doc.user_data.get("boundary")
        for token in doc:
            at = token.i
            start = at == 0 or at in reading.hard_starts
            if not start and learned is not None and _begins_word(reading, at):
                likely = float(learned[at - 1])
                pause = _pause_before(reading, at)
                start = likely >= _LEARNED_FROM or (
                    pause >= _SHORT_PAUSE_S and likely >= _LEARNED_WITH_PAUSE_FROM
                )
            token.is_sent_start = start
        return doc

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save."""

    def from_disk(self, path: Any, **_: Any) -> Boundaries:
        """Nothing to load."""
        return self


def _begins_word(reading: Any, token: int) -> bool:
    """Whether a word as it was written begins here: "555-0143" is one, of seven tokens."""
    return bool(reading.token_word[token] != reading.token_word[token - 1])


def _pause_before(reading: Any, token: int) -> float:
    here, before = reading.token_word[token], reading.token_word[token - 1]
    start, end = reading.words[here].start_s, reading.words[before].end_s
    if here == before or start is None or end is None:
        return 0.0
    return float(start - end)


@Language.factory(NAME)
def create_boundaries(nlp: Language, name: str) -> Boundaries:
    """Create the component."""
    return Boundaries()
