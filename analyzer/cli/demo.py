"""``callcheck demo``: the bundled sample, start to finish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.choices import Format


def demo(
    format_: Annotated[
        Format, typer.Option("--format", help="How to show the result.")
    ] = Format.table,
    output: Annotated[
        Path | None, typer.Option(help="Write the result to this file instead of the terminal.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic.")] = False,
) -> None:
    """Check the voicemail that comes with callcheck. Needs no download and no microphone."""
    from analyzer import assess
    from analyzer.audio.decode import decode
    from analyzer.cli.check import show
    from analyzer.cli.files import check_output
    from analyzer.cli.messages import note
    from analyzer.cli.progress import progress_bar
    from analyzer.resources import sample_recording
    from analyzer.speech.choose import choose_engine
    from analyzer.speech.quiet import engine_output

    check_output(output)
    path = sample_recording()
    note(f"Checking the sample {path.name}: a voicemail in a synthetic voice.")
    with progress_bar() as progress:
        waveform = decode(path)
        with engine_output(shown=False):
            assessment, _ = assess.assess_waveform(
                waveform, engine=choose_engine("builtin"), progress=progress
            )
    show(assessment, waveform=waveform, format_=format_.value, output=output, explain=explain)
