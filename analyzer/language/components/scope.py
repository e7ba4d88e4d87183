"""Component ``callcheck_scope``: is a phrase negated, hypothetical, quoted, someone else's?

In the manner of ConText (Chapman et al. 2007; Eyre et al., medSpaCy 2021): a modifier opens a
scope in one direction, which ends after a number of words, at a terminator ("but"), at a
sentence or at a long pause. Spans of ``doc.spans["phrases"]`` inside scopes get their
categories as ``_.scopes``, and the first as ``_.cancelled``. The encoder has learnt its own
scopes and is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import yaml
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analyzer.language.components.phrases import KEY as PHRASES
from analyzer.language.phrases import compile_phrase
from analyzer.resources import resource

NAME = "callcheck_scope"
RULES = "rules/language/scope.yaml"


@dataclass(frozen=True)
class Modifier:
    """One modifier.

    Attributes:
        phrase: in the phrase language of rules.
        category: why spans in its scope do not count.
        direction: where the scope lies.
        max_words: how far it reaches.
    """

    phrase: str
    category: str
    direction: Literal["forward", "backward"]
    max_words: int


def read_modifiers() -> tuple[list[Modifier], frozenset[str]]:
    """Read the modifiers and the words that end a scope."""
    data = yaml.safe_load(resource(RULES).read_text(encoding="utf-8"))
    modifiers = [Modifier(**row) for row in data["modifiers"]]
    return modifiers, frozenset(data["terminators"])


class ScopeMarker:
    """Marks cancelled phrases."""

    def __init__(self, vocab: Vocab) -> None:
        self._modifiers, self._terminators = read_modifiers()
        self._matcher = Matcher(vocab)
        self._vocab = vocab
        for number, modifier in enumerate(self._modifiers):
            self._matcher.add(str(number), [compile_phrase(modifier.phrase)])

    def __call__(self, doc: Doc) -> Doc:
        """Mark one Doc's cancelled phrases."""
        spans = doc.spans.get(PHRASES, [])
        if not spans:
            return doc
        scopes = [
            (self._modifiers[int(self._vocab.strings[key])], start, end)
            for key, start, end in self._matcher(doc)
        ]
        for span in spans:
            categories = [
                modifier.category
                for modifier, start, end in scopes
                if self._covers(doc, modifier, start, end, span.start, span.end)
            ]
            if categories:
                span._.cancelled = categories[0]
                span._.scopes = tuple(dict.fromkeys(categories))
        return doc

    def _covers(
        self, doc: Doc, modifier: Modifier, start: int, end: int, first: int, last: int
    ) -> bool:
        if modifier.direction == "forward":
            if not (end <= first and first - end <= modifier.max_words):
                return False
            between = range(end, first)
            broken = any(doc[i].is_sent_start for i in range(end, first + 1) if i < len(doc))
        else:
            if not (last <= start and start - last <= modifier.max_words):
                return False
            between = range(last, start)
            broken = any(doc[i].is_sent_start for i in range(last, start + 1) if i < len(doc))
        return not broken and not any(doc[i].lower_ in self._terminators for i in between)

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save: the modifiers are data in ``rules/language``."""

    def from_disk(self, path: Any, **_: Any) -> ScopeMarker:
        """Nothing to load."""
        return self


@Language.factory(NAME)
def create_scope_marker(nlp: Language, name: str) -> ScopeMarker:
    """Create the component."""
    return ScopeMarker(nlp.vocab)
