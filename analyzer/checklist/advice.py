"""What to say instead, filled with the caller's own details where they are known."""

from __future__ import annotations

import re
from collections.abc import Mapping

BLANKS = {
    "name": "(your name)",
    "manager": "(the manager's name)",
    "company": "the company",
    "job_title": "(the job)",
    "interview_date": "(the day of the interview)",
    "phone": "(your number)",
    "email": "(your e-mail)",
    "availability": "any time after three",
    "talking_point": "(something you talked about)",
    "liked": "(something you liked)",
}
"""Shown for a detail that neither the profile nor the call gave."""

_FIELD = re.compile(r"\{(\w+)\}")


def fill(template: str, details: Mapping[str, str]) -> str:
    """Fill ``{name}`` and its like; unknown details stay visible as blanks."""
    return _FIELD.sub(lambda m: details.get(m[1]) or BLANKS.get(m[1], m[0]), template)


def best_sentence(templates: list[str], details: Mapping[str, str]) -> str:
    """The first template whose every field is known, else the one with the fewest blanks."""

    def blanks(template: str) -> int:
        """How many of its fields are unknown."""
        return sum(1 for field in _FIELD.findall(template) if not details.get(field))

    return fill(min(templates, key=blanks), details)
