"""Component ``callcheck_values``: the dates, times, numbers, phones and e-mails in the words.

Writes ``doc.spans["values"]`` (labelled DATE, TIME, PHONE, EMAIL, NUMBER, with ``_.value``)
and the token attribute ``_.value`` that rules ask for as ``<DATE>`` and so on. A value that
the caller took back ("the tenth sorry the twelfth") is ``_.cancelled`` as "corrected". The
same values stand as ``Found`` in ``doc.user_data["values"]``.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from analyzer.language.spoken_values import find_values

NAME = "callcheck_values"
KEY = "values"


class ValueFinder:
    """Finds spoken values."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the values of one Doc."""
        spans = []
        values = find_values([token.lower_ for token in doc])
        doc.user_data[KEY] = tuple(values)
        for found in values:
            span = Span(doc, found.start, found.end, label=found.kind)
            span._.value = found.value
            span._.source = "values"
            if found.superseded_by is not None:
                span._.cancelled = "corrected"
            spans.append(span)
            for token in span:
                token._.value = found.kind
        doc.spans[KEY] = spans
        return doc

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save."""

    def from_disk(self, path: Any, **_: Any) -> ValueFinder:
        """Nothing to load."""
        return self


@Language.factory(NAME)
def create_value_finder(nlp: Language, name: str) -> ValueFinder:
    """Create the component."""
    return ValueFinder()
