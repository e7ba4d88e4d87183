"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from analyzer.errors import InputError, UsageError


def check_output(path: Path | None, *, option: str = "--output") -> None:
    """Refuse a place to write to that cannot be one, before any work is done for it.

    Raises:
        UsageError: it is a folder, or its folder does not exist.
    """
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", next_step=f"Give {option} a file name.")
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist.", next_step="Make it first.")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write to a temporary file beside ``path``, then put it in its place.

    Raises:
        InputError: it cannot be written; what stood there is untouched.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.chmod(temporary, 0o644 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        os.unlink(temporary)
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
