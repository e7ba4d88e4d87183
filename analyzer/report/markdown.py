"""Markdown: the checklist for notes, tickets and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.report import view

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, CheckResult
    from analyzer.report.options import RenderOptions

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$]|^[-+=]|^\d+(?=[.)]))")


def render(assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Return the report as Markdown (CommonMark with tables)."""
    lines = list(_head(assessment))
    for section in view.sections(assessment):
        lines += _section(section, assessment)
    if options is not None and options.explain:
        lines += _sums(assessment)
    else:
        lines += _adjustments(assessment)
    lines += _advice(assessment)
    if text := assessment.transcript.text.strip():
        lines += ["## Transcript", ""]
        lines += [f"> {escape(line)}" if line.strip() else ">" for line in text.splitlines()]
        lines.append("")
    versions = ", ".join(f"{name} {value}" for name, value in sorted(assessment.versions.items()))
    lines.append(f"callcheck, offline. {escape(versions)}".strip())
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(_escaped, view.clean(text))


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def _head(assessment: Assessment) -> Iterator[str]:
    yield f"# {escape(view.headline(assessment))}"
    yield ""
    yield escape(view.source_line(assessment))
    yield ""
    if assessment.reason:
        yield from (f"**{escape(assessment.reason)}**", "")
    if assessment.provisional and assessment.score is not None:
        yield from (f"*{view.PROVISIONAL}*", "")
    for warning in assessment.warnings:
        yield from (f"**Warning:** {escape(warning)}", "")


def _section(section: view.Section, assessment: Assessment) -> Iterator[str]:
    yield from (f"## {section.title}", "")
    if section.key == "not_applicable":
        yield from (", ".join(escape(check.title) for check in section.checks), "")
        return
    yield from ("| | check | points | what was heard |", "|---|---|---:|---|")
    for check in section.checks:
        heard = "; ".join(escape(view.quoted(item)) for item in check.evidence)
        points = view.points_text(check, assessment)
        yield f"| {view.MARKS[check.verdict]} | {escape(check.title)} | {points} | {heard} |"
    yield ""
    mending = [c for c in section.checks if c.verdict in ("fail", "unclear")]
    for check in mending if assessment.score is not None else ():
        yield from _mending(check)
    if mending:
        yield ""


def _mending(check: CheckResult) -> Iterator[str]:
    yield f"- **{escape(check.title)}** ({view.verdict_word(check)}): {escape(check.message)}"
    if check.verdict == "fail" and check.max_points:
        yield f"  - looked for: {escape(check.looked_for)}"
    if check.nearest_miss:
        yield f"  - nearest miss: “{escape(check.nearest_miss)}”"
    if check.say_instead:
        yield f"  - say instead: “{escape(check.say_instead)}”"


def _adjustments(assessment: Assessment) -> Iterator[str]:
    if assessment.adjustments:
        yield from ("## Adjustments", "")
        for row in assessment.adjustments:
            yield f"- {view.signed(row.points)}: {escape(row.reason)}"
        yield ""


def _sums(assessment: Assessment) -> Iterator[str]:
    sums = view.arithmetic(assessment)
    if sums is None:
        return
    yield from ("## How the score adds up", "", "| | points |", "|---|---:|")
    for row in sums.checks:
        yield f"| {escape(row.label)} | {row.points} of {row.max_points} |"
    yield f"| **subtotal** | **{sums.subtotal}** of {sums.max_subtotal} |"
    for row in sums.adjustments:
        yield f"| {escape(row.label)} | {view.signed(row.points)} |"
    yield from (f"| **score** | **{sums.total}** |", "")


def _advice(assessment: Assessment) -> Iterator[str]:
    if assessment.next_steps:
        yield from ("## What would raise the score most", "")
        for number, step in enumerate(assessment.next_steps, 1):
            say = f" Say: “{escape(step.say)}”" if step.say else ""
            yield f"{number}. +{step.gain}: {escape(step.advice)}{say}"
        yield ""
    for title, data in (("Delivery", assessment.delivery), ("Plan", assessment.plan)):
        rows = list(view.details(data))
        if rows:
            yield from (f"## {title}", "")
            for row in rows:
                note = f" {escape(row.note)}" if row.note else ""
                yield f"- {escape(row.title)}: {escape(row.value)}{note}"
            yield ""
    if assessment.facts:
        yield from (f"## {view.FACTS}", "")
        for fact in assessment.facts:
            mark, title = view.FACT_MARKS[fact.verdict], escape(view.fact_title(fact))
            yield f"- {mark} {title}: {escape(fact.message)}"
        yield ""
    if assessment.tips:
        yield from ("## Tips, not scored", "")
        for tip in assessment.tips:
            yield f"- {'[x]' if tip.done else '[ ]'} {escape(tip.advice)}"
        yield ""
