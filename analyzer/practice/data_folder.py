"""Where the tool keeps a person's own things: history and profiles, readable by them alone."""

from __future__ import annotations

import os
from pathlib import Path

OVERRIDE = "CALLCHECK_DATA"
"""Environment variable that moves the folder (for tests, or a folder of one's choice)."""


def data_folder() -> Path:
    """The platform's user data folder for callcheck, or ``$CALLCHECK_DATA``. Not created."""
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override).expanduser()
    from platformdirs import user_data_path

    return user_data_path("callcheck", appauthor=False)


def private_folder(folder: Path) -> Path:
    """Create a folder (and its parents) that only its owner may enter.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _close_to_others(folder, 0o700)
    return folder


def private_file(path: Path) -> Path:
    """Create a file, if it is missing, that only its owner may read; keep what it holds.

    Raises:
        OSError: it cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.close(descriptor)
    _close_to_others(path, 0o600)
    return path


def _close_to_others(path: Path, mode: int) -> None:
    # Windows keeps a user's data folder private by itself and knows no such bits.
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(mode)
