"""Pages made of parts hold the parts as they are."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_accuracy_page_ends_with_the_notes() -> None:
    notes = (DOCS / "accuracy-notes.md").read_text(encoding="utf-8").rstrip()
    assert (DOCS / "accuracy.md").read_text(encoding="utf-8").rstrip().endswith(notes)
