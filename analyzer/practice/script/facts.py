"""The profile's facts in the words a script uses, and blanks for those it lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from analyzer.practice.profile import Profile
    from analyzer.practice.script.templates import Style

BLANKS = {
    "manager": "[the manager's name]",
    "name": "[your name]",
    "job_title": "[job title]",
    "day": "[the day of the interview]",
    "date": "[the day of the interview]",
    "talking_point": "[something you talked about]",
    "liked": "[something you liked]",
    "phone": "[your telephone number]",
}
"""Shown in a script for a fact the profile lacks; other facts have sentences without them."""

_TITLE = re.compile(r"(mr|mrs|ms|miss|mx|dr|prof|professor|doctor)\.?\s+", re.I)
_JOB_TAIL = re.compile(r"\s+(?:position|role|job|vacancy)$", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def facts_of(profile: Profile, *, style: Style) -> dict[str, list[str]]:
    """Field → the ways to fill it, best first; a fact the profile lacks is left out."""
    facts: dict[str, list[str]] = {}
    if profile.manager.name:
        facts["manager"] = [address(profile.manager.name, style=style)]
    if profile.candidate.name:
        facts["name"] = [profile.candidate.name]
    if profile.job_title:
        facts["job_title"] = [_JOB_TAIL.sub("", _ARTICLE.sub("", _phrase(profile.job_title)))]
    if profile.company:
        facts["company"] = [_phrase(profile.company)]
    if profile.interview.date:
        facts["date"] = [said_date(profile.interview.date)]
        facts["day"] = [f"{profile.interview.date:%A}, {said_date(profile.interview.date)}"]
    if profile.candidate.phone:
        facts["phone"] = [profile.candidate.phone]
    if profile.candidate.email:
        facts["email"] = [profile.candidate.email]
    if profile.availability:
        facts["availability"] = [_phrase(profile.availability)]
    if profile.talking_points:
        facts["talking_point"] = [_phrase(text) for text in profile.talking_points]
    if profile.liked:
        facts["liked"] = [_phrase(text) for text in profile.liked]
    return facts


def missing_facts(profile: Profile) -> list[str]:
    """Profile fields a script wants and does not find, as the YAML names them."""
    wanted = {
        "candidate.name": profile.candidate.name,
        "candidate.phone or candidate.email": profile.candidate.phone or profile.candidate.email,
        "manager.name": profile.manager.name,
        "job_title": profile.job_title,
        "interview.date": profile.interview.date,
        "talking_points": profile.talking_points,
        "liked": profile.liked,
    }
    return [name for name, value in wanted.items() if not value]


def address(name: str, *, style: Style) -> str:
    """How to address a manager: title and last name, else the first name or all of it."""
    title = _TITLE.match(name)
    if title:
        return f"{title.group().strip()} {name[title.end() :].split()[-1]}"
    return name if style == "formal" else name.split()[0]


def said_date(day: date) -> str:
    """The date as it is said: March 3rd."""
    ending = "th" if 10 <= day.day % 100 <= 20 else _ENDINGS.get(day.day % 10, "th")
    return f"{day:%B} {day.day}{ending}"


def _phrase(text: str) -> str:
    """A phrase that fits inside a sentence: no full stop, no sentence's capital."""
    text = text.strip().rstrip(".!?;, ")
    first, _, rest = text.partition(" ")
    if rest and first.lower() in _SENTENCE_STARTS:
        return f"{first.lower()} {rest}"
    return text


_SENTENCE_STARTS = {
    "the", "a", "an", "how", "that", "your", "what", "any", "every", "after", "before", "our",
    "in", "on", "at", "between", "when", "where", "why", "opening", "working", "being", "all",
}  # fmt: skip
