"""Component ``callcheck_phrases``: find the phrases of a rule pack.

Writes ``doc.spans["phrases"]``: spans labelled ``check``, ``check/hint`` or ``check/near``
whose ``_.source`` is the phrase. A hit inside one of the check's exceptions is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from analyzer.language.phrases import compile_phrase, needed_words
from analyzer.language.reading import FILLERS, evidence_span, reading_of

NAME = "callcheck_phrases"
KEY = "phrases"
Alternatives: TypeAlias = frozenset[str] | re.Pattern[str]


@dataclass(frozen=True)
class PhraseRule:
    """One phrase of one check.

    Attributes:
        role: ``certain`` and ``hint`` are hits; ``near`` comes close; ``exception`` takes away.
    """

    check_id: str
    phrase: str
    role: str


class _Words:
    """The words of one text, and where they occur."""

    def __init__(self, doc: Doc) -> None:
        self.places: dict[str, list[int]] = {}
        for token in doc:
            self.places.setdefault(token.lower_, []).append(token.i)
        self._starting: dict[re.Pattern[str], list[str]] = {}

    def next_place(self, some: Alternatives, before: int) -> int | None:
        """The first place of any of some words after another place, None where there is none."""
        words = self._matching(some) if isinstance(some, re.Pattern) else some
        later = (place for word in words for place in self.places.get(word, ()) if place > before)
        return min(later, default=None)

    def _matching(self, stem: re.Pattern[str]) -> list[str]:
        if stem not in self._starting:
            self._starting[stem] = [word for word in self.places if stem.match(word)]
        return self._starting[stem]


class _Phrase:
    """One rule's phrase, compiled for texts with hesitations and for texts without."""

    def __init__(self, rule: PhraseRule) -> None:
        self.rule = rule
        self.pattern = compile_phrase(rule.phrase)
        self.plain_pattern = compile_phrase(rule.phrase, hesitations=False)
        self._needed = needed_words(self.pattern)

    def is_possible(self, words: _Words) -> bool:
        """Whether a text has every word the phrase needs, in the phrase's order."""
        before = -1
        for some in self._needed:
            place = words.next_place(some, before)
            if place is None:
                return False
            before = place
        return True


class PhraseFinder:
    """Matches phrases; give it rules with ``use``."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._phrases: list[_Phrase] = []

    def use(self, rules: Iterable[PhraseRule]) -> None:
        """Replace the rules.

        Raises:
            PhraseError: a phrase is not in the phrase language.
        """
        self._phrases = [_Phrase(rule) for rule in rules]

    def __call__(self, doc: Doc) -> Doc:
        """Match the phrases in one Doc."""
        exceptions: list[tuple[str, int, int]] = []
        hits: list[tuple[PhraseRule, int, int]] = []
        for rule, start, end in self._longest(doc):
            if rule.role == "exception":
                exceptions.append((rule.check_id, start, end))
            else:
                hits.append((rule, start, end))
        spans = [
            _span(doc, rule, start, end)
            for rule, start, end in hits
            if not any(
                check == rule.check_id and a < end and start < b for check, a, b in exceptions
            )
        ]
        doc.spans[KEY] = sorted(spans, key=lambda s: (s.start, s.end, s.label_, s._.source))
        return doc

    def _longest(self, doc: Doc) -> Iterator[tuple[PhraseRule, int, int]]:
        """Each rule's matches that stay within a sentence, the longest where they overlap."""
        words = _Words(doc)
        possible = [phrase for phrase in self._phrases if phrase.is_possible(words)]
        if not possible:
            return
        ends = _phrase_ends(doc)
        by_phrase: dict[int, dict[int, int]] = {}  # the longest match from each start
        matcher = self._matcher(possible, plain=FILLERS.isdisjoint(words.places))
        for key, start, end in matcher(doc):
            if end <= ends[start]:
                longest = by_phrase.setdefault(int(self._vocab.strings[key]), {})
                longest[start] = max(end, longest.get(start, 0))
        for number, matches in sorted(by_phrase.items()):
            for span in filter_spans([Span(doc, a, b) for a, b in sorted(matches.items())]):
                yield possible[number].rule, span.start, span.end

    def _matcher(self, phrases: list[_Phrase], *, plain: bool) -> Matcher:
        """A matcher of a few phrases: quicker to make than one of all is to run.

        Its patterns come from our own compiler: validating them again would take longer still.
        """
        matcher = Matcher(self._vocab, validate=False)
        for number, phrase in enumerate(phrases):
            matcher.add(str(number), [phrase.plain_pattern if plain else phrase.pattern])
        return matcher

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save: rules come from the pack."""

    def from_disk(self, path: Any, **_: Any) -> PhraseFinder:
        """Nothing to load."""
        return self


def _phrase_ends(doc: Doc) -> list[int]:
    """For each token, where a phrase that begins with it must end at the latest."""
    ends = []
    begin = 0
    for end in [*sorted(reading_of(doc).hard_starts), len(doc)]:
        if end == len(doc) or not _inside_value(doc, end):
            ends += [end] * (end - begin)
            begin = end
    return ends


def _inside_value(doc: Doc, token: int) -> bool:
    """Whether a value goes on with this token: a pause inside a number ends no phrase."""
    value = doc[token]._.value if token else ""
    return bool(value and value == doc[token - 1]._.value)


def _span(doc: Doc, rule: PhraseRule, start: int, end: int) -> Span:
    label = rule.check_id if rule.role == "certain" else f"{rule.check_id}/{rule.role}"
    span = evidence_span(doc, start, end, label)
    span._.source = rule.phrase
    return span


@Language.factory(NAME)
def create_phrase_finder(nlp: Language, name: str) -> PhraseFinder:
    """Create the component."""
    return PhraseFinder(nlp.vocab)
