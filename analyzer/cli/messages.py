"""How the command line speaks: results on stdout, everything else on stderr, exit codes."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

EXIT_DONE = 0
EXIT_BELOW_MINIMUM = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_MISSING = 4


def stderr_console() -> Any:
    """Rich console on stderr."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def note(message: str) -> None:
    """Say something that is not a result."""
    print(message, file=sys.stderr)


def write_result(text: str) -> None:
    """Write a result to stdout as it is, ending in one newline."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def fail(message: str, *, next_step: str = "", code: int = EXIT_INPUT) -> NoReturn:
    """Say what went wrong and the next step, and exit."""
    note(f"callcheck: {message}" + (f"\n{next_step}" if next_step else ""))
    raise SystemExit(code)
