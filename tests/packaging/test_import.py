"""Importing the package and asking for help are cheap."""

from __future__ import annotations

import subprocess
import sys
import time

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
    # 0.5 s on an idle machine, as bench/startup.py measures; here with room for a busy one
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "analyzer.cli.main", "--help"],
            capture_output=True, cwd=tmp_path, check=True,
        )  # fmt: skip
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 2.0


def test_every_public_name_can_be_imported(tmp_path):
    code = "import analyzer; print(*(getattr(analyzer, n) is not None for n in analyzer.__all__))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "False" not in done.stdout
