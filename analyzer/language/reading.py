"""Turn a transcript into a spaCy Doc of the caller's words in their spoken form.

Written and recognised text become alike here: each token is a word as a recogniser would
print it ("3rd" gives ``third``, "555-0143" seven digits), and knows which word of the
transcript it came from. Everything after this step works on one form of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.language.spoken_form import spoken_sequence
from analyzer.speech.transcript import Transcript, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

FILLERS = frozenset({"um", "uh", "er", "erm", "hmm", "mm", "ah", "em", "uhm", "umm", "mhm"})
LONG_PAUSE_S = 0.8
"""A silence this long ends a phrase; shorter ones stand inside sentences of slow speakers."""

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"^[\"'“(]*(?:mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co|etc|a\.m|p\.m|[A-Z])\.$", re.I
)


@dataclass(frozen=True)
class Reading:
    """The caller's words as the transcript has them, beside the Doc made of them.

    Attributes:
        transcript: the whole call.
        words: the caller's words in order.
        token_word: for each token of the Doc, the index of its word in ``words``.
        hard_starts: tokens that a phrase cannot reach over: they begin after a full stop, an
            empty line, a new turn or a long pause.
    """

    transcript: Transcript
    words: tuple[Word, ...]
    token_word: tuple[int, ...]
    hard_starts: frozenset[int]

    def chars(self, first_word: int, last_word: int) -> tuple[int, int]:
        """Characters of the transcript from one word to another, outer punctuation left off."""
        start = self.words[first_word].start_char
        end = self.words[last_word].end_char
        text = self.transcript.text
        while start < end and text[start] in " \"'“‘([,;:-–—":
            start += 1
        while end > start and text[end - 1] in " \"'”’)],;:.-–—…":
            end -= 1
        return (start, end) if start < end else (
            self.words[first_word].start_char, self.words[last_word].end_char
        )  # fmt: skip

    def chars_of_tokens(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the transcript behind tokens ``start`` to ``end`` (end excluded)."""
        return self.chars(self.token_word[start], self.token_word[end - 1])


def register_extensions() -> None:
    """Register the token and span attributes the components share."""
    from spacy.tokens import Span, Token

    if Token.has_extension("value"):
        return
    Token.set_extension("value", default="")  # kind of thing named: DATE, PHONE, PERSON …
    Span.set_extension("score", default=1.0)
    Span.set_extension("source", default="")
    Span.set_extension("cancelled", default=None)  # why it does not count
    Span.set_extension("scopes", default=())  # every scope it stands in; ``cancelled`` is the first
    Span.set_extension("value", default=None)


def make_doc(vocab: Vocab, transcript: Transcript) -> Doc:
    """Build the Doc of the caller's words; see the module's docstring."""
    from spacy.tokens import Doc

    register_extensions()
    words: list[Word] = []
    turn_starts: set[int] = set()
    for utterance in transcript.caller_utterances:
        turn_starts.add(len(words))
        words.extend(utterance.words)
    tokens: list[str] = []
    token_word: list[int] = []
    for index, said in enumerate(spoken_sequence([w.text for w in words])):
        tokens.extend(said)
        token_word.extend([index] * len(said))
    doc = Doc(vocab, words=tokens)
    hard = _on_tokens(_hard_starts(transcript, words, turn_starts), token_word)
    doc.user_data["reading"] = Reading(transcript, tuple(words), tuple(token_word), hard)
    return doc


def reading_of(doc: Doc) -> Reading:
    """The reading a Doc was made with."""
    reading: Reading = doc.user_data["reading"]
    return reading


def _on_tokens(hard_words: set[int], token_word: list[int]) -> frozenset[int]:
    """The tokens with which hard words begin.

    Words that are only punctuation have no token: their boundary is carried on to the next.
    """
    tokens: set[int] = set()
    before = -1
    for token, word in enumerate(token_word):
        if any(index in hard_words for index in range(before + 1, word + 1)):
            tokens.add(token)
        before = word
    return frozenset(tokens)


def _hard_starts(transcript: Transcript, words: list[Word], turn_starts: set[int]) -> set[int]:
    """Indices of words that begin after a full stop, an empty line, a new turn or a long pause."""
    text = transcript.text
    spoken = transcript.is_spoken
    starts: set[int] = set()
    for index, word in enumerate(words):
        if index == 0 or (index in turn_starts and not spoken):
            starts.add(index)
            continue
        before = words[index - 1]
        between = text[before.end_char : word.start_char]
        if (
            _ends_sentence(before.text)
            or between.count("\n") > 1
            or (
                before.end_s is not None
                and word.start_s is not None
                and word.start_s - before.end_s >= LONG_PAUSE_S
            )
        ):
            starts.add(index)
    return starts


def _ends_sentence(word: str) -> bool:
    return bool(_SENTENCE_END.search(word)) and not _ABBREVIATION.match(word)


def evidence_span(doc: Doc, start: int, end: int, label: str) -> Span:
    """A span of the Doc without fillers at its edges."""
    from spacy.tokens import Span

    while end - start > 1 and doc[start].lower_ in FILLERS:
        start += 1
    while end - start > 1 and doc[end - 1].lower_ in FILLERS:
        end -= 1
    return Span(doc, start, end, label=label)
