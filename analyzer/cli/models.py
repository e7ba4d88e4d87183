"""``callcheck models``: the speech models on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The speech models on this machine.")

_Name = Annotated[str, typer.Argument(help="Name of an installed model.")]


@app.command("list")
def list_models() -> None:
    """List the speech models: what is installed and what can be fetched."""
    from analyzer.cli.messages import write_result
    from analyzer.speech.catalogue import official_models
    from analyzer.speech.choose import BUILTIN_NAME, installed_models

    names = [folder.name for folder in installed_models()]
    lines = [f"{BUILTIN_NAME:32}in the box   hears synthetic voices, not people"]
    for model in official_models():
        state = "installed" if model.name in names else f"{model.size / 1e6:.0f} MB"
        lines.append(
            f"{model.name:32}{state:13}{model.about} "
            f"Makers' word errors {model.wer}; {model.memory_mb} MB of memory; {model.licence}."
        )
    known = {model.name for model in official_models()}
    lines += [f"{name:32}installed" for name in names if name not in known]
    write_result("\n".join(lines))


@app.command("fetch")
def fetch_model(
    name: Annotated[
        str | None, typer.Argument(help="An official model; the small one without.")
    ] = None,
) -> None:
    """Fetch an official model, once.

    Nothing else uses the network, but for check when you answer yes to its one offer.
    """
    from analyzer.cli.messages import note
    from analyzer.cli.progress import download_bar
    from analyzer.speech.catalogue import official_model
    from analyzer.speech.choose import models_home
    from analyzer.speech.installed import fetch

    model = official_model(name)
    if (models_home() / model.name).is_dir():
        note(f"{model.name} is installed already.")
        return
    note(f"Fetching {model.address} ({model.size / 1e6:.0f} MB)")
    with download_bar() as progress:
        folder = fetch(model, progress=progress)
    note(f"Installed: {folder}")


@app.command("add")
def add_model(
    source: Annotated[Path, typer.Argument(help="A downloaded .zip, or an unpacked model folder.")],
    name: Annotated[str | None, typer.Option(help="What to call it.")] = None,
) -> None:
    """Install a model from a file, for machines that never go online."""
    from analyzer.cli.messages import note
    from analyzer.speech.installed import add

    note(f"Installed: {add(source, name=name)}")


@app.command("verify")
def verify_model(name: _Name) -> None:
    """Compare an installed model's files with what was installed; exit with 4 if they differ."""
    from analyzer.cli.messages import EXIT_MISSING, write_result
    from analyzer.speech.installed import verify

    result = verify(name)
    if result.ok:
        write_result(f"{name}: every file is as it was installed")
        return
    write_result("\n".join(f"{name}: {problem}" for problem in result.problems))
    raise SystemExit(EXIT_MISSING)


@app.command("remove")
def remove_model(name: _Name) -> None:
    """Remove an installed model."""
    from analyzer.cli.messages import note
    from analyzer.speech.installed import remove

    note(f"Removed: {remove(name)}")


@app.command("path")
def models_path() -> None:
    """Print the folder where fetched models are kept."""
    from analyzer.cli.messages import write_result
    from analyzer.speech.choose import models_home

    write_result(str(models_home()))
