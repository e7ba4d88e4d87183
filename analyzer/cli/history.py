"""``callcheck history``: the attempts kept on this machine."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.choices import Format, Kind, TableOrJson

if TYPE_CHECKING:
    from analyzer.practice.history import Attempt
    from analyzer.practice.history.progress import Comparison, Trend

app = typer.Typer(no_args_is_help=True, help="Earlier attempts: list, compare, trend, export.")


class ExportFormat(str, Enum):
    """What to export the history as."""

    csv = "csv"
    parquet = "parquet"
    json = "json"


FormatOption = Annotated[TableOrJson, typer.Option("--format", help="How to show the result.")]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", help="Only attempts made with the profile of this name.")
]
KindOption = Annotated[Kind | None, typer.Option(help="Only voicemails, or only calls.")]


@app.command("list")
def list_(
    profile: ProfileOption = None,
    kind: KindOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the latest ones.")] = None,
    format_: FormatOption = TableOrJson.table,
) -> None:
    """List the attempts, oldest first."""
    from analyzer.cli.messages import note
    from analyzer.cli.tables import show_json, show_table
    from analyzer.practice.history import attempts

    kept = attempts(profile_name=profile, kind=kind.value if kind else None, limit=limit)
    if format_ is TableOrJson.json:
        show_json([attempt.to_dict() for attempt in kept])
        return
    if not kept:
        note("No attempts are kept yet: callcheck check RECORDING makes the first.")
        return
    show_table(
        ["no", "when", "kind", "score", "grade", "recording", "seconds", "profile"],
        [
            [
                a.id, f"{a.made_at.astimezone():%Y-%m-%d %H:%M}", a.kind, _score(a), a.grade,
                a.source_name, None if a.duration_s is None else f"{a.duration_s:.0f}",
                a.profile_name,
            ]
            for a in kept
        ],
        right=frozenset({"no", "score", "seconds"}),
    )  # fmt: skip
    if any(a.provisional for a in kept):
        note("* heard by the built-in model: provisional")


@app.command("show")
def show(
    number: Annotated[int, typer.Argument(help="The attempt's number in the list.")],
    format_: Annotated[
        Format, typer.Option("--format", help="How to show the result.")
    ] = Format.table,
    output: Annotated[
        Path | None, typer.Option(help="Write the result to this file instead of the terminal.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic.")] = False,
) -> None:
    """Show the whole report of one attempt again."""
    from analyzer.cli.check import show as show_assessment
    from analyzer.cli.files import check_output
    from analyzer.practice.history import load

    check_output(output)
    _, assessment = load(number)
    show_assessment(assessment, format_=format_.value, output=output, explain=explain)


@app.command("compare")
def compare(
    first: Annotated[int, typer.Argument(help="The earlier attempt's number.")],
    second: Annotated[int, typer.Argument(help="The later attempt's number.")],
    format_: FormatOption = TableOrJson.table,
) -> None:
    """Compare two attempts, check by check."""
    from analyzer.cli.tables import show_json
    from analyzer.practice.history.progress import compare as compare_attempts

    result = compare_attempts(first, second)
    if format_ is TableOrJson.json:
        show_json(result.to_dict())
    else:
        _show_comparison(result)


@app.command("trend")
def trend(
    profile: ProfileOption = None,
    kind: KindOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the latest ones.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write a picture: a file ending in .png or .svg.")
    ] = None,
    format_: FormatOption = TableOrJson.table,
) -> None:
    """Show how each check went over the attempts, as a table or a picture."""
    from analyzer.cli.files import check_output, write_whole
    from analyzer.cli.messages import note
    from analyzer.cli.tables import show_json
    from analyzer.errors import UsageError
    from analyzer.practice.history.progress import trend as trend_of

    check_output(output)
    ending = output.suffix.lower().lstrip(".") if output else ""
    if output is not None and ending not in ("png", "svg"):
        raise UsageError(
            f"{output.name}: a picture is .png or .svg.",
            next_step="Give --output a file name with one of these endings.",
        )
    result = trend_of(kind=kind.value if kind else None, profile_name=profile, limit=limit)
    if output is not None:
        from analyzer.practice.history.chart import draw

        write_whole(output, draw(result, format_=ending))
        note(f"Written to {output}")
    elif format_ is TableOrJson.json:
        show_json(result.to_dict())
    else:
        _show_trend(result)


@app.command("export")
def export(
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="csv, parquet or json (default: by the file's ending)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of the terminal.")
    ] = None,
) -> None:
    """Export every attempt: one row an attempt, one column a check."""
    from analyzer.cli.files import check_output, write_whole
    from analyzer.cli.messages import note, write_result
    from analyzer.errors import UsageError
    from analyzer.practice.history import export as exporting

    check_output(output)
    chosen = format_ or _by_ending(output)
    if chosen is ExportFormat.parquet:
        if output is None:
            raise UsageError(
                "Parquet is not text.", next_step="Give a file: --output history.parquet."
            )
        write_whole(output, exporting.as_parquet())
    else:
        text = exporting.as_json() if chosen is ExportFormat.json else exporting.as_csv()
        if output is None:
            write_result(text)
            return
        write_whole(output, text)
    note(f"Written to {output}")


@app.command("delete")
def delete(
    number: Annotated[int | None, typer.Argument(help="The attempt's number.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Delete every attempt.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete one attempt, or all of them, for good."""
    from analyzer.cli.messages import EXIT_STOPPED, note
    from analyzer.errors import CancelledError, UsageError
    from analyzer.practice import history

    if (number is None) == (not all_):
        raise UsageError("Say what to delete.", next_step="Give an attempt's number, or --all.")
    if not yes:
        what = "every attempt" if all_ else f"attempt {number}"
        if not sys.stdin.isatty():
            raise UsageError(
                f"Nobody is there to confirm deleting {what}.", next_step="Add --yes to mean it."
            )
        try:
            sure = typer.confirm(f"Delete {what} for good?", err=True)
        except typer.Abort:  # Ctrl-C at the question
            raise SystemExit(EXIT_STOPPED) from None
        if not sure:
            raise CancelledError("Nothing was deleted.")
    if all_:
        note(f"Deleted: {history.delete_all()}")
    elif number is not None:
        history.delete(number)
        note(f"Deleted: attempt {number}")


def _score(attempt: Attempt) -> str:
    if attempt.score is None:
        return attempt.status.replace("_", " ")
    return f"{attempt.score}{'*' if attempt.provisional else ''}"


def _by_ending(output: Path | None) -> ExportFormat:
    ending = output.suffix.lower().lstrip(".") if output else ""
    return ExportFormat(ending) if ending in ("parquet", "json") else ExportFormat.csv


def _show_comparison(result: Comparison) -> None:
    from analyzer.cli.messages import note
    from analyzer.cli.tables import show_table
    from analyzer.report.view import mark

    before, after = result.before, result.after
    change = "" if result.score_change is None else f"{result.score_change:+d}"
    rows: list[list[object]] = [["score", _score(before), _score(after), change]]
    rows += [
        [check.title, mark(check.before), mark(check.after),
         "" if check.change == "same" else check.change]
        for check in result.checks
    ]  # fmt: skip
    rows += [
        [f"{name.replace('_', ' ')} ({unit})", _number(was), _number(now), ""]
        for name, (was, now, unit) in result.delivery.items()
    ]
    show_table(["check", f"no {before.id}", f"no {after.id}", "change"], rows,
               wrapped=frozenset({"check"}))  # fmt: skip
    for warning in result.warnings:
        note(warning)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _show_trend(result: Trend) -> None:
    from analyzer.cli.messages import note
    from analyzer.cli.tables import show_table
    from analyzer.report.view import LEGEND, mark

    columns = [f"no {attempt.id}" for attempt in result.attempts]
    rows: list[list[object]] = [["score", *(_score(attempt) for attempt in result.attempts)]]
    rows += [[row.title, *(mark(verdict) for verdict in row.verdicts)] for row in result.rows]
    show_table([result.kind, *columns], rows, right=frozenset(columns))
    note(LEGEND)
    if any(attempt.provisional for attempt in result.attempts):
        note("* heard by the built-in model: provisional")
