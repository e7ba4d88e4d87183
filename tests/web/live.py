"""A real ``callcheck serve`` in a process of its own, for tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOKEN = "a-token-for-the-tests-only"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Live:
    """A running server."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def opened(self) -> str:
        return f"{self.address}/?token={TOKEN}"


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Live]:
    """Start the command with the built-in model and a data folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "CALLCHECK_DATA": str(folder / "data"), "CALLCHECK_TOKEN": TOKEN,
        "CALLCHECK_MODELS": str(folder / "models"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "analyzer.cli.main", "serve", "--model", "builtin",
               "--port", str(port), *options]  # fmt: skip
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, text=True,
                                   cwd=folder)  # fmt: skip
    live = Live(f"http://127.0.0.1:{port}", process, log)
    try:
        _await(live)
        _warm(live)
        yield live
    finally:
        process.terminate()
        process.wait(20)


def _warm(live: Live) -> None:
    """Wait until the models are loaded, so that tests time the page and not the loading."""
    import httpx

    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=live.address, headers=headers, timeout=240) as client:
        made = client.post("/api/v1/assessments", data={"text": "Hello."})
        where = made.headers["location"]
        client.get(f"{where}/events")
        client.delete(where)


def _await(live: Live) -> None:
    for _ in range(300):
        assert live.process.poll() is None, live.log.read_text()
        try:
            urllib.request.urlopen(f"{live.address}/static/icon.svg", timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")
