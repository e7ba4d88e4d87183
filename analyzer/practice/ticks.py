"""A few quiet ticks while recording: what has been covered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Kind
    from analyzer.practice.profile import Profile

SHOWN = {
    "self_identification": "your name",
    "job_title": "the job",
    "thanks_for_time": "thanks",
    "interest": "interest",
    "update_request": "your question",
    "contact_info": "your number",
}
"""Check → label. Few on purpose: a busy display while speaking does more harm than good."""


class Ticks:
    """What has been covered; once ticked, it stays so."""

    def __init__(self, *, kind: Kind, profile: Profile | None) -> None:
        self._kind: Kind = kind
        self._profile = profile
        self._covered: set[str] = set()
        self.look_at("Hello.")  # loads the pipeline now, not in the middle of the recording

    @property
    def labels(self) -> list[str]:
        """Labels of what is covered, in the order a call has them."""
        return [label for check, label in SHOWN.items() if check in self._covered]

    def look_at(self, text: str) -> None:
        """Look at the words heard so far."""
        if not text.strip():
            return
        from analyzer.assess import assess_text

        assessment = assess_text(text, kind=self._kind, profile=self._profile)
        self._covered |= {
            check.id for check in assessment.checks if check.id in SHOWN and check.verdict == "pass"
        }
