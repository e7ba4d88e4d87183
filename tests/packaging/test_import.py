"""Importing the package and asking for help are cheap."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ["spacy", "vosk", "pandas", "numpy", "av", "sounddevice", "onnxruntime", "sqlalchemy"]
LISTING = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"


@pytest.mark.parametrize("what", ["analyzer", "analyzer.errors", "analyzer.cli.main"])
def test_import_loads_nothing_heavy(tmp_path, what):
    done = subprocess.run(
        [sys.executable, "-c", f"import {what}; {LISTING}"],
        capture_output=True, text=True, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_help_is_quick(tmp_path):
    # 0.5 s on an idle machine, as bench/startup.py measures; processor time here, since other
    # work on the machine must not fail a test
    seconds = []
    for _ in range(3):
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "analyzer.cli.main", "--help"],
            capture_output=True, cwd=tmp_path, check=True,
        )  # fmt: skip
        after = os.times()
        seconds.append(
            after.children_user + after.children_system
            - before.children_user - before.children_system
        )  # fmt: skip
    assert min(seconds) < 1.0


def test_every_public_name_can_be_imported(tmp_path):
    code = "import analyzer; print(*(getattr(analyzer, n) is not None for n in analyzer.__all__))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "False" not in done.stdout
