"""A model that does not load is a clear error, whatever Kaldi does about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import ModelError
from analyzer.resources import builtin_speech_model_folder
from analyzer.speech import trial
from analyzer.speech.choose import choose_engine
from tests.speech.fake_models import MODEL_FILES


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def fake_model(root: Path) -> Path:
    for name, data in MODEL_FILES.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root / "tiny-model"


def test_a_damaged_model_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="tiny-model is damaged") as caught:
        choose_engine(str(fake_model(tmp_path)))
    assert caught.value.exit_code == 4


def test_a_good_model_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = builtin_speech_model_folder()
    trial.require_loadable(folder, name="builtin")

    def no_second_trial(*_: object, **__: object) -> None:
        raise AssertionError("tried again")

    monkeypatch.setattr(trial.subprocess, "run", no_second_trial)
    trial.require_loadable(folder, name="builtin")
