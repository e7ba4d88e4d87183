"""``callcheck serve`` as a command: what it refuses, and what it prints."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")


def _serve(*options: str, **environment: str) -> Any:
    return subprocess.run(
        [sys.executable, "-m", "analyzer.cli.main", "serve", *options], capture_output=True,
        text=True, timeout=120, check=False, cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_refuses_to_be_reachable_from_elsewhere(host: str) -> None:
    done = _serve("--host", host)
    assert done.returncode == 2
    assert "--allow-remote" in done.stderr
    assert "token" not in done.stderr


def test_port_in_use_is_said_and_nothing_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _serve("--port", str(port), CALLCHECK_TOKEN="short")
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "fewer than 16" in done.stderr
    assert "token=" not in done.stderr


def test_help_loads_no_server() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from analyzer.cli.main import app;"
        "assert CliRunner().invoke(app, ['serve', '--help']).exit_code == 0;"
        "assert not {'fastapi', 'uvicorn', 'spacy', 'vosk'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
