"""Plain tables on stdout, as wide as their reader allows."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from analyzer.report.options import RenderOptions
from analyzer.report.view import in_ascii


def show_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: frozenset[str] = frozenset(),
    wrapped: frozenset[str] = frozenset(),
    title: str = "",
) -> None:
    """Print a table; in a pipe it is plain text that is never cut.

    Args:
        right: columns set flush right.
        wrapped: columns that may break over lines; the others stay whole.
    """
    import io

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analyzer.cli.messages import write_result

    options = RenderOptions.for_stream(sys.stdout)
    table = Table(box=box.SIMPLE_HEAD if options.unicode else box.ASCII, title=title or None,
                  title_justify="left", pad_edge=False)  # fmt: skip
    for name in columns:
        table.add_column(
            name, justify="right" if name in right else "left", no_wrap=name not in wrapped
        )
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    out = io.StringIO()
    at_terminal = sys.stdout.isatty()
    Console(
        file=out, width=options.width if at_terminal else 160, force_terminal=options.color,
        no_color=not options.color, highlight=False, emoji=False,
    ).print(table)  # fmt: skip
    text = "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines())
    write_result(text if options.unicode else in_ascii(text))


def show_json(data: object) -> None:
    """Print plain data as JSON."""
    import json

    from analyzer.cli.messages import write_result

    write_result(json.dumps(data, indent=2, ensure_ascii=False, default=str))
