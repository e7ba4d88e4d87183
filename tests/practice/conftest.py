"""A history and profiles of one's own for every test, and assessments to put in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.checklist.assessment import (
    Assessment,
    CheckResult,
    SourceInfo,
    TranscriptInfo,
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("CALLCHECK_DATA", str(folder))
    return folder


def make_assessment(
    *,
    score: int | None = 80,
    kind: str = "voicemail",
    name: str = "first.wav",
    verdicts: dict[str, str] | None = None,
    **more: object,
) -> Assessment:
    verdicts = verdicts or {"self_identification": "pass", "interest": "fail"}
    return Assessment.model_validate(
        {
            "status": "scored" if score is not None else "no_speech",
            "provisional": False,
            "kind": kind,
            "source": SourceInfo(name=name, duration_s=31.5),
            "transcript": TranscriptInfo(text="hello", model="some-model", utterances=[]),
            "score": score,
            "grade": "B" if score is not None else None,
            "checks": [
                CheckResult(
                    id=check, title=check.replace("_", " "), group="g", detected=None,
                    verdict=verdict, points=0, max_points=10, message="m", say_instead=None,
                    looked_for="l", nearest_miss=None, evidence=[],
                )
                for check, verdict in verdicts.items()
            ],
            "adjustments": [], "delivery": {}, "plan": {}, "tips": [], "next_steps": [],
            "versions": {"rules": "follow-up 1"},
            **more,
        }
    )  # fmt: skip


@pytest.fixture
def assessment() -> Callable[..., Assessment]:
    return make_assessment
