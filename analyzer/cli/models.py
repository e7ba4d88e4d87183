"""``callcheck models``: the speech models on this machine."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="The speech models on this machine.")


@app.command("list")
def list_models() -> None:
    """List the speech models that are installed."""
    from analyzer.cli.messages import write_result
    from analyzer.speech.choose import BUILTIN_NAME, installed_models

    lines = [f"{BUILTIN_NAME}  (in the box; hears synthetic voices, not people)"]
    lines += [folder.name for folder in installed_models()]
    write_result("\n".join(lines))


@app.command("path")
def models_path() -> None:
    """Print the folder where fetched models are kept."""
    from analyzer.cli.messages import write_result
    from analyzer.speech.choose import models_home

    write_result(str(models_home()))
