"""Whether Enter was pressed, without waiting for it."""

from __future__ import annotations

import sys


def enter_pressed() -> bool:
    """Whether a line waits at the terminal; it is taken. Never true without a terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        import msvcrt

        return bool(msvcrt.kbhit() and msvcrt.getwch() in "\r\n")
    import select

    if not select.select([sys.stdin], [], [], 0)[0]:
        return False
    sys.stdin.readline()
    return True
