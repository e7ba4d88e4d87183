"""Run on one core only, so that figures of different machines can be compared."""

from __future__ import annotations

import os


def stay_on_one_core() -> None:
    """Tie this process and its children to the first core they may use, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
