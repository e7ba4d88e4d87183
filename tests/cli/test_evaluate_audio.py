"""``callcheck evaluate --audio``: the self-test on recordings of one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def labelled(tmp_path: Path) -> tuple[Path, Path]:
    """Two labelled calls, of which one was recorded."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    shutil.copy(SAMPLES / "weak.ogg", folder / "weak.ogg")
    (folder / "weak.txt").write_text("no recording", encoding="utf-8")
    rows = [
        {"id": "weak", "kind": "voicemail", "labels": {"interest": False, "contact_info": None},
         "text": (SAMPLES / "weak.txt").read_text(encoding="utf-8")},
        {"id": "missing", "kind": "voicemail", "labels": {}, "text": "hello"},
    ]  # fmt: skip
    lines = tmp_path / "labels.jsonl"
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return lines, folder


def test_it_prints_the_word_error_rate_of_what_was_recorded(
    callcheck: Any, labelled: tuple[Path, Path]
) -> None:
    lines, folder = labelled
    done = callcheck("evaluate", lines, "--audio", folder, "--model", "builtin", "--format", "json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["calls"] == 1
    assert done.stderr == "1 of 2 calls has no recording: missing\n"
    assert 0 <= result["word_error_rate"] < 0.35


def test_the_table_names_the_word_error_rate(callcheck: Any, labelled: tuple[Path, Path]) -> None:
    lines, folder = labelled
    done = callcheck("evaluate", lines, "--audio", folder)
    assert done.returncode == 0, done.stderr
    assert "word error rate" in done.stdout
    assert "VoskAPI" not in done.stderr


def test_speech_like_does_not_go_with_recordings(
    callcheck: Any, labelled: tuple[Path, Path]
) -> None:
    lines, folder = labelled
    done = callcheck("evaluate", lines, "--audio", folder, "--speech-like")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--speech-like and --audio do not go together" in done.stderr


def test_a_folder_without_a_recording_of_that_name_is_an_error(
    callcheck: Any, labelled: tuple[Path, Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = callcheck("evaluate", labelled[0], "--audio", empty)
    assert done.returncode == 3
    assert "Name them like weak.wav" in done.stderr
