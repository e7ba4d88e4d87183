"""What was not understood gets no score: exit code 3, the reason, and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "strong-voicemail.ogg"


@pytest.fixture
def garbled(tmp_path: Path, encode: Any) -> Path:
    """A voicemail played backwards: speech in no language."""
    from analyzer.audio.decode import decode

    samples = decode(SAMPLE).samples[::-1].astype(np.float32)[None] / 32768
    return encode(tmp_path / "own.wav", samples, rate=16_000, codec="pcm_s16le", container="wav")


def test_not_understood(callcheck: Any, garbled: Path) -> None:
    done = callcheck("check", garbled, "--format", "json")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert (result["status"], result["score"], result["grade"]) == ("not_understood", None, None)
    assert {check["verdict"] for check in result["checks"]} == {"unclear"}
    assert "callcheck models fetch" in result["reason"]
    assert "--correct" in result["reason"]


def test_a_correction_is_scored_all_the_same(callcheck: Any, garbled: Path, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    said.write_text(SAMPLE.with_suffix(".txt").read_text(encoding="utf-8"), encoding="utf-8")
    done = callcheck("check", garbled, "--correct", said, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["score"] >= 80


def test_the_profile_check_names_unknown_words(callcheck: Any, tmp_path: Path) -> None:
    profile = tmp_path / "me.yaml"
    profile.write_text(
        "candidate: {name: Anna Zyzzyvafrob}\ncompany: The Quuxwell\njob_title: data analyst\n",
        encoding="utf-8",
    )
    done = callcheck("profile", "check", profile)
    assert done.returncode == 0, done.stderr
    assert "does not know: zyzzyvafrob, quuxwell" in done.stdout
