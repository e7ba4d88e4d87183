"""With the network unplugged and an empty home everything but ``models fetch`` works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PROFILE = SAMPLES / "profile.yaml"

# Python runs this module at its start: every way out to a network raises.
UNPLUGGED = """
import socket

def unplugged(*arguments, **named):
    raise OSError("the network is unplugged")

socket.getaddrinfo = socket.create_connection = unplugged
socket.socket.connect = socket.socket.connect_ex = unplugged
"""

COMMANDS = [
    ("demo",),
    ("check", SAMPLES / "weak.ogg"),
    ("check", SAMPLES / "strong-voicemail.txt", "--profile", PROFILE, "--format", "json"),
    ("script", "--profile", PROFILE),
    ("plan", "--profile", PROFILE, "--today", "2026-03-10"),
    ("profile", "check", PROFILE),
    ("history", "list"),
    ("rules", "list"),
    ("rules", "test"),
    ("models", "list"),
    ("models", "path"),
    ("doctor",),
]


def _no_network_at_all() -> list[str]:
    """A prefix that gives a command a network namespace of its own, where the system can."""
    prefix = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None:
        return []
    works = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    return prefix if works else []


def run_unplugged(tmp_path: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    home, start = tmp_path / "home", tmp_path / "start"
    for folder in (home, start):
        folder.mkdir(exist_ok=True)
    (start / "sitecustomize.py").write_text(UNPLUGGED, encoding="utf-8")
    root = str(SAMPLES.parent)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                   "PYTHONPATH": os.pathsep.join([str(start), root])}  # fmt: skip
    return subprocess.run(
        [*_no_network_at_all(), sys.executable, "-m", "analyzer.cli.main", *map(str, arguments)],
        capture_output=True, text=True, cwd=home, env=environment, timeout=180, check=False,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: f"{c[0]} {Path(str(c[-1])).name}")
def test_works_unplugged(command: tuple[object, ...], tmp_path: Path) -> None:
    done = run_unplugged(tmp_path, *command)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or command[:2] == ("history", "list")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_evaluate_works_unplugged(tmp_path: Path) -> None:
    text = (SAMPLES / "weak.txt").read_text(encoding="utf-8")
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(json.dumps({"id": "weak", "kind": "voicemail", "text": text,
                                    "labels": {"pushiness": False}}))  # fmt: skip
    shutil.copy(SAMPLES / "weak.ogg", tmp_path)
    done = run_unplugged(tmp_path, "evaluate", labelled, "--audio", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "word error rate" in done.stdout


@pytest.mark.slow
def test_check_keeps_its_history_in_the_empty_home(tmp_path: Path) -> None:
    done = run_unplugged(tmp_path, "check", SAMPLES / "weak.ogg", "--format", "json")
    assert json.loads(done.stdout)["status"] == "scored"
    shown = run_unplugged(tmp_path, "history", "list", "--format", "json")
    assert "weak.ogg" in shown.stdout


@pytest.mark.slow
def test_fetch_alone_needs_the_network_and_says_so(tmp_path: Path) -> None:
    done = run_unplugged(tmp_path, "models", "fetch")
    assert done.returncode == 4
    assert "cannot be reached" in done.stderr
    assert "models add" in done.stderr
    assert "Traceback" not in done.stderr
