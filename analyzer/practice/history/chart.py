"""The trend as a picture: scores above, each check's verdicts below (PNG or SVG)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from analyzer.checklist.scoring import grade_of
from analyzer.errors import ExtraMissingError
from analyzer.report.view import LEGEND, MARKS

if TYPE_CHECKING:
    from analyzer.practice.history.progress import Trend

# Okabe and Ito's palette: told apart by people who see colours differently; marks say it too.
_COLOURS = {"pass": "#009E73", "fail": "#D55E00", "unclear": "#F0E442", "not_applicable": "#EEEEEE"}
_INK = "#222222"
MOST_ATTEMPTS = 40
"""The picture shows at most the latest forty, so that marks stay readable."""


def draw(trend: Trend, *, format_: str) -> bytes:
    """Draw the trend.

    Args:
        format_: ``png`` or ``svg``.

    Raises:
        ExtraMissingError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExtraMissingError(
            "A picture needs matplotlib, which is not installed.",
            next_step="In the checkout: pip install '.[charts]'; "
            "callcheck history trend shows the table.",
        ) from error
    shown = trend.attempts[-MOST_ATTEMPTS:]
    rows = len(trend.rows)
    width = max(7.0, 3.6 + 0.36 * len(shown))
    figure = Figure(figsize=(width, 2.6 + 0.27 * rows), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2.2, max(1.0, 0.27 * rows)])
    _scores(above, shown, trend.kind)
    _verdicts(below, trend, len(shown))
    out = io.BytesIO()
    # a fixed salt and no date: the same history gives the same file
    with mpl.rc_context({"svg.hashsalt": "callcheck", "svg.fonttype": "path"}):
        metadata: dict[str, Any] = {"Title": "Trend of callcheck attempts"}
        if format_ == "svg":
            metadata["Date"] = None
        figure.savefig(out, format=format_, dpi=140, metadata=metadata)
    return out.getvalue()


def _scores(axes: Any, shown: Any, kind: str) -> None:
    scored = [(i, attempt.score) for i, attempt in enumerate(shown) if attempt.score is not None]
    axes.plot([i for i, _ in scored], [s for _, s in scored], "-o", color="#0072B2", zorder=3)
    for i, score in scored:
        star = "*" if shown[i].provisional else ""
        axes.annotate(
            f"{score}{star} {grade_of(score)}", (i, score), textcoords="offset points",
            xytext=(0, 7), ha="center", fontsize=8, color=_INK,
        )  # fmt: skip
    for limit in (60, 70, 80, 90):
        axes.axhline(limit, color="#CCCCCC", linewidth=0.7, zorder=1)
    axes.set_ylim(0, 112)
    axes.set_yticks([0, 60, 70, 80, 90, 100])
    axes.set_ylabel("score")
    note = "  (* heard by the built-in model: provisional)" if any(
        a.provisional for a in shown
    ) else ""  # fmt: skip
    axes.set_title(f"Score of each {kind} attempt{note}", fontsize=10, loc="left")


def _verdicts(axes: Any, trend: Trend, count: int) -> None:
    from matplotlib.patches import Rectangle

    for y, row in enumerate(trend.rows):
        for x, verdict in enumerate(row.verdicts[-count:]):
            if verdict is None:
                continue
            axes.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, facecolor=_COLOURS[verdict]))
            light = verdict in ("unclear", "not_applicable")
            axes.text(
                x, y, MARKS[verdict], ha="center", va="center", fontsize=8,
                color=_INK if light else "white",
            )  # fmt: skip
    axes.set_xlim(-0.6, count - 0.4)
    axes.set_ylim(len(trend.rows) - 0.5, -0.5)
    axes.set_yticks(range(len(trend.rows)), [row.title for row in trend.rows], fontsize=8)
    axes.set_xticks(range(count), [str(a.id) for a in trend.attempts[-count:]], fontsize=8)
    axes.set_xlabel(f"attempt      {LEGEND}", fontsize=8)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
