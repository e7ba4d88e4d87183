"""Nothing leaves this machine: the encoder's runtime is told to report nothing."""

from __future__ import annotations

import os

import pytest

from analyzer.language.components.encoder import _quiet_onnxruntime


def test_the_runtime_is_loaded_with_its_usage_reports_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    _quiet_onnxruntime()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
