"""Component ``callcheck_phrases``: find the phrases of a rule pack.

Writes ``doc.spans["phrases"]``: spans labelled ``check``, ``check/hint`` or ``check/near``
whose ``_.source`` is the phrase. A hit inside one of the check's exceptions is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from analyzer.language.phrases import compile_phrase, needed_words
from analyzer.language.reading import evidence_span

NAME = "callcheck_phrases"
KEY = "phrases"


@dataclass(frozen=True)
class PhraseRule:
    """One phrase of one check.

    Attributes:
        role: ``certain`` and ``hint`` are hits; ``near`` comes close; ``exception`` takes away.
    """

    check_id: str
    phrase: str
    role: str


class _Phrase:
    """One rule's phrase, compiled."""

    def __init__(self, rule: PhraseRule) -> None:
        self.rule = rule
        self.pattern = compile_phrase(rule.phrase)
        needed = needed_words(self.pattern)
        self._words = [words for words in needed if not isinstance(words, re.Pattern)]
        self._stems = [stem for stem in needed if isinstance(stem, re.Pattern)]

    def is_possible(self, words: set[str]) -> bool:
        """Whether a text of these words has every word the phrase needs."""
        return not any(words.isdisjoint(some) for some in self._words) and all(
            any(map(stem.match, words)) for stem in self._stems
        )


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
        words = {token.lower_ for token in doc}
        possible = [phrase for phrase in self._phrases if phrase.is_possible(words)]
        if not possible:
            return
        ends = _phrase_ends(doc)
        by_phrase: dict[int, dict[int, int]] = {}  # the longest match from each start
        for key, start, end in self._matcher(possible)(doc):
            if end <= ends[start]:
                longest = by_phrase.setdefault(int(self._vocab.strings[key]), {})
                longest[start] = max(end, longest.get(start, 0))
        for number, matches in sorted(by_phrase.items()):
            for span in filter_spans([Span(doc, a, b) for a, b in sorted(matches.items())]):
                yield possible[number].rule, span.start, span.end

    def _matcher(self, phrases: list[_Phrase]) -> Matcher:
        """A matcher of a few phrases: quicker to make than one of all is to run."""
        matcher = Matcher(self._vocab)
        for number, phrase in enumerate(phrases):
            matcher.add(str(number), [phrase.pattern])
        return matcher

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save: rules come from the pack."""

    def from_disk(self, path: Any, **_: Any) -> PhraseFinder:
        """Nothing to load."""
        return self


def _phrase_ends(doc: Doc) -> list[int]:
    """For each token, where a phrase that begins with it must end at the latest."""
    ends = [len(doc)] * len(doc)
    for token in range(len(doc) - 2, -1, -1):
        ends[token] = token + 1 if _ends_phrase(doc, token + 1) else ends[token + 1]
    return ends


def _ends_phrase(doc: Doc, token: int) -> bool:
    """Whether a phrase must end before this token; a pause inside a number is no end."""
    value = doc[token]._.value
    return doc[token]._.hard_start and not (value and value == doc[token - 1]._.value)


def _span(doc: Doc, rule: PhraseRule, start: int, end: int) -> Span:
    label = rule.check_id if rule.role == "certain" else f"{rule.check_id}/{rule.role}"
    span = evidence_span(doc, start, end, label)
    span._.source = rule.phrase
    return span


@Language.factory(NAME)
def create_phrase_finder(nlp: Language, name: str) -> PhraseFinder:
    """Create the component."""
    return PhraseFinder(nlp.vocab)
