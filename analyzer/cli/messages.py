"""How the command line speaks: results on stdout, everything else on stderr, exit codes."""

from __future__ import annotations

import os
import sys

EXIT_DONE = 0
EXIT_BELOW_MINIMUM = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_MISSING = 4
EXIT_STOPPED = 130


def note(message: str) -> None:
    """Say something that is not a result."""
    print(message, file=sys.stderr)


def write_result(text: str) -> None:
    """Write a result to stdout as it is, ending in one newline."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of our output (head, less) went away: that is no fault of the input
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(EXIT_DONE) from None
