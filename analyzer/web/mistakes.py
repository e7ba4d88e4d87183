"""A bug of ours, met while something handed in was carried out: told apart, and never silent."""

from __future__ import annotations

import sys

from analyzer.errors import CallcheckError


class MistakeError(CallcheckError):
    """callcheck made a mistake; nothing is wrong with the input or the installation.

    Args:
        name: the type of the exception.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"callcheck made a mistake ({name}).",
            next_step="Please report it with the line that callcheck serve printed, without your "
            "recording.",
        )


def print_place(error: Exception) -> None:
    """Print the type and where it was raised to stderr; never its text, which may quote people."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    print(f"callcheck: {type(error).__name__} at {where}", file=sys.stderr, flush=True)
