"""The manager's side of a practice call: written prompts, shown when the caller pauses."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import yaml

from analyzer.resources import resource

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile
    from analyzer.practice.recording import Progress

PROMPTS = "rules/language/manager_prompts.yaml"
PAUSE_S = 1.2
"""A pause this long is room for a reply."""


def conversation(profile: Profile, *, seed: int) -> list[str]:
    """One conversation's lines, with the profile's names in them."""
    data = yaml.safe_load(resource(PROMPTS).read_text(encoding="utf-8"))
    lines = random.Random(seed).choice(data["conversations"])
    return [
        line.format(
            manager=profile.manager.name or "the manager", company=profile.company or "Hello"
        )
        for line in lines
    ]


class ManagerSide:
    """Gives the next line each time the caller has spoken and then paused."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = list(lines)
        self._spoke_since = True  # the manager answers the telephone

    @property
    def over(self) -> bool:
        """Whether the manager has said goodbye."""
        return not self._lines

    def next_line(self, progress: Progress) -> str | None:
        """The line to show now, if it is time for one."""
        if progress.spoken and progress.quiet_s == 0:
            self._spoke_since = True
        first = not progress.spoken and self._spoke_since
        paused = progress.quiet_s >= PAUSE_S
        if self._lines and self._spoke_since and (first or paused):
            self._spoke_since = False
            return self._lines.pop(0)
        return None
