"""The checklist for a terminal, and the same as plain text for anything else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analyzer.report import view
from analyzer.report.options import RenderOptions

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from analyzer.checklist.assessment import Assessment, CheckResult

_STYLES = {"pass": "green", "fail": "red", "unclear": "yellow", "not_applicable": "dim"}
_GRADE_STYLES = {"A": "bold green", "B": "bold green", "C": "bold yellow", "D": "bold yellow"}


def render(assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Return the checklist; plain and stable unless ``options.color``."""
    options = options or RenderOptions()
    console, out = _console(options)
    _head(console, assessment)
    for section in view.sections(assessment):
        _section(console, section, assessment)
    if options.explain:
        _explain(console, assessment)
    else:
        _adjustments(console, assessment)
    _facts(console, assessment)
    _details(console, "Delivery", assessment.delivery)
    _details(console, "Plan", assessment.plan)
    _tips(console, assessment)
    _next_steps(console, assessment)
    return _finish(out, options)


def _console(options: RenderOptions) -> tuple[Console, io.StringIO]:
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.color,
        no_color=not options.color,
        color_system="standard" if options.color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    return console, out


def _finish(out: io.StringIO, options: RenderOptions) -> str:
    text = "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines()) + "\n"
    return text if options.unicode else view.in_ascii(text)


def _head(console: Console, assessment: Assessment) -> None:
    console.print(view.source_line(assessment), style="dim")
    grade = _GRADE_STYLES.get(assessment.grade or "", "bold red")
    console.print(view.headline(assessment), style=grade)
    if assessment.reason:
        console.print(view.clean(assessment.reason))
    if assessment.provisional:
        console.print(view.PROVISIONAL, style="yellow")
    for warning in assessment.warnings:
        console.print(f"warning: {view.clean(warning)}", style="yellow")
    if assessment.score is not None:
        console.print(view.counts(assessment))


def _grid(indent: int = 0) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=True, pad_edge=False)
    grid.add_column(width=1 + indent, justify="right")
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    return grid


def _title(console: Console, text: str, right: str = "") -> None:
    from rich.text import Text

    console.print()
    gap = max(2, console.width - len(text) - len(right))
    console.print(Text(f"{text}{' ' * gap if right else ''}{right}", style="bold"))


def _section(console: Console, section: view.Section, assessment: Assessment) -> None:
    sums = view.arithmetic(assessment)
    right = ""
    if section.key == "required" and sums is not None:
        right = f"{sums.subtotal}/{sums.max_subtotal}"
    _title(console, section.title, right)
    for group in section.groups:
        if len(section.groups) > 1:
            console.print(group.title, style="dim underline")
        grid = _grid()
        for check in group.checks:
            _check(grid, check, assessment)
        console.print(grid)


def _check(grid: Table, check: CheckResult, assessment: Assessment) -> None:
    from rich.padding import Padding
    from rich.text import Text

    style = _STYLES[check.verdict]
    grid.add_row(
        Text(view.MARKS[check.verdict], style=style),
        Text(view.clean(check.title), style="" if check.verdict == "pass" else style),
        Text(view.points_text(check, assessment)),
    )
    for line in _lines_under(check, scored=assessment.score is not None):
        style = "dim" if line.startswith("“") else ""
        grid.add_row("", Padding(Text(line, style=style), (0, 0, 0, 2)), "")


def _lines_under(check: CheckResult, *, scored: bool) -> list[str]:
    if check.verdict == "not_applicable" or not scored:
        return []
    lines = [view.quoted(item) for item in check.evidence]
    if check.verdict == "pass":
        return lines
    lines.append(view.clean(check.message))
    if check.verdict == "fail" and check.max_points:
        lines.append(f"looked for: {view.clean(check.looked_for)}")
    if check.nearest_miss:
        lines.append(f"nearest miss: “{view.clean(check.nearest_miss)}”")
    if check.say_instead:
        lines.append(f"say instead: “{view.clean(check.say_instead)}”")
    return lines


def _adjustments(console: Console, assessment: Assessment) -> None:
    from rich.text import Text

    if not assessment.adjustments:
        return
    _title(console, "Adjustments")
    grid = _grid()
    for row in assessment.adjustments:
        grid.add_row("", Text(view.clean(row.reason)), Text(view.signed(row.points)))
    console.print(grid)


def _explain(console: Console, assessment: Assessment) -> None:
    from rich.text import Text

    _title(console, "How the score adds up")
    sums = view.arithmetic(assessment)
    if sums is None:
        console.print("There is no score to add up.")
        return
    grid = _grid()
    for row in sums.checks:
        mark = Text(view.MARKS[row.verdict or "pass"])
        label = f"{view.clean(row.label)} (of {row.max_points})"
        grid.add_row(mark, Text(label), Text(str(row.points)))
    grid.add_row("", "", "─────")
    grid.add_row("", Text(f"subtotal (of {sums.max_subtotal})"), Text(str(sums.subtotal)))
    for row in sums.adjustments:
        grid.add_row("", Text(view.clean(row.label)), Text(view.signed(row.points)))
    grid.add_row("", "", "─────")
    grid.add_row("", Text("score", style="bold"), Text(f"{sums.total}", style="bold"))
    console.print(grid)


def _details(console: Console, title: str, data: dict[str, object]) -> None:
    rows = list(view.details(data))
    if not rows:
        return
    _title(console, title)
    for row in rows:
        console.print(f"  {row.title}: {row.value}".rstrip())
        if row.note:
            _hanging(console, row.note, 4)


def _facts(console: Console, assessment: Assessment) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if not assessment.facts:
        return
    _title(console, view.FACTS)
    grid = _grid()
    for fact in assessment.facts:
        grid.add_row(view.FACT_MARKS[fact.verdict], Text(view.fact_title(fact)), "")
        lines = [] if fact.verdict == "match" else [view.clean(fact.message)]
        for line in [*(view.quoted(item) for item in fact.evidence), *lines]:
            grid.add_row("", Padding(Text(line), (0, 0, 0, 2)), "")
    console.print(grid)


def _tips(console: Console, assessment: Assessment) -> None:
    if assessment.tips:
        _title(console, "Tips, not scored")
    for tip in assessment.tips:
        _hanging(console, f"{'✓' if tip.done else '•'} {view.clean(tip.advice)}", 2)


def _next_steps(console: Console, assessment: Assessment) -> None:
    if assessment.next_steps:
        _title(console, "What would raise the score most")
    for number, step in enumerate(assessment.next_steps, 1):
        gain = f" (+{step.gain})" if step.gain else ""
        _hanging(console, f"{number}. {view.clean(step.advice)}{gain}", 2)
        if step.say:
            _hanging(console, f"“{view.clean(step.say)}”", 5)
    console.print()
    console.print(view.LEGEND, style="dim")


def _hanging(console: Console, text: str, indent: int) -> None:
    from rich.padding import Padding

    console.print(Padding(text, (0, 0, 0, indent)))
