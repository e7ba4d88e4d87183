"""``callcheck profile``: make, list, show and check profiles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.choices import TableOrJson

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile
    from analyzer.practice.questions import Question

app = typer.Typer(no_args_is_help=True, help="Your details, one profile an application.")


@app.command("new")
def new(
    name: Annotated[
        str, typer.Argument(help="Name to keep it by, such as acme; see --output for a file.")
    ] = "me",
    output: Annotated[
        Path | None, typer.Option(help="Write it to this file (me.yaml) instead of keeping it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Make a profile step by step; an empty answer leaves a field out."""
    from analyzer.cli.files import check_output
    from analyzer.cli.messages import note
    from analyzer.errors import UsageError
    from analyzer.practice.profiles import keep_path, write_profile

    check_output(output)
    path = output or keep_path(name)
    if path.exists() and not force:
        raise UsageError(
            f"{path} is already there.", next_step="Choose another name, or add --force."
        )
    note("Answer what you know; press Enter to leave a field out.\n")
    profile = _asked()
    write_profile(path, profile)
    given = str(output) if output else name
    note(f"\nWritten to {path}\nNext: callcheck script --profile {given}")


@app.command("list")
def list_(
    format_: Annotated[
        TableOrJson, typer.Option("--format", help="How to show the result.")
    ] = TableOrJson.table,
) -> None:
    """List the kept profiles."""
    from analyzer.cli.messages import note
    from analyzer.cli.tables import show_json, show_table
    from analyzer.errors import ProfileError
    from analyzer.practice.profiles import find_profile, kept_names, profiles_folder

    rows: list[dict[str, Any]] = []
    for name in kept_names():
        try:
            profile = find_profile(profiles_folder() / f"{name}.yaml").profile
            row = {"name": name, "company": profile.company, "job_title": profile.job_title,
                   "problem": None}  # fmt: skip
        except ProfileError as error:
            row = {"name": name, "company": None, "job_title": None, "problem": error.message}
        rows.append(row)
    if format_ is TableOrJson.json:
        show_json(rows)
    elif not rows:
        note("No profiles are kept yet: callcheck profile new NAME makes one.")
    else:
        show_table(
            ["name", "company", "job", "problem"], [list(row.values()) for row in rows],
            wrapped=frozenset({"problem"}),
        )  # fmt: skip


@app.command("show")
def show(
    profile: Annotated[str, typer.Argument(help="A kept profile's name, or a file.")] = "me",
    format_: Annotated[
        TableOrJson, typer.Option("--format", help="How to show it.")
    ] = TableOrJson.table,
) -> None:
    """Show a profile as YAML, or as JSON."""
    from analyzer.cli.messages import note, write_result
    from analyzer.cli.tables import show_json
    from analyzer.practice.profiles import as_yaml, find_profile

    found = find_profile(profile)
    if format_ is TableOrJson.json:
        show_json(found.profile.model_dump(mode="json"))
        return
    note(f"# {found.path}")
    write_result(as_yaml(found.profile))


@app.command("check")
def check(
    profile: Annotated[str, typer.Argument(help="A kept profile's name, or a file.")] = "me",
) -> None:
    """Check a profile for mistakes, and say what is still missing."""
    from analyzer.cli.messages import write_result
    from analyzer.cli.unheard import unheard_words
    from analyzer.practice.profiles import find_profile
    from analyzer.practice.script import missing_facts

    found = find_profile(profile)
    missing = missing_facts(found.profile)
    lines = [f"{found.path.name}: no mistakes"]
    if missing:
        lines.append("Still missing, and left as blanks in a script:")
        lines += [f"- {name}" for name in missing]
    lines += unheard_words(found.profile)
    write_result("\n".join(lines))


def _asked() -> Profile:
    from pydantic import ValidationError

    from analyzer.cli.messages import note
    from analyzer.practice.questions import QUESTIONS, profile_from

    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        answers[question.field] = _many(question) if question.many else _one(question)
    while True:
        try:
            return profile_from(answers)
        except ValidationError as error:
            said = error.errors()[0]["msg"].removeprefix("Value error, ")
            note(f"  {said}")
            for question in QUESTIONS:
                if question.field in ("interview.date", "interview.promised_by"):
                    answers[question.field] = _one(question)


def _one(question: Question) -> Any:
    if question.yes_no:
        return _answer(f"{question.text} (y/n)").lower().startswith("y")
    while True:
        given = _answer(f"{question.text} (such as {question.example})")
        if not given or _accepted(question, given):
            return given or None


def _many(question: Question) -> list[str]:
    given: list[str] = []
    while True:
        more = "Another one" if given else f"{question.text} (such as {question.example})"
        answer = _answer(more)
        if not answer:
            return given
        if _accepted(question, [answer]):
            given.append(answer)


def _accepted(question: Question, answer: Any) -> bool:
    from analyzer.cli.messages import note
    from analyzer.practice.questions import problem_with

    problem = problem_with(question, answer)
    if problem:
        note(f"  {problem}")
    return problem is None


def _answer(text: str) -> str:
    from analyzer.errors import CancelledError

    print(f"{text}: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise CancelledError("\nThe questions ended early; no profile was written.")
    return line.strip()
