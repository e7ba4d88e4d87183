"""The phrases of a rule pack, in the form the spaCy component takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.checklist.rules import Check, RulePack

if TYPE_CHECKING:
    from analyzer.language.components.phrases import PhraseRule


def phrase_rules(pack: RulePack) -> tuple[PhraseRule, ...]:
    """Every pattern, exception and near miss of the pack's checks, in their order."""
    from analyzer.language.components.phrases import PhraseRule

    return tuple(
        PhraseRule(check.id, phrase, role)
        for check in pack.checks
        for phrase, role in _phrases(check)
    )


def _phrases(check: Check) -> Iterator[tuple[str, str]]:
    for pattern in check.patterns:
        yield pattern.phrase, pattern.strength
    for phrase in check.exceptions:
        yield phrase, "exception"
    for phrase in check.near:
        yield phrase, "near"
