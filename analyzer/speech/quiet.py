"""Keep the speech engine's own lines (Kaldi writes to file descriptor 2) off the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SHOWN: ContextVar[bool] = ContextVar("engine lines shown", default=False)


@contextmanager
def engine_output(*, shown: bool) -> Iterator[None]:
    """Silence native writes to stderr, unless ``shown``.

    Python's own stderr keeps working: it is moved to a copy of the descriptor.
    """
    token = _SHOWN.set(shown)
    try:
        with _silenced(not shown):
            yield
    finally:
        _SHOWN.reset(token)


def engine_lines_shown() -> bool:
    """Whether the lines of the engine are wanted here."""
    return _SHOWN.get()


@contextmanager
def _silenced(wanted: bool) -> Iterator[None]:
    try:
        descriptor = sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        descriptor = -1
    if not wanted or descriptor != 2:
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    real, python_stderr = sys.stderr, os.fdopen(os.dup(kept), "w", buffering=1)
    os.dup2(nothing, 2)
    sys.stderr = python_stderr
    try:
        yield
    finally:
        python_stderr.flush()
        sys.stderr = real
        os.dup2(kept, 2)
        python_stderr.close()
        os.close(kept)
        os.close(nothing)
