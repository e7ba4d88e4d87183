"""Tips that are never scored: company named, why they fit, questions offered, room for replies."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from analyzer.checklist.assessment import Kind, Tip
from analyzer.resources import resource

if TYPE_CHECKING:
    from spacy.tokens import Doc

TIPS = "rules/language/tips.yaml"


def tip_phrases() -> dict[str, dict[str, object]]:
    """The tips' wording and phrases, as ``rules/language/tips.yaml`` has them."""
    data: dict[str, dict[str, object]] = yaml.safe_load(resource(TIPS).read_text(encoding="utf-8"))
    return data


def tips(doc: Doc, *, kind: Kind, company: str | None) -> list[Tip]:
    """Which tips the call already follows, and the advice of each."""
    from analyzer.language.reading import reading_of
    from analyzer.language.spoken_form import spoken_text

    text = " ".join(token.lower_ for token in doc)
    said_company = spoken_text(company or "")
    rows = []
    for tip_id, tip in tip_phrases().items():
        if kind not in tip["kinds"]:  # type: ignore[operator]
            continue
        if tip_id == "names_company":
            named = any(token._.value == "ORG" for token in doc)
            done = named or bool(said_company and said_company in text)
        elif tip_id == "leaves_room":
            done = len(reading_of(doc).transcript.utterances) > len(
                reading_of(doc).transcript.caller_utterances
            ) or _has_long_pause(doc)
        else:
            done = any(phrase in text for phrase in tip["phrases"])  # type: ignore[attr-defined]
        rows.append(Tip(id=tip_id, done=done, advice=str(tip["advice"])))
    return rows


def _has_long_pause(doc: Doc) -> bool:
    from analyzer.language.reading import reading_of

    words = reading_of(doc).words
    return any(
        a.end_s is not None and b.start_s is not None and b.start_s - a.end_s >= 1.5
        for a, b in pairwise(words)
    )
