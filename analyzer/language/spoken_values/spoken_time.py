"""A time of day as it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["", "am", "pm", "morning", "afternoon", "evening", "night"]
Bound = Literal["", "after", "before"]


@dataclass(frozen=True)
class SpokenTime:
    """A time of day.

    Attributes:
        hour: as said, 1 to 12 (13 to 23 if said so), or None for a part of the day alone.
        minute: 0 to 59.
        part: am, pm, or the part of the day.
        bound: "after" or "before" where the words before it make it a limit.
    """

    hour: int | None = None
    minute: int = 0
    part: Part = ""
    bound: Bound = ""

    def text(self) -> str:
        """The time for people to read: "2:30 pm", "after 3"."""
        if self.hour is None:
            return f"in the {self.part}"
        clock = f"{self.hour}:{self.minute:02d}" if self.minute else str(self.hour)
        part = self.part if self.part in ("", "am", "pm") else f"in the {self.part}"
        if self.part == "night":
            part = "at night"
        return " ".join(word for word in (self.bound, clock, part) if word)
