"""Choose a sentence for each part, keep it short enough, and check it with the real checks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from analyzer.practice.script.facts import BLANKS, facts_of, missing_facts
from analyzer.practice.script.length import speaking_s, spoken_words
from analyzer.practice.script.templates import (
    FIELD,
    PartTemplate,
    ScriptTemplates,
    Style,
    script_templates,
)

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, Kind
    from analyzer.practice.profile import Profile

    Judge = Callable[[str], Assessment]

_MOST_ROUNDS = 6


@dataclass(frozen=True)
class Part:
    """One sentence or two of a script.

    Attributes:
        id: the part's name; ``draft`` for the candidate's own words.
        checks: the checks it is there for.
        turn: which turn of a call it belongs to.
        others: other wordings of it, shortest last, all with the same facts.
    """

    id: str
    checks: tuple[str, ...]
    turn: str
    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """A script, part by part.

    Attributes:
        missing: profile fields that stayed blank.
        warnings: what the candidate should know before using it.
    """

    kind: Kind
    style: Style
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def turns(self) -> list[list[Part]]:
        """The parts by turn; a voicemail has one turn a paragraph."""
        found: list[list[Part]] = []
        for part in self.parts:
            if found and found[-1][0].turn == part.turn:
                found[-1].append(part)
            else:
                found.append([part])
        return found

    @property
    def spoken(self) -> str:
        """What the caller says, in paragraphs, without anybody's replies."""
        return "\n".join(" ".join(part.text for part in turn) for turn in self.turns)

    @property
    def seconds(self) -> float:
        """About how long the caller speaks."""
        return speaking_s(self.spoken, words_per_minute=script_templates().words_per_minute)


def build_script(
    profile: Profile, *, kind: Kind = "voicemail", style: Style = "warm", seed: int = 0
) -> Script:
    """Build a script; the same arguments give the same one. Fits a voicemail's length.

    Facts the profile lacks stay as blanks in brackets.
    """
    templates = script_templates()
    rng = random.Random(f"{seed}/{kind}/{style}")
    facts = facts_of(profile, style=style)
    parts = [_part(template, facts, style, rng) for template in templates.parts]
    script = Script(kind, style, tuple(parts), missing=tuple(missing_facts(profile)))
    return _fitted(script, templates) if kind == "voicemail" else script


def verified_script(script: Script, judge: Judge) -> Script:
    """Reword the parts whose checks do not hear them; say which are still not heard.

    Args:
        judge: assesses a text as this kind of call (``assess_text`` with what it needs).
    """
    best, best_lost = script, _not_heard(script, judge)
    current, lost = best, best_lost
    tried = {part.text for part in script.parts}
    for _ in range(_MOST_ROUNDS):
        if not best_lost:
            break
        parts = [
            _reworded(part, tried) if set(part.checks) & set(lost) else part
            for part in current.parts
        ]
        current = replace(current, parts=tuple(parts))
        if current.kind == "voicemail":
            current = _fitted(current, script_templates())
        lost = _not_heard(current, judge)
        if len(lost) < len(best_lost):
            best, best_lost = current, lost
    if not best_lost:
        return best
    names = ", ".join(title.lower() for title in best_lost.values())
    return replace(
        best,
        warnings=(*best.warnings, f"The checks may not hear this in your script: {names}."),
    )


def _not_heard(script: Script, judge: Judge) -> dict[str, str]:
    """Check → title of what the script means to say and the checks do not hear.

    A part with a blank cannot be heard before it is filled in.
    """
    assessment = judge(script.spoken)
    blank = {
        check
        for part in script.parts
        if any(mark in part.text for mark in BLANKS.values())
        for check in part.checks
    }
    return {
        check.id: check.title
        for check in assessment.checks
        if check.verdict in ("fail", "unclear") and check.id not in blank
    }


def _part(
    template: PartTemplate, facts: dict[str, list[str]], style: Style, rng: random.Random
) -> Part:
    key = _variant_key(template, facts, style)
    texts = _sayable(template.variants[key], facts)
    short = _sayable(template.variants.get("brief", texts), facts)
    chosen = rng.choice(_filled(rng.choice(texts), facts))
    others = {filled for text in (*texts, *short) for filled in _filled(text, facts)} - {chosen}
    return Part(template.id, tuple(template.checks), template.turn, chosen, _longest_first(others))


def _variant_key(template: PartTemplate, facts: dict[str, list[str]], style: Style) -> str:
    if "phone" in template.variants:
        return "email" if "email" in facts and "phone" not in facts else "phone"
    if "known" in template.variants:
        return "known" if "availability" in facts else "unknown"
    return style


def _sayable(texts: list[str], facts: dict[str, list[str]]) -> list[str]:
    """Variants whose every field is known or has a blank; at least one is always there."""

    def unknown(text: str) -> set[str]:
        return {field for field in FIELD.findall(text) if field not in facts}

    return [text for text in texts if unknown(text) <= set(BLANKS)] or texts[-1:]


def _filled(text: str, facts: dict[str, list[str]]) -> list[str]:
    """The text with every way to say its facts; an unknown fact becomes a blank."""
    fields = FIELD.findall(text)
    ways = [facts.get(field) or [BLANKS.get(field, "the company")] for field in fields]
    filled = []
    for choice in product(*ways):
        values = dict(zip(fields, choice, strict=True))
        filled.append(FIELD.sub(lambda match, values=values: values[match[1]], text))  # type: ignore[misc]
    return filled


def _fitted(script: Script, templates: ScriptTemplates) -> Script:
    """Shorten, where most is saved first, until it fits a voicemail."""
    while script.seconds > templates.longest_voicemail_s:
        savings = [
            (spoken_words(part.text) - spoken_words(part.others[-1]) if part.others else 0, index)
            for index, part in enumerate(script.parts)
        ]
        most, index = max(savings)
        if most <= 0:
            warning = (
                f"This takes about {script.seconds:.0f} seconds; "
                f"{templates.longest_voicemail_s} are enough for a voicemail."
            )
            return replace(script, warnings=(*script.warnings, warning))
        part = script.parts[index]
        others = _longest_first((*part.others[:-1], part.text))
        short = replace(part, text=part.others[-1], others=others)
        script = replace(script, parts=(*script.parts[:index], short, *script.parts[index + 1 :]))
    return script


def _reworded(part: Part, tried: set[str]) -> Part:
    """The part in the next wording that was not tried yet; notes it as tried."""
    fresh = [text for text in part.others if text not in tried]
    if not fresh:
        return part
    tried.add(fresh[0])
    others = _longest_first({*part.others, part.text} - {fresh[0]})
    return replace(part, text=fresh[0], others=others)


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-spoken_words(text), text)))
