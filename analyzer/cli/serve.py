"""``callcheck serve``: the page, on this computer only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; other than loopback needs --allow-remote.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    model: Annotated[
        str, typer.Option(help="Speech model: auto, builtin, a name, or a path.")
    ] = "auto",
    rules: Annotated[Path | None, typer.Option(help="Folder of a rule pack of your own.")] = None,
    allow_remote: Annotated[
        bool,
        typer.Option("--allow-remote", help="Let other computers reach it, without encryption."),
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="Another host name to answer to (with --allow-remote); may repeat."),
    ] = None,
    max_mb: Annotated[int, typer.Option(min=1, max=1000, help="Largest upload, in MB.")] = 64,
    max_minutes: Annotated[
        int, typer.Option(min=1, max=60, help="Longest recording, in minutes.")
    ] = 20,
) -> None:
    """Open the page: upload or record, see the checklist. Nothing leaves this computer.

    The address printed holds a token, new with each launch; CALLCHECK_TOKEN sets it.
    """
    from analyzer.checklist.loader import load_pack
    from analyzer.cli.messages import note
    from analyzer.errors import ExtraMissingError

    try:
        from analyzer.web.serve import run_server
        from analyzer.web.settings import WEAK_TOKEN, Settings, hosts_for, require_loopback
    except ImportError as error:
        raise ExtraMissingError(
            f"The page needs {error.name}, which is not installed.",
            next_step="In the checkout: pip install '.[web]'",
        ) from error
    require_loopback(host, allow_remote=allow_remote)
    load_pack(rules)
    settings = Settings(
        host=host, port=port, model=model, rules=rules,
        allowed_hosts=hosts_for(host, allow_host or []),
        max_upload_bytes=max_mb * 1_000_000, max_duration_s=max_minutes * 60.0,
    )  # fmt: skip
    if allow_remote:
        note("Warning: other computers can reach this page, and what they send is not encrypted.")
    if len(settings.token) < WEAK_TOKEN:
        note(f"Warning: CALLCHECK_TOKEN has fewer than {WEAK_TOKEN} characters: easy to guess.")
    run_server(settings, say=note)
