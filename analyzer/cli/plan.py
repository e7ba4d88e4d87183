"""``callcheck plan``: when to call, whom, and what comes before and after."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.choices import TableOrJson

if TYPE_CHECKING:
    from analyzer.practice.planner import Plan
    from analyzer.practice.planner.windows import Window


def plan(
    profile: Annotated[str, typer.Option(help="Your details: me.yaml, or a kept profile's name.")],
    today: Annotated[
        str | None, typer.Option(help="Plan as of this day (YYYY-MM-DD; default: today).")
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            help="Whose public holidays count: US, GB, … or none "
            "(default: the country of the manager's time zone)."
        ),
    ] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Write the plan to this calendar file (.ics) as well.")
    ] = None,
    format_: Annotated[
        TableOrJson, typer.Option("--format", help="How to show the result.")
    ] = TableOrJson.table,
) -> None:
    """Say when to call, whom to call, and what to do before and after."""
    from analyzer.cli.files import check_output, write_whole
    from analyzer.cli.messages import note, write_result
    from analyzer.cli.profiles import profile_given
    from analyzer.cli.tables import show_json
    from analyzer.practice.planner import make_plan

    check_output(ics, option="--ics")
    loaded = profile_given(profile).profile
    result = make_plan(loaded, today=_day(today), country=country)
    if ics is not None:
        from analyzer.practice.planner.calendar_file import to_ics

        write_whole(ics, to_ics(result, loaded))
        note(f"Written to {ics}")
    if format_ is TableOrJson.json:
        show_json(result.to_dict())
    else:
        write_result(as_text(result))


def as_text(plan: Plan) -> str:
    """The plan as plain lines."""
    step = plan.next_step
    lines = ["Next step", f"  {step.advice}"]
    if step.on is not None and step.action != "call":
        lines.append(f"  on {_said(step.on)}")
    if plan.windows:
        where = f" ({plan.manager_zone})" if plan.manager_zone else ""
        lines += ["", f"Best times to call{where}"]
        lines += [f"  {_window_line(window)}" for window in plan.windows]
    if plan.skipped:
        lines += ["", "Left out"]
        lines += [f"  {_said(item.day)}: {item.reason}" for item in plan.skipped]
    if plan.planned is not None:
        said = plan.planned["advice"] or "a good time"
        lines += ["", "The call you planned", f"  {said}"]
    if plan.thank_you is not None:
        lines += ["", "Thank-you e-mail", f"  {plan.thank_you['advice'] or 'sent'}"]
    lines += ["", "Whom to call", f"  {plan.whom['advice']}", "  The number is found in:"]
    lines += [f"  - {place}" for place in plan.whom["find_the_number"]]
    if plan.notes:
        lines += ["", *(f"Note: {item}" for item in plan.notes)]
    return "\n".join(lines)


def _window_line(window: Window) -> str:
    line = f"{_said(window.day)}, {window.start:%H:%M} to {window.end:%H:%M}"
    here, until = window.caller_start, window.caller_end
    if here is not None and until is not None and here.utcoffset() != window.start.utcoffset():
        day = "" if here.date() == window.day else f"{here:%A} "
        line += f"; for you {day}{here:%H:%M} to {until:%H:%M}"
    return f"{line} ({window.note})" if window.note else line


def _said(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"


def _day(given: str | None) -> date:
    if given is None:
        return date.today()
    from analyzer.errors import UsageError

    try:
        return datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(
            f"--today {given}: this is not a day.", next_step="Write it as 2026-03-31."
        ) from error
