"""Choose the speech model: ``auto``, ``builtin``, an installed one's name, or a path."""

from __future__ import annotations

from pathlib import Path

from analyzer.errors import ModelError
from analyzer.resources import builtin_speech_model_folder
from analyzer.speech.trial import require_loadable
from analyzer.speech.vosk_engine import VoskEngine

BUILTIN_NAME = "builtin"


def models_home() -> Path:
    """Folder where fetched models are kept: the platform's data folder for callcheck."""
    import os

    override = os.environ.get("CALLCHECK_MODELS")
    if override:
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path("callcheck", appauthor=False) / "models"


def choose_engine(model: str = "auto") -> VoskEngine:
    """Return the engine for ``--model``.

    ``auto`` takes an installed official model if there is one, else the built-in.

    Raises:
        ModelError: no such model.
    """
    if model == BUILTIN_NAME:
        return _builtin()
    if model == "auto":
        installed = installed_models()
        return _installed(installed[0]) if installed else _builtin()
    by_name = models_home() / model
    if "/" not in model and "\\" not in model and by_name.is_dir():
        return _installed(by_name)
    path = Path(model).expanduser()
    if path.exists():
        return _tried(VoskEngine(path, name=path.resolve().name))
    raise ModelError(
        f"There is no speech model called {model}.",
        next_step="callcheck models list shows the models; callcheck models fetch gets one.",
    )


def installed_models() -> list[Path]:
    """Folders of the fetched models, best first (the largest is the most accurate)."""
    home = models_home()
    if not home.is_dir():
        return []
    folders = [p for p in home.iterdir() if p.is_dir() and not p.name.startswith(".")]
    return sorted(folders, key=lambda p: ("lgraph" not in p.name, p.name))


def _builtin() -> VoskEngine:
    return VoskEngine(builtin_speech_model_folder(), name=BUILTIN_NAME, provisional=True)


def _installed(folder: Path) -> VoskEngine:
    return _tried(VoskEngine(folder, name=folder.name))


def _tried(engine: VoskEngine) -> VoskEngine:
    """Make sure, once, that a model from outside loads; the built-in one is trusted."""
    require_loadable(engine.folder, name=engine.model_name)
    return engine
