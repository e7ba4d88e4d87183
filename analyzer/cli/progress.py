"""A progress bar on stderr, only where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_NAMES = {"decode": "reading the recording", "recognise": "writing down the words",
          "read": "checking"}  # fmt: skip


@contextmanager
def progress_bar(*, shown: bool | None = None) -> Iterator[Callable[[str, float], None]]:
    """Give a callback ``(step, share)``; at a terminal it draws a bar on stderr."""
    if not (sys.stderr.isatty() if shown is None else shown):
        yield lambda step, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), console=console, transient=True
    ) as bar:
        tasks = {}

        def report(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(_NAMES.get(step, step), total=1.0)
            bar.update(tasks[step], completed=share)

        yield report


@contextmanager
def download_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback ``(bytes there, bytes in all)``; None where nobody is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("download", total=None)
        yield lambda have, total: bar.update(task, completed=have, total=total)
