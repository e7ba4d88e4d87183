"""JSON: the assessment in its published form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment
    from analyzer.report.options import RenderOptions


def render(assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Return the published JSON, ending in a line break."""
    return assessment.to_json() + "\n"
