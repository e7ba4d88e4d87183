"""How the command line speaks: results on stdout, everything else on stderr, exit codes."""

from __future__ import annotations

import json
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
    from analyzer.report.options import can_write

    if not can_write(sys.stderr, message):
        from analyzer.report.view import in_ascii

        message = in_ascii(message)
    print(message, file=sys.stderr)


def write_result(text: str) -> None:
    """Write a result to stdout as it is, ending in one newline.

    What stdout's encoding lacks is written as JSON escapes it (``\\u00e1``).
    """
    from analyzer.report.options import can_write

    if not can_write(sys.stdout, text):
        text = "".join(c if can_write(sys.stdout, c) else json.dumps(c)[1:-1] for c in text)
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of our output (head, less) went away: that is no fault of the input
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(EXIT_DONE) from None
