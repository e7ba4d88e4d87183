"""CSV: one header and one row, for spreadsheets and for collecting many calls."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from analyzer.report.view import clean

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment
    from analyzer.report.options import RenderOptions

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@")


def row(assessment: Assessment) -> dict[str, Cell]:
    """One row: column name → value.

    ``<check>_verdict`` and ``<check>_points`` for each check, in the pack's order.
    """
    cells: dict[str, Cell] = {
        "id": _text(assessment.source.name),
        "status": assessment.status,
        "score": assessment.score,
        "grade": assessment.grade,
        "kind": assessment.kind,
        "provisional": "true" if assessment.provisional else "false",
        "duration_s": assessment.source.duration_s,
        "model": _text(assessment.transcript.model or ""),
    }
    for check in assessment.checks:
        cells[f"{check.id}_verdict"] = check.verdict
        cells[f"{check.id}_points"] = check.points
    cells["adjustments"] = sum(adjustment.points for adjustment in assessment.adjustments)
    cells["reason"] = _text(assessment.reason or "")
    for name, version in sorted(assessment.versions.items()):
        cells[f"version_{name}"] = _text(version)
    return cells


def render(assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Return a header line and one row."""
    cells = row(assessment)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(cells), lineterminator="\n")
    writer.writeheader()
    writer.writerow(cells)
    return out.getvalue()


def _text(value: str) -> str:
    """Free text on one line that no spreadsheet takes for a formula."""
    plain = clean(value)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
