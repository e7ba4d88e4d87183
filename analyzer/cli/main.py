"""The ``callcheck`` command.

Each command stands in its own module, which imports what it needs when it runs: asking for
help loads no model.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from analyzer.cli import (
    check,
    demo,
    devices,
    doctor,
    evaluate,
    history,
    models,
    plan,
    profile,
    record,
    rehearse,
    rules,
    script,
    serve,
)

app = typer.Typer(
    name="callcheck",
    help="An offline coach for the follow-up call after a job interview. "
    "Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        from analyzer import __version__

        typer.echo(f"callcheck {__version__}")
        raise typer.Exit


app.command("demo")(demo.demo)
app.command("check")(check.check)
app.command("evaluate")(evaluate.evaluate)
app.command("doctor")(doctor.doctor)
app.add_typer(rules.app, name="rules")
app.add_typer(models.app, name="models")
app.command("script")(script.script)
app.command("plan")(plan.plan)
app.command("record")(record.record)
app.command("rehearse")(rehearse.rehearse)
app.command("devices")(devices.devices)
app.add_typer(profile.app, name="profile")
app.add_typer(history.app, name="history")
app.command("serve")(serve.serve)


def run() -> None:
    """Entry point: named errors become one message and the contract's exit code."""
    from analyzer.cli.messages import EXIT_STOPPED, note
    from analyzer.errors import CallcheckError

    try:
        app()
    except CallcheckError as error:
        note(f"callcheck: {error}")
        sys.exit(error.exit_code)
    except SystemExit as stopped:  # typer turns Ctrl-C into an exit
        if stopped.code == EXIT_STOPPED:
            note("\ncallcheck: stopped.")
        raise


if __name__ == "__main__":
    run()
