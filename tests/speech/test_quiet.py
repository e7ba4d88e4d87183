"""Kaldi's own lines reach the terminal only when they are asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.resources import builtin_speech_model_folder

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "silence.ogg"
KALDI = ("LOG (", "WARNING (", "ERROR (", "VoskAPI:")


def check(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {"HOME": home, "CALLCHECK_MODELS": home / "models", "CALLCHECK_DATA": home / "data",
           "XDG_CACHE_HOME": home / "cache"}  # fmt: skip
    environment = {**os.environ, **{name: str(path) for name, path in own.items()}}
    return subprocess.run(
        [sys.executable, "-m", "analyzer.cli.main", "check", str(SAMPLE), "--no-save", *arguments],
        capture_output=True, text=True, env=environment, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """The built-in model as one from outside, which is tried in a child process first."""
    return Path(shutil.copytree(builtin_speech_model_folder(), tmp_path / "outside"))


def test_kaldi_is_silent(tmp_path: Path, outside: Path) -> None:
    done = check(tmp_path, "--model", str(outside))
    assert not any(mark in done.stdout + done.stderr for mark in KALDI)


def test_kaldi_is_silent_about_a_damaged_model(tmp_path: Path, outside: Path) -> None:
    model = outside / "am" / "final.mdl"
    model.write_bytes(model.read_bytes()[:5000])
    done = check(tmp_path, "--model", str(outside))
    assert done.returncode == 4
    assert done.stderr.startswith("callcheck: The speech model outside is damaged")
    assert done.stderr.count("\n") == 1


def test_verbose_shows_kaldi_in_trial_and_recognition(tmp_path: Path, outside: Path) -> None:
    trial = check(tmp_path, "--model", str(outside), "--verbose").stderr
    recognition = check(tmp_path, "--model", str(outside), "--verbose").stderr
    assert "VoskAPI:" in recognition
    assert trial.count("VoskAPI:") > recognition.count("VoskAPI:")
