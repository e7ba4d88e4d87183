"""Run the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., "subprocess.CompletedProcess[Any]"]


@pytest.fixture
def callcheck(tmp_path: Path) -> Command:
    """``callcheck("check", path, …)`` in an empty folder, with a home of its own."""
    home = tmp_path / "home"
    work = tmp_path / "work"
    home.mkdir()
    work.mkdir()
    environment = {
        **os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
        "CALLCHECK_MODELS": str(home / "models"), "COLUMNS": "100",
    }  # fmt: skip
    environment.pop("FORCE_COLOR", None)

    def run(
        *arguments: object, stdin: bytes = b"", text: bool = True, timeout: float = 120
    ) -> subprocess.CompletedProcess[Any]:
        done = subprocess.run(
            [sys.executable, "-m", "analyzer.cli.main", *map(str, arguments)],
            input=stdin, capture_output=True, cwd=work, env=environment, timeout=timeout,
            check=False,
        )  # fmt: skip
        if not text:
            return done
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run
