"""The phrase language of rules, compiled to spaCy token patterns.

====================  ==========================================================
``thank``             this word
``thanks|thank``      one of these words
``interview*``        a word that starts so
``so?``               this word or nothing
``...``               up to four words
``...8``              up to eight words
``_``                 any one word
``<DATE>``            a date; also TIME, PHONE, EMAIL, PERSON, ORG, JOB_TITLE, NUMBER
====================  ==========================================================

Phrases are matched on the spoken form (lower case, numbers as words, no punctuation);
hesitations (um, uh) between the words of a phrase are passed over.
"""

from __future__ import annotations

import re
from typing import Any

from analyzer.language.reading import FILLERS
from analyzer.language.spoken_form import spoken_words

VALUE_KINDS = ("DATE", "TIME", "PHONE", "EMAIL", "PERSON", "ORG", "JOB_TITLE", "NUMBER")
_GAP = re.compile(r"^\.\.\.(\d{0,2})$")
_VALUE = re.compile(r"^<([A-Z_]+)>(\?)?$")
_DEFAULT_GAP = 4
_FILLER = {"LOWER": {"IN": sorted(FILLERS)}, "OP": "*"}


class PhraseError(ValueError):
    """A phrase that is not in the phrase language."""


def compile_phrase(phrase: str, *, hesitations: bool = True) -> list[dict[str, Any]]:
    """Compile a phrase to one spaCy Matcher pattern.

    Args:
        phrase: in the phrase language.
        hesitations: whether the pattern passes over them; for a text that has none, a pattern
            without them finds the same in a fraction of the time.

    Raises:
        PhraseError: an element is not understood, or no word must be there.
    """
    elements = phrase.split()
    compiled: list[dict[str, Any]] = []
    anchored = False
    for number, element in enumerate(elements):
        specs, needed = _compile_element(element)
        anchored = anchored or needed
        between_words = not _GAP.match(element) and not _GAP.match(elements[number - 1])
        if hesitations and number and between_words:
            compiled.append(dict(_FILLER))
        compiled.extend(specs)
    if not anchored:
        raise PhraseError(f"{phrase!r} names no word that must be there")
    return compiled


def needed_words(pattern: list[dict[str, Any]]) -> list[frozenset[str] | re.Pattern[str]]:
    """For each word that must be there, in order, its alternatives.

    A text that does not have them in this order has no match.
    """
    needed: list[frozenset[str] | re.Pattern[str]] = []
    for spec in pattern:
        lower = spec.get("LOWER")
        if "OP" in spec or lower is None:
            continue
        if isinstance(lower, str):
            needed.append(frozenset([lower]))
        else:
            needed.append(
                re.compile(lower["REGEX"]) if "REGEX" in lower else frozenset(lower["IN"])
            )
    return needed


def _compile_element(element: str) -> tuple[list[dict[str, Any]], bool]:
    gap = _GAP.match(element)
    if gap:
        most = int(gap[1]) if gap[1] else _DEFAULT_GAP
        return [{"OP": f"{{0,{most}}}"}], False
    if element == "_":
        return [{}], False
    value = _VALUE.match(element)
    if value:
        if value[1] not in VALUE_KINDS:
            raise PhraseError(f"{element!r} is no kind of thing; use {', '.join(VALUE_KINDS)}")
        return [{"_": {"value": value[1]}, "OP": "*" if value[2] else "+"}], not value[2]
    optional = element.endswith("?")
    body = element.removesuffix("?")
    alternatives = [word for word in body.split("|") if word]
    if not alternatives:
        raise PhraseError(f"{element!r} is not a word")
    return _words(alternatives, optional=optional, element=element), not optional


def _words(alternatives: list[str], *, optional: bool, element: str) -> list[dict[str, Any]]:
    whole: list[str] = []
    prefixes: list[str] = []
    for word in alternatives:
        stem = word.removesuffix("*")
        if not re.fullmatch(r"[\w'’-]+", stem):
            raise PhraseError(f"{element!r} is not in the phrase language")
        said = spoken_words(stem) or [stem]
        if len(said) > 1:
            raise PhraseError(f"{word!r} is said as {' '.join(said)!r}: write it as separate words")
        (prefixes if word.endswith("*") else whole).append(said[0])
    if prefixes:
        pattern = "|".join([*map(re.escape, whole), *(re.escape(p) + r"[\w']*" for p in prefixes)])
        spec: dict[str, Any] = {"LOWER": {"REGEX": f"^(?:{pattern})$"}}
    else:
        spec = {"LOWER": {"IN": whole}} if len(whole) > 1 else {"LOWER": whole[0]}
    if optional:
        spec["OP"] = "?"
    return [spec]
