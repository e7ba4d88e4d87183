"""``callcheck devices``: the microphones of this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from analyzer.cli.choices import TableOrJson


def devices(
    format_: Annotated[
        TableOrJson, typer.Option("--format", help="How to show the result.")
    ] = TableOrJson.table,
) -> None:
    """List the microphones that callcheck record can use."""
    from analyzer.audio.microphone import choose_device, input_devices
    from analyzer.cli.tables import show_json, show_table

    found = input_devices()
    if format_ is TableOrJson.json:
        show_json([device.__dict__ for device in found])
        return
    choose_device(None, found)  # says what to do when there is none
    show_table(
        ["no", "microphone", "channels", "Hz", ""],
        [
            [d.index, d.name, d.channels, f"{d.rate:.0f}", "default" if d.default else ""]
            for d in found
        ],
        right=frozenset({"no", "channels", "Hz"}),
    )
