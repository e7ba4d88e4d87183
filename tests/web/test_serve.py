"""``callcheck serve`` as a command: what it refuses, and what it prints."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
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


def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "analyzer.cli.main", "serve", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "CALLCHECK_DATA": str(tmp_path)}, start_new_session=True,
        # a job started in the background ignores Ctrl-C, and hands that on to its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:  # fmt: skip
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/static/icon.svg", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: all of its processes
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0
    assert out == ""
    assert err.splitlines()[1:] == ["Stop with Ctrl-C."]


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
